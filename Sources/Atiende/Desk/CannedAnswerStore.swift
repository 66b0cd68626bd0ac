// Canned answers in the tenant's database.

internal import SQL

extension Connection {
    /// All of them, by name.
    func cannedAnswers() throws(SQLError) -> [CannedAnswer] {
        try query(
            "SELECT id, name, body FROM canned_answer WHERE folded >= '' ORDER BY folded LIMIT ?", CannedAnswer.most
        ) { row in
            CannedAnswer(id: CannedAnswer.ID(rawValue: row.int(0)), name: row.text(1), body: row.text(2))
        }
    }

    func cannedAnswer(_ id: CannedAnswer.ID) throws(SQLError) -> CannedAnswer? {
        try first("SELECT id, name, body FROM canned_answer WHERE id = ?", id) { row in
            CannedAnswer(id: CannedAnswer.ID(rawValue: row.int(0)), name: row.text(1), body: row.text(2))
        }
    }

    /// The one that has a name, whatever its accents and capitals.
    func cannedAnswer(named name: String) throws(SQLError) -> CannedAnswer.ID? {
        try first("SELECT id FROM canned_answer WHERE folded = ?", name.folded) { CannedAnswer.ID(rawValue: $0.int(0)) }
    }

    func addCannedAnswer(_ name: String, _ body: String, at now: Int) throws(SQLError) {
        try execute(
            "INSERT INTO canned_answer (name, folded, body, changed_at) VALUES (?, ?, ?, ?)", name, name.folded, body,
            now)
    }

    func changeCannedAnswer(_ id: CannedAnswer.ID, _ name: String, _ body: String, at now: Int) throws(SQLError) {
        try execute(
            "UPDATE canned_answer SET name = ?, folded = ?, body = ?, changed_at = ? WHERE id = ?", name, name.folded,
            body, now, id)
    }

    func removeCannedAnswer(_ id: CannedAnswer.ID) throws(SQLError) {
        try execute("DELETE FROM canned_answer WHERE id = ?", id)
    }
}
