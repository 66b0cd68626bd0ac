// Whom a letter is from and to, in types that cannot bring a line break into a header (RFC 5322 §2.2).

/// Text for a header field: one line, without controls and without marks that turn the direction of text, blanks in
/// runs of one, cut between characters where it is longer than anybody reads.
struct HeaderText: Hashable, Sendable, CustomStringConvertible {
    let text: String

    static let maximumBytes = 400

    init(_ text: String) {
        var scalars = String.UnicodeScalarView()
        var size = 0
        var isAfterBlank = true
        for scalar in text.unicodeScalars where !Self.turnsText(scalar) {
            let isBlank = scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
            if isBlank, isAfterBlank { continue }
            isAfterBlank = isBlank
            scalars.append(isBlank ? " " : scalar)
            size += UTF8.width(isBlank ? " " : scalar)
            // What lies beyond is cut anyway, however much it is.
            if size > Self.maximumBytes { break }
        }
        if scalars.last == " " { scalars.removeLast() }
        self.text = Self.cut(String(scalars))
    }

    var description: String { text }
    var isEmpty: Bool { text.isEmpty }

    private static func cut(_ text: String) -> String {
        if text.utf8.count <= maximumBytes { return text }
        var size = 0
        let kept = text.prefix { character in
            size += character.utf8.count
            return size <= maximumBytes
        }
        return kept.last == " " ? String(kept.dropLast()) : String(kept)
    }

    /// Marks, embeddings, overrides and isolates of direction.
    private static func turnsText(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

/// An address of the plain kind (RFC 5321 §4.1.2, the local part a Dot-string): ASCII alone, nothing quoted, no literal.
struct MailAddress: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    let rawValue: String

    /// Nil for everything else: such an address can stand in a header and in a command of SMTP as it is.
    init?(rawValue: String) {
        guard rawValue.utf8.count <= 254, let at = rawValue.utf8.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        let local = rawValue.utf8[..<at]
        let domain = rawValue.utf8[rawValue.utf8.index(after: at)...]
        guard local.count <= 64, Self.isDotted(local, Self.isAtomText), Self.isDotted(domain, Self.isHostText),
            domain.split(separator: UInt8(ascii: ".")).allSatisfy(Self.isLabel)
        else { return nil }
        self.rawValue = rawValue
    }

    var description: String { rawValue }
    var domain: Substring { rawValue.drop { $0 != "@" }.dropFirst() }

    /// Parts of such bytes between dots, none of them empty.
    private static func isDotted(_ bytes: Substring.UTF8View, _ isPart: (UInt8) -> Bool) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.allSatisfy(isPart)
        }
    }

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        label.count <= 63 && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
    }

    private static func isHostText(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// `atext` of RFC 5322 §3.2.3.
    private static func isAtomText(_ byte: UInt8) -> Bool {
        isHostText(byte) || "!#$%&'*+/=?^_`{|}~".utf8.contains(byte)
    }
}

/// A name with its address; the name may be empty.
struct Mailbox: Hashable, Sendable {
    let name: HeaderText
    let address: MailAddress

    init(name: String, address: MailAddress) {
        self.name = HeaderText(name)
        self.address = address
    }
}
