// What a list of people is narrowed by: typed words, and the choices of the filter bar. All of it stands in the address
// of the page.

internal import HTTP

struct PersonFilter: Sendable, Equatable {
    /// As it was typed, on one line.
    var text = ""
    var role: String?
    var level: Int?
    var state: Person.State?
    var organization: Organization.ID?

    static let roles = ["customer", "technician", "admin"]
    static let longestText = 100
    /// Beyond it nobody finds more by typing.
    private static let mostWords = 8

    init() {}

    /// What is none of the choices narrows nothing.
    init(_ form: Form) {
        text = HeaderText(String((form["q"] ?? "").prefix(Self.longestText))).text
        role = form["role"].flatMap { Self.roles.contains($0) ? $0 : nil }
        level = form["level"].flatMap { Int($0) }.flatMap { 1...3 ~= $0 ? $0 : nil }
        state = form["state"].flatMap(Person.State.init(rawValue:))
        organization = form["organization"].flatMap { Organization.ID($0) }
    }

    /// The query of the address, without `?`; empty where nothing is narrowed.
    var query: String {
        var pairs: [(String, String)] = []
        if !text.isEmpty { pairs.append(("q", text)) }
        if let role { pairs.append(("role", role)) }
        if let level { pairs.append(("level", String(level))) }
        if let state { pairs.append(("state", state.rawValue)) }
        if let organization { pairs.append(("organization", "\(organization)")) }
        return pairs.map { $0 + "=" + PercentCoding.encode(queryComponent: $1) }.joined(separator: "&")
    }

    /// How the rows are found: by an index where one has them in order, else by the full text.
    enum Path: Equatable {
        case everybody
        case role(String)
        case state(Person.State)
        case members(Organization.ID)
        /// A query of FTS5, and the organization that is left to look at.
        case search(String, Organization.ID?)
        /// What was typed has neither letters nor digits: nobody is called so.
        case nobody
    }

    var path: Path {
        let terms = terms
        if !text.isEmpty, terms.isEmpty { return .nobody }
        switch (terms.isEmpty, role, level, state, organization) {
        case (true, nil, nil, nil, nil): return .everybody
        case (true, .some(let role), nil, nil, nil): return .role(role)
        case (true, nil, nil, .some(let state), nil): return .state(state)
        case (true, nil, nil, nil, .some(let organization)): return .members(organization)
        default: return .search((terms + marks).joined(separator: " "), organization)
        }
    }

    /// Every typed word as the beginning of one that is sought. Within quotes FTS5 knows no syntax but the quote itself
    /// (SQLite, FTS5 §3.1).
    private var terms: [String] {
        let typed = text.split(whereSeparator: \.isWhitespace).map { word in
            String(String.UnicodeScalarView(word.unicodeScalars.filter { $0 != Self.mark }))
        }
        let sought = typed.filter { word in
            word.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
        }
        return sought.prefix(Self.mostWords).map { word in
            "\"" + word.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\"*"
        }
    }

    /// What a person is, as words that nobody can type: the table of words holds them beside the name.
    private var marks: [String] {
        [role, level.map(String.init), state?.rawValue].compactMap { $0 }.map { "\"\(Self.mark)\($0)\"" }
    }

    /// A letter to the tokenizer of FTS5, and to nobody else: U+E000 is private.
    private static let mark: Unicode.Scalar = "\u{E000}"
}
