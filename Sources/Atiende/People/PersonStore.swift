// People in the tenant's database.

internal import SQL

extension Connection {
    func credential(email: String) throws(SQLError) -> Credential? {
        try first("SELECT id, state, password, two_step_at IS NOT NULL FROM person WHERE email = ?", email) { row in
            Self.credential(row)
        } ?? nil
    }

    func credential(_ person: Person.ID) throws(SQLError) -> Credential? {
        try first("SELECT id, state, password, two_step_at IS NOT NULL FROM person WHERE id = ?", person) { row in
            Self.credential(row)
        } ?? nil
    }

    private static func credential(_ row: borrowing Row) -> Credential? {
        guard let state = Person.State(rawValue: row.text(1)) else { return nil }
        return Credential(
            person: Person.ID(rawValue: row.int(0)), state: state,
            password: row.optionalText(2).map { PasswordHash(text: $0) }, hasTwoStep: row.bool(3))
    }

    func person(_ id: Person.ID) throws(SQLError) -> Person? {
        try first(
            """
            SELECT id, email, name, role, level, is_lead, state, phone, language, time_zone, theme
            FROM person WHERE id = ?
            """, id
        ) { row in Self.person(row) } ?? nil
    }

    func person(email: String) throws(SQLError) -> Person? {
        try first(
            """
            SELECT id, email, name, role, level, is_lead, state, phone, language, time_zone, theme
            FROM person WHERE email = ?
            """, email
        ) { row in Self.person(row) } ?? nil
    }

    private static func person(_ row: borrowing Row) -> Person? {
        guard let role = Person.Role(row.text(3), level: row.optionalInt(4)),
            let state = Person.State(rawValue: row.text(6))
        else { return nil }
        return Person(
            id: Person.ID(rawValue: row.int(0)), email: row.text(1), name: row.text(2), role: role,
            isLead: row.bool(5), state: state, phone: row.text(7), language: row.optionalText(8),
            timeZone: row.optionalText(9), theme: row.text(10))
    }

    /// Adds somebody. Throws a unique constraint where the address belongs to another person.
    func insert(_ person: NewPerson, at now: Int) throws(SQLError) -> Person.ID {
        try execute(
            """
            INSERT INTO person (email, name, folded, role, level, is_lead, state, phone, language, time_zone, password,
                password_at, created_at, changed_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, iif(?11 IS NULL, NULL, ?12), ?12, ?12)
            """, person.email, person.name, person.name.folded, person.role.name, person.role.level, person.isLead,
            person.state, person.phone, person.language, person.timeZone, person.password?.text, now)
        let id = Person.ID(rawValue: Int(lastInsertRowID))
        try indexPerson(id)
        return id
    }

    /// What searches find a person by: name, address, telephone, and, behind a mark that nobody types, role, level and
    /// state. Called whenever one of these changed.
    func indexPerson(_ id: Person.ID) throws(SQLError) {
        try execute("DELETE FROM person_search WHERE rowid = ?", id)
        try execute(
            """
            INSERT INTO person_search (rowid, words)
            SELECT id, replace(name, char(57344), ' ') || ' ' || email || ' ' || phone || ' ' || char(57344) || role
                || coalesce(' ' || char(57344) || level, '') || ' ' || char(57344) || state
            FROM person WHERE id = ?
            """, id)
    }

    func setPassword(_ password: PasswordHash, of person: Person.ID, at now: Int) throws(SQLError) {
        try execute(
            """
            UPDATE person SET password = ?1, password_at = ?2, changed_at = max(?2, changed_at + 1),
                state = iif(state = 'invited', 'active', state) WHERE id = ?3
            """, password.text, now, person)
        try indexPerson(person)
    }

    func insertMembership(
        of person: Person.ID, in organization: Organization.ID, isManager: Bool, isPending: Bool = false, at now: Int
    ) throws(SQLError) {
        try execute(
            """
            INSERT INTO membership (person, organization, is_manager, state, since) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (person, organization) DO UPDATE SET is_manager = excluded.is_manager, state = excluded.state
            """, person, organization, isManager, isPending ? "pending" : "active", now)
        try endOffers(of: organization, to: person)
    }
}

/// Somebody who is not in the table yet.
struct NewPerson: Sendable {
    /// In its normal form.
    var email: String
    var name: String
    var role: Person.Role
    var isLead = false
    var state: Person.State = .invited
    var phone = ""
    var language: String?
    var timeZone: String?
    var password: PasswordHash?
}
