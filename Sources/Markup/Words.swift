// The words of one language, for code that makes finished words: handlers, mails, the names of states.

public struct Words: Sendable {
    public let language: Language
    let phrases: [String: Phrase]

    /// What fills a `{name}` of the words.
    public enum Value: Sendable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
        ExpressibleByStringInterpolation
    {
        case text(String)
        case number(Int)

        public init(stringLiteral value: String) { self = .text(value) }
        public init(integerLiteral value: Int) { self = .number(value) }
    }

    /// The words of a key as plain text, not escaped: `text("tickets.open", ["count": .number(3)])`.
    ///
    /// The number of `count` chooses among plural forms. Keys used by code are declared when the templates are read,
    /// so a missing one stops the start; should one get here nevertheless, the key itself is shown.
    public func text(_ key: String, _ arguments: KeyValuePairs<String, Value> = [:]) -> String {
        guard let phrase = phrases[key] else { return key }
        let pieces = form(of: phrase, arguments).pieces
        if pieces.count == 1, case .literal(let text) = pieces[0] { return text }
        var text = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal): text += literal
            case .argument(let name):
                switch arguments.first(where: { $0.key == name })?.value {
                case .text(let value): text += value
                case .number(let value): text += String(value)
                case nil: text += "{\(name)}"
                }
            }
        }
        return text
    }

    private func form(of phrase: Phrase, _ arguments: KeyValuePairs<String, Value>) -> WordsText {
        guard phrase.isPlural, case .number(let count) = arguments.first(where: { $0.key == "count" })?.value else {
            return phrase.other
        }
        return phrase.form(for: count)
    }
}
