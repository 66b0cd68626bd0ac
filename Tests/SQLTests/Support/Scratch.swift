// A directory for one test, gone with it, and the databases in it.

import Glibc
import SQL
import Testing

final class Scratch: Sendable {
    let path: String

    init() {
        precondition(FaultyDisk.isInstalled)
        var template = Array("/tmp/sql-tests-XXXXXX".utf8CString)
        mkdtemp(&template)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        Scratch.remove(path)
    }

    var file: String { path + "/desk.sqlite" }

    func database(
        _ migrations: [Migration] = [.tickets], _ change: (inout Database.Settings) -> Void = { _ in }
    ) throws -> Database {
        var settings = Database.Settings()
        settings.busyTimeoutMilliseconds = 10_000
        change(&settings)
        return try Database(path: file, migrations: migrations, settings: settings)
    }

    func connection() throws -> Connection {
        try Connection(path: file)
    }

    var names: [String] { Scratch.names(in: path) }

    private static func names(in path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func remove(_ path: String) {
        for name in names(in: path) { remove(path + "/" + name) }
        _ = Glibc.remove(path)
    }
}

extension Migration {
    static let tickets = Migration(
        "tickets",
        """
        CREATE TABLE ticket (id INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, body BLOB) STRICT
        """,
        """
        CREATE TABLE reply (
            id INTEGER PRIMARY KEY,
            ticket INTEGER NOT NULL REFERENCES ticket (id) DEFERRABLE INITIALLY DEFERRED
        ) STRICT
        """)
}

extension Database {
    func add(_ subject: String) throws {
        try write { try $0.execute("INSERT INTO ticket (subject) VALUES (?)", subject) }
    }

    var subjects: [String] {
        get throws {
            try read { try $0.query("SELECT subject FROM ticket ORDER BY subject") { $0.text(0) } }
        }
    }
}

struct Refusal: Error, Equatable {
    var reason = ""
}

/// The error of a call that has to fail in SQLite.
func sqlError(_ body: () throws -> Void) -> SQLError? {
    do {
        try body()
        return nil
    } catch {
        return error as? SQLError
    }
}

/// Overwrites bytes of a file that no connection of this process has open.
func overwrite(_ path: String, at offset: Int, with byte: UInt8, count: Int) {
    let file = open(path, O_WRONLY)
    defer { close(file) }
    _ = pwrite(file, [UInt8](repeating: byte, count: count), count, off_t(offset))
}
