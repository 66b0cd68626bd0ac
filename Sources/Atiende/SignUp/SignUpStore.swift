// Sign-ups in the tenant's database: what is kept of them, who hears of them, and how they are forgotten.

internal import SQL

/// How much strangers may cause, and for how long it stays.
enum SignUpLimits {
    /// Letters to one address in a day, whoever has them sent.
    static let letters = 3
    static let letterSeconds = 86_400
    /// Sign-ups of one tenant in an hour, from wherever they come.
    static let ofTenant = 120
    static let ofTenantSeconds = 3600
    /// Those who can decide hear once a day that somebody waits, however many do.
    static let noticeSeconds = 86_400
    static let readers = 20
    /// A sign-up whose link nobody followed.
    static let memorySeconds = 30 * 86_400
    static let forgottenAtOnce = 8
}

// MARK: Counting

extension Connection {
    /// Counts a sign-up. Returns the instant from which it may be tried again where it may not be tried now.
    func beginSignUp(_ keys: AttemptKeys, at now: Int) throws(SQLError) -> Int? {
        if let earliest = try beginAttempt(keys, at: now) { return earliest }
        let key = "signup:tenant"
        let counted = try first("SELECT failures, last_at FROM attempt WHERE key = ?", key) { ($0.int(0), $0.int(1)) }
        if let (count, start) = counted, start <= now, now - start < SignUpLimits.ofTenantSeconds {
            guard count < SignUpLimits.ofTenant else { return start + SignUpLimits.ofTenantSeconds }
            try execute("UPDATE attempt SET failures = failures + 1 WHERE key = ?", key)
        } else {
            try execute(
                """
                INSERT INTO attempt (key, failures, last_at) VALUES (?1, 1, ?2)
                ON CONFLICT (key) DO UPDATE SET failures = 1, last_at = ?2
                """, key, now)
        }
        return nil
    }

    /// Letters that went to an address because somebody signed up, or was invited, since an instant.
    func signUpLetters(to address: EmailAddress, since instant: Int) throws(SQLError) -> Int {
        try first(
            """
            SELECT count(*) FROM outbox WHERE recipient_address = ? AND created_at > ?
                AND (kind = 'link.set' OR kind >= 'signup.' AND kind < 'signup/')
            """, address.text, instant
        ) { $0.int(0) } ?? 0
    }
}

// MARK: Who hears of it

extension Connection {
    /// Who lets somebody into an organization, and where there is none, or nobody manages it, into the desk.
    func whoDecides(onJoining organization: OrganizationRecord?) throws(SQLError) -> [Person.ID] {
        let managers =
            try organization.flatMap { organization throws(SQLError) in
                organization.state == .active ? try activeManagers(of: organization.id) : nil
            } ?? []
        return managers.isEmpty ? try admins() : managers
    }

    private func activeManagers(of organization: Organization.ID) throws(SQLError) -> [Person.ID] {
        try query(
            """
            SELECT p.id FROM membership AS m JOIN person AS p ON p.id = m.person
            WHERE m.organization = ? AND m.state = 'active' AND m.is_manager = 1 AND p.state = 'active' LIMIT ?
            """, organization, SignUpLimits.readers
        ) { Person.ID(rawValue: $0.int(0)) }
    }

    func admins() throws(SQLError) -> [Person.ID] {
        try query("SELECT id FROM person WHERE role = 'admin' AND state = 'active' LIMIT ?", SignUpLimits.readers) {
            Person.ID(rawValue: $0.int(0))
        }
    }

    /// Whether somebody else came to wait for the same organization since an instant: then it was told.
    func othersWait(
        for organization: Organization.ID, besides person: Person.ID, since instant: Int
    ) throws(SQLError) -> Bool {
        try first(
            """
            SELECT EXISTS (SELECT 1 FROM membership
                WHERE organization = ? AND state = 'pending' AND person <> ? AND since > ?)
            """, organization, person, instant
        ) { $0.bool(0) } ?? false
    }

