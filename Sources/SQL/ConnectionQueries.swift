// Asking and changing: the calls that stores are made of.

internal import CSQLite

extension Connection {
    /// Runs a statement and drops its rows, if it has any.
    public func execute(_ sql: SQLText, _ values: (any SQLValue)?...) throws(SQLError) {
        try execute(sql, values: values)
    }

    public func execute(_ sql: SQLText, values: [(any SQLValue)?]) throws(SQLError) {
        let statement = try begin(sql, values)
        defer { end(statement) }
        while try step(statement) {}
    }

    /// All rows, each as the closure makes it.
    @inlinable
    public func query<Element>(
        _ sql: SQLText, _ values: (any SQLValue)?..., row: (borrowing Row) throws(SQLError) -> Element
    ) throws(SQLError) -> [Element] {
        try query(sql, values: values, row: row)
    }

    @inlinable
    public func query<Element>(
        _ sql: SQLText, values: [(any SQLValue)?], row: (borrowing Row) throws(SQLError) -> Element
    ) throws(SQLError) -> [Element] {
        let statement = try begin(sql, values)
        defer { end(statement) }
        var elements: [Element] = []
        while try step(statement) {
            elements.append(try row(Row(statement.handle)))
        }
        return elements
    }

    /// The first row; nil when there is none. A statement that changes something is run to its end.
    @inlinable
    public func first<Element>(
        _ sql: SQLText, _ values: (any SQLValue)?..., row: (borrowing Row) throws(SQLError) -> Element
    ) throws(SQLError) -> Element? {
        try first(sql, values: values, row: row)
    }

    @inlinable
    public func first<Element>(
        _ sql: SQLText, values: [(any SQLValue)?], row: (borrowing Row) throws(SQLError) -> Element
    ) throws(SQLError) -> Element? {
        let statement = try begin(sql, values)
        defer { end(statement) }
        guard try step(statement) else { return nil }
        let element = try row(Row(statement.handle))
        try finish(statement)
        return element
    }

    /// Hands over row after row and keeps none. The closure may throw anything, which ends the query.
    public func forEach(
        _ sql: SQLText, _ values: (any SQLValue)?..., row: (borrowing Row) throws -> Void
    ) throws {
        try forEach(sql, values: values, row: row)
    }

    public func forEach(
        _ sql: SQLText, values: [(any SQLValue)?], row: (borrowing Row) throws -> Void
    ) throws {
        let statement = try begin(sql, values)
        defer { end(statement) }
        while try step(statement) {
            try row(Row(statement.handle))
        }
    }

    /// Rows changed by the last statement that changed any.
    public var changes: Int {
        guard let handle = try? open() else { return 0 }
        return Int(sqlite3_changes64(handle))
    }

    public var lastInsertRowID: Int64 {
        guard let handle = try? open() else { return 0 }
        return sqlite3_last_insert_rowid(handle)
    }

    /// How SQLite means to run a statement, a line per step: shows in tests that an index is used.
    public func plan(of sql: SQLText) throws(SQLError) -> [String] {
        // Its placeholders stay unbound, which is NULL; the plan is the same.
        let statement = try take("EXPLAIN QUERY PLAN " + sql)
        defer { end(statement) }
        var lines: [String] = []
        while try step(statement) {
            lines.append(Row(statement.handle).text(3))
        }
        return lines
    }
}
