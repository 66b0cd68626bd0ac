// Lists of people, found by index or by full text, a page at a time.

internal import SQL

/// Who matches a filter: their numbers, in the order of the list, and how many there are.
struct PersonMatches: Sendable, Equatable {
    let ids: [Person.ID]
    let count: Int
    /// There are more than are counted.
    let isCapped: Bool
}

/// A row of the list.
struct PersonLine: Sendable {
    let id: Person.ID
    let name: String
    let email: String
    let role: Person.Role
    let isLead: Bool
    let state: Person.State
    let organizations: [String]
    /// When he last did anything; nil for never.
    let lastSeen: Int?
}

extension Connection {
    /// Full text is counted up to here: more than that nobody looks through.
    static let mostMatches = 10_000
    /// So many are put in order of their names, which the full text does not keep.
    private static let mostSorted = 500

    /// The part of the list from `offset` on.
    func people(
        _ filter: PersonFilter, _ page: (Int) throws -> Range<Int>
    ) throws -> PersonMatches {
        switch filter.path {
        case .nobody: return PersonMatches(ids: [], count: 0, isCapped: false)
        case .everybody: return try inOrder(count: countPeople(), page) { try people(from: $0, limit: $1) }
        case .role(let role):
            return try inOrder(count: countPeople(of: role), page) { try people(of: role, from: $0, limit: $1) }
        case .state(let state):
            return try inOrder(count: countPeople(in: state), page) { try people(in: state, from: $0, limit: $1) }
        case .members(let organization):
            return try found(members(of: organization, limit: Self.mostMatches + 1), page)
        case .search(let words, let organization):
            return try found(search(words, in: organization, limit: Self.mostMatches + 1), page)
        }
    }

    /// Everybody who matches, up to a limit.
    func everybody(_ filter: PersonFilter, limit: Int) throws -> [Person.ID] {
        switch filter.path {
        case .nobody: []
        case .everybody: try people(from: 0, limit: limit)
        case .role(let role): try people(of: role, from: 0, limit: limit)
        case .state(let state): try people(in: state, from: 0, limit: limit)
        case .members(let organization): try members(of: organization, limit: limit)
        case .search(let words, let organization): try search(words, in: organization, limit: limit)
        }
    }

    private func inOrder(
        count: Int, _ page: (Int) throws -> Range<Int>, _ ids: (Int, Int) throws -> [Person.ID]
    ) throws -> PersonMatches {
        let range = try page(count)
        return PersonMatches(ids: try ids(range.lowerBound, range.count), count: count, isCapped: false)
    }

    private func found(_ ids: [Person.ID], _ page: (Int) throws -> Range<Int>) throws -> PersonMatches {
        let isCapped = ids.count > Self.mostMatches
        let count = min(ids.count, Self.mostMatches)
        let range = try page(count).clamped(to: 0..<count)
        let ordered = count <= Self.mostSorted ? try sortedByName(ids) : ids
        return PersonMatches(ids: Array(ordered[range]), count: count, isCapped: isCapped)
    }

    private func sortedByName(_ ids: [Person.ID]) throws(SQLError) -> [Person.ID] {
        var named: [(name: String, id: Person.ID)] = []
        for id in ids {
            let name = try first("SELECT folded FROM person WHERE id = ?", id) { $0.text(0) }
            named.append((name ?? "", id))
        }
        return named.sorted { $0 < $1 }.map(\.id)
    }

    // MARK: By index

    private func countPeople() throws(SQLError) -> Int {
        // `folded` is never NULL: the condition holds for everybody, and names the index.
        try first("SELECT count(*) FROM person WHERE folded >= ''") { $0.int(0) } ?? 0
    }

    private func countPeople(of role: String) throws(SQLError) -> Int {
        try first("SELECT count(*) FROM person WHERE role = ?", role) { $0.int(0) } ?? 0
    }

    private func countPeople(in state: Person.State) throws(SQLError) -> Int {
        try first("SELECT count(*) FROM person WHERE state = ?", state) { $0.int(0) } ?? 0
    }

    private func people(from offset: Int, limit: Int) throws(SQLError) -> [Person.ID] {
        try query(
            "SELECT id FROM person WHERE folded >= '' ORDER BY folded, id LIMIT ? OFFSET ?", limit, offset,
            row: Self.personID)
    }

    private func people(of role: String, from offset: Int, limit: Int) throws(SQLError) -> [Person.ID] {
        try query(
            "SELECT id FROM person WHERE role = ? ORDER BY folded, id LIMIT ? OFFSET ?", role, limit, offset,
            row: Self.personID)
    }

    private func people(in state: Person.State, from offset: Int, limit: Int) throws(SQLError) -> [Person.ID] {
        try query(
            "SELECT id FROM person WHERE state = ? ORDER BY folded, id LIMIT ? OFFSET ?", state, limit, offset,
            row: Self.personID)
    }

    private func members(of organization: Organization.ID, limit: Int) throws(SQLError) -> [Person.ID] {
        try query(
            "SELECT person FROM membership WHERE organization = ? ORDER BY state, person LIMIT ?", organization, limit,
            row: Self.personID)
    }

    // MARK: By full text

    private func search(
        _ words: String, in organization: Organization.ID?, limit: Int
    ) throws(SQLError) -> [Person.ID] {
        guard let organization else {
            return try query(
                "SELECT rowid FROM person_search WHERE person_search MATCH ? ORDER BY rowid LIMIT ?", words, limit,
                row: Self.personID)
        }
        // The plus keeps SQLite from running the full text again for each member.
        return try query(
            """
            SELECT rowid FROM person_search WHERE person_search MATCH ?
                AND +rowid IN (SELECT person FROM membership WHERE organization = ?)
            ORDER BY rowid LIMIT ?
            """, words, organization, limit, row: Self.personID)
    }

    private static func personID(_ row: borrowing Row) -> Person.ID { Person.ID(rawValue: row.int(0)) }

    // MARK: Rows

    func personLine(_ id: Person.ID) throws(SQLError) -> PersonLine? {
        guard let person = try person(id) else { return nil }
        let organizations = try query(
            """
            SELECT o.legal_name FROM membership AS m JOIN organization AS o ON o.id = m.organization
            WHERE m.person = ? ORDER BY m.organization LIMIT 4
            """, id
        ) { $0.text(0) }
        return PersonLine(
            id: id, name: person.name, email: person.email, role: person.role, isLead: person.isLead,
            state: person.state, organizations: organizations, lastSeen: try lastSeen(id))
    }

    /// The last use of a session or the last line of the trail, whichever is later: sessions that are over are
    /// forgotten, the trail is not.
    func lastSeen(_ id: Person.ID) throws(SQLError) -> Int? {
        try first(
            """
            SELECT nullif(max(
                coalesce((SELECT max(used_at) FROM session WHERE person = ?1), 0),
                coalesce((SELECT at FROM audit WHERE actor = ?1 ORDER BY id DESC LIMIT 1), 0)), 0)
            """, id
        ) { $0.optionalInt(0) } ?? nil
    }

    /// The organizations that a filter may choose from; none where they are more than a list shows.
    func organizationChoices(atMost limit: Int) throws(SQLError) -> [(id: Organization.ID, name: String)] {
        let rows = try query(
            """
            SELECT id, legal_name FROM organization WHERE state = 'active' ORDER BY folded, id LIMIT ?
            """, limit + 1
        ) { (id: Organization.ID(rawValue: $0.int(0)), name: $0.text(1)) }
        return rows.count > limit ? [] : rows
    }
}
