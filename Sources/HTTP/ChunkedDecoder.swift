// A body in chunks (RFC 9112 §7.1), decoded while it arrives. It may be cut at any byte.
//
//     size [extensions] CRLF  data CRLF  ...  0 [extensions] CRLF  [trailer lines]  CRLF

/// Hands out the body's bytes as they lie in the input and keeps none of them. Extensions and trailers are checked,
/// counted and dropped. After a throw the connection ends: where the next request begins is no longer known.
public struct ChunkedDecoder: Sendable {
    private let maximum: Int
    private let sectionLimit: Int
    private let fieldLimit: Int

    private var stage = Stage.sizeStart
    /// The size of the chunk that is being read; then what is still to come of it.
    private var chunk: UInt64 = 0
    private var digits = 0
    /// Bytes of the body so far, with all of the chunk that is being read.
    private var total = 0
    /// Bytes of chunk extensions in the whole body.
    private var extensionBytes = 0
    /// Bytes and lines of the trailer section so far.
    private var sectionBytes = 0
    private var fields = 0

    private enum Stage: UInt8 {
        case sizeStart
        case size
        case blankAfterSize
        case chunkExtension
        case sizeLF
        case data
        case dataCR
        case dataLF
        case lineStart
        case fieldName
        case fieldValue
        case fieldLF
        case lastLF
        case complete
    }

    /// - Parameter maximum: Bytes of the body; past it `413`, as soon as a chunk's size says so.
    public init(limits: Limits, maximum: Int) {
        self.maximum = max(0, maximum)
        sectionLimit = limits.headerSection
        fieldLimit = limits.fields
    }

    /// Whether the body has ended. What lies behind it belongs to the next request.
    public var isComplete: Bool { stage == .complete }

    /// Goes on decoding and hands runs of body bytes to `sink`; they lie in `bytes`.
    /// - Returns: How many bytes were consumed: all of them, unless the body ends before.
    public mutating func decode(
        _ bytes: UnsafeRawBufferPointer, sink: (UnsafeRawBufferPointer) -> Void
    ) throws(RequestError) -> Int {
        var at = 0
        while at < bytes.count, stage != .complete {
            if stage == .data {
                let run = min(Int(chunk), bytes.count - at)
                sink(UnsafeRawBufferPointer(rebasing: bytes[at..<(at + run)]))
                chunk -= UInt64(run)
                at += run
                if chunk == 0 { stage = .dataCR }
            } else {
                try take(bytes[at])
                at += 1
            }
        }
        return at
    }

    /// One byte of anything but data.
    private mutating func take(_ byte: UInt8) throws(RequestError) {
        switch stage {
        case .sizeStart, .size: try takeSize(byte)
        case .blankAfterSize, .chunkExtension: try takeExtension(byte)
        case .sizeLF: try takeLF(byte, then: chunk > 0 ? .data : .lineStart)
        case .dataCR:
            guard byte == .cr else { throw .bad("chunk longer than its size") }
            stage = .dataLF
        case .dataLF: try takeLF(byte, then: .sizeStart)
        case .lineStart: try startLine(byte)
        case .fieldName: try takeName(byte)
        case .fieldValue: try takeValue(byte)
        case .fieldLF: try takeLF(byte, then: .lineStart)
        case .lastLF: try takeLF(byte, then: .complete)
        case .data, .complete: break
        }
    }

    private mutating func takeLF(_ byte: UInt8, then next: Stage) throws(RequestError) {
        guard byte == .lf else { throw .bareCR }
        stage = next
    }
}

// The size line.
extension ChunkedDecoder {
    private mutating func takeSize(_ byte: UInt8) throws(RequestError) {
        if let digit = byte.hexValue {
            if stage == .sizeStart {
                (chunk, digits) = (0, 0)
                stage = .size
            }
            // Sixteen digits always fit into 64 bits.
            guard digits < 16 else { throw .bad("chunk size too long") }
            chunk = chunk << 4 | UInt64(digit)
            digits += 1
            return
        }
        guard stage == .size else { throw .bad("malformed chunk size") }
        guard chunk <= UInt64(maximum - total) else { throw RequestError(.contentTooLarge, "body too large") }
        switch byte {
        case .cr: endSizeLine()
        case 0x3B: stage = .chunkExtension
        case 0x20, 0x09: stage = .blankAfterSize
        default: throw .bad("malformed chunk size")
        }
    }

    private mutating func endSizeLine() {
        total += Int(chunk)
        stage = .sizeLF
    }

    /// What an extension says matters to nobody here, but a line end inside it would to others (RFC 9112 §7.1.1). All
    /// of a body's extensions together get as much room as a header section.
    private mutating func takeExtension(_ byte: UInt8) throws(RequestError) {
        extensionBytes += 1
        guard extensionBytes <= sectionLimit else { throw .bad("chunk extensions too long") }
        if stage == .blankAfterSize {
            guard !byte.isBlank else { return }
            guard byte == 0x3B else { throw .bad("malformed chunk size") }
            stage = .chunkExtension
        } else if byte == .cr {
            endSizeLine()
        } else {
            try checkText(byte)
        }
    }
}

// The trailer section: field lines (RFC 9112 §7.1.2), up to an empty line.
extension ChunkedDecoder {
    private mutating func startLine(_ byte: UInt8) throws(RequestError) {
        guard byte != .cr else {
            stage = .lastLF
            return
        }
        guard fields < fieldLimit else { throw RequestError(.headerFieldsTooLarge, "too many trailer fields") }
        guard !byte.isBlank else { throw .bad("folded trailer line") }
        guard byte != 0x3A else { throw .bad("empty field name") }
        fields += 1
        // The line's CRLF counts as well.
        sectionBytes += 2
        try takeName(byte)
    }

    private mutating func takeName(_ byte: UInt8) throws(RequestError) {
        try countSectionByte()
        if ByteSet.token.contains(byte) {
            stage = .fieldName
        } else if byte == 0x3A {
            stage = .fieldValue
        } else {
            throw .bad(byte.isBlank ? "white space before the colon" : "illegal byte in a field name")
        }
    }

    private mutating func takeValue(_ byte: UInt8) throws(RequestError) {
        guard byte != .cr else {
            stage = .fieldLF
            return
        }
        try countSectionByte()
        try checkText(byte)
    }

    private mutating func countSectionByte() throws(RequestError) {
        sectionBytes += 1
        guard sectionBytes <= sectionLimit else {
            throw RequestError(.headerFieldsTooLarge, "trailer section too large")
        }
    }

    /// A value and an extension may hold anything but control bytes; HTAB is none of those.
    private func checkText(_ byte: UInt8) throws(RequestError) {
        guard byte != .lf else { throw .bareLF }
        guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else { throw .control }
    }
}
