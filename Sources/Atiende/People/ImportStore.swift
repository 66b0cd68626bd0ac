// Files of people that wait to be confirmed, and what is read for a file that is written.

internal import SQL

/// A file that was sent and not yet taken in.
struct PendingImport: Sendable {
    let id: Identifier<PendingImport>
    let name: String
    let content: [UInt8]
    let sha256: [UInt8]
}

/// What a row of the exported table says.
struct ExportedPerson: Sendable {
    let record: PersonRecord
    let lastSeen: Int?
}

extension Connection {
    /// Long enough to look at the preview.
    private static let importSeconds = 3600

    func hasPerson(email: String) throws(SQLError) -> Bool {
        try first("SELECT 1 FROM person WHERE email = ?", email) { $0.bool(0) } ?? false
    }

    /// Keeps a file for whoever sent it; those that nobody confirmed in time go.
    func keepImport(
        _ content: [UInt8], _ sha256: [UInt8], name: String, of owner: Person.ID, at now: Int
    ) throws(SQLError) -> Identifier<PendingImport> {
        try execute("DELETE FROM people_import WHERE expires_at <= ?", now)
        try execute(
            "INSERT INTO people_import (owner, name, content, sha256, expires_at) VALUES (?, ?, ?, ?, ?)", owner, name,
            content, sha256, now + Self.importSeconds)
        return Identifier(rawValue: Int(lastInsertRowID))
    }

    /// The file of that number while it can be confirmed, by whoever sent it.
    func pendingImport(
        _ id: Identifier<PendingImport>, of owner: Person.ID, at now: Int
    ) throws(SQLError) -> PendingImport? {
        try first(
            "SELECT name, content, sha256 FROM people_import WHERE id = ? AND owner = ? AND expires_at > ?", id, owner,
            now
        ) { PendingImport(id: id, name: $0.text(0), content: $0.blob(1), sha256: $0.blob(2)) }
    }

    func removeImport(_ id: Identifier<PendingImport>) throws(SQLError) {
        try execute("DELETE FROM people_import WHERE id = ?", id)
    }

    func exportedPerson(_ id: Person.ID) throws(SQLError) -> ExportedPerson? {
        guard let record = try personRecord(id) else { return nil }
        return ExportedPerson(record: record, lastSeen: try lastSeen(id))
    }
}
