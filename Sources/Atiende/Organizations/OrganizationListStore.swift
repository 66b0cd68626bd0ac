// Lists of organizations, and what belongs to one, in the tenant's database.

internal import SLA
internal import SQL

/// Which organizations a list shows.
struct OrganizationFilter: Sendable {
    var state = Organization.State.active
    var search = OrganizationSearch("")
    /// The key of a plan.
    var plan: String?
    /// Only those whose last day for a notice comes by that day.
    var noticeBy: CivilDate?
}

/// An organization as a list shows it.
struct OrganizationEntry: Sendable, Equatable {
    let id: Organization.ID
    let name: String
    let taxID: String
    let country: String
    let plan: String
    /// The end of the current term; nil for one without an agreement.
    let endsOn: CivilDate?
    let noticeBy: CivilDate?
    let people: Int
}

/// Somebody of an organization.
struct MemberEntry: Sendable, Equatable {
    let person: Person.ID
    let name: String
    let email: String
    let isManager: Bool
    let isPending: Bool
}

struct OrganizationNote: Sendable, Equatable {
    let author: String
    let at: Int
    let body: String
}

struct OrganizationName: Sendable, Equatable {
    let id: Organization.ID
    let name: String
}

extension Connection {
    /// Walks the names in order and looks at the other tables for each one, so that nothing has to be sorted.
    func organizations(
        _ filter: OrganizationFilter, from offset: Int, limit: Int
    ) throws(SQLError) -> [OrganizationEntry] {
        try query(
            """
            SELECT o.id, o.legal_name, o.tax_id, o.country, t.plan, t.ends_on, t.notice_by,
                (SELECT count(*) FROM membership AS m WHERE m.organization = o.id AND m.state = 'active')
            FROM organization AS o LEFT JOIN agreement_term AS t ON t.organization = o.id
            WHERE o.state = ?1 AND (?2 IS NULL OR t.plan = ?2) AND (?3 IS NULL OR t.notice_by <= ?3)
                AND (?4 IS NULL OR o.id IN (SELECT rowid FROM organization_search WHERE words MATCH ?4))
            ORDER BY o.folded, o.id LIMIT ?5 OFFSET ?6
            """, filter.state, filter.plan, filter.noticeBy.map { "\($0)" }, filter.search.match, limit, offset
        ) { row in
            OrganizationEntry(
                id: Organization.ID(rawValue: row.int(0)), name: row.text(1), taxID: row.text(2), country: row.text(3),
                plan: row.text(4), endsOn: CivilDate(row.text(5)), noticeBy: CivilDate(row.text(6)),
                people: row.int(7))
        }
    }

    func organizationCount(_ filter: OrganizationFilter) throws(SQLError) -> Int {
        guard filter.plan != nil || filter.noticeBy != nil || filter.search.match != nil else {
            return try first("SELECT count(*) FROM organization WHERE state = ?", filter.state) { $0.int(0) } ?? 0
        }
        return try first(
            """
            SELECT count(*) FROM organization AS o LEFT JOIN agreement_term AS t ON t.organization = o.id
            WHERE o.state = ?1 AND (?2 IS NULL OR t.plan = ?2) AND (?3 IS NULL OR t.notice_by <= ?3)
                AND (?4 IS NULL OR o.id IN (SELECT rowid FROM organization_search WHERE words MATCH ?4))
            """, filter.state, filter.plan, filter.noticeBy.map { "\($0)" }, filter.search.match
        ) { $0.int(0) } ?? 0
    }

    // MARK: What belongs to one

    func members(of organization: Organization.ID, limit: Int) throws(SQLError) -> [MemberEntry] {
        try query(
            """
            SELECT p.id, p.name, p.email, m.is_manager, m.state = 'pending'
            FROM membership AS m JOIN person AS p ON p.id = m.person
            WHERE m.organization = ? ORDER BY m.state, m.person LIMIT ?
            """, organization, limit
        ) { row in
            MemberEntry(
                person: Person.ID(rawValue: row.int(0)), name: row.text(1), email: row.text(2),
                isManager: row.bool(3), isPending: row.bool(4))
        }
    }

    func memberCount(of organization: Organization.ID) throws(SQLError) -> Int {
        try first("SELECT count(*) FROM membership WHERE organization = ?", organization) { $0.int(0) } ?? 0
    }

    func addNote(
        _ body: String, to organization: Organization.ID, by author: Person.ID, at now: Int
    ) throws(SQLError) {
        try execute(
            "INSERT INTO organization_note (organization, author, at, body) VALUES (?, ?, ?, ?)", organization, author,
            now, body)
    }

    /// The last ones first.
    func notes(of organization: Organization.ID, limit: Int) throws(SQLError) -> [OrganizationNote] {
        try query(
            """
            SELECT p.name, n.at, n.body FROM organization_note AS n JOIN person AS p ON p.id = n.author
            WHERE n.organization = ? ORDER BY n.id DESC LIMIT ?
            """, organization, limit
        ) { row in OrganizationNote(author: row.text(0), at: row.int(1), body: row.text(2)) }
    }

    // MARK: Distributors

    /// The organizations right below one.
    func organizations(below distributor: Organization.ID, limit: Int) throws(SQLError) -> [OrganizationName] {
        try query(
            "SELECT id, legal_name FROM organization WHERE distributor = ? ORDER BY id LIMIT ?", distributor, limit
        ) { row in OrganizationName(id: Organization.ID(rawValue: row.int(0)), name: row.text(1)) }
    }

    func organizationCount(below distributor: Organization.ID) throws(SQLError) -> Int {
        try first("SELECT count(*) FROM organization WHERE distributor = ?", distributor) { $0.int(0) } ?? 0
    }

    /// Whether one stands above another, or is the same.
    func isDistributor(_ one: Organization.ID, atOrAbove other: Organization.ID) throws(SQLError) -> Bool {
        var seen: Set<Organization.ID> = []
        var next: Organization.ID? = other
        while let current = next, seen.insert(current).inserted {
            if current == one { return true }
            next =
                try first("SELECT distributor FROM organization WHERE id = ?", current) { row in
                    row.optionalInt(0).map { Organization.ID(rawValue: $0) }
                } ?? nil
        }
        return false
    }

    func setDistributor(
        _ distributor: Organization.ID?, of organization: Organization.ID, at now: Int
    ) throws(SQLError) {
        try execute(
            "UPDATE organization SET distributor = ?, changed_at = max(?, changed_at + 1) WHERE id = ?", distributor,
            now, organization)
    }
}
