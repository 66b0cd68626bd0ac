// Reads JSON strictly (RFC 8259): what is not JSON is refused with its place, never guessed at.

/// Why bytes are not JSON, and where.
public struct JSONSyntaxFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let reason: String
    /// Bytes before the fault.
    public let offset: Int
    /// Counted from 1; the column in bytes.
    public let line: Int
    public let column: Int

    init(_ reason: String, at offset: Int, in bytes: [UInt8]) {
        let before = bytes.prefix(offset)
        self.reason = reason
        self.offset = offset
        line = before.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
        column = offset - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    }

    public var description: String { "line \(line), column \(column): \(reason)" }
}

extension JSON {
    /// Eight megabytes: the longest document that is read unless told otherwise.
    public static let longestDocument = 8 << 20
    /// How deep arrays and objects may lie in each other.
    public static let deepest = 64

    /// Reads one value with white space around it, and nothing after that.
    public init(parsing bytes: [UInt8], atMost limit: Int = JSON.longestDocument) throws(JSONSyntaxFault) {
        guard bytes.count <= limit else {
            throw JSONSyntaxFault("the document is longer than \(limit) bytes", at: limit, in: bytes)
        }
        var parser = JSONParser(bytes: bytes)
        self = try parser.document()
    }

    public init(parsing text: String, atMost limit: Int = JSON.longestDocument) throws(JSONSyntaxFault) {
        try self.init(parsing: Array(text.utf8), atMost: limit)
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var index = 0
    var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// The byte at hand; 0, which is nowhere allowed, at the end.
    var byte: UInt8 { index < bytes.count ? bytes[index] : 0 }

    func fault(_ reason: String, at offset: Int? = nil) -> JSONSyntaxFault {
        let offset = offset ?? index
        return JSONSyntaxFault(offset < bytes.count ? reason : "the document ends too soon", at: offset, in: bytes)
    }

    mutating func document() throws(JSONSyntaxFault) -> JSON {
        let value = try value()
        skipSpace()
        guard index == bytes.count else { throw fault("the document goes on after its end") }
        return value
    }

    mutating func skipSpace() {
        while byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    mutating func value() throws(JSONSyntaxFault) -> JSON {
        skipSpace()
        switch byte {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), 0x30...0x39: return try number()
        default: throw fault("a value is expected")
        }
    }

    mutating func word(_ word: StaticString, _ value: JSON) throws(JSONSyntaxFault) -> JSON {
        let start = index
        for offset in 0..<word.utf8CodeUnitCount {
            guard byte == word.utf8Start[offset] else { throw fault("a value is expected", at: start) }
            index += 1
        }
        return value
    }

    /// Steps into an array or object.
    mutating func enter() throws(JSONSyntaxFault) {
        depth += 1
        guard depth <= JSON.deepest else { throw fault("nested more than \(JSON.deepest) deep") }
        index += 1
        skipSpace()
    }

    mutating func array() throws(JSONSyntaxFault) -> JSON {
        try enter()
        var elements: [JSON] = []
        if byte != UInt8(ascii: "]") {
            while true {
                elements.append(try value())
                skipSpace()
                guard byte == UInt8(ascii: ",") else { break }
                index += 1
            }
        }
        guard byte == UInt8(ascii: "]") else { throw fault("\",\" or \"]\" is expected") }
        index += 1
        depth -= 1
        return .array(elements)
    }

    mutating func object() throws(JSONSyntaxFault) -> JSON {
        try enter()
        var members: [JSON.Object.Member] = []
        var keys = UniqueKeys()
        if byte != UInt8(ascii: "}") {
            while true {
                skipSpace()
                guard byte == UInt8(ascii: "\"") else { throw fault("a key in quotes is expected") }
                let start = index
                let key = try string()
                guard keys.insert(key, after: members) else {
                    throw fault("the key \"\(key.excerpt)\" comes twice", at: start)
                }
                skipSpace()
                guard byte == UInt8(ascii: ":") else { throw fault("\":\" is expected") }
                index += 1
                members.append(JSON.Object.Member(key, try value()))
                skipSpace()
                guard byte == UInt8(ascii: ",") else { break }
                index += 1
            }
        }
        guard byte == UInt8(ascii: "}") else { throw fault("\",\" or \"}\" is expected") }
        index += 1
        depth -= 1
        return .object(JSON.Object(unchecked: members))
    }
}

/// Notices a key that comes twice: looks at each member of a small object, and keeps a set for a large one.
private struct UniqueKeys {
    private var set: Set<String> = []

