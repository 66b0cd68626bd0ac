// A copy of a database file, taken while others write to it. Copying the file by ordinary means is never right: it
// leaves out what is still in the write-ahead log, and looks whole all the same.

internal import CSQLite
internal import Glibc

public enum Backup {
    /// How much is copied at a time, and the rest for the disk between.
    public struct Pace: Sendable {
        public var pagesPerStep: Int32 = 512
        public var pauseMicroseconds: UInt32 = 1_000
        /// Steps after which what was copied is put on the disk: otherwise all of it would stand in the way of the next
        /// commit's sync.
        public var stepsPerSync = 8

        public init() {}
    }

    /// Copies the state of this moment, with every write that has been answered. It is looked through, synced and
    /// renamed at the end: at `destination` there is all of it or nothing. The copy is a single file, in rollback mode,
    /// which can also be read from a read-only disk. Refuses a destination that exists. While it lasts the source's
    /// write-ahead log only grows.
    public static func copy(from source: String, to destination: String, pace: Pace = Pace()) throws(SQLError) {
        guard !DiskFile.exists(destination) else {
            throw SQLError(code: .cannotOpen, message: "\(destination) exists already")
        }
        let partial = destination + ".partial"
        // From a copy that did not end.
        DiskFile.removeDatabase(partial)
        do {
            let connection = try Connection(path: source, role: .reader)
            defer { connection.close() }
            try write(connection, to: partial, pace)
            try DiskFile.rename(partial, to: destination)
            try DiskFile.synchronizeDirectory(of: destination)
        } catch {
            DiskFile.removeDatabase(partial)
            throw error
        }
    }

    /// The file's descriptor stays open until SQLite has closed the file; see `DiskFile`.
    private static func write(_ source: Connection, to partial: String, _ pace: Pace) throws(SQLError) {
        let file = try DiskFile.make(partial)
        defer { close(file) }
        try copy(source, to: partial, file, pace)
        try verify(partial)
        try DiskFile.synchronize(file, partial)
    }

    private static func copy(
        _ source: Connection, to partial: String, _ file: Int32, _ pace: Pace
    ) throws(SQLError) {
        // Holding one view for all steps: otherwise every write would have the copy begin anew.
        try source.beginTransaction("BEGIN")
        defer { source.rollback() }
        try source.execute("SELECT count(*) FROM sqlite_schema")
        let target = try Connection(copyingTo: partial)
        defer { target.close() }
        let sourceHandle = try source.open()
        let targetHandle = try target.open()
        guard let copying = sqlite3_backup_init(targetHandle, "main", sourceHandle, "main") else {
            throw target.failure(sqlite3_errcode(targetHandle), nil)
        }
        do {
            try run(copying, partial, file, pace)
        } catch {
            sqlite3_backup_finish(copying)
            throw error
        }
        let code = sqlite3_backup_finish(copying)
        guard code == SQLITE_OK else { throw target.failure(code, nil) }
        try target.execute("PRAGMA journal_mode = DELETE")
    }

    private static func run(
        _ copying: OpaquePointer, _ partial: String, _ file: Int32, _ pace: Pace
    ) throws(SQLError) {
        var steps = 0
        while true {
            let code = sqlite3_backup_step(copying, max(pace.pagesPerStep, 1))
            if code == SQLITE_DONE { return }
            guard code == SQLITE_OK else {
                let message = "copying to \(partial): \(String(cString: sqlite3_errstr(code)))"
                throw SQLError(code: SQLError.Code(rawValue: code), message: message)
            }
            steps += 1
            if steps.isMultiple(of: max(pace.stepsPerSync, 1)) { try DiskFile.synchronize(file, partial) }
            usleep(pace.pauseMicroseconds)
        }
    }

    private static func verify(_ partial: String) throws(SQLError) {
        let copy = try Connection(path: partial, role: .reader)
        defer { copy.close() }
        try copy.refuseDamage()
    }
}

extension Database {
    /// Copies the database while it is read and written; see `Backup.copy`.
    public func backUp(to destination: String, pace: Backup.Pace = Backup.Pace()) throws {
        try Backup.copy(from: path, to: destination, pace: pace)
    }
}
