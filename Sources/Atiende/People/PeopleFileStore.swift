// What is read for a table of people that comes in, and for one that goes out.

internal import SQL

/// What a row of the exported table says.
struct ExportedPerson: Sendable {
    let record: PersonRecord
    let lastSeen: Int?
}

extension Connection {
    func hasPerson(email: String) throws(SQLError) -> Bool {
        try first("SELECT 1 FROM person WHERE email = ?", email) { $0.bool(0) } ?? false
    }

    func exportedPerson(_ id: Person.ID) throws(SQLError) -> ExportedPerson? {
        guard let record = try personRecord(id) else { return nil }
        return ExportedPerson(record: record, lastSeen: try lastSeen(id))
    }
}
