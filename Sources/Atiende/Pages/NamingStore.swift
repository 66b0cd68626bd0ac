// The number of what pages name, as it stands in the tenant's database.

internal import SQL

extension Connection {
    func namingEdition() throws(SQLError) -> Int {
        try first("SELECT edition FROM naming WHERE only = 1") { $0.int(0) } ?? 0
    }
}
