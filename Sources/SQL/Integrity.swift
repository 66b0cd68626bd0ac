// Is the file whole?

extension Database {
    /// What is wrong with the file, a line each: damaged pages and indexes, rows that point to no row. Empty when all is
    /// well. Reads the whole file on the caller's thread, beside reads and writes.
    public func check() throws -> [String] {
        try Database.check(path: path)
    }

    /// The same for a file that this process has not opened; one that is no database is a finding, too.
    public static func check(path: String) throws(SQLError) -> [String] {
        do {
            let connection = try Connection(path: path, role: .reader)
            return try connection.integrityFindings() + connection.foreignKeyFindings()
        } catch {
            guard [.corrupt, .notADatabase].contains(error.code.primary) else { throw error }
            return [error.description]
        }
    }
}

extension Connection {
    /// Findings are many in a damaged file; the first hundred tell enough.
    func integrityFindings() throws(SQLError) -> [String] {
        try query("PRAGMA integrity_check(100)") { $0.text(0) }.filter { $0 != "ok" }
    }

    func foreignKeyFindings() throws(SQLError) -> [String] {
        try query("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 100") {
            "row \($0.int(1)) of \($0.text(0)) points to a row of \($0.text(2)) that is not there"
        }
    }

    func firstForeignKeyFault() throws(SQLError) -> String? {
        try foreignKeyFindings().first
    }

    /// SQLite's quick check, which looks at every page but not whether indexes agree with their tables.
    func refuseDamage() throws(SQLError) {
        let finding = try first("PRAGMA quick_check(1)") { $0.text(0) }
        guard finding == "ok" else {
            throw SQLError(code: .corrupt, message: "\(path) is damaged: \(finding ?? "it cannot be read")")
        }
    }
}
