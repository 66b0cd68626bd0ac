// Sessions in the tenant's database: only the hash of what the cookie says is kept.

internal import SQL

extension Connection {
    /// Whoever comes with a cookie of that hash; nil where the session is over, or the person is not to come in.
    /// Nobody manages an organization that the provider has not taken on: anybody may have signed it up in its name.
    func session(_ hash: [UInt8], _ policy: AccessPolicy, at now: Int) throws(SQLError) -> Session? {
        try first(
            """
            SELECT s.needs_code, s.started_at, s.used_at, s.organization, p.id, p.email, p.name, p.role, p.level,
                p.is_lead, p.state, p.phone, p.language, p.time_zone, p.theme, p.password_at, p.two_step_at IS NOT NULL,
                o.legal_name, m.is_manager = 1 AND o.state = 'active',
                p.role = 'customer' AND EXISTS (SELECT 1 FROM membership AS other
                    WHERE other.person = p.id AND other.organization <> s.organization AND other.state = 'active'),
                p.role = 'customer' AND EXISTS (SELECT 1 FROM membership_offer AS f
                    JOIN organization AS asking ON asking.id = f.organization AND asking.state = 'active'
                    WHERE f.person = p.id AND f.state = 'open' AND f.offered_at > ?2)
            FROM session AS s JOIN person AS p ON p.id = s.person
            LEFT JOIN membership AS m
                ON m.person = s.person AND m.organization = s.organization AND m.state = 'active'
            LEFT JOIN organization AS o ON o.id = m.organization AND o.state IN ('pending', 'active')
            WHERE s.hash = ?1
            """, hash, now - MembershipOffer.seconds
        ) { row throws(SQLError) in Self.session(row, hash, policy, now) } ?? nil
    }

    private static func session(
        _ row: borrowing Row, _ hash: [UInt8], _ policy: AccessPolicy, _ now: Int
    ) -> Session? {
        let startedAt = row.int(1)
        let usedAt = row.int(2)
        guard let role = Person.Role(row.text(7), level: row.optionalInt(8)),
            Person.State(rawValue: row.text(10)) == .active,
            !policy.isOver(startedAt: startedAt, usedAt: usedAt, at: now)
        else { return nil }
        let person = Person(
            id: Person.ID(rawValue: row.int(4)), email: row.text(5), name: row.text(6), role: role,
            isLead: row.bool(9), state: .active, phone: row.text(11), language: row.optionalText(12),
            timeZone: row.optionalText(13), theme: row.text(14))
        var membership: Session.Membership?
        if role == .customer, let name = row.optionalText(17) {
            membership = Session.Membership(
                organization: Organization.ID(rawValue: row.int(3)), name: name, isManager: row.bool(18))
        }
        let standing = policy.standing(
            needsCode: row.bool(0), role: role, passwordAt: row.optionalInt(15), hasTwoStep: row.bool(16), at: now)
        return Session(
            person: person, hash: hash, standing: standing, startedAt: startedAt, usedAt: usedAt,
            membership: membership, hasOtherOrganizations: row.bool(19), hasOffers: row.bool(20))
    }

    /// Begins a session. A customer is here for the organization that he was here for last, or for his first one.
    func startSession(
        _ hash: [UInt8], of person: Person.ID, needsCode: Bool, from address: String, agent: String, at now: Int
    ) throws(SQLError) {
        try execute(
            """
            INSERT INTO session (hash, person, needs_code, started_at, used_at, organization, address, agent)
            SELECT ?1, ?2, ?3, ?4, ?4, coalesce((
                SELECT s.organization FROM session AS s
                JOIN membership AS m ON m.person = s.person AND m.organization = s.organization AND m.state = 'active'
                JOIN organization AS o ON o.id = m.organization AND o.state IN ('pending', 'active')
                WHERE s.person = ?2 ORDER BY s.used_at DESC LIMIT 1), (
                SELECT min(m.organization) FROM membership AS m JOIN organization AS o ON o.id = m.organization
                WHERE m.person = ?2 AND m.state = 'active' AND o.state IN ('pending', 'active'))), ?5, ?6
            """, hash, person, needsCode, now, address, agent)
    }

