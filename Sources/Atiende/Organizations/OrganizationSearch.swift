// What somebody types to find an organization, as the full-text index is asked for it.

struct OrganizationSearch: Sendable {
    /// For `MATCH`; nil where nothing was typed that could be found.
    let match: String?

    static let longest = 100
    private static let mostWords = 8

    /// Each word is the beginning of one; all of them have to be there. A tax number is found however it is grouped.
    init(_ text: String) {
        let words = text.prefix(Self.longest).split(whereSeparator: \.isWhitespace)
            .filter { $0.contains { $0.isLetter || $0.isNumber } }.prefix(Self.mostWords)
        let terms = words.map { word -> String in
            let joined = String(String(word).withoutSeparators(dots: true))
            guard joined != word, word.contains(where: \.isNumber) else { return Self.beginning(String(word)) }
            return "(\(Self.beginning(String(word))) OR \(Self.beginning(joined)))"
        }
        match = terms.isEmpty ? nil : terms.joined(separator: " AND ")
    }

    /// Quoted, so that nothing in it is an operator.
    private static func beginning(_ word: String) -> String {
        "\"" + word.filter { $0 != "\"" && $0 != "\0" } + "\"*"
    }
}
