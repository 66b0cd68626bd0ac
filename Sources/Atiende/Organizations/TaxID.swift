// The number under which a country's tax authority knows an organization, and what may be wrong with one.

internal import Markup
internal import SLA

enum TaxID: Hashable, Sendable {
    case rfc(RFC)
    case nit(NIT)

    /// Reads what a person typed: separators, letter case and surrounding space do not matter.
    init(_ text: String, country: Country) throws(TaxIDFault) {
        switch country {
        case .mexico: self = .rfc(try RFC(text))
        case .colombia: self = .nit(try NIT(text))
        }
    }

    var country: Country {
        switch self {
        case .rfc: .mexico
        case .nit: .colombia
        }
    }

    /// The one spelling under which it is kept and compared: `SAT970701NN3`, `899999068-1`.
    var normal: String {
        switch self {
        case .rfc(let rfc): rfc.text
        case .nit(let nit): nit.normal
        }
    }

    /// As people write it: `SAT970701NN3`, `899.999.068-1`.
    var display: String {
        switch self {
        case .rfc(let rfc): rfc.text
        case .nit(let nit): nit.display
        }
    }

    /// A number that is kept, as people write it; one that was kept in another form as it is.
    static func shown(_ normal: String, country: Country?) -> String {
        country.flatMap { try? TaxID(normal, country: $0) }?.display ?? normal
    }
}

extension Country {
    /// What people call the number under which its tax authority knows somebody.
    var taxIDName: String { self == .mexico ? "RFC" : "NIT" }
}

/// What is wrong with a tax number, exactly. Positions count from 1, without the separators.
enum TaxIDFault: Error, Hashable, Sendable {
    case empty(Country)
    case tooShort(Form, has: Int)
    case tooLong(Form, has: Int)
    case badCharacter(Character, position: Int, expected: Expected)
    /// The six digits of an RFC that are no date in either century.
    case badDate(String)
    /// The last character is not the one that follows from the others.
    case checkDigit(Country, shouldBe: Character)
    /// A company's nine digits without a check digit; `complete` is the whole number.
    case missingCheckDigit(complete: String)
    case leadingZero
    /// One of the tax authority's RFCs that stand for nobody in particular.
    case generic(String)

    enum Form: String, Sendable, CaseIterable {
        case companyRFC
        case personRFC
        case nit

        /// Characters, the check digit among them.
        var length: Int {
            switch self {
            case .companyRFC: 12
            case .personRFC: 13
            case .nit: 10
            }
        }
    }

    enum Expected: String, Sendable, CaseIterable {
        case letter
        case digit
        case letterOrDigit
        /// The check character of an RFC.
        case digitOrA
    }
}

extension TaxIDFault {
    func sentence(in words: Words) -> String {
        func say(_ key: String, _ arguments: KeyValuePairs<String, Words.Value> = [:]) -> String {
            words.text("organizations.taxid." + key, arguments)
        }
        switch self {
        case .empty(let country):
            return say(country == .mexico ? "empty.rfc" : "empty.nit")
        case .tooShort(let form, let has), .tooLong(let form, let has):
            return say("length.\(form.rawValue)", ["expected": .number(form.length), "has": .number(has)])
        case .badCharacter(let character, let position, let expected):
            return say(
                "character.\(expected.rawValue)",
                ["position": .number(position), "character": .text(character.shown(in: words))])
        case .badDate(let digits):
            return say("date", ["digits": .text(digits)])
        case .checkDigit(let country, let digit):
            return say(country == .mexico ? "check.rfc" : "check.nit", ["digit": .text(String(digit))])
        case .missingCheckDigit(let complete):
            return say("check.missing", ["complete": .text(complete)])
        case .leadingZero:
            return say("leadingZero")
        case .generic(let text):
            return say("generic", ["rfc": .text(text)])
        }
    }
}

extension String {
    /// Without white space and hyphens, which people type between the parts of a number, and without dots where a
    /// number is grouped with them.
    func withoutSeparators(dots: Bool) -> [Character] {
        filter { !($0.isWhitespace || $0.isHyphen || dots && $0 == ".") }.map(\.self)
    }
}

extension Character {
    /// The hyphen, and the dashes and the minus that programs put in its place.
    var isHyphen: Bool { self == "-" || ("\u{2010}"..."\u{2015}").contains(self) || self == "\u{2212}" }
}
