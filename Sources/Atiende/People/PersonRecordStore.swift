// One person with all that belongs to him, and what an admin changes of it.

internal import SQL

/// A person as his own page shows him.
struct PersonRecord: Sendable, Equatable {
    struct Belonging: Sendable, Equatable {
        let organization: Organization.ID
        let name: String
        let isManager: Bool
        let isPending: Bool
    }

    let person: Person
    /// Languages, by their codes.
    let speaks: [String]
    /// Keys of the contract's kinds of request.
    let skills: [String]
    let hasTwoStep: Bool
    let hasPassword: Bool
    let createdAt: Int
    let deactivatedAt: Int?
    let belongings: [Belonging]
}

extension Connection {
    func personRecord(_ id: Person.ID) throws(SQLError) -> PersonRecord? {
        guard let person = try person(id) else { return nil }
        let skills = try query(
            "SELECT category FROM person_skill WHERE person = ? ORDER BY category", id
        ) { $0.text(0) }
        let belongings = try belongings(of: id)
        return try first(
            """
            SELECT speaks, two_step_at IS NOT NULL, password IS NOT NULL, created_at, deactivated_at
            FROM person WHERE id = ?
            """, id
        ) { row in
            PersonRecord(
                person: person, speaks: row.text(0).split(separator: ",").map(String.init), skills: skills,
                hasTwoStep: row.bool(1), hasPassword: row.bool(2), createdAt: row.int(3),
                deactivatedAt: row.optionalInt(4), belongings: belongings)
        }
    }

    func belongings(of person: Person.ID) throws(SQLError) -> [PersonRecord.Belonging] {
        try query(
            """
            SELECT m.organization, o.legal_name, m.is_manager, m.state = 'pending'
            FROM membership AS m JOIN organization AS o ON o.id = m.organization
            WHERE m.person = ? ORDER BY m.organization
            """, person
        ) { row in
            PersonRecord.Belonging(
                organization: Organization.ID(rawValue: row.int(0)), name: row.text(1), isManager: row.bool(2),
                isPending: row.bool(3))
        }
    }

    func sessionCount(of person: Person.ID) throws(SQLError) -> Int {
        try first("SELECT count(*) FROM session WHERE person = ?", person) { $0.int(0) } ?? 0
    }

    // MARK: Changes

    /// Throws a unique constraint where the address belongs to another person. The instant of a change grows also with
    /// two in one second.
    func update(_ id: Person.ID, _ draft: PersonDraft, at now: Int) throws(SQLError) {
        try execute(
            """
            UPDATE person SET email = ?1, name = ?2, folded = ?3, role = ?4, level = ?5, is_lead = ?6, phone = ?7,
                language = ?8, time_zone = ?9, changed_at = max(?10, changed_at + 1) WHERE id = ?11
            """, draft.email, draft.name, draft.name.folded, draft.role.name, draft.role.level, draft.isLead,
            draft.phone, draft.language, draft.timeZone, now, id)
        try keepAbilities(of: id, speaks: draft.speaks, skills: draft.skills)
        try indexPerson(id)
    }

    func keepAbilities(of id: Person.ID, speaks: [String], skills: [String]) throws(SQLError) {
        try execute("UPDATE person SET speaks = ? WHERE id = ?", speaks.joined(separator: ","), id)
        try execute("DELETE FROM person_skill WHERE person = ?", id)
        for skill in skills {
            try execute("INSERT INTO person_skill (person, category) VALUES (?, ?)", id, skill)
        }
    }

    /// Whoever is deactivated never comes in again: his sessions and links end here.
    func deactivate(_ id: Person.ID, at now: Int) throws(SQLError) {
        try execute(
            """
            UPDATE person SET state = 'deactivated', deactivated_at = ?1, changed_at = max(?1, changed_at + 1)
            WHERE id = ?2
            """, now, id)
        try endSessions(of: id)
        try removeLinks(of: id)
        try indexPerson(id)
    }

    /// As he was: with a password he comes in, without one he needs an invitation.
    func reactivate(_ id: Person.ID, at now: Int) throws(SQLError) {
        try execute(
            """
            UPDATE person SET state = iif(password IS NULL, 'invited', 'active'), deactivated_at = NULL,
                changed_at = max(?1, changed_at + 1) WHERE id = ?2
            """, now, id)
        try indexPerson(id)
    }

    /// Whether somebody else administers this desk and can come in.
    func hasActiveAdmin(besides id: Person.ID) throws(SQLError) -> Bool {
        try first("SELECT 1 FROM person WHERE role = 'admin' AND state = 'active' AND id <> ? LIMIT 1", id) {
            $0.bool(0)
        } ?? false
    }

    // MARK: Memberships

    func removeMembership(of person: Person.ID, in organization: Organization.ID) throws(SQLError) -> Bool {
        try execute("DELETE FROM membership WHERE person = ? AND organization = ?", person, organization)
        guard changes == 1 else { return false }
        // He was there for nobody else: the next log-in chooses another organization, if he has one.
        try execute("DELETE FROM session WHERE person = ? AND organization = ?", person, organization)
        return true
    }

    /// False where somebody does not belong to the organization.
    func setManager(
        _ isManager: Bool, of person: Person.ID, in organization: Organization.ID
    ) throws(SQLError) -> Bool {
        try execute(
            "UPDATE membership SET is_manager = ? WHERE person = ? AND organization = ? AND state = 'active'",
            isManager, person, organization)
        return changes == 1
    }

    /// The organization that a text names: its number for the tax, or its whole name where only one has it.
    func organization(called text: String) throws(SQLError) -> (id: Organization.ID, name: String)? {
        let byNumber = try first(
            "SELECT id, legal_name FROM organization WHERE tax_id = ? AND state <> 'merged'", text.uppercased()
        ) { (id: Organization.ID(rawValue: $0.int(0)), name: $0.text(1)) }
        if let byNumber { return byNumber }
        let named = try query(
            "SELECT id, legal_name, state FROM organization WHERE folded = ? ORDER BY id LIMIT 32", text.folded
        ) { (id: Organization.ID(rawValue: $0.int(0)), name: $0.text(1), state: $0.text(2)) }
        let open = named.filter { $0.state == "active" || $0.state == "pending" }
        return open.count == 1 ? open.first.map { (id: $0.id, name: $0.name) } : nil
    }
}
