// From a path to a connection that may be used: every setting on which durability rests is set and read back.

internal import CSQLite
internal import Glibc

/// Runs once, before the library is first used.
private let hasDroppedMemoryStatistics: Bool = csqlite_drop_memory_statistics() == SQLITE_OK

extension Connection {
    /// No value is longer; far above what a form may bring.
    private static let longestValue: Int32 = 64 << 20

    static func open(_ path: String, role: Role, creates: Bool) throws(SQLError) -> OpaquePointer {
        _ = hasDroppedMemoryStatistics
        if role == .writer, creates { try DiskFile.createIfMissing(path) }
        // A connection is used by one thread at a time: it needs no mutex of its own.
        let access = role == .writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY
        let flags = access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(path, &handle, flags, nil)
        if code == SQLITE_OK, let handle { return handle }
        let systemError = handle.map { sqlite3_system_errno($0) } ?? 0
        sqlite3_close_v2(handle)
        throw SQLError(
            code: SQLError.Code(rawValue: code), message: "cannot open \(path)", systemError: systemError)
    }

    func prepareForUse(_ settings: Database.Settings) throws(SQLError) {
        let handle = try open()
        sqlite3_busy_timeout(handle, Int32(clamping: settings.busyTimeoutMilliseconds))
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Connection.longestValue)
        // Before the file is read, which on a read-only disk fails for want of the log and says nothing of the cause.
        if role == .writer { try refuseReadOnlyFile() }
        for (name, isOn) in Connection.switches {
            let code = csqlite_switch(handle, name, isOn ? 1 : 0)
            guard code == SQLITE_OK else { throw failure(code, nil) }
        }
        do {
            try setPragmas(settings)
        } catch {
            guard error.code.primary == .notADatabase else { throw error }
            let message = "\(path) is not a SQLite database, or its header is damaged"
            throw SQLError(code: error.code, message: message)
        }
        try guardTransactions()
        // After wal_autocheckpoint, which shares its place with the hook.
        if role == .writer { try watchLog() }
    }

    /// The last connection to close does not bring in the write-ahead log by itself: only the writer does, when told.
    private static let switches: [(Int32, Bool)] = [
        (SQLITE_DBCONFIG_DEFENSIVE, true),
        (SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (SQLITE_DBCONFIG_DQS_DML, false),
        (SQLITE_DBCONFIG_DQS_DDL, false),
        (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
    ]

    /// Whether SQLite may bring in the write-ahead log and remove it when this connection closes.
    func setCheckpointOnClose(_ isOn: Bool) {
        guard let handle = try? open() else { return }
        _ = csqlite_switch(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, isOn ? 0 : 1)
    }

    private func setPragmas(_ settings: Database.Settings) throws(SQLError) {
        try execute("PRAGMA trusted_schema = OFF")
        try execute("PRAGMA cell_size_check = ON")
        try execute("PRAGMA mmap_size = 0")
        try execute("PRAGMA wal_autocheckpoint = 0")
        let kibibytes = role == .writer ? settings.writerCacheKibibytes : settings.cacheKibibytes
        try execute(SQLText(verbatim: "PRAGMA cache_size = -\(max(kibibytes, 64))"))
        try set("PRAGMA foreign_keys = ON", asking: "PRAGMA foreign_keys", expecting: "1")
        switch role {
        case .reader:
            try set("PRAGMA query_only = ON", asking: "PRAGMA query_only", expecting: "1")
            // The first read of the file: one that is no database is refused here, not at the first request.
            try execute("SELECT count(*) FROM sqlite_schema WHERE 0")
        case .writer:
            if !settings.creates { try refuseEmptyFile() }
            try set("PRAGMA journal_mode = WAL", asking: "PRAGMA journal_mode", expecting: "wal")
            try set("PRAGMA synchronous = FULL", asking: "PRAGMA synchronous", expecting: "2")
            // What a savepoint would take back is remembered in memory: beyond 64 KiB it would go to a file otherwise, page
            // by page, for every write of a group.
            try execute("PRAGMA temp_store = MEMORY")
            // A log that once grew large gives its disk space back when it starts again.
            let pages = min(max(settings.checkpointPages, 100), 100_000)
            try execute(SQLText(verbatim: "PRAGMA journal_size_limit = \(pages * 4 * 4096)"))
            if let pages = settings.maximumPages {
                try execute(SQLText(verbatim: "PRAGMA max_page_count = \(pages)"))
            }
        }
    }

    private func set(_ change: SQLText, asking question: SQLText, expecting answer: String) throws(SQLError) {
        try execute(change)
        let found = try first(question) { $0.text(0) }
        guard found == answer else {
            let message = "\(path): \(question.text) is \(found ?? "unknown") instead of \(answer)"
            throw SQLError(code: .misuse, message: message)
        }
    }

    private func refuseReadOnlyFile() throws(SQLError) {
        guard sqlite3_db_readonly(try open(), "main") != 0 else { return }
        throw SQLError(code: .readOnly, message: "\(path) or the disk it lies on is read-only")
    }

    private func refuseEmptyFile() throws(SQLError) {
        let pages = try first("PRAGMA page_count") { $0.int(0) } ?? 0
        guard pages == 0 else { return }
        throw SQLError(code: .cannotOpen, message: "\(path) is empty, where a database was expected")
    }
}
