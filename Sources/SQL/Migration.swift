// The schema's history, and bringing a file up to it.

/// One step of the schema. Once released it never changes, neither its name nor its place.
public struct Migration: Sendable {
    public let name: String
    let change: @Sendable (Connection) throws -> Void

    /// Statements in order.
    public init(_ name: String, _ statements: SQLText...) {
        self.init(name) { connection in
            for statement in statements { try connection.execute(statement) }
        }
    }

    /// Foreign keys are not enforced within `change`, so that a table may be made anew and take the place of the old
    /// one; they are checked before it counts.
    public init(_ name: String, _ change: @escaping @Sendable (Connection) throws -> Void) {
        self.name = name
        self.change = change
    }
}

/// A file's schema cannot be brought to what the program knows.
public struct SchemaError: Error, Sendable, CustomStringConvertible {
    public let description: String
}

/// The order of migrations that a program knows.
struct Schema {
    let path: String
    let migrations: [Migration]

    static let beat: SQLText = """
        INSERT INTO heartbeat (id, beats) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET beats = beats + 1
        """

    /// Applies what is missing, all in one transaction with the record of it: after a crash or an error the file has
    /// the old schema or the new one.
    func bringUpToDate(_ connection: Connection) throws {
        guard try !isUpToDate(connection) else { return }
        try connection.execute("PRAGMA foreign_keys = OFF")
        try applyMissing(connection)
        try connection.execute("PRAGMA foreign_keys = ON")
        guard try connection.first("PRAGMA foreign_keys", row: { $0.int(0) }) == 1 else {
            throw SchemaError(description: "\(path): foreign keys cannot be enforced")
        }
    }

    private func isUpToDate(_ connection: Connection) throws -> Bool {
        guard let applied = try applied(connection) else { return false }
        return applied == migrations.count
    }

    private func applyMissing(_ connection: Connection) throws {
        try connection.beginTransaction("BEGIN IMMEDIATE")
        do {
            try makeOwnTables(connection)
            // Asked again: another process may have been faster to the lock.
            let applied = try applied(connection) ?? 0
            for (index, migration) in migrations.enumerated().dropFirst(applied) {
                try apply(migration, version: index + 1, connection)
            }
            if let fault = try connection.firstForeignKeyFault() {
                throw SchemaError(description: "\(path): the migrations leave \(fault)")
            }
            try connection.commit()
        } catch {
            connection.rollback()
            throw error
        }
    }

    private func apply(_ migration: Migration, version: Int, _ connection: Connection) throws {
        do {
            try migration.change(connection)
        } catch {
            throw SchemaError(
                description:
                    "\(path): migration \(version) “\(migration.name)” failed and nothing was changed: \(error)")
        }
        try connection.execute(
            "INSERT INTO schema_migration (version, name, applied_at) VALUES (?, ?, unixepoch())",
            version, migration.name)
        try connection.execute(SQLText(verbatim: "PRAGMA user_version = \(version)"))
    }

    private func makeOwnTables(_ connection: Connection) throws {
        try connection.execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                version INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, applied_at INTEGER NOT NULL
            ) STRICT
            """)
        try connection.execute(
            "CREATE TABLE IF NOT EXISTS heartbeat (id INTEGER PRIMARY KEY CHECK (id = 1), beats INTEGER NOT NULL) STRICT"
        )
    }

    /// How many of the migrations the file has; nil when it has never seen any. Throws when they are not a beginning of
    /// ours.
    private func applied(_ connection: Connection) throws -> Int? {
        let version = try connection.first("PRAGMA user_version") { $0.int(0) } ?? 0
        let tables = try connection.query("SELECT name FROM sqlite_schema WHERE type = 'table'") { $0.text(0) }
        guard tables.contains("schema_migration") else {
            guard version == 0, tables.isEmpty else {
                throw SchemaError(description: "\(path) holds another program's tables (its version is \(version))")
            }
            return nil
        }
        let names = try connection.query("SELECT name FROM schema_migration ORDER BY version") { $0.text(0) }
        guard names.count == version else {
            throw SchemaError(
                description: "\(path): its version is \(version), but it records \(names.count) migrations")
        }
        if version > migrations.count {
            throw SchemaError(
                description: "\(path) was made by a newer version of the program: its schema has version \(version), "
                    + "this program knows \(migrations.count)")
        }
        for (index, (name, migration)) in zip(names, migrations).enumerated() where name != migration.name {
            throw SchemaError(
                description: "\(path): its migration \(index + 1) of \(version) is “\(name)”, "
                    + "which this program calls “\(migration.name)”")
        }
        return version
    }
}
