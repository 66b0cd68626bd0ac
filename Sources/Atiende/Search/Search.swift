// What somebody looks for among tickets: words, and filters that he typed or chose.

internal import Markup
internal import SLA

struct Search: Sendable, Equatable {
    static let longest = 300
    static let mostWords = 10

    /// Words and quoted phrases, without what no text holds.
    var words: [String] = []
    var filters: [SearchFilter] = []
    /// Each word is the beginning of one.
    var takesBeginnings = false
    /// What of it could not be understood, in order.
    var faults: [SearchFault] = []

    var isEmpty: Bool { words.isEmpty && filters.isEmpty && faults.isEmpty }

    /// For `MATCH`; nil where no word is asked for. Each word is quoted, so that nothing in it is an operator.
    /// - Parameter onlyShown: Leaves out what only staff may read.
    func match(onlyShown: Bool) -> String? {
        guard !words.isEmpty else { return nil }
        let all = words.map(term).joined(separator: " AND ")
        return onlyShown ? "shown : (\(all))" : all
    }

    /// The number of a folio is also found without its zeros.
    private func term(_ word: String) -> String {
        let digits = word.utf8
        guard digits.count < 6, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return quoted(word) }
        let whole = String(repeating: "0", count: 6 - digits.count) + word
        return "(\(quoted(word)) OR \(quoted(whole)))"
    }

    private func quoted(_ word: String) -> String {
        "\"" + word.filter { $0 != "\"" && $0 != "\0" } + "\"" + (takesBeginnings ? "*" : "")
    }
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
