// What somebody looks for among tickets: words, and filters that he typed or chose.

internal import Markup
internal import SLA

struct Search: Sendable, Equatable {
    static let longest = 300
    static let mostWords = 10

    /// Words and quoted phrases, without what no text holds.
    var words: [String] = []
    var filters: [SearchFilter] = []
    /// The last word may be the beginning of one: it may not be typed to its end yet.
    var isLastBeginning = false
    /// What of it could not be understood, in order.
    var faults: [SearchFault] = []

    var isEmpty: Bool { words.isEmpty && filters.isEmpty && faults.isEmpty }

    // MARK: For the full text

    /// Fewer letters begin too many words.
    private static let shortestBeginning = 3

    /// Letters with which words of tickets may begin, folded as the full text folds them; nil where the last word is whole.
    var beginning: String? {
        guard isLastBeginning, let last = words.last?.folded else { return nil }
        let letters = last[Self.head(last).endIndex...]
        // A number is a folio, a date or an amount.
        guard letters.count >= Self.shortestBeginning, !letters.allSatisfy(\.isNumber) else { return nil }
        return String(letters)
    }

    /// What stands before the last run of letters and digits.
    private static func head(_ word: String) -> Substring {
        let last = word.lastIndex { !$0.isLetter && !$0.isNumber }
        return word[..<(last.map(word.index(after:)) ?? word.startIndex)]
    }

    /// Each word as `MATCH` asks for it: quoted, so that nothing in it is an operator.
    /// - Parameter endings: Words of tickets that begin as the last one does.
    func terms(_ endings: [String] = []) -> [String] {
        var terms = words.map { [$0] + Self.wholeNumber($0) }
        if let last = words.last, let beginning {
            terms[terms.count - 1] += endings.filter { $0 != beginning }.map { Self.head(last) + $0 }
        }
        return terms.map { either in
            let quoted = either.map { "\"" + $0.filter { $0 != "\"" && $0 != "\0" } + "\"" }
            return quoted.count == 1 ? quoted[0] : "(" + quoted.joined(separator: " OR ") + ")"
        }
    }

    /// The number of a folio is also found without its zeros.
    private static func wholeNumber(_ word: String) -> [String] {
        let digits = word.utf8
        guard digits.count < 6, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return [] }
        return [String(repeating: "0", count: 6 - digits.count) + word]
    }

    /// - Parameter onlyShown: Leaves out what only staff may read.
    static func match(_ term: String, onlyShown: Bool) -> String { onlyShown ? "shown : (\(term))" : term }
}

/// What a ticket must be.
enum SearchFilter: Hashable, Sendable {
    enum State: Hashable, Sendable, CaseIterable {
        /// Not yet resolved, closed or merged.
        case open
        case new
        case working
        case waitingCustomer
        case waitingThirdParty
        case inDevelopment
        case resolved
        case closed
        case merged
    }

    enum Due: String, Hashable, Sendable, CaseIterable {
        case breached
        case soon
        case paused
    }

    enum Person: Hashable, Sendable {
        case me
        case nobody
        /// Whose name or address holds these words.
        case named(String)
    }

    case state(State)
    case due(Due)
    case severity(Severity)
    case level(Int)
    /// The key of a kind of request of the contract.
    case kind(String)
    /// Whose name begins with these words.
    case organization(String)
    case assignee(Person)
    case tag(String)
    /// Opened on that day or later.
    case from(CivilDate)
    /// Opened on that day or before.
    case upTo(CivilDate)

    var key: SearchKey {
        switch self {
        case .state: .state
        case .due: .due
        case .severity: .severity
        case .level: .level
        case .kind: .kind
        case .organization: .organization
        case .assignee: .assignee
        case .tag: .tag
        case .from: .from
        case .upTo: .upTo
        }
    }
}

/// The names of filters, as they are typed in either language.
enum SearchKey: String, CaseIterable, Sendable {
    case state, due, severity, level, kind, organization, assignee, tag, from, upTo

    /// Spanish, English, and what else one may call it; folded.
    var names: [String] {
        switch self {
        case .state: ["estado", "status", "state"]
        case .due: ["plazo", "due"]
        case .severity: ["severidad", "severity"]
        case .level: ["nivel", "level"]
        case .kind: ["tipo", "kind", "type"]
        case .organization: ["organizacion", "organization", "cliente", "customer"]
        case .assignee: ["asignado", "assigned", "responsable", "assignee"]
        case .tag: ["etiqueta", "tag"]
        case .from: ["desde", "from", "since"]
        case .upTo: ["hasta", "to", "until"]
        }
    }

    /// As it is written in a language, with its accents.
    func name(in language: Language) -> String {
        if self == .organization { return language == .es ? "organización" : "organization" }
        return names[language == .es ? 0 : 1]
    }

    init?(named name: some StringProtocol) {
        let folded = String(name).folded
        guard let key = Self.allCases.first(where: { $0.names.contains(folded) }) else { return nil }
        self = key
    }
}

/// What was typed and means nothing here.
enum SearchFault: Hashable, Sendable {
    /// Looks like a filter, and is none: it was searched as words.
    case unknownKey(String)
    case unknownValue(SearchKey, String)
    /// A filter without a value.
    case noValue(SearchKey)
    case tooLong
}
