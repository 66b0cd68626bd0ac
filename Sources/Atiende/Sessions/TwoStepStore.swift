// Second steps in the tenant's database.

internal import SQL

extension Connection {
    /// Nil for whoever has none.
    func twoStep(of person: Person.ID) throws(SQLError) -> TwoStep? {
        try first(
            """
            SELECT p.two_step_key, p.two_step_at, p.two_step_last,
                (SELECT count(*) FROM recovery_code AS c WHERE c.person = p.id AND c.used_at IS NULL)
            FROM person AS p WHERE p.id = ? AND p.two_step_key IS NOT NULL AND p.two_step_at IS NOT NULL
            """, person
        ) { row in
            TwoStep(
                key: TimeCode(secret: row.blob(0)), since: row.int(1), lastStep: row.int(2), codesLeft: row.int(3))
        }
    }

    /// Looks at a code and uses it up, within one transaction: of two that come with the same one, one is right. What it
    /// was counted as stays counted, so the caller throws nothing for a wrong code.
    func useCode(_ typed: String, of person: Person.ID, _ keys: AttemptKeys, at now: Int) throws -> CodeOutcome {
        if let earliest = try beginAttempt(keys, at: now) { return .tooMany(until: earliest) }
        guard let twoStep = try twoStep(of: person) else { return .wrong }
        if let step = try twoStep.key.step(of: typed, at: now, after: twoStep.lastStep),
            try useStep(step, of: person)
        {
            try endAttempt(keys)
            return .right
        }
        guard let code = RecoveryCode(typed), try useRecoveryCode(code, of: person, at: now) else { return .wrong }
        try endAttempt(keys)
        return .rightOnPaper(left: twoStep.codesLeft - 1)
    }

    /// Only grows: no code is taken twice, also when the clock was set back.
    private func useStep(_ step: Int, of person: Person.ID) throws(SQLError) -> Bool {
        try execute(
            "UPDATE person SET two_step_last = ?1 WHERE id = ?2 AND two_step_last < ?1", step, person)
        return changes == 1
    }

    private func useRecoveryCode(_ code: RecoveryCode, of person: Person.ID, at now: Int) throws(SQLError) -> Bool {
        try execute(
            "UPDATE recovery_code SET used_at = ? WHERE person = ? AND hash = ? AND used_at IS NULL", now, person,
            code.hash)
        return changes == 1
    }

    // MARK: Turning on and off

    /// Keeps a key for the session that asked; one that it had before is worth nothing.
    func offerTwoStep(_ key: TimeCode, to session: [UInt8], at now: Int) throws(SQLError) {
        try execute(
            """
            INSERT INTO two_step_offer (session, key, made_at) VALUES (?, ?, ?)
            ON CONFLICT (session) DO UPDATE SET key = excluded.key, made_at = excluded.made_at
            """, session, key.secret, now)
    }

    func offeredTwoStep(to session: [UInt8], at now: Int) throws(SQLError) -> TimeCode? {
        try first(
            "SELECT key FROM two_step_offer WHERE session = ? AND made_at > ?", session, now - TwoStep.offerSeconds
        ) { TimeCode(secret: $0.blob(0)) }
    }

    func forgetTwoStepOffers(of person: Person.ID) throws(SQLError) {
        try execute(
            "DELETE FROM two_step_offer WHERE session IN (SELECT hash FROM session WHERE person = ?)", person)
    }

    /// - Parameter step: That of the first code, which is used up. It replaces what an earlier key had come to: the codes
    ///   of that one say nothing of this one's.
    func turnOnTwoStep(
        _ key: TimeCode, step: Int, _ codes: [RecoveryCode], of person: Person.ID, at now: Int
    ) throws(SQLError) {
        try execute(
            "UPDATE person SET two_step_key = ?, two_step_at = ?, two_step_last = ? WHERE id = ?", key.secret, now,
            step, person)
        try replaceRecoveryCodes(codes, of: person)
    }

    func replaceRecoveryCodes(_ codes: [RecoveryCode], of person: Person.ID) throws(SQLError) {
        try execute("DELETE FROM recovery_code WHERE person = ?", person)
        for code in codes {
            try execute("INSERT INTO recovery_code (person, hash) VALUES (?, ?)", person, code.hash)
        }
    }

    /// False where it was off.
    func turnOffTwoStep(of person: Person.ID) throws(SQLError) -> Bool {
        try execute(
            "UPDATE person SET two_step_key = NULL, two_step_at = NULL WHERE id = ? AND two_step_at IS NOT NULL", person
        )
        guard changes == 1 else { return false }
        try execute("DELETE FROM recovery_code WHERE person = ?", person)
        return true
    }

    /// Whether a code is one of the person's, used or not.
    func hasRecoveryCode(_ code: RecoveryCode, of person: Person.ID) throws(SQLError) -> Bool {
        try first("SELECT 1 FROM recovery_code WHERE person = ? AND hash = ?", person, code.hash) { _ in true } ?? false
    }
}