    /// Whether the key is new.
    mutating func insert(_ key: String, after members: [JSON.Object.Member]) -> Bool {
        if members.count < 16 { return !members.contains { $0.key == key } }
        if set.isEmpty { set = Set(members.map(\.key)) }
        return set.insert(key).inserted
    }
}

// Numbers.

extension JSONParser {
    fileprivate mutating func number() throws(JSONSyntaxFault) -> JSON {
        let start = index
        if byte == UInt8(ascii: "-") { index += 1 }
        if byte == UInt8(ascii: "0") {
            index += 1
            guard !byte.isDigit else { throw fault("a number does not begin with 0") }
        } else {
            try digits()
        }
        let whole = index
        if byte == UInt8(ascii: ".") {
            index += 1
            try digits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            index += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        let text = bytes[start..<index]
        let integer = index == whole ? Self.integer(text) : Self.integer(scientific: text)
        return integer.map(JSON.int) ?? .decimal(String(decoding: text, as: UTF8.self))
    }

    private mutating func digits() throws(JSONSyntaxFault) {
        guard byte.isDigit else { throw fault("a digit is expected") }
        while byte.isDigit { index += 1 }
    }

    /// The value of `-` and digits; nil where it does not fit.
    private static func integer(_ text: ArraySlice<UInt8>) -> Int? {
        let isNegative = text.first == UInt8(ascii: "-")
        var value = 0
        for byte in isNegative ? text.dropFirst() : text {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            // Counted below zero, where there is room for one more.
            let (sum, overflowToo) = product.subtractingReportingOverflow(Int(byte - 0x30))
            guard !overflow, !overflowToo else { return nil }
            value = sum
        }
        guard !isNegative else { return value }
        return value == .min ? nil : -value
    }

    /// The value of a number with a fraction or an exponent where it is an integer that fits; nil otherwise.
    private static func integer(scientific text: ArraySlice<UInt8>) -> Int? {
        let parts = text.split(whereSeparator: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") })
        let mantissa = parts[0].split(separator: UInt8(ascii: "."))
        var digits = Array(mantissa[0]) + (mantissa.count > 1 ? Array(mantissa[1]) : [])
        if digits.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "-") }) { return 0 }
        var exponent = 0
        if parts.count > 1 {
            let sign = parts[1].first == UInt8(ascii: "+") ? 1 : 0
            guard let read = integer(parts[1].dropFirst(sign)), -1 << 32...1 << 32 ~= read else { return nil }
            exponent = read
        }
        exponent -= mantissa.count > 1 ? mantissa[1].count : 0
        while exponent < 0, digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        guard 0...18 ~= exponent else { return nil }
        return integer((digits + Array(repeating: UInt8(ascii: "0"), count: exponent))[...])
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { 0x30...0x39 ~= self }
}

// Texts.

extension JSONParser {
    /// The text between the quote at hand and the next.
    fileprivate mutating func string() throws(JSONSyntaxFault) -> String {
        let start = index
        index += 1
        var run = index
        var unescaped: [UInt8] = []
        var hasEscapes = false
        while true {
            switch byte {
            case UInt8(ascii: "\""):
                let text =
                    hasEscapes
                    ? String(validating: unescaped + bytes[run..<index], as: UTF8.self)
                    : String(validating: bytes[run..<index], as: UTF8.self)
                guard let text else { throw fault("the text is not valid UTF-8", at: start) }
                index += 1
                return text
            case UInt8(ascii: "\\"):
                unescaped += bytes[run..<index]
                hasEscapes = true
                try appendEscape(to: &unescaped)
                run = index
            case 0..<0x20:
                throw fault("a control character in a text must be escaped")
            default:
                index += 1
            }
        }
    }

    private mutating func appendEscape(to bytes: inout [UInt8]) throws(JSONSyntaxFault) {
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(byte)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            bytes += Array(String(try escapedScalar()).utf8)
            return
        default: throw fault("there is no such escape")
        }
        index += 1
    }

    /// The character of `uXXXX`, or of two such escapes that make a surrogate pair.
    private mutating func escapedScalar() throws(JSONSyntaxFault) -> Unicode.Scalar {
        let start = index - 1
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard 0xD800..<0xDC00 ~= first, byte == UInt8(ascii: "\\") else {
            throw fault("half of a surrogate pair", at: start)
        }
        index += 1
        guard byte == UInt8(ascii: "u") else { throw fault("half of a surrogate pair", at: start) }
        let second = try hexadecimal()
        guard 0xDC00..<0xE000 ~= second,
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fault("half of a surrogate pair", at: start) }
        return scalar
    }

    /// The four digits after the `u` at hand.
    private mutating func hexadecimal() throws(JSONSyntaxFault) -> UInt32 {
        index += 1
        var value: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: throw fault("four hexadecimal digits are expected")
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }
}

extension String {
    /// Its beginning, for a message: 60 characters at most.
    var excerpt: String {
        unicodeScalars.count <= 60 ? self : String(unicodeScalars.prefix(60)) + "…"
    }
}