    /// Gives a session another cookie, with its second step done: the one from before is worth nothing.
    func completeSession(_ hash: [UInt8], as newHash: [UInt8], at now: Int) throws(SQLError) {
        try execute(
            "UPDATE session SET hash = ?, needs_code = 0, started_at = ?, used_at = ? WHERE hash = ?", newHash, now,
            now,
            hash)
    }

    /// Later only: a clock that was set back changes nothing.
    func touchSession(_ hash: [UInt8], at now: Int) throws(SQLError) {
        try execute("UPDATE session SET used_at = ? WHERE hash = ? AND used_at < ?", now, hash, now)
    }

    func endSession(_ hash: [UInt8]) throws(SQLError) {
        try execute("DELETE FROM session WHERE hash = ?", hash)
    }

    /// Whose session it is, or was until not long ago; nil for whoever may not come in any more.
    func author(ofSession hash: [UInt8], at now: Int) throws(SQLError) -> (id: Person.ID, role: Person.Role)? {
        try first(
            """
            SELECT p.id, p.role, p.level FROM session AS s JOIN person AS p ON p.id = s.person
            WHERE s.hash = ? AND s.used_at > ? AND s.needs_code = 0 AND p.state = 'active'
            """, hash, now - EndedSession.knownSeconds
        ) { row in
            Person.Role(row.text(1), level: row.optionalInt(2)).map { (id: Person.ID(rawValue: row.int(0)), role: $0) }
        } ?? nil
    }

    /// Ends all sessions of a person but one.
    func endSessions(of person: Person.ID, except hash: [UInt8] = []) throws(SQLError) {
        try execute("DELETE FROM session WHERE person = ? AND hash <> ?", person, hash)
    }

    /// Sessions that are over stay in nobody's way, but not for ever.
    func forgetSessions(before instant: Int) throws(SQLError) {
        try execute(
            "DELETE FROM session WHERE hash IN (SELECT hash FROM session WHERE used_at < ? ORDER BY used_at LIMIT 32)",
            instant)
    }

    func chooseOrganization(_ organization: Organization.ID, for session: [UInt8]) throws(SQLError) {
        try execute("UPDATE session SET organization = ? WHERE hash = ?", organization, session)
    }

    /// The organizations for which a customer may be here, by name.
    func activeMemberships(of person: Person.ID) throws(SQLError) -> [Session.Membership] {
        try query(
            """
            SELECT o.id, o.legal_name, m.is_manager = 1 AND o.state = 'active'
            FROM membership AS m JOIN organization AS o ON o.id = m.organization
            WHERE m.person = ? AND m.state = 'active' AND o.state IN ('pending', 'active')
            """, person
        ) { row in
            Session.Membership(
                organization: Organization.ID(rawValue: row.int(0)), name: row.text(1), isManager: row.bool(2))
        }.sorted { ($0.name.folded, $0.organization) < ($1.name.folded, $1.organization) }
    }

    func accessPolicy() throws(SQLError) -> AccessPolicy {
        try first("SELECT idle_minutes, longest_hours, password_days, two_step_roles FROM access_policy") { row in
            AccessPolicy(
                idleMinutes: row.int(0), longestHours: row.int(1), passwordDays: row.optionalInt(2),
                twoStepRoles: Set(row.text(3).split(separator: ",").map(String.init)))
        } ?? AccessPolicy()
    }

    func keep(_ policy: AccessPolicy) throws(SQLError) {
        try execute(
            """
            INSERT INTO access_policy (only, idle_minutes, longest_hours, password_days, two_step_roles)
                VALUES (1, ?, ?, ?, ?)
            ON CONFLICT (only) DO UPDATE SET idle_minutes = excluded.idle_minutes,
                longest_hours = excluded.longest_hours, password_days = excluded.password_days,
                two_step_roles = excluded.two_step_roles
            """, policy.idleMinutes, policy.longestHours, policy.passwordDays,
            policy.twoStepRoles.sorted().joined(separator: ","))
    }
}
