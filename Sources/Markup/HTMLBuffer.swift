// The bytes of a page while they are written. Text goes in escaped; only finished markup goes in as it is.

public struct HTMLBuffer: Sendable {
    public private(set) var bytes: [UInt8]

    public init(capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    public var isEmpty: Bool { bytes.isEmpty }
    public var count: Int { bytes.count }

    public mutating func reserve(_ capacity: Int) { bytes.reserveCapacity(capacity) }

    /// Empties the buffer and keeps its room for the next page.
    public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Markup written in the code: `append(markup: "<path d=\"")`.
    public mutating func append(markup: StaticString) {
        markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    public mutating func append(markup: HTMLBuffer) { bytes.append(contentsOf: markup.bytes) }

    /// Bytes that are HTML already and hold nothing that came from outside unescaped.
    public mutating func append(markup: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: markup) }

    /// Text for an element or for a quoted attribute value.
    public mutating func append(text: String) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { appendEscaped($0) }
        if isDone == nil { append(text: String(decoding: Array(text.utf8), as: UTF8.self)) }
    }

    /// A URL for a quoted attribute value: `#` takes the place of one whose scheme is not ours (see `SafeURL`).
    public mutating func append(url: String) {
        let isDone: Void? = url.utf8.withContiguousStorageIfAvailable { url in
            if SafeURL.accepts(url) { appendEscaped(url) } else { bytes.append(UInt8(ascii: "#")) }
        }
        if isDone == nil { append(url: String(decoding: Array(url.utf8), as: UTF8.self)) }
    }

    /// Plain digits, with `-` before a negative number.
    public mutating func append(_ number: Int) {
        guard number > 9 || number < 0 else { return bytes.append(UInt8(ascii: "0") + UInt8(number)) }
        let start = bytes.count
        var rest = number.magnitude
        while rest > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        }
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes[start...].reverse()
    }

    private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        var runStart = 0
        for index in text.indices where Escaping.isNeeded(text[index]) {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart..<index]))
            append(markup: Escaping.replacement(of: text[index]))
            runStart = index + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart...]))
    }
}

/// One escaping serves text and quoted attribute values alike.
private enum Escaping {
    /// A bit for each byte below 64 that may not stand in HTML as it is: NUL `"` `&` `'` `<` `>`.
    private static let unsafe: UInt64 = 1 << 0 | 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3C | 1 << 0x3E

    @inline(__always)
    static func isNeeded(_ byte: UInt8) -> Bool { byte < 64 && unsafe &>> UInt64(byte) & 1 == 1 }

    static func replacement(of byte: UInt8) -> StaticString {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        // A NUL has no place in HTML; browsers drop it in text and show this in attributes.
        default: "\u{FFFD}"
        }
    }
}
