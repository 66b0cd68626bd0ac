// The fields of a message's header: folded lines of at most 76 columns where their parts allow it, what is not ASCII in
// encoded words (RFC 2047).

struct MIMEHeader {
    private(set) var bytes: [UInt8] = []
    /// Of the line that is being written.
    private var column = 0
    /// Whether the line holds more than the field's name: a line of a name alone is not folded.
    private var hasPart = false

    private static let longestLine = 76
    /// `=?UTF-8?B?` and `?=`.
    private static let wrapping = 12
    /// 60 digits of base64 in a word; with its wrapping it stays below the 75 of RFC 2047 §2.
    private static let longestPiece = 45

    /// A field of free text.
    mutating func add(_ name: StaticString, _ value: HeaderText) {
        begin(name)
        if Self.isPlain(value), column + 1 + value.text.utf8.count <= Self.longestLine {
            put(value.text)
        } else {
            putEncoded(value)
        }
        end()
    }

    mutating func add(_ name: StaticString, _ mailbox: Mailbox) {
        begin(name)
        if mailbox.name.isEmpty {
            put(mailbox.address.text)
        } else {
            putPhrase(mailbox.name)
            put("<\(mailbox.address.text)>")
        }
        end()
    }

    /// A field of ASCII parts that no fold may divide.
    mutating func add(_ name: StaticString, parts: HeaderText...) {
        begin(name)
        for part in parts { put(part.text) }
        end()
    }

    // MARK: Lines

    private mutating func begin(_ name: StaticString) {
        bytes += "\(name):".utf8
        column = name.utf8CodeUnitCount + 1
        hasPart = false
    }

    private mutating func end() { bytes += "\r\n".utf8 }

    private mutating func fold() {
        bytes += "\r\n".utf8
        column = 0
        hasPart = false
    }

    private mutating func put(_ part: String) {
        if hasPart, column + 1 + part.utf8.count > Self.longestLine { fold() }
        bytes.append(0x20)
        bytes += part.utf8
        column += 1 + part.utf8.count
        hasPart = true
    }

    // MARK: Words

    /// A name before an address: quoted where it is short ASCII.
    private mutating func putPhrase(_ name: HeaderText) {
        var quoted = "\""
        for character in name.text {
            if character == "\"" || character == "\\" { quoted += "\\" }
            quoted.append(character)
        }
        quoted += "\""
        if Self.isPlain(name), column + 1 + quoted.utf8.count <= Self.longestLine {
            put(quoted)
        } else {
            putEncoded(name)
        }
    }

    /// Printable ASCII that nobody takes for an encoded word.
    private static func isPlain(_ value: HeaderText) -> Bool {
        value.text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !value.text.utf8Contains("=?")
    }

    private mutating func putEncoded(_ value: HeaderText) {
        var word: [UInt8] = []
        for piece in Self.pieces(of: value.text) {
            if !word.isEmpty, word.count + piece.count > room {
                put(Self.encodedWord(word))
                fold()
                word = []
            }
            word += piece
        }
        if !word.isEmpty { put(Self.encodedWord(word)) }
    }

    /// Bytes of text for which the rest of the line has room in an encoded word.
    private var room: Int {
        let digits = max(0, Self.longestLine - column - 1 - Self.wrapping)
        return min(Self.longestPiece, digits / 4 * 3)
    }

    /// What stays together: characters, or their scalars where a character alone would not fit.
    private static func pieces(of text: String) -> [[UInt8]] {
        text.flatMap { character -> [[UInt8]] in
            character.utf8.count <= 24 ? [Array(character.utf8)] : character.unicodeScalars.map { Array($0.utf8) }
        }
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String { "=?UTF-8?B?\(base64(bytes))?=" }

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func base64(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(0) { $0 << 8 | Int($1) }
            bits <<= 8 * (3 - group.count)
            for index in 0..<4 {
                text.append(index <= group.count ? digits[bits >> (18 - 6 * index) & 0x3F] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension String {
    fileprivate func utf8Contains(_ part: String) -> Bool {
        let bytes = Array(utf8)
        let wanted = Array(part.utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: wanted) }
    }
}
