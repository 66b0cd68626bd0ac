// The fields that govern how the message itself is read: Host, Content-Length, Transfer-Encoding, Connection, Expect.
// Where two readers could understand one of them differently, the request is refused, never guessed at (RFC 9112 §11.2).

struct GoverningFields: Sendable {
    private var host: Range<Int>?
    private var length: Int?
    private var isChunked = false
    private var asksToClose = false
    private var asksToKeepAlive = false
    private var expects100 = false
    private var expectsOther = false

    /// Looks at every field of the head; length and first byte tell the five from all others.
    @inline(__always)
    mutating func take(
        _ head: UnsafeRawBufferPointer, name: Range<Int>, value: Range<Int>, version: Version
    ) throws(RequestError) {
        let first = head[name.lowerBound] | 0x20
        switch (name.count, first) {
        case (4, 0x68) where head.matches(name, "host"): try takeHost(head, value)
        case (6, 0x65) where head.matches(name, "expect"): takeExpect(head, value)
        case (10, 0x63) where head.matches(name, "connection"): takeConnection(head, value)
        case (14, 0x63) where head.matches(name, "content-length"): try takeLength(head, value)
        case (17, 0x74) where head.matches(name, "transfer-encoding"): try takeCoding(head, value, version)
        default: break
        }
    }

    /// RFC 9112 §3.2: several Host fields, or one that is not `host [":" port]`, are a bad request. An empty one is
    /// what a target without authority calls for; `host(for:)` decides.
    private mutating func takeHost(_ head: UnsafeRawBufferPointer, _ value: Range<Int>) throws(RequestError) {
        guard host == nil else { throw .bad("repeated Host") }
        guard value.isEmpty || head.isAuthority(value) else { throw .bad("malformed Host") }
        host = value
    }

    /// RFC 9112 §6.3 would let equal values in a list pass; one field with one number is all that is taken here.
    private mutating func takeLength(_ head: UnsafeRawBufferPointer, _ value: Range<Int>) throws(RequestError) {
        guard length == nil else { throw .bad("repeated Content-Length") }
        // Eighteen digits always fit into an Int.
        guard 1...18 ~= value.count, value.allSatisfy({ head[$0].isDigit }) else {
            throw .bad("malformed Content-Length")
        }
        length = value.reduce(0) { $0 * 10 + Int(head[$1] - 0x30) }
    }

    private mutating func takeCoding(
        _ head: UnsafeRawBufferPointer, _ value: Range<Int>, _ version: Version
    ) throws(RequestError) {
        // RFC 9112 §6.1: HTTP/1.0 knows no transfer codings, so whoever forwarded this may have seen another end.
        guard version == .http11 else { throw .bad("Transfer-Encoding in HTTP/1.0") }
        guard !isChunked else { throw .bad("repeated Transfer-Encoding") }
        guard head.matches(value, "chunked") else { throw .bad("transfer coding other than chunked") }
        isChunked = true
    }

    private mutating func takeConnection(_ head: UnsafeRawBufferPointer, _ value: Range<Int>) {
        forEachElement(head, value) { element in
            if head.matches(element, "close") { asksToClose = true }
            if head.matches(element, "keep-alive") { asksToKeepAlive = true }
        }
    }

    private mutating func takeExpect(_ head: UnsafeRawBufferPointer, _ value: Range<Int>) {
        forEachElement(head, value) { element in
            if head.matches(element, "100-continue") { expects100 = true } else { expectsOther = true }
        }
    }
}

extension GoverningFields {
    /// RFC 9112 §6.3.
    func framing() throws(RequestError) -> Request.Framing {
        if isChunked {
            guard length == nil else { throw .bad("Content-Length with Transfer-Encoding") }
            return .chunked
        }
        return length.map { .length($0) } ?? .none
    }

    /// Whom the request is for. An absolute-form target has the last word (RFC 9112 §3.2.2), yet HTTP/1.1 always sends
    /// Host, and not an empty one with an origin-form target, whose server has a name.
    func host(for line: RequestLine) throws(RequestError) -> Range<Int> {
        guard let host else {
            guard line.version == .http10 else { throw .bad("missing Host") }
            return line.authority ?? 0..<0
        }
        if host.isEmpty, line.form == .origin, line.version == .http11 { throw .bad("empty Host") }
        return line.authority ?? host
    }

    /// RFC 9112 §9.3.
    func keepsAlive(_ version: Version) -> Bool { !asksToClose && (version == .http11 || asksToKeepAlive) }

    /// Whether there is a body and the client waits to be asked for it. HTTP/1.0 knows no such wait; an expectation
    /// that nobody here can meet is refused (RFC 9110 §10.1.1).
    func expectsContinue(_ version: Version, _ framing: Request.Framing) throws(RequestError) -> Bool {
        guard !expectsOther else { throw RequestError(.expectationFailed, "unknown expectation") }
        return expects100 && version == .http11 && framing != .none && framing != .length(0)
    }
}

/// The elements of a comma-separated list without white space around them; empty ones are passed over (RFC 9110 §5.6.1).
/// A comma in a quoted string would split it, which no list read here may hold.
@inline(__always)
private func forEachElement(_ head: UnsafeRawBufferPointer, _ list: Range<Int>, _ body: (Range<Int>) -> Void) {
    var start = list.lowerBound
    while start < list.upperBound {
        var end = start
        while end < list.upperBound, head[end] != 0x2C { end &+= 1 }
        let element = head.trimmingBlanks(start..<end)
        if !element.isEmpty { body(element) }
        start = end &+ 1
    }
}
