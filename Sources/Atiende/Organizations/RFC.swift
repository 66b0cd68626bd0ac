// The Mexican tax number (Registro Federal de Contribuyentes): letters of the name, a date, two characters that tell
// namesakes apart and a check character.

internal import SLA

struct RFC: Hashable, Sendable, CustomStringConvertible {
    /// Twelve or thirteen characters, upper case, without separators.
    let text: String
    /// A person's has four letters where a company's has three.
    let isPerson: Bool

    /// `XAXX010101000` stands for the general public and `XEXX010101000` for whoever is taxed abroad: they are refused,
    /// since they tell nobody apart and thousands would share them.
    static let generic: Set<String> = ["XAXX010101000", "XEXX010101000"]

    init(_ text: String) throws(TaxIDFault) {
        let characters = text.withoutSeparators(dots: false).map(Self.upperCase)
        guard !characters.isEmpty else { throw .empty(.mexico) }
        for (index, character) in characters.enumerated() where Self.value(of: character) == nil {
            throw .badCharacter(character, position: index + 1, expected: .letterOrDigit)
        }
        isPerson = Self.isPerson(characters)
        let form: TaxIDFault.Form = isPerson ? .personRFC : .companyRFC
        if characters.count < form.length { throw .tooShort(form, has: characters.count) }
        if characters.count > form.length { throw .tooLong(form, has: characters.count) }
        try Self.checkParts(characters, letters: isPerson ? 4 : 3)
        let text = String(characters)
        if Self.generic.contains(text) { throw .generic(text) }
        let check = Self.checkCharacter(for: characters.dropLast())
        guard characters.last == check else { throw .checkDigit(.mexico, shouldBe: check) }
        self.text = text
    }

    var description: String { text }

    // MARK: Parts

    private static func checkParts(_ characters: [Character], letters: Int) throws(TaxIDFault) {
        let date = letters..<(letters + 6)
        for (index, character) in characters.enumerated() {
            let expected: TaxIDFault.Expected? =
                if index < letters {
                    character.isASCIIDigit ? .letter : nil
                } else if date.contains(index) {
                    character.isASCIIDigit ? nil : .digit
                } else if index == characters.count - 1 {
                    character.isASCIIDigit || character == "A" ? nil : .digitOrA
                } else { character == "&" || character == "Ñ" ? .letterOrDigit : nil }
            if let expected { throw .badCharacter(character, position: index + 1, expected: expected) }
        }
        let digits = String(characters[date])
        guard isDate(digits) else { throw .badDate(digits) }
    }

    /// Two digits each of year, month and day, in this century or the last: 29 February of 00 was in 2000.
    private static func isDate(_ digits: String) -> Bool {
        guard let number = Int(digits) else { return false }
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
        return [1900, 2000].contains { CivilDate(year: $0 + year, month: month, day: day) != nil }
    }

    /// Which of the two is meant, also where characters lack or are too many: by the letters before the date.
    private static func isPerson(_ characters: [Character]) -> Bool {
        let letters = characters.prefix { !$0.isASCIIDigit }.count
        let digits = characters.dropFirst(letters).prefix { $0.isASCIIDigit }.count
        switch letters {
        case ..<3: return characters.count == TaxIDFault.Form.personRFC.length
        case 3: return false
        // Four letters and five digits in twelve characters: an O in the place of a 0.
        default: return !(characters.count == TaxIDFault.Form.companyRFC.length && digits < 6)
        }
    }

    // MARK: Characters

    private static func upperCase(_ character: Character) -> Character {
        if character == "ñ" || character == "Ñ" { return "Ñ" }
        guard let ascii = character.asciiValue, (0x61...0x7A).contains(ascii) else { return character }
        return Character(Unicode.Scalar(ascii - 0x20))
    }

    /// The tax authority's table: digits, letters with & between N and O, the space before a company's, and Ñ.
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ")
    private static let values = Dictionary(uniqueKeysWithValues: zip(alphabet, alphabet.indices))

    /// Nothing for what an RFC cannot hold. The space is not typed.
    private static func value(of character: Character) -> Int? { character == " " ? nil : values[character] }

    /// Modulo 11, the first of thirteen characters with weight 13; a company's stand behind a space.
    static func checkCharacter(for body: some Collection<Character>) -> Character {
        let padded = body.count < 12 ? [" "] + Array(body) : Array(body)
        let sum = zip(padded, stride(from: 13, to: 1, by: -1)).reduce(0) { $0 + (values[$1.0] ?? 0) * $1.1 }
        switch 11 - sum % 11 {
        case 11: return "0"
        case 10: return "A"
        case let digit: return Character(String(digit))
        }
    }
}

extension Character {
    var isASCIIDigit: Bool { asciiValue.map { (0x30...0x39).contains($0) } ?? false }
}
