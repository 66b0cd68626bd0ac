// The schema of a file is the old one or the new one, and never somebody else's.

import SQL
import Testing

@Suite struct MigrationTests {
    let scratch = Scratch()

    static let notes = Migration("notes", "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")

    func refusal(_ migrations: [Migration]) -> String {
        do {
            try Database(path: scratch.file, migrations: migrations).close()
            return "opened"
        } catch {
            return "\(error)"
        }
    }

    func tables() throws -> [String] {
        let connection = try Connection(path: scratch.file, role: .reader)
        return try connection.query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") { $0.text(0) }
    }

    @Test func `a fresh file gets every migration in order and their record`() throws {
        let database = try scratch.database([.tickets, Self.notes])
        let record = try database.read { connection in
            try connection.query("SELECT version, name FROM schema_migration ORDER BY version") {
                "\($0.int(0)) \($0.text(1))"
            }
        }
        #expect(record == ["1 tickets", "2 notes"])
        #expect(try database.read { try $0.first("PRAGMA user_version") { $0.int(0) } } == 2)
    }

    @Test func `opening again changes nothing`() throws {
        for _ in 0..<3 {
            let database = try scratch.database()
            #expect(database.statistics.walPages == 0)
            database.close()
        }
    }

    @Test func `an older file is brought up to date and keeps its rows`() throws {
        let old = try scratch.database()
        try old.add("uno")
        old.close()
        let new = try scratch.database([.tickets, Self.notes])
        #expect(try new.subjects == ["uno"])
        try new.write { try $0.execute("INSERT INTO note (body) VALUES ('dos')") }
    }

    @Test func `a file of a newer version is refused`() throws {
        try scratch.database([.tickets, Self.notes]).close()
        #expect(
            refusal([.tickets])
                == "\(scratch.file) was made by a newer version of the program: its schema has version 2, "
                + "this program knows 1")
        #expect(refusal([.tickets, Self.notes]) == "opened")
    }

    @Test func `a file whose migrations have other names is refused`() throws {
        try scratch.database([.tickets, Self.notes]).close()
        let renamed = Migration("remarks", "CREATE TABLE remark (id INTEGER PRIMARY KEY)")
        #expect(
            refusal([.tickets, renamed])
                == "\(scratch.file): its migration 2 of 2 is “notes”, which this program calls “remarks”")
    }

    @Test func `a file of another program is refused and left alone`() throws {
        try scratch.connection().execute("CREATE TABLE address (name TEXT)")
        #expect(refusal([.tickets]) == "\(scratch.file) holds another program's tables (its version is 0)")
        #expect(try tables() == ["address"])
    }

    @Test func `a version that disagrees with the record is refused`() throws {
        try scratch.database().close()
        try scratch.connection().execute("PRAGMA user_version = 0")
        #expect(refusal([.tickets]) == "\(scratch.file): its version is 0, but it records 1 migrations")
    }

    @Test func `a failing migration leaves the old schema`() throws {
        let old = try scratch.database()
        try old.add("uno")
        old.close()
        let before = try tables()
        let failing = Migration("failing", "DROP TABLE reply", "CREATE TABLE ticket (id)")
        let sentence = refusal([.tickets, Self.notes, failing])
        #expect(sentence.hasPrefix("\(scratch.file): migration 3 “failing” failed and nothing was changed: "))
        #expect(try tables() == before)
        let database = try scratch.database()
        #expect(try database.subjects == ["uno"])
    }

    @Test func `a table may be made anew under those that point to it`() throws {
        let old = try scratch.database()
        try old.add("uno")
        try old.write { try $0.execute("INSERT INTO reply (ticket) VALUES (1)") }
        old.close()
        let rebuilt = Migration(
            "tickets with status",
            "CREATE TABLE ticket_new (id INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, status TEXT) STRICT",
            "INSERT INTO ticket_new (id, subject) SELECT id, subject FROM ticket",
            "DROP TABLE ticket",
            "ALTER TABLE ticket_new RENAME TO ticket")
        let new = try scratch.database([.tickets, rebuilt])
        #expect(try new.read { try $0.first("SELECT count(*) FROM reply") { $0.int(0) } } == 1)
        #expect(try new.check() == [])
        #expect(
            sqlError { try new.write { try $0.execute("INSERT INTO reply (ticket) VALUES (2)") } }?.code
                == .constraintForeignKey)
    }

    @Test func `a migration that leaves rows pointing nowhere is refused`() throws {
        let old = try scratch.database()
        try old.add("uno")
        try old.write { try $0.execute("INSERT INTO reply (ticket) VALUES (1)") }
        old.close()
        let sentence = refusal([.tickets, Migration("careless", "DELETE FROM ticket")])
        #expect(sentence.contains("row 1 of reply points to a row of ticket that is not there"))
        #expect(try scratch.database().subjects == ["uno"])
    }

    @Test func `a migration may work on rows`() throws {
        let shout = Migration("shout") { connection in
            for subject in try connection.query("SELECT subject FROM ticket", row: { $0.text(0) }) {
                try connection.execute("UPDATE ticket SET subject = ? WHERE subject = ?", subject.uppercased(), subject)
            }
        }
        let old = try scratch.database()
        try old.add("uno")
        old.close()
        #expect(try scratch.database([.tickets, shout]).subjects == ["UNO"])
    }
}
