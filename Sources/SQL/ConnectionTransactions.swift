// Transactions are begun and ended here alone: a body that could commit by itself would break the group it runs in.

internal import CSQLite

/// What SQLite's callbacks see of their connection. Used on the connection's queue only, as the callbacks run within
/// its calls.
final class ConnectionWatch {
    /// Pages in the write-ahead log after the last commit of this connection.
    var walPages = 0
    /// True while this layer itself begins or ends a transaction.
    var allowsControl = false
}

extension Connection {
    /// What `body` changes is kept only when it returns. Savepoints may be nested.
    public func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        let begun = lastWork.count
        try control("SAVEPOINT inner_point")
        do {
            let result = try body()
            try control("RELEASE inner_point")
            return result
        } catch {
            lastWork.removeLast(lastWork.count - begun)
            undoSavepoint()
            throw error
        }
    }

    /// Runs `work` last in the transaction, after all writes that share it and outside their savepoints: for a table of
    /// full text, which writes its index out at every savepoint. Taken back with what asked for it; when the work itself
    /// fails, so does the whole transaction. Runs at once where no transaction is shared.
    public func atCommit(_ work: @escaping (Connection) throws -> Void) throws {
        guard sharesTransaction else { return try work(self) }
        lastWork.append(work)
    }

    /// What was put off until the end of the transaction.
    func finishWork() throws {
        let work = lastWork
        lastWork = []
        sharesTransaction = false
        for work in work { try work(self) }
    }

    private func undoSavepoint() {
        // SQLite has already taken back everything.
        guard lostTransaction == nil else { return }
        do {
            try control("ROLLBACK TO inner_point")
            try control("RELEASE inner_point")
        } catch {
            if lostTransaction == nil { lostTransaction = error }
        }
    }

    func beginTransaction(_ sql: SQLText) throws(SQLError) {
        lostTransaction = nil
        try control(sql)
        expectsTransaction = true
        lastWork = []
    }

    func commit() throws(SQLError) {
        if let lostTransaction { throw lostTransaction }
        try control("COMMIT")
        expectsTransaction = false
    }

    /// Ends the transaction without keeping anything; also when SQLite has already done so.
    func rollback() {
        expectsTransaction = false
        lostTransaction = nil
        lastWork = []
        sharesTransaction = false
        guard let handle = try? open(), sqlite3_get_autocommit(handle) == 0 else { return }
        try? control("ROLLBACK")
    }

    /// Refuses when a deferred foreign key has no row to point to: `COMMIT` would find it too late to say whose it is.
    func requireSettledForeignKeys() throws(SQLError) {
        let handle = try open()
        var unsettled: Int32 = 0
        var highest: Int32 = 0
        sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &unsettled, &highest, 0)
        if unsettled != 0 {
            throw SQLError(code: .constraintForeignKey, message: "FOREIGN KEY constraint failed")
        }
    }

    func control(_ sql: SQLText) throws(SQLError) {
        watch.allowsControl = true
        defer { watch.allowsControl = false }
        try execute(sql)
    }

    /// Statements that begin or end transactions are refused unless they come from here; so are further files.
    func guardTransactions() throws(SQLError) {
        let handle = try open()
        // The watch lives as long as the connection, which closes the handle first.
        let context = Unmanaged.passUnretained(watch).toOpaque()
        let code = sqlite3_set_authorizer(
            handle,
            { context, action, _, _, _, _ in
                guard let context else { return SQLITE_DENY }
                switch action {
                case SQLITE_TRANSACTION, SQLITE_SAVEPOINT:
                    let watch = Unmanaged<ConnectionWatch>.fromOpaque(context).takeUnretainedValue()
                    return watch.allowsControl ? SQLITE_OK : SQLITE_DENY
                case SQLITE_ATTACH, SQLITE_DETACH:
                    return SQLITE_DENY
                default:
                    return SQLITE_OK
                }
            }, context)
        guard code == SQLITE_OK else { throw failure(code, nil) }
    }

    /// Keeps count of the pages in the write-ahead log. It takes the place of SQLite's own checkpoints.
    func watchLog() throws(SQLError) {
        let handle = try open()
        _ = sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                guard let context else { return SQLITE_OK }
                Unmanaged<ConnectionWatch>.fromOpaque(context).takeUnretainedValue().walPages = Int(pages)
                return SQLITE_OK
            }, Unmanaged.passUnretained(watch).toOpaque())
    }
}
