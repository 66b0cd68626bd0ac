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

/// A name with its address; the name may be empty.
struct Mailbox: Hashable, Sendable {
    let name: HeaderText
    let address: EmailAddress

    init(name: String, address: EmailAddress) {
        self.name = HeaderText(name)
        self.address = address
    }
}
