// From bytes to a `Request`, line by line. A line is judged when its CRLF is there; a control byte, which no line may
// hold, and a line over its limit are refused as soon as they are seen. Either way the first fault in the order of the
// bytes decides, so the outcome does not depend on how the bytes were cut on their way.

/// Reads one request head after another, on a connection. It remembers how far it has looked, so that a client that
/// sends byte by byte costs no more than one that sends at once. After a throw the connection ends (RFC 9112 §2.2), or
/// `reset()` comes first.
public struct RequestParser: Sendable {
    private let requestLineLimit: Int
    private let sectionLimit: Int
    private let fieldLimit: Int

    /// Bytes of empty lines before the request line. All other positions count from the byte behind them.
    private var skipped = 0
    /// The first byte of the line that is being read.
    private var line = 0
    /// Up to here the line holds no control byte.
    private var scanned = 0
    /// Nil until it is complete; the header section follows.
    private var requestLine: RequestLine?
    private var sectionStart = 0
    private var fields: [Request.Field] = []
    private var governing = GoverningFields()

    public init(limits: Limits) {
        requestLineLimit = limits.requestLine
        sectionLimit = limits.headerSection
        fieldLimit = limits.fields
    }

    /// Forgets a head that was read in part.
    public mutating func reset() {
        skipped = 0
        line = 0
        scanned = 0
        requestLine = nil
        fields = []
        governing = GoverningFields()
    }

    /// Goes on reading. `bytes` begins at the first byte of the request and holds all that has come of it so far; what
    /// lies behind the head is not looked at.
    /// - Returns: The request and how many bytes its head took, with the empty lines before it; nil when more bytes are
    ///   needed. After a request the parser is ready for the next one.
    public mutating func parse(
        _ bytes: UnsafeRawBufferPointer
    ) throws(RequestError) -> (request: Request, consumed: Int)? {
        guard try skipEmptyLines(bytes) else { return nil }
        let head = UnsafeRawBufferPointer(rebasing: bytes[skipped...])
        while let end = try lineEnd(in: head) {
            if let requestLine {
                if end == line { return try finish(head, requestLine: requestLine) }
                try takeField(head, line..<end, version: requestLine.version)
            } else {
                requestLine = try RequestLine(head, end: end)
                sectionStart = end + 2
            }
            line = end + 2
            scanned = line
        }
        return nil
    }

    /// RFC 9112 §2.2 asks to ignore at least one empty line before the request line, which old clients sent after a
    /// body; four are ignored, so that they cannot go on for ever.
    /// - Returns: Whether the request line has begun.
    private mutating func skipEmptyLines(_ bytes: UnsafeRawBufferPointer) throws(RequestError) -> Bool {
        while skipped < bytes.count, bytes[skipped] == .cr {
            guard skipped + 1 < bytes.count else { return false }
            guard bytes[skipped + 1] == .lf else { throw .bareCR }
            guard skipped < 8 else { throw .bad("too many empty lines before the request") }
            skipped += 2
        }
        return skipped < bytes.count
    }

    /// Where the line's CRLF begins; nil when it has not come yet.
    private mutating func lineEnd(in head: UnsafeRawBufferPointer) throws(RequestError) -> Int? {
        var stop = head.firstControl(from: scanned)
        if requestLine != nil {
            while stop < head.count, head[stop] == 0x09 { stop = head.firstControl(from: stop &+ 1) }
        }
        scanned = stop
        try checkLimits(lineEnd: stop)
        guard stop < head.count else { return nil }
        guard head[stop] == .cr else { throw head[stop] == .lf ? .bareLF : .control }
        guard stop + 1 < head.count else { return nil }
        guard head[stop + 1] == .lf else { throw .bareCR }
        return stop
    }

    /// Whether a line that reaches at least to `lineEnd` is within the limits.
    private func checkLimits(lineEnd: Int) throws(RequestError) {
        if requestLine == nil {
            guard lineEnd <= requestLineLimit else { throw RequestError(.uriTooLong, "request line too long") }
        } else if lineEnd > line {
            guard lineEnd + 2 - sectionStart <= sectionLimit else {
                throw RequestError(.headerFieldsTooLarge, "header section too large")
            }
        }
    }

    private mutating func takeField(
        _ head: UnsafeRawBufferPointer, _ line: Range<Int>, version: Version
    ) throws(RequestError) {
        guard fields.count < fieldLimit else { throw RequestError(.headerFieldsTooLarge, "too many header fields") }
        // RFC 9112 §2.2 and §5.2: a line that begins with white space is obsolete folding, or an attempt at it.
        guard !head[line.lowerBound].isBlank else { throw .bad("folded header line") }
        var colon = line.lowerBound
        while colon < line.upperBound, ByteSet.token.contains(head[colon]) { colon &+= 1 }
        guard colon < line.upperBound else { throw .bad("header line without a colon") }
        guard head[colon] == 0x3A else {
            throw .bad(head[colon].isBlank ? "white space before the colon" : "illegal byte in a field name")
        }
        guard colon > line.lowerBound else { throw .bad("empty field name") }
        let name = line.lowerBound..<colon
        let value = head.trimmingBlanks((colon &+ 1)..<line.upperBound)
        try governing.take(head, name: name, value: value, version: version)
        // Most browsers send 12 to 16 fields: one allocation.
        if fields.isEmpty { fields.reserveCapacity(16) }
        fields.append(Request.Field(name: name, value: value))
    }

    private mutating func finish(
        _ head: UnsafeRawBufferPointer, requestLine: RequestLine
    ) throws(RequestError) -> (request: Request, consumed: Int) {
        let end = line + 2
        let framing = try governing.framing()
        let request = Request(
            head: [UInt8](UnsafeRawBufferPointer(rebasing: head[..<end])),
            method: requestLine.method, version: requestLine.version, form: requestLine.form,
            path: requestLine.path, query: requestLine.query, host: try governing.host(for: requestLine),
            fields: fields, framing: framing, keepsAlive: governing.keepsAlive(requestLine.version),
            expectsContinue: try governing.expectsContinue(requestLine.version, framing))
        let consumed = skipped + end
        reset()
        return (request, consumed)
    }
}

extension RequestError {
    static let bareCR = RequestError.bad("CR without LF")
    static let bareLF = RequestError.bad("LF without CR")
    static let control = RequestError.bad("control byte in the head")
}
