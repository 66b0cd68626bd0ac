// What storage costs: durable writes one by one and together, an empty read, and fifty rows made of a large table.

import Dispatch
import Glibc
import SQL
import Synchronization

/// Commits that reach the disk, each waited for before the next; per second.
func measureDurableWrites(in directory: String, seconds: Double = 2) throws -> Double {
    let database = try benchDatabase(directory + "/writes.sqlite")
    defer { database.close() }
    return try rate(seconds) {
        try database.write { try $0.execute("INSERT INTO entry (body) VALUES (?)", "a line of text as it comes") }
    }
}

/// Rows that reach the disk, written one per call from `writers` threads at once; per second. Also the mean size of a
/// group.
func measureGroupedWrites(
    in directory: String, writers: Int = 32, seconds: Double = 2
) throws -> (rowsPerSecond: Double, meanGroup: Double) {
    let database = try benchDatabase(directory + "/groups.sqlite")
    defer { database.close() }
    let total = Atomic(0)
    let group = DispatchGroup()
    for index in 0..<writers {
        DispatchQueue(label: "bench.writer.\(index)").async(group: group) {
            let end = DispatchTime.now().uptimeNanoseconds + UInt64(seconds * 1e9)
            var rows = 0
            while DispatchTime.now().uptimeNanoseconds < end {
                let written: Void? = try? database.write {
                    try $0.execute("INSERT INTO entry (body) VALUES (?)", "a line of text as it comes")
                }
                if written != nil { rows += 1 }
            }
            total.add(rows, ordering: .relaxed)
        }
    }
    group.wait()
    let statistics = database.statistics
    let meanGroup = Double(statistics.committedWrites) / Double(max(statistics.commits, 1))
    return (Double(total.load(ordering: .relaxed)) / seconds, meanGroup)
}

/// A read that asks nothing, and one that asks for a single row by its key; nanoseconds each.
func measureReads(in directory: String) throws -> (empty: Double, oneRow: Double) {
    let database = try benchDatabase(directory + "/reads.sqlite")
    defer { database.close() }
    try database.write { try $0.execute("INSERT INTO entry (body) VALUES ('x')") }
    let empty = try fastest { try database.read { _ in } }
    let oneRow = try fastest {
        _ = try database.read { try $0.first("SELECT body FROM entry WHERE id = ?", 1) { $0.text(0) } }
    }
    return (empty, oneRow)
}

/// Opening a database that is up to date, reading one row of it and closing it again; microseconds.
func measureOpening(in directory: String) throws -> Double {
    let path = directory + "/opening.sqlite"
    try benchDatabase(path).close()
    let nanoseconds = try fastest {
        let database = try Database(path: path, migrations: benchMigrations)
        _ = try database.read { try $0.first("SELECT id FROM entry") { $0.int(0) } }
        database.close(checkpointing: false)
    }
    return nanoseconds / 1e3
}

/// Fifty rows of eight columns in the order of an index, out of 100,000, decoded to a struct with its Strings made;
/// microseconds of a whole `Database.read`. `same` asks for the same rows again, as the first page of a list does;
/// `anywhere` for rows all over the table, whose pages the cache of `cacheKibibytes` holds or not.
func measureFiftyRows(
    in directory: String, cacheKibibytes: Int = 2_000
) throws -> (same: Double, anywhere: Double) {
    let database = try benchDatabase(directory + "/rows.sqlite", cacheKibibytes: cacheKibibytes)
    defer { database.close() }
    try database.write { connection in
        try connection.execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO ticket (folio, subject, status, requester, severity, opened_at, due_at, is_late)
            SELECT 'T-' || i, 'No abre la factura ' || i || ' del cliente', 'abierto', 'Persona Número ' || (i % 500),
                i % 4, 1700000000 + i, (i * 7919) % 100003, i % 2 FROM n
            """)
    }
    let same = try fastest { try readDueTickets(database, from: 4_711) }
    var from = 0
    let anywhere = try fastest {
        from = (from + 1_777) % 90_000
        try readDueTickets(database, from: from)
    }
    return (same / 1e3, anywhere / 1e3)
}

private func readDueTickets(_ database: Database, from: Int) throws {
    let tickets = try database.read { try dueTickets($0, from: from) }
    guard tickets.count == 50 else { throw SQLError(code: .error, message: "\(tickets.count) rows") }
}

private struct BenchTicket: Sendable {
    var id: Int
    var folio: String
    var subject: String
    var status: String
    var requester: String
    var severity: Int
    var openedAt: Int
    var isLate: Bool
}

private func dueTickets(_ connection: Connection, from: Int) throws(SQLError) -> [BenchTicket] {
    try connection.query(
        """
        SELECT id, folio, subject, status, requester, severity, opened_at, is_late
        FROM ticket WHERE due_at >= ? ORDER BY due_at LIMIT 50
        """, from
    ) {
        BenchTicket(
            id: $0.int(0), folio: $0.text(1), subject: $0.text(2), status: $0.text(3), requester: $0.text(4),
            severity: $0.int(5), openedAt: $0.int(6), isLate: $0.bool(7))
    }
}

private func benchDatabase(_ path: String, cacheKibibytes: Int = 2_000) throws -> Database {
    var settings = Database.Settings()
    settings.cacheKibibytes = cacheKibibytes
    for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    return try Database(path: path, migrations: benchMigrations, settings: settings)
}

private let benchMigrations = [
    Migration(
        "tables",
        "CREATE TABLE entry (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT",
        """
        CREATE TABLE ticket (
            id INTEGER PRIMARY KEY, folio TEXT, subject TEXT, status TEXT, requester TEXT, severity INTEGER,
            opened_at INTEGER, due_at INTEGER, is_late INTEGER
        ) STRICT
        """,
        "CREATE INDEX ticket_due ON ticket (due_at)")
]

/// How often `body` runs in a second.
private func rate(_ seconds: Double, _ body: () throws -> Void) rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    var count = 0
    var elapsed: UInt64 = 0
    repeat {
        try body()
        count += 1
        elapsed = DispatchTime.now().uptimeNanoseconds - start
    } while Double(elapsed) < seconds * 1e9
    return Double(count) / (Double(elapsed) / 1e9)
}

/// Nanoseconds of `body` in the best of fifty runs of a hundred: what else the machine does meanwhile counts little.
private func fastest(_ body: () throws -> Void) rethrows -> Double {
    var best = UInt64.max
    for _ in 0..<50 {
        let start = DispatchTime.now().uptimeNanoseconds
        for _ in 0..<100 { try body() }
        best = min(best, DispatchTime.now().uptimeNanoseconds - start)
    }
    return Double(best) / 100
}
