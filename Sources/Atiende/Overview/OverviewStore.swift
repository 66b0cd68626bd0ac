// How many things of a desk wait for somebody.

internal import SQL

extension Connection {
    func organizationCount(_ state: Organization.State) throws(SQLError) -> Int {
        try first("SELECT count(*) FROM organization WHERE state = ?", state) { $0.int(0) } ?? 0
    }

    func personCount(_ state: Person.State) throws(SQLError) -> Int {
        try first("SELECT count(*) FROM person WHERE state = ?", state) { $0.int(0) } ?? 0
    }

    /// Letters that nobody tries to send any more.
    func failedLetterCount() throws(SQLError) -> Int {
        try first(
            """
            SELECT count(*) FROM outbox INDEXED BY outbox_failed
            WHERE sent_at IS NULL AND next_at IS NULL AND attempts >= 0
            """
        ) { $0.int(0) } ?? 0
    }
}