    /// Whether another organization signed up since an instant and still waits.
    func othersWait(besides organization: Organization.ID, since instant: Int) throws(SQLError) -> Bool {
        try first(
            "SELECT EXISTS (SELECT 1 FROM organization WHERE state = 'pending' AND id <> ? AND created_at > ?)",
            organization, instant
        ) { $0.bool(0) } ?? false
    }

    func isMember(_ person: Person.ID, of organization: Organization.ID) throws(SQLError) -> Bool {
        try first(
            "SELECT EXISTS (SELECT 1 FROM membership WHERE person = ? AND organization = ?)", person, organization
        ) { $0.bool(0) } ?? false
    }

    func isWaiting(_ person: Person.ID) throws(SQLError) -> Bool {
        try first("SELECT EXISTS (SELECT 1 FROM membership WHERE person = ? AND state = 'pending')", person) {
            $0.bool(0)
        } ?? false
    }

    func state(of organization: Organization.ID) throws(SQLError) -> Organization.State? {
        try first("SELECT state FROM organization WHERE id = ?", organization) {
            Organization.State(rawValue: $0.text(0))
        } ?? nil
    }
}

// MARK: Remembering and forgetting

extension Connection {
    func rememberSignUp(of person: Person.ID, at now: Int) throws(SQLError) {
        try execute("INSERT INTO sign_up (person, at) VALUES (?, ?)", person, now)
    }

    /// Those of whom nobody followed the link leave nothing behind; of the others only the note that they signed up
    /// goes. A few at a time, so that nobody waits for it.
    func forgetSignUps(before instant: Int) throws {
        let old = try query(
            "SELECT person FROM sign_up WHERE at < ? ORDER BY at LIMIT ?", instant, SignUpLimits.forgottenAtOnce
        ) { Person.ID(rawValue: $0.int(0)) }
        for person in old {
            if try !forgetSignUp(of: person) { try execute("DELETE FROM sign_up WHERE person = ?", person) }
        }
    }

    /// Removes a person whose link nobody followed, with the organization that came with him. False, and nothing is
    /// changed, for somebody who has a password, was approved, was added by others, or whom anything refers to.
    func forgetSignUp(of person: Person.ID) throws -> Bool {
        guard try isUnprovenSignUp(person) else { return false }
        let founded = try query(
            """
            SELECT o.id FROM membership AS m JOIN organization AS o ON o.id = m.organization
            WHERE m.person = ? AND o.state = 'pending'
            """, person
        ) { Organization.ID(rawValue: $0.int(0)) }
        let isGone = try unlessReferred {
            try removeLinks(of: person)
            try execute("DELETE FROM membership WHERE person = ?", person)
            try execute("DELETE FROM person_search WHERE rowid = ?", person)
            try execute("DELETE FROM person WHERE id = ?", person)
        }
        guard isGone else { return false }
        for organization in founded {
            _ = try unlessReferred {
                try execute("DELETE FROM organization_search WHERE rowid = ?", organization)
                try execute("DELETE FROM organization WHERE id = ?", organization)
            }
        }
        return true
    }

    private func isUnprovenSignUp(_ person: Person.ID) throws(SQLError) -> Bool {
        try first(
            """
            SELECT p.state = 'invited' AND p.password IS NULL AND NOT EXISTS (
                SELECT 1 FROM membership AS m JOIN organization AS o ON o.id = m.organization
                WHERE m.person = p.id AND m.state = 'active' AND o.state = 'active')
            FROM sign_up AS s JOIN person AS p ON p.id = s.person WHERE s.person = ?
            """, person
        ) { $0.bool(0) } ?? false
    }

    /// Whatever table refers to a row keeps it, also one that is added later: the database knows them all.
    private func unlessReferred(_ remove: () throws -> Void) throws -> Bool {
        do {
            try savepoint(remove)
            return true
        } catch let error as SQLError where .constraintForeignKey ~= error {
            return false
        }
    }
}
