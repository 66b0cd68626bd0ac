// All sessions of one person, and ending them one by one.

internal import SQL

/// A session as its owner sees it in the list.
struct ListedSession: Sendable {
    let hash: [UInt8]
    let needsCode: Bool
    let startedAt: Int
    let usedAt: Int
    let address: String
    let agent: String

    /// A name for forms. It is a part of a hash, so nobody gets a session from it.
    var publicID: String { Hexadecimal.text(Array(hash.prefix(Self.publicBytes))) }

    static let publicBytes = 8
}

extension Connection {
    /// Those that are not over, the one that was used last first.
    func sessions(of person: Person.ID, _ policy: AccessPolicy, at now: Int) throws(SQLError) -> [ListedSession] {
        try query(
            """
            SELECT hash, needs_code, started_at, used_at, address, agent FROM session WHERE person = ?
            ORDER BY used_at DESC LIMIT 200
            """, person
        ) { row in
            ListedSession(
                hash: row.blob(0), needsCode: row.bool(1), startedAt: row.int(2), usedAt: row.int(3),
                address: row.text(4), agent: row.text(5))
        }.filter { !policy.isOver(startedAt: $0.startedAt, usedAt: $0.usedAt, at: now) }
    }

    /// False where the person has no such session.
    func endSession(_ publicID: [UInt8], of person: Person.ID) throws(SQLError) -> Bool {
        try execute(
            "DELETE FROM session WHERE person = ? AND substr(hash, 1, ?) = ?", person, ListedSession.publicBytes,
            publicID)
        return changes > 0
    }
}
