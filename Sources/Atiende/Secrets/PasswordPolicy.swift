// Which passwords people may choose: long enough, and not what a guesser tries first. Nothing is asked of their
// characters.

/// Why a password is refused.
enum PasswordFault: Sendable, Equatable, CaseIterable {
    case tooShort
    case tooLong
    /// Among those that everybody's guesser tries first.
    case common
    /// Little more than a word that stands beside the account.
    case personal
}

enum PasswordPolicy {
    /// Characters as people count them.
    static let shortest = 8
    /// Bytes of UTF-8.
    static let longest = PasswordHash.longest
    /// 25 bits: what 33 million guesses find.
    private static let leastEffort = 250

    /// Nil for a password that may be chosen. `words` is what stands beside the account as it is written: names of the
    /// provider, the organization and the person, and the e-mail address. They may be part of a password that would do
    /// without them.
    static func fault(_ password: String, words: [String]) -> PasswordFault? {
        // Its length first: what follows takes time by length.
        if password.utf8.count > longest { return .tooLong }
        if password.count < shortest { return .tooShort }
        if isCommon(password) { return .common }
        let effort = GuessEffort(password, personal: Set(words.flatMap(personalWords))).tenthsOfBits
        return effort < leastEffort ? .personal : nil
    }

    /// Whether it is a common word, name, year, date, keyboard row or repetition, or two of them, or one with a few
    /// digits or signs.
    static func isCommon(_ password: String) -> Bool {
        password.utf8.count <= longest && GuessEffort(password).tenthsOfBits < leastEffort
    }

    /// Each word of three letters or more, and all of them as one; of an e-mail address without what follows the @.
    private static func personalWords(_ text: String) -> [String] {
        let name = text.prefix(200).prefix { $0 != "@" }
        let words = PlainLetters.of(String(name)).split { !$0.properties.isAlphabetic && !("0"..."9").contains($0) }
        let all = words + [words.flatMap { $0 }[...]]
        return all.filter { $0.count >= 3 }.map { String(String.UnicodeScalarView($0)) }
    }
}
