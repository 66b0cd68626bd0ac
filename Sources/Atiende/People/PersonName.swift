// A person's name: one line that shows all it holds, and that nobody uses to pass for the staff.

internal import Markup

struct PersonName: Hashable, Sendable, CustomStringConvertible {
    /// Without space around it, and with one space between words.
    let text: String

    /// In Unicode scalars, so that a pile of accents on one letter counts for what it is.
    static let maximumLength = 120

    init(_ text: String) throws(PersonNameFault) {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { throw .empty }
        var name = String.UnicodeScalarView()
        for scalar in scalars[first...last] {
            if scalar.isLineBreak { throw .lineBreak }
            if scalar.isHidden { throw .hidden(Character(scalar)) }
            let isSpace = scalar.properties.generalCategory == .spaceSeparator
            if !isSpace || name.last != " " { name.append(isSpace ? " " : scalar) }
        }
        if name.count > Self.maximumLength { throw .tooLong(has: name.count) }
        guard name.contains(where: \.properties.isAlphabetic) else { throw .noLetter }
        self.text = String(name)
    }

    /// The name of a customer of this provider: none of those under which its staff answers.
    init(_ text: String, ofCustomerOf tenant: String) throws(PersonNameFault) {
        try self.init(text)
        let tenant = tenant.foldedLetters
        let folded = self.text.foldedLetters
        let isTenant = !tenant.isEmpty && Self.staffOf(tenant).contains(folded)
        if isTenant || Self.staff.contains(folded) { throw .reserved }
    }

    var description: String { text }

    /// Folded: letters and digits alone, lower case, without accents.
    private static let staff: Set<String> = [
        "soporte", "soporteatiende", "equipodesoporte", "soportetecnico", "support", "supportteam", "atiende",
        "atiendesupport", "admin", "administrador", "administradora", "administrator", "sistema", "system",
    ]

    private static func staffOf(_ tenant: String) -> [String] {
        [tenant, "soporte" + tenant, "soportede" + tenant, tenant + "soporte", tenant + "support", "admin" + tenant]
    }
}

/// Why a text is no name of a person.
enum PersonNameFault: Error, Hashable, Sendable {
    case empty
    case tooLong(has: Int)
    case lineBreak
    /// A control, an override of direction, a joiner: what is not seen.
    case hidden(Character)
    case noLetter
    /// The staff's, not a customer's.
    case reserved

    func sentence(in words: Words) -> String {
        func say(_ key: String, _ arguments: KeyValuePairs<String, Words.Value> = [:]) -> String {
            words.text("people.fault.name." + key, arguments)
        }
        switch self {
        case .empty: return say("empty")
        case .tooLong(let has): return say("long", ["limit": .number(PersonName.maximumLength), "has": .number(has)])
        case .lineBreak: return say("line")
        case .hidden(let character): return say("hidden", ["character": .text(character.shown(in: words))])
        case .noLetter: return say("letters")
        case .reserved: return say("reserved")
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isLineBreak: Bool {
        switch value {
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
