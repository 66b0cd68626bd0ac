// Statements are prepared once and come back clean, whatever ended their use.

import SQL
import Testing

@Suite struct StatementTests {
    let scratch = Scratch()

    func connection() throws -> Connection {
        let connection = try scratch.connection()
        try connection.execute("CREATE TABLE ticket (id INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE)")
        return connection
    }

    @Test func `a statement can be used again after it failed`() throws {
        let connection = try connection()
        func add(_ subject: String?) throws {
            try connection.execute("INSERT INTO ticket (subject) VALUES (?)", subject)
        }
        try add("uno")
        #expect(sqlError { try add("uno") }?.code == .constraintUnique)
        #expect(sqlError { try add(nil) }?.code == .constraintNotNull)
        try add("dos")
        #expect(connection.changes == 1)
        #expect(connection.lastInsertRowID == 2)
        #expect(try connection.query("SELECT subject FROM ticket ORDER BY id") { $0.text(0) } == ["uno", "dos"])
    }

    @Test func `a row closure that throws ends its query`() throws {
        let connection = try connection()
        try connection.execute("INSERT INTO ticket (subject) VALUES ('uno'), ('dos')")
        for _ in 0..<3 {
            #expect(throws: Refusal(reason: "enough")) {
                try connection.forEach("SELECT subject FROM ticket") { _ in throw Refusal(reason: "enough") }
            }
            let error = sqlError {
                _ = try connection.query("SELECT subject FROM ticket") { row throws(SQLError) -> Int in
                    throw SQLError(code: .mismatch, message: row.text(0))
                }
            }
            #expect(error?.code == .mismatch)
        }
        // A statement still on its row would keep the table from being dropped.
        try connection.execute("DROP TABLE ticket")
    }

    @Test func `the same text may run inside its own row closure`() throws {
        let connection = try connection()
        try connection.execute("INSERT INTO ticket (subject) VALUES ('uno'), ('dos')")
        var pairs: [String] = []
        func subjects(_ row: (String) throws -> Void) throws {
            try connection.forEach("SELECT subject FROM ticket WHERE id > ? ORDER BY id", 0) { try row($0.text(0)) }
        }
        try subjects { outer in try subjects { inner in pairs.append(outer + inner) } }
        #expect(pairs == ["unouno", "unodos", "dosuno", "dosdos"])
    }

    @Test func `values of one use do not show in the next`() throws {
        let connection = try connection()
        for value in ["uno", nil, "dos"] {
            #expect(try connection.first("SELECT ?", value) { $0.optionalText(0) } == .some(value))
        }
    }

    @Test(arguments: [0, 1, 3])
    func `too few and too many values are refused`(_ count: Int) throws {
        let connection = try connection()
        let values = [(any SQLValue)?](repeating: 1, count: count)
        #expect(sqlError { try connection.execute("SELECT ?, ?", values: values) }?.code == .range)
        #expect(try connection.first("SELECT ?, ?", 1, 2) { $0.int(1) } == 2)
    }

    @Test(arguments: ["SELECT 1; SELECT 2", "SELECT 1; DROP TABLE ticket", "", "-- nothing", "SELEC 1", "SELECT \"x\""])
    func `a text that is not one statement is refused`(_ text: String) throws {
        let connection = try connection()
        #expect(sqlError { try connection.execute(SQLText(verbatim: text)) }?.code == .error)
    }

    @Test(arguments: ["SELECT 1;", "SELECT 1 ; \n"])
    func `a semicolon at the end is no second statement`(_ text: String) throws {
        try connection().execute(SQLText(verbatim: text))
    }

    @Test func `more texts than the cache holds all work`() throws {
        var settings = Database.Settings()
        settings.cachedStatements = 4
        let connection = try Connection(path: scratch.file, settings: settings)
        for round in 0..<3 {
            for number in 0..<20 {
                #expect(try connection.first(SQLText(verbatim: "SELECT \(number)")) { $0.int(0) } == number)
                #expect(try connection.first("SELECT ?", round) { $0.int(0) } == round)
            }
        }
    }

    @Test func `a changed schema is seen by statements prepared before`() throws {
        let connection = try connection()
        #expect(try connection.query("SELECT * FROM ticket") { $0.columnCount }.isEmpty)
        try connection.execute("INSERT INTO ticket (subject) VALUES ('uno')")
        #expect(try connection.first("SELECT * FROM ticket") { $0.columnCount } == 2)
        try connection.execute("ALTER TABLE ticket ADD COLUMN status TEXT")
        #expect(try connection.first("SELECT * FROM ticket") { $0.columnCount } == 3)
    }

    @Test func `a first row of a changing statement leaves the change whole`() throws {
        let connection = try connection()
        let id = try connection.first("INSERT INTO ticket (subject) VALUES ('uno'), ('dos') RETURNING id") { $0.int(0) }
        #expect(id == 1)
        #expect(try connection.first("SELECT count(*) FROM ticket") { $0.int(0) } == 2)
    }

    @Test func `no error's description holds a bound value`() throws {
        let connection = try connection()
        try connection.execute("CREATE VIRTUAL TABLE words USING fts5(body)")
        let secret = "contraseña"
        try connection.execute("INSERT INTO ticket (subject) VALUES (?)", secret)
        let errors = [
            sqlError { try connection.execute("INSERT INTO ticket (subject) VALUES (?)", secret) },
            sqlError { try connection.execute("SELECT * FROM words WHERE words MATCH ?", "\"\(secret)") },
            sqlError { try connection.execute("SELECT * FROM words WHERE words MATCH ?", "\(secret):x") },
            sqlError { try connection.execute("SELECT json_extract('{}', ?)", secret) },
            sqlError { try connection.execute("INSERT INTO ticket (id, subject) VALUES (?, 'x')", secret) },
        ]
        for error in errors {
            #expect(error != nil)
            #expect(error?.description.contains("contrase") == false)
            #expect(error?.sql?.contains("?") == true)
        }
    }

    @Test func `an error tells its family, its kind and its statement`() throws {
        let connection = try connection()
        let error = sqlError { try connection.execute("INSERT INTO ticket (subject) VALUES (NULL)") }!
        #expect(error.code == .constraintNotNull)
        #expect(error.code.primary == .constraint)
        #expect(.constraint ~= error)
        #expect(error.message == "NOT NULL constraint failed: ticket.subject")
        #expect(error.sql == "INSERT INTO ticket (subject) VALUES (NULL)")
    }

    @Test func `the plan of a statement names the index it uses`() throws {
        let connection = try connection()
        let plan = try connection.plan(of: "SELECT id FROM ticket WHERE subject = ?")
        #expect(plan.count == 1)
        #expect(plan[0].contains("INDEX sqlite_autoindex_ticket_1"))
    }

    @Test(arguments: ["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT a", "RELEASE a", "ATTACH ':memory:' AS other"])
    func `transactions and further files are not for stores`(_ text: String) throws {
        let connection = try connection()
        #expect(sqlError { try connection.execute(SQLText(verbatim: text)) }?.code == .notAuthorized)
    }

    @Test func `a reader can change nothing`() throws {
        let writer = try connection()
        let reader = try Connection(path: scratch.file, role: .reader)
        #expect(sqlError { try reader.execute("DELETE FROM ticket") }?.code.primary == .readOnly)
        #expect(sqlError { try reader.execute("CREATE TABLE t (a)") }?.code.primary == .readOnly)
        try writer.execute("INSERT INTO ticket (subject) VALUES ('uno')")
        #expect(try reader.first("SELECT count(*) FROM ticket") { $0.int(0) } == 1)
    }

    @Test(arguments: [
        ("PRAGMA journal_mode", "wal"), ("PRAGMA synchronous", "2"), ("PRAGMA foreign_keys", "1"),
        ("PRAGMA trusted_schema", "0"), ("PRAGMA cell_size_check", "1"), ("PRAGMA wal_autocheckpoint", "0"),
        ("PRAGMA mmap_size", "0"),
    ])
    func `every connection has its settings`(_ question: String, _ answer: String) throws {
        let writer = try connection()
        let reader = try Connection(path: scratch.file, role: .reader)
        #expect(try writer.first(SQLText(verbatim: question)) { $0.text(0) } == answer)
        #expect(try reader.first(SQLText(verbatim: question)) { $0.text(0) } == answer)
        #expect(try reader.first("PRAGMA query_only") { $0.int(0) } == 1)
    }
}
