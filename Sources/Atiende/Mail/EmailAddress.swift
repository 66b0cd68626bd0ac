// E-mail addresses, wherever one is read: a Dot-string, an @ and a Domain of RFC 5321 §4.1.2. No quoted parts, comments,
// literal addresses or letters beyond ASCII: what is read may stand in a header and in a command to a server as it is.

internal import Markup

struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    /// The normal form: lower case. Two that differ in case alone are one person's.
    let text: String

    /// RFC 5321 §4.5.3.1: octets before the @, of a host's name, and of a path without its angle brackets.
    static let maximumLocal = 64
    static let maximumDomain = 253
    static let maximumLength = 254

    /// Nil for what is no address; `init(reading:)` says why.
    init?(_ text: String) {
        guard let address = try? EmailAddress(reading: text) else { return nil }
        self = address
    }

    /// Spaces around the address do not matter; a line break does.
    init(reading text: String) throws(EmailFault) {
        let text = text.trimmingSpaces
        guard !text.isEmpty else { throw .noAddress }
        for (index, character) in text.enumerated() where !Self.isAddressCharacter(character) {
            let isLetter = character.isLetter && !character.isASCII
            throw isLetter
                ? .notASCII(character, position: index + 1) : .badCharacter(character, position: index + 1)
        }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        if parts.count > 2 { throw .manyAts(parts.count - 1) }
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { throw .noAddress }
        let (local, domain) = (parts[0], parts[1])
        if local.utf8.count > Self.maximumLocal { throw .localTooLong(has: local.utf8.count) }
        if text.utf8.count > Self.maximumLength { throw .tooLong(has: text.utf8.count) }
        guard local.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }) else {
            throw .dots
        }
        guard Self.isDomain(domain) else { throw .badDomain(String(domain)) }
        self.text = text.lowercased()
    }

    var description: String { text }

    /// What stands after the @.
    var domain: Substring { text.split(separator: "@").last ?? "" }

    /// Letters and digits of ASCII, the marks of an atom (RFC 5321 §4.1.2, RFC 5322 §3.2.3), the dot and the @.
    private static func isAddressCharacter(_ character: Character) -> Bool {
        guard character.unicodeScalars.count == 1, let ascii = character.asciiValue else { return false }
        return switch ascii {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-/=?^_`{|}~.@".utf8.contains(ascii)
        }
    }

    /// Two labels or more (RFC 1123 §2.1, RFC 1035 §2.3.4); the last one has a letter, or it would be an IP address.
    private static func isDomain(_ domain: Substring) -> Bool {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, domain.utf8.count <= maximumDomain, labels.last?.contains(where: \.isLetter) == true
        else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.allSatisfy { $0.isLetter || $0.isASCIIDigit || $0 == "-" }
        }
    }
}

/// Why a text is no e-mail address. Positions count from 1.
enum EmailFault: Error, Hashable, Sendable {
    /// Nothing, or nothing before or after the @, or no @.
    case noAddress
    case manyAts(Int)
    case badCharacter(Character, position: Int)
    /// A letter that addresses cannot hold: an accent, ñ.
    case notASCII(Character, position: Int)
    case localTooLong(has: Int)
    case tooLong(has: Int)
    /// A dot at an end of what stands before the @, or two together.
    case dots
    case badDomain(String)

    func sentence(in words: Words) -> String {
        func say(_ key: String, _ arguments: KeyValuePairs<String, Words.Value> = [:]) -> String {
            words.text("people.fault.email." + key, arguments)
        }
        switch self {
        case .noAddress: return say("form")
        case .manyAts(let count): return say("ats", ["has": .number(count)])
        case .badCharacter(let character, let position):
            return say("character", ["character": .text(character.shown(in: words)), "position": .number(position)])
        case .notASCII(let character, let position):
            return say("accent", ["character": .text(character.shown(in: words)), "position": .number(position)])
        case .localTooLong(let has):
            return say("local", ["limit": .number(EmailAddress.maximumLocal), "has": .number(has)])
        case .tooLong(let has):
            return say("long", ["limit": .number(EmailAddress.maximumLength), "has": .number(has)])
        case .dots: return say("dots")
        case .badDomain: return say("domain")
        }
    }
}

extension String {
    /// Without the spaces around it; line breaks and other controls stay, to be refused.
    var trimmingSpaces: String {
        func isSpace(_ character: Character) -> Bool {
            character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .spaceSeparator }
        }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}
