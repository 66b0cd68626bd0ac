// Drafts in the tenant's database. Every statement names the person: nobody reaches another's.

internal import SQL

extension Connection {
    /// Keeps what stands on a page; it replaces what was kept of that page. Removes what is too old, or too much.
    func keepDraft(
        _ content: DraftContent, of person: Person.ID, path: String, title: String, at now: Int
    ) throws(SQLError) -> Draft.ID {
        let id = try first(
            """
            INSERT INTO draft (person, path, title, fields, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (person, path) DO UPDATE SET title = excluded.title, fields = excluded.fields, at = excluded.at
            RETURNING id
            """, person, path, title, content.json.text(), now
        ) { Draft.ID(rawValue: $0.int(0)) }
        // Its files wait as long as it does.
        try holdAttachments(content.keptFiles, of: person, until: now + Draft.keptSeconds)
        try execute(
            """
            DELETE FROM draft WHERE id IN
                (SELECT id FROM draft WHERE person = ? ORDER BY at DESC LIMIT -1 OFFSET ?)
            """, person, Draft.most)
        try execute(
            "DELETE FROM draft WHERE id IN (SELECT id FROM draft WHERE at < ? ORDER BY at LIMIT 32)",
            now - Draft.keptSeconds)
        return id ?? Draft.ID(rawValue: 0)
    }

    func drafts(of person: Person.ID, at now: Int) throws(SQLError) -> [Draft] {
        try query(
            "SELECT id, path, title, fields, at FROM draft WHERE person = ? AND at >= ? ORDER BY at DESC", person,
            now - Draft.keptSeconds
        ) { row in Self.draft(row) }.compactMap { $0 }
    }

    func draft(of person: Person.ID, path: String, at now: Int) throws(SQLError) -> Draft? {
        try first(
            "SELECT id, path, title, fields, at FROM draft WHERE person = ? AND path = ? AND at >= ?", person, path,
            now - Draft.keptSeconds
        ) { row in Self.draft(row) } ?? nil
    }

    /// False where the person has no such draft. Its files wait no longer than those of any form.
    func removeDraft(_ id: Draft.ID, of person: Person.ID, at now: Int) throws(SQLError) -> Bool {
        let gone = try first("DELETE FROM draft WHERE id = ? AND person = ? RETURNING fields", id, person) {
            $0.text(0)
        }
        guard let gone else { return false }
        if let content = DraftContent(gone) {
            try holdAttachments(content.keptFiles, of: person, until: now + AttachmentLimits.waitingSeconds)
        }
        return true
    }

    /// What was typed on a page is no draft once it was sent.
    func removeDraft(of person: Person.ID, path: String) throws(SQLError) {
        try execute("DELETE FROM draft WHERE person = ? AND path = ?", person, path)
    }

    private static func draft(_ row: borrowing Row) -> Draft? {
        DraftContent(row.text(3)).map {
            Draft(
                id: Draft.ID(rawValue: row.int(0)), path: row.text(1), title: row.text(2), content: $0, at: row.int(4))
        }
    }

    /// Gives a session back the use that it had before this request: what a page does by itself prolongs nothing.
    func takeBackUse(of session: [UInt8], to usedAt: Int, from now: Int) throws(SQLError) {
        try execute("UPDATE session SET used_at = ? WHERE hash = ? AND used_at = ?", usedAt, session, now)
    }
}
