// The box of a search, read: `estado:abierto severidad:1 organización:"La Ceiba" factura`. Filters are known by their
// names in Spanish and in English; everything else is words.

internal import Markup
internal import SLA

struct SearchReader: Sendable {
    let contract: Contract

    func read(_ typed: String) -> Search {
        var search = Search()
        if typed.unicodeScalars.count > Search.longest { search.faults.append(.tooLong) }
        for token in Self.tokens(String(typed.prefix(Search.longest))) { take(token, &search) }
        search.isLastBeginning = search.isLastBeginning && search.words.count <= Search.mostWords
        search.words = Array(search.words.prefix(Search.mostWords))
        return search
    }

    /// A word as it was typed, with what stood before its colon.
    struct Token: Equatable {
        var key: String?
        var value: String
        /// Typed without quotes.
        var isPlain = true
    }

    /// Quotes hold words together, after a colon too; one that is never closed goes to the end.
    static func tokens(_ text: String) -> [Token] {
        var tokens: [Token] = []
        var rest = Substring(text)
        while true {
            rest = rest.drop { $0.isWhitespace }
            guard let first = rest.first else { return tokens }
            if first == "\"" {
                tokens.append(Token(value: quoted(&rest), isPlain: false))
                continue
            }
            var word = ""
            var token = Token(value: "")
            while let next = rest.first, !next.isWhitespace {
                if next == ":", token.key == nil, !word.isEmpty {
                    token.key = word
                    word = ""
                    rest.removeFirst()
                    if rest.first == "\"" {
                        word = quoted(&rest)
                        break
                    }
                    continue
                }
                if next == "\"" { break }
                word.append(next)
                rest.removeFirst()
            }
            token.value = word
            tokens.append(token)
        }
    }

    private static func quoted(_ rest: inout Substring) -> String {
        rest.removeFirst()
        let value = rest.prefix { $0 != "\"" }
        rest = rest[value.endIndex...].dropFirst()
        return String(value)
    }

    private func take(_ token: Token, _ search: inout Search) {
        guard let typedKey = token.key else { return addWords(token.value, isPlain: token.isPlain, &search) }
        guard let key = SearchKey(named: typedKey) else {
            // `https://…` and `error:504` are what somebody looks for.
            if typedKey.allSatisfy(\.isLetter), token.value.first != "/" {
                search.faults.append(.unknownKey(typedKey))
            }
            return addWords(typedKey + " " + token.value, isPlain: token.isPlain, &search)
        }
        guard !token.value.isEmpty else { return search.faults.append(.noValue(key)) }
        guard let filter = filter(key, token.value) else {
            return search.faults.append(.unknownValue(key, token.value))
        }
        if !search.filters.contains(filter) { search.filters.append(filter) }
    }

    private func addWords(_ text: String, isPlain: Bool, _ search: inout Search) {
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return }
        search.words.append(text)
        search.isLastBeginning = isPlain
    }

    // MARK: Values

    private func filter(_ key: SearchKey, _ value: String) -> SearchFilter? {
        let word = Self.plain(value)
        switch key {
        case .state: return Self.states[word].map { .state($0) }
        case .due: return Self.dues[word].map { .due($0) }
        case .severity: return severity(word).map { .severity($0) }
        case .level:
            return contract.levels.first { "\($0.level)" == word || "n\($0.level)" == word }.map { .level($0.level) }
        case .kind:
            return contract.kinds.first { kind in
                [kind.key, kind.name.text(in: .es), kind.name.text(in: .en)].contains { Self.plain($0) == word }
            }.map { .kind($0.key) }
        case .organization: return word.isEmpty ? nil : .organization(value)
        case .assignee:
            if ["yo", "me", "mi"].contains(word) { return .assignee(.me) }
            if ["nadie", "nobody", "none", "ninguno"].contains(word) { return .assignee(.nobody) }
            return word.isEmpty ? nil : .assignee(.named(value))
        case .tag: return word.isEmpty ? nil : .tag(value.lowercased())
        case .from: return Self.date(value).map { .from($0) }
        case .upTo: return Self.date(value).map { .upTo($0) }
        }
    }

    /// By its place (1 is the gravest), its name in either language, or its key.
    private func severity(_ word: String) -> Severity? {
        if let place = Int(word), contract.severities.indices.contains(place - 1) {
            return contract.severities[place - 1].severity
        }
        return contract.severities.first { definition in
            [definition.severity.rawValue, definition.name.text(in: .es), definition.name.text(in: .en)]
                .contains { Self.plain($0) == word }
        }?.severity
    }

    /// `2026-11-01`, `01/11/2026`
    private static func date(_ value: String) -> CivilDate? {
        if let date = CivilDate(value) { return date }
        let parts = value.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].utf8.count == 4,
            parts.allSatisfy({ $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }),
            parts[0].utf8.count <= 2, parts[1].utf8.count <= 2
        else { return nil }
        func two(_ part: Substring) -> String { part.utf8.count == 1 ? "0" + part : String(part) }
        return CivilDate("\(parts[2])-\(two(parts[1]))-\(two(parts[0]))")
    }

    /// Without accents, case, and what joins words.
    static func plain(_ text: String) -> String { String(text.folded.filter { $0.isLetter || $0.isNumber }) }

    private static let states: [String: SearchFilter.State] = [
        "abierto": .open, "abiertos": .open, "open": .open, "nuevo": .new, "new": .new, "encurso": .working,
        "working": .working, "esperando": .waitingCustomer, "esperandoalcliente": .waitingCustomer,
        "esperandocliente": .waitingCustomer, "waiting": .waitingCustomer, "waitingcustomer": .waitingCustomer,
        "waitingforcustomer": .waitingCustomer, "tercero": .waitingThirdParty,
        "esperandoauntercero": .waitingThirdParty,
        "thirdparty": .waitingThirdParty, "waitingforthirdparty": .waitingThirdParty,
        "waitingthirdparty": .waitingThirdParty, "desarrollo": .inDevelopment,
        "endesarrollo": .inDevelopment, "development": .inDevelopment, "indevelopment": .inDevelopment,
        "resuelto": .resolved, "resueltos": .resolved, "resolved": .resolved, "cerrado": .closed, "cerrados": .closed,
        "closed": .closed, "unido": .merged, "merged": .merged,
    ]

    private static let dues: [String: SearchFilter.Due] = [
        "vencido": .breached, "vencidos": .breached, "breached": .breached, "late": .breached, "porvencer": .soon,
        "soon": .soon, "enpausa": .paused, "pausado": .paused, "paused": .paused,
    ]
}
