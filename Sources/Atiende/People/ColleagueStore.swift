// The people of one organization, as those who manage it see them: every question names the organization.

internal import SLA
internal import SQL

struct Colleague: Sendable, Equatable {
    let id: Person.ID
    let name: String
    let email: String
    let state: Person.State
    let isManager: Bool
    let isPending: Bool
}

/// What a customer is shown of the own organization.
struct OrganizationFacts: Sendable {
    let legalName: String
    /// Nil where the row names another.
    let country: Country?
    let taxID: String
    let address: String
    let email: String
    let phones: [String]
}

extension Connection {
    func colleagueCount(in organization: Organization.ID) throws(SQLError) -> Int {
        try first("SELECT count(*) FROM membership WHERE organization = ?", organization) { $0.int(0) } ?? 0
    }

    /// Those who wait for an approval first, then the newest.
    func colleagues(in organization: Organization.ID, from offset: Int, limit: Int) throws(SQLError) -> [Colleague] {
        try query(
            """
            SELECT p.id, p.name, p.email, p.state, m.is_manager, m.state = 'pending'
            FROM membership AS m JOIN person AS p ON p.id = m.person
            WHERE m.organization = ? ORDER BY m.state DESC, m.person DESC LIMIT ? OFFSET ?
            """, organization, limit, offset
        ) { row in Self.colleague(row) }.compactMap { $0 }
    }

    /// Nil for whoever does not belong to the organization.
    func colleague(_ id: Person.ID, in organization: Organization.ID) throws(SQLError) -> Colleague? {
        try first(
            """
            SELECT p.id, p.name, p.email, p.state, m.is_manager, m.state = 'pending'
            FROM membership AS m JOIN person AS p ON p.id = m.person
            WHERE m.organization = ? AND m.person = ?
            """, organization, id
        ) { row in Self.colleague(row) } ?? nil
    }

    private static func colleague(_ row: borrowing Row) -> Colleague? {
        Person.State(rawValue: row.text(3)).map { state in
            Colleague(
                id: Person.ID(rawValue: row.int(0)), name: row.text(1), email: row.text(2), state: state,
                isManager: row.bool(4), isPending: row.bool(5))
        }
    }

    /// Whether somebody else manages the organization and can come in.
    func hasManager(_ organization: Organization.ID, besides person: Person.ID) throws(SQLError) -> Bool {
        try first(
            """
            SELECT 1 FROM membership AS m JOIN person AS p ON p.id = m.person
            WHERE m.organization = ? AND m.state = 'active' AND m.is_manager = 1 AND m.person <> ?
                AND p.state = 'active' LIMIT 1
            """, organization, person
        ) { $0.bool(0) } ?? false
    }

    /// Whoever signed up for an organization and was let in may come in with the password that he chose, or chooses one.
    func admit(_ person: Person.ID, at now: Int) throws(SQLError) {
        try execute(
            """
            UPDATE person SET state = iif(password IS NULL, 'invited', 'active'), changed_at = max(?, changed_at + 1)
            WHERE id = ? AND state = 'pending'
            """, now, person)
        try indexPerson(person)
    }

    func organizationFacts(_ id: Organization.ID) throws(SQLError) -> OrganizationFacts? {
        try first(
            """
            SELECT legal_name, tax_id, street, neighborhood, postal_code, city, region, email, phone, other_phone, country
            FROM organization WHERE id = ?
            """, id
        ) { row in
            var address: [String] = []
            for column in 2...6 where !row.text(column).isEmpty { address.append(row.text(column)) }
            return OrganizationFacts(
                legalName: row.text(0), country: Country(rawValue: row.text(10)), taxID: row.text(1),
                address: address.joined(separator: ", "),
                email: row.text(7), phones: [row.text(8), row.text(9)].filter { !$0.isEmpty })
        }
    }
}
