// Tables of organizations that were sent and not yet taken in.

internal import SQL

struct PendingOrganizations: Sendable {
    let id: Identifier<PendingOrganizations>
    let name: String
    let content: [UInt8]
    let sha256: [UInt8]
}

extension Connection {
    /// Long enough to look at the preview.
    private static let previewSeconds = 3600

    /// Keeps a table for whoever sent it; those that nobody confirmed in time go.
    func keepOrganizations(
        _ content: [UInt8], _ sha256: [UInt8], name: String, of owner: Person.ID, at now: Int
    ) throws(SQLError) -> Identifier<PendingOrganizations> {
        try execute("DELETE FROM organization_import WHERE expires_at <= ?", now)
        try execute(
            "INSERT INTO organization_import (owner, name, content, sha256, expires_at) VALUES (?, ?, ?, ?, ?)", owner,
            name, content, sha256, now + Self.previewSeconds)
        return Identifier(rawValue: Int(lastInsertRowID))
    }

    /// The table of that number while it can be confirmed, by whoever sent it.
    func pendingOrganizations(
        _ id: Identifier<PendingOrganizations>, of owner: Person.ID, at now: Int
    ) throws(SQLError) -> PendingOrganizations? {
        try first(
            "SELECT name, content, sha256 FROM organization_import WHERE id = ? AND owner = ? AND expires_at > ?", id,
            owner, now
        ) { PendingOrganizations(id: id, name: $0.text(0), content: $0.blob(1), sha256: $0.blob(2)) }
    }

    func removePendingOrganizations(_ id: Identifier<PendingOrganizations>) throws(SQLError) {
        try execute("DELETE FROM organization_import WHERE id = ?", id)
    }
}
