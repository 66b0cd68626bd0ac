// Files that were sent and not yet taken in.

internal import SQL

/// What a file brings, as the table keeps it.
enum ImportKind: String, Sendable, SQLValue {
    case people
    case organizations
}

struct PendingImport: Sendable {
    let id: Identifier<PendingImport>
    let name: String
    let content: [UInt8]
    let sha256: [UInt8]
}

extension Connection {
    /// Long enough to look at the preview.
    private static let previewSeconds = 3600

    /// Keeps a file for whoever sent it; those that nobody confirmed in time go.
    func keepImport(
        of kind: ImportKind, _ content: [UInt8], _ sha256: [UInt8], name: String, by owner: Person.ID, at now: Int
    ) throws(SQLError) -> Identifier<PendingImport> {
        try execute("DELETE FROM pending_import WHERE expires_at <= ?", now)
        try execute(
            """
            INSERT INTO pending_import (kind, owner, name, content, sha256, expires_at) VALUES (?, ?, ?, ?, ?, ?)
            """, kind, owner, name, content, sha256, now + Self.previewSeconds)
        return Identifier(rawValue: Int(lastInsertRowID))
    }

    /// The file of that number while it can be confirmed, by whoever sent it.
    func pendingImport(
        _ id: Identifier<PendingImport>, of kind: ImportKind, by owner: Person.ID, at now: Int
    ) throws(SQLError) -> PendingImport? {
        try first(
            """
            SELECT name, content, sha256 FROM pending_import
            WHERE id = ? AND kind = ? AND owner = ? AND expires_at > ?
            """, id, kind, owner, now
        ) { PendingImport(id: id, name: $0.text(0), content: $0.blob(1), sha256: $0.blob(2)) }
    }

    func removeImport(_ id: Identifier<PendingImport>) throws(SQLError) {
        try execute("DELETE FROM pending_import WHERE id = ?", id)
    }
}
