// The Colombian tax number (Número de Identificación Tributaria): a body of digits and a check digit.

internal import SLA

/// A company's body has nine digits. A person's is the identity card's number: eight digits, or ten that begin with 1.
/// The check digit is always asked for; without it a slip of the finger would name somebody else.
struct NIT: Hashable, Sendable, CustomStringConvertible {
    /// Eight to ten digits, not beginning with 0.
    let body: String
    let checkDigit: Character

    init(_ text: String) throws(TaxIDFault) {
        let digits = text.withoutSeparators(dots: true)
        guard !digits.isEmpty else { throw .empty(.colombia) }
        for (index, character) in digits.enumerated() where !character.isASCIIDigit {
            throw .badCharacter(character, position: index + 1, expected: .digit)
        }
        if digits.first == "0" { throw .leadingZero }
        if Self.lacksCheckDigit(digits, afterHyphen: Self.digitsAfterLastHyphen(text)) {
            throw .missingCheckDigit(complete: Self.display(digits, Self.checkDigit(for: digits)))
        }
        let form = TaxIDFault.Form.nit
        if digits.count < form.length - 1 { throw .tooShort(form, has: digits.count) }
        let longest = digits[0] == "1" ? form.length + 1 : form.length
        if digits.count > longest { throw .tooLong(form, has: digits.count) }
        let check = Self.checkDigit(for: digits.dropLast())
        guard digits.last == check else { throw .checkDigit(.colombia, shouldBe: check) }
        body = String(digits.dropLast())
        checkDigit = check
    }

    /// `899999068-1`
    var normal: String { "\(body)-\(checkDigit)" }

    /// `899.999.068-1`
    var display: String { Self.display(body, checkDigit) }

    var description: String { normal }

    /// A hyphen tells what the last digit is. Without one, nine digits are a company's body when they begin as those do,
    /// with 8 or 9, and ten that begin with 1 are a card's number.
    private static func lacksCheckDigit(_ digits: [Character], afterHyphen: Int?) -> Bool {
        switch (digits.count, digits.first) {
        case (8, _): afterHyphen == 0
        case (9, "8"), (9, "9"), (10, "1"): afterHyphen != 1
        case (9, _): afterHyphen == 0
        default: false
        }
    }

    /// Nothing where no hyphen stands.
    private static func digitsAfterLastHyphen(_ text: String) -> Int? {
        let parts = text.split(omittingEmptySubsequences: false) { $0.isHyphen }
        return parts.count > 1 ? parts.last?.count(where: \.isASCIIDigit) : nil
    }

    private static func display(_ body: some Collection<Character>, _ check: Character) -> String {
        var text = ""
        for (index, digit) in body.enumerated() {
            if index > 0, (body.count - index) % 3 == 0 { text.append(".") }
            text.append(digit)
        }
        return "\(text)-\(check)"
    }

    /// The weights of the tax authority, for the digits from the last to the first.
    private static let weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71]

    static func checkDigit(for body: some BidirectionalCollection<Character>) -> Character {
        let sum = zip(body.reversed(), weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
        let rest = sum % 11
        return Character(String(rest < 2 ? rest : 11 - rest))
    }
}
