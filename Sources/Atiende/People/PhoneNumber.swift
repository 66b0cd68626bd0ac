// Telephone numbers: ten digits in Mexico and Colombia, others with + and their country's code, with an extension or
// none.

internal import Markup
internal import SLA

struct PhoneNumber: Hashable, Sendable {
    /// Nil for a number of another country.
    let country: Country?
    /// The national digits of a country that is known; of another one all digits, its code first.
    let digits: String
    /// One to six digits, or empty.
    let phoneExtension: String

    static let nationalDigits = 10
    /// With the country's code (ITU-T E.164 §6); fewer than eight reach nobody abroad.
    static let internationalDigits = 8...15

    /// `home` is the country of a number without +. Spaces, dots, hyphens and parentheses do not matter.
    init(_ text: String, in home: Country) throws(PhoneFault) {
        let text = text.trimmingSpaces
        guard !text.isEmpty else { throw .empty }
        let end = text.firstIndex(where: \.isLetter) ?? text.endIndex
        phoneExtension = try Self.phoneExtension(text[end...], position: text.distance(from: text.startIndex, to: end))
        (country, digits) = try Self.number(text[..<end], home)
    }

    /// As it is kept, dialled and compared (RFC 3966 §3): `+525512345678`, `+525512345678;ext=12`.
    var normal: String { dialled + (phoneExtension.isEmpty ? "" : ";ext=\(phoneExtension)") }

    /// As people write it: `+52 55 1234 5678 ext. 12`, `+52 442 123 4567`, `+57 300 123 4567`.
    var display: String { spaced + (phoneExtension.isEmpty ? "" : " ext. \(phoneExtension)") }

    /// A number that is kept, as people write it; one that was kept in another form as it is.
    static func shown(_ normal: String) -> String {
        // It begins with + and its country's code: the home does not matter.
        (try? PhoneNumber(normal, in: .mexico))?.display ?? normal
    }

    private var dialled: String { "+" + (country?.callingCode ?? "") + digits }

    private var spaced: String {
        guard let country else { return dialled }
        let area = country.twoDigitAreas.contains(String(digits.prefix(2))) ? 2 : 3
        return
            "+\(country.callingCode) \(digits.prefix(area)) \(digits.dropFirst(area).dropLast(4)) \(digits.suffix(4))"
    }

    // MARK: Reading

    private static func number(
        _ text: Substring, _ home: Country
    ) throws(PhoneFault) -> (country: Country?, digits: String) {
        var digits = ""
        var isInternational = false
        for (index, character) in text.enumerated() {
            if character.isASCIIDigit {
                digits.append(character)
            } else if character == "+", digits.isEmpty, !isInternational {
                isInternational = true
            } else if !isSeparator(character) {
                throw .badCharacter(character, position: index + 1)
            }
        }
        if isInternational {
            for country in Country.allCases where digits.hasPrefix(country.callingCode) {
                return (country, try national(digits.dropFirst(country.callingCode.count), country))
            }
            guard internationalDigits.contains(digits.count), digits.first != "0" else {
                throw .international(has: digits.count)
            }
            return (nil, digits)
        }
        let code = home.callingCode
        // Longer than a national number, so that the code cannot be an area's.
        let hasCode = digits.hasPrefix(code) && digits.count > nationalDigits + 1
        return (home, try national(hasCode ? digits.dropFirst(code.count) : digits[...], home, typed: digits.count))
    }

    private static func national(
        _ digits: Substring, _ country: Country, typed: Int? = nil
    ) throws(PhoneFault) -> String {
        // Until 2019 a call to a Mexican mobile phone from abroad had a 1 after the country's code.
        let isOldMobile = country == .mexico && digits.count == nationalDigits + 1 && digits.first == "1" && typed != 11
        let digits = isOldMobile ? digits.dropFirst() : digits
        guard digits.count == nationalDigits else { throw .digits(has: typed ?? digits.count) }
        if let first = digits.first, first == "0" || first == "1" { throw .badStart(first) }
        return String(digits)
    }

    private static func isSeparator(_ character: Character) -> Bool {
        character.isHyphen || ".(),;".contains(character)
            || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .spaceSeparator }
    }

    /// What follows the number: nothing, or `ext. 123` in one of its spellings.
    private static func phoneExtension(_ text: Substring, position: Int) throws(PhoneFault) -> String {
        guard let first = text.first else { return "" }
        let lower = text.lowercased()
        guard let name = ["extensión", "extension", "ext", "x"].first(where: lower.hasPrefix) else {
            throw .badCharacter(first, position: position + 1)
        }
        let digits = lower.dropFirst(name.count).drop { ".:= ".contains($0) }
        guard (1...6).contains(digits.count), digits.allSatisfy(\.isASCIIDigit) else { throw .badExtension }
        return String(digits)
    }
}

/// Why a text is no telephone number. Positions count from 1.
enum PhoneFault: Error, Hashable, Sendable {
    case empty
    /// Not ten, in a country whose numbers have ten.
    case digits(has: Int)
    case international(has: Int)
    case badStart(Character)
    case badCharacter(Character, position: Int)
    case badExtension

    func sentence(in words: Words) -> String {
        func say(_ key: String, _ arguments: KeyValuePairs<String, Words.Value> = [:]) -> String {
            words.text("people.fault.phone." + key, arguments)
        }
        switch self {
        case .empty: return say("empty")
        case .digits(let has):
            return say("digits", ["expected": .number(PhoneNumber.nationalDigits), "has": .number(has)])
        case .international(let has):
            let limits = PhoneNumber.internationalDigits
            return say(
                "international",
                ["least": .number(limits.lowerBound), "most": .number(limits.upperBound), "has": .number(has)])
        case .badStart(let digit): return say("start", ["digit": .text(String(digit))])
        case .badCharacter(let character, let position):
            return say("character", ["character": .text(character.shown(in: words)), "position": .number(position)])
        case .badExtension: return say("extension")
        }
    }
}

extension Country {
    /// ITU-T E.164.
    var callingCode: String { self == .mexico ? "52" : "57" }

    /// The areas whose code has two digits; all others have three.
    fileprivate var twoDigitAreas: Set<String> { self == .mexico ? ["55", "56", "33", "81"] : [] }
}
