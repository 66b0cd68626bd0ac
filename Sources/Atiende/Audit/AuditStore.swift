// The audit trail in the tenant's database.

internal import SQL

extension Connection {
    func record(_ entry: AuditEntry) throws(SQLError) {
        try execute(
            """
            INSERT INTO audit (at, actor, act, subject, organization, outcome, address, before, after)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, entry.at, entry.actor, entry.act, entry.subject, entry.organization,
            entry.isDone ? "done" : "refused", entry.address, entry.before, entry.after)
    }
}
