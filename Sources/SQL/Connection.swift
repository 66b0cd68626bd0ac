// One connection to one database file, for one queue at a time. Opening it is in ConnectionOpening.swift.

internal import CSQLite
internal import Glibc

/// Every way out of a query, also by an error of its row closure, leaves the statement reset and its values freed.
public final class Connection {
    public enum Role: Sendable {
        /// Makes the file if need be, writes, and alone brings the write-ahead log into the file.
        case writer
        /// Can change nothing, not even by a checkpoint.
        case reader
    }

    public let path: String
    public let role: Role
    let watch: ConnectionWatch
    private var handle: OpaquePointer?
    private var cache: StatementCache

    /// Why the transaction in progress was rolled back by SQLite itself. Until it is ended nothing else may run: it
    /// would be committed on its own.
    var lostTransaction: SQLError?
    /// Set when an error says that this connection is better not used again.
    private(set) var isSuspect = false
    /// The first error after which nothing may be written; see `SQLError.isFatal`.
    private(set) var fatalError: SQLError?
    /// True between the beginning and the end of a transaction, as far as this layer knows.
    var expectsTransaction = false
    /// True while writes that share a transaction run, each in its savepoint.
    var sharesTransaction = false
    /// What they put off until its end.
    var lastWork: [(Connection) throws -> Void] = []

    public init(
        path: String, role: Role = .writer, settings: Database.Settings = Database.Settings()
    ) throws(SQLError) {
        self.path = path
        self.role = role
        watch = ConnectionWatch()
        cache = StatementCache(limit: settings.cachedStatements)
        handle = try Connection.open(path, role: role, creates: settings.creates)
        do {
            try prepareForUse(settings)
        } catch {
            close()
            throw error
        }
    }

    /// For a file that SQLite's backup fills page by page, and that counts for nothing until it is whole: without a
    /// journal, and synced by its maker.
    init(copyingTo path: String) throws(SQLError) {
        self.path = path
        role = .writer
        watch = ConnectionWatch()
        cache = StatementCache(limit: 1)
        handle = try Connection.open(path, role: .writer, creates: false)
        try execute("PRAGMA journal_mode = OFF")
        try execute("PRAGMA synchronous = OFF")
    }

    deinit {
        close()
    }

    /// Closes the file; further calls are refused with `SQLITE_MISUSE`.
    func close() {
        cache.removeAll()
        guard let handle else { return }
        self.handle = nil
        // A statement that is still being used keeps the connection until it is finalized, hence v2.
        sqlite3_close_v2(handle)
    }

    func open(orRefuse sql: SQLText? = nil) throws(SQLError) -> OpaquePointer {
        guard let handle else {
            throw SQLError(code: .misuse, message: "the connection to \(path) is closed", sql: sql?.text)
        }
        return handle
    }

    /// The error of the call that just failed. Must be the next thing done with the connection, `errno` having been
    /// read before it: SQLite does not keep it for a failed commit.
    func failure(
        _ code: Int32, _ sql: SQLText?, errno systemError: Int32 = 0, hidesMessage: Bool = false
    ) -> SQLError {
        let isOfFile = [SQLITE_IOERR, SQLITE_CANTOPEN].contains(code & 0xFF)
        let message = hidesMessage ? sqlite3_errstr(code) : sqlite3_errmsg(handle)
        let error = SQLError(
            code: SQLError.Code(rawValue: code), message: message.map { String(cString: $0) } ?? "",
            sql: sql?.text, systemError: isOfFile ? systemError : 0)
        note(error)
        return error
    }

    private func note(_ error: SQLError) {
        if error.isSuspect { isSuspect = true }
        if error.isFatal, fatalError == nil { fatalError = error }
        if expectsTransaction, lostTransaction == nil, let handle, sqlite3_get_autocommit(handle) != 0 {
            lostTransaction = error
        }
    }
}

// MARK: - Statements

extension Connection {
    @usableFromInline
    func begin(_ sql: SQLText, _ values: [(any SQLValue)?]) throws(SQLError) -> Statement {
        if let lostTransaction { throw lostTransaction }
        // So that after a failure it is the failed call's, and not of some time before.
        errno = 0
        let statement = try take(sql)
        guard statement.parameterCount == values.count else {
            end(statement)
            let message = "\(values.count) values for \(statement.parameterCount) placeholders"
            throw SQLError(code: .range, message: message, sql: sql.text)
        }
        let code = statement.bind(values)
        if code != SQLITE_OK {
            let error = failure(code, sql)
            end(statement)
            throw error
        }
        return statement
    }

    /// True when the statement stands on a row, false when it has ended.
    @usableFromInline
    func step(_ statement: Statement) throws(SQLError) -> Bool {
        let code = sqlite3_step(statement.handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        let systemError = errno
        // Functions quote their arguments in plain errors ("fts5: syntax error near …"): a bound value might show.
        let hides = statement.hasValues && code == SQLITE_ERROR
        throw failure(code, statement.sql, errno: systemError, hidesMessage: hides)
    }

    /// Runs the rest of a statement that changes something, whose rows nobody wants.
    @usableFromInline
    func finish(_ statement: Statement) throws(SQLError) {
        guard !statement.isReadOnly else { return }
        while try step(statement) {}
    }

    @usableFromInline
    func end(_ statement: Statement) {
        statement.reset()
        statement.isTaken = false
    }

    func take(_ sql: SQLText) throws(SQLError) -> Statement {
        let known = cache.statement(for: sql)
        if let known, !known.isTaken {
            known.isTaken = true
            return known
        }
        let fresh = try prepare(sql)
        fresh.isTaken = true
        if known == nil { cache.keep(fresh) }
        return fresh
    }

    private func prepare(_ sql: SQLText) throws(SQLError) -> Statement {
        let handle = try open(orRefuse: sql)
        var text = sql.text
        var prepared: OpaquePointer?
        var unread = false
        let code = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                var tail: UnsafePointer<CChar>?
                let count = Int32(clamping: bytes.count)
                let code = sqlite3_prepare_v3(
                    handle, bytes.baseAddress, count, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, &tail)
                if let tail, let start = bytes.baseAddress {
                    unread = bytes[(tail - start)...].contains { !isBlankOrEnd($0) }
                }
                return code
            }
        }
        guard code == SQLITE_OK else { throw failure(code, sql, errno: errno) }
        guard let prepared else { throw SQLError(code: .error, message: "no statement", sql: sql.text) }
        let statement = Statement(handle: prepared, sql: sql)
        if unread { throw SQLError(code: .error, message: "more than one statement", sql: sql.text) }
        return statement
    }
}

private func isBlankOrEnd(_ byte: CChar) -> Bool {
    byte == 0x20 || byte == 0x3B || (byte >= 0x09 && byte <= 0x0D)
}
