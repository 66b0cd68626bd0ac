// Who may hear of a ticket, in the tenant's database.

internal import SQL

/// Somebody to whom letters about tickets may go.
struct NewsReader: Sendable, Equatable {
    let id: Person.ID
    let name: String
    let email: String
    let isStaff: Bool
    let isActive: Bool
    let isInvited: Bool
    let language: String?
    let timeZone: String?
    let notices: Profile.Notices
}

extension Connection {
    func newsReader(_ person: Person.ID) throws(SQLError) -> NewsReader? {
        try first(
            "SELECT id, name, email, role, state, language, time_zone, notices FROM person WHERE id = ?", person,
            row: NewsReader.init)
    }

    /// Those who coordinate a level: they hear of tickets of it that nobody has.
    func newsReaders(leading level: Int) throws(SQLError) -> [NewsReader] {
        try query(
            """
            SELECT id, name, email, role, state, language, time_zone, notices FROM person
            WHERE role = 'technician' AND state = 'active' AND level = ? AND is_lead = 1 LIMIT 20
            """, level, row: NewsReader.init)
    }

    /// Whether a customer still belongs to an organization.
    func isActiveMember(_ person: Person.ID, of organization: Organization.ID) throws(SQLError) -> Bool {
        try first(
            "SELECT 1 FROM membership WHERE person = ? AND organization = ? AND state = 'active'", person, organization
        ) { _ in true } ?? false
    }
}

extension NewsReader {
    fileprivate init(_ row: borrowing Row) {
        self.init(
            id: Person.ID(rawValue: row.int(0)), name: row.text(1), email: row.text(2),
            isStaff: row.text(3) != "customer",
            isActive: row.text(4) == "active", isInvited: row.text(4) == "invited", language: row.optionalText(5),
            timeZone: row.optionalText(6),
            notices: Profile.Notices(rawValue: row.text(7)) ?? .all)
    }
}
