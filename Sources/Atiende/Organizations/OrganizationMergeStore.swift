// What a merge of two organizations moves, in the tenant's database; and who of a new one's comes in.

internal import SQL

/// How much moves.
struct OrganizationBelongings: Sendable, Equatable {
    let people: Int
    let tickets: Int
    let notes: Int
    let agreements: Int
    let below: Int
}

/// Somebody to whom letters about an organization go.
struct ManagerMailbox: Sendable, Equatable {
    let name: String
    let email: String
    let language: String?
}

extension Connection {
    func belongings(of id: Organization.ID) throws(SQLError) -> OrganizationBelongings {
        OrganizationBelongings(
            people: try memberCount(of: id),
            tickets: try first("SELECT count(*) FROM ticket WHERE organization = ?", id) { $0.int(0) } ?? 0,
            notes: try first("SELECT count(*) FROM organization_note WHERE organization = ?", id) { $0.int(0) } ?? 0,
            agreements: try first("SELECT count(*) FROM agreement WHERE organization = ?", id) { $0.int(0) } ?? 0,
            below: try organizationCount(below: id))
    }

    /// Moves all that belongs to one organization to another, which keeps its own data; the agreement of the other one
    /// counts where it has one. The trail stays as it is. Whoever calls made sure that the other is not below this one.
    func merge(_ id: Organization.ID, into other: Organization.ID, at now: Int) throws(SQLError) {
        // Before the memberships, which tell whose sessions they may be.
        try execute(
            """
            UPDATE session SET organization = ?1 WHERE organization = ?2
                AND person IN (SELECT person FROM membership WHERE organization = ?2)
            """, other, id)
        // Of two memberships of one person the active one counts; of two alike, the manager's. Whoever signed up an
        // organization that was never taken on has proved nothing: the people of the other one decide on him.
        try execute(
            """
            INSERT INTO membership (person, organization, is_manager, state, since)
            SELECT m.person, ?1, m.is_manager = 1 AND o.state <> 'pending', iif(o.state = 'pending', 'pending', m.state),
                m.since
            FROM membership AS m JOIN organization AS o ON o.id = m.organization WHERE m.organization = ?2
            ON CONFLICT (person, organization) DO UPDATE SET
                is_manager = CASE WHEN state = excluded.state THEN max(is_manager, excluded.is_manager)
                    WHEN state = 'active' THEN is_manager ELSE excluded.is_manager END,
                state = min(state, excluded.state), since = min(since, excluded.since)
            """, other, id)
        try execute("DELETE FROM membership WHERE organization = ?", id)
        try moveOffers(from: id, to: other)
        try execute("UPDATE ticket SET organization = ? WHERE organization = ?", other, id)
        try execute("UPDATE organization_note SET organization = ? WHERE organization = ?", other, id)
        try execute("UPDATE agreement SET organization = ? WHERE organization = ?", other, id)
        try execute("UPDATE OR IGNORE agreement_term SET organization = ? WHERE organization = ?", other, id)
        try execute("DELETE FROM agreement_term WHERE organization = ?", id)
        try execute("UPDATE organization SET distributor = ? WHERE distributor = ? AND id <> ?", other, id, other)
        try execute(
            """
            UPDATE organization SET state = 'merged', merged_into = ?, distributor = NULL,
                changed_at = max(?, changed_at + 1) WHERE id = ?
            """, other, now, id)
    }

    // MARK: Managers

    func managers(of id: Organization.ID) throws(SQLError) -> [ManagerMailbox] {
        try query(
            """
            SELECT p.name, p.email, p.language FROM membership AS m JOIN person AS p ON p.id = m.person
            WHERE m.organization = ? AND m.is_manager = 1 AND p.state <> 'deactivated' ORDER BY m.state, m.person
            """, id
        ) { row in ManagerMailbox(name: row.text(0), email: row.text(1), language: row.optionalText(2)) }
    }

    /// Lets the managers of an organization in that waited for its approval: at once who has a password, the others with
    /// their link.
    func admitManagers(of id: Organization.ID, at now: Int) throws(SQLError) {
        try execute(
            """
            UPDATE person SET state = iif(password IS NULL, 'invited', 'active'), changed_at = max(?, changed_at + 1)
            WHERE state = 'pending'
                AND id IN (SELECT person FROM membership WHERE organization = ? AND is_manager = 1)
            """, now, id)
        try execute(
            "UPDATE membership SET state = 'active' WHERE organization = ? AND state = 'pending' AND is_manager = 1",
            id)
    }
}
