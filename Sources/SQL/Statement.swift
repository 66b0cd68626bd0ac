// A prepared statement and the cache of them that each connection keeps.

internal import CSQLite

/// Owns the prepared statement: finalized once, when the last reference goes.
@usableFromInline
final class Statement {
    @usableFromInline let handle: OpaquePointer
    let sql: SQLText
    let parameterCount: Int
    let isReadOnly: Bool
    /// Taken by a query that has not ended: the same text inside its row closure needs a statement of its own.
    var isTaken = false
    var lastUse = 0
    var hasValues = false

    init(handle: OpaquePointer, sql: SQLText) {
        self.handle = handle
        self.sql = sql
        parameterCount = Int(sqlite3_bind_parameter_count(handle))
        isReadOnly = sqlite3_stmt_readonly(handle) != 0
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// The first code that is not `SQLITE_OK`.
    func bind(_ values: [(any SQLValue)?]) -> Int32 {
        hasValues = !values.isEmpty
        var index: Int32 = 0
        for value in values {
            index += 1
            let code = bind(value?.datum ?? .null, at: index)
            if code != SQLITE_OK { return code }
        }
        return SQLITE_OK
    }

    private func bind(_ datum: Datum, at index: Int32) -> Int32 {
        switch datum {
        case .null:
            return sqlite3_bind_null(handle, index)
        case .integer(let value):
            return sqlite3_bind_int64(handle, index, value)
        case .real(let value):
            return sqlite3_bind_double(handle, index, value)
        case .text(var value):
            return value.withUTF8 { csqlite_bind_text(handle, index, $0.baseAddress, UInt64($0.count)) }
        case .blob(let value):
            return value.withUnsafeBytes { csqlite_bind_blob(handle, index, $0.baseAddress, UInt64($0.count)) }
        }
    }

    /// Ready for the next use; frees what was bound.
    func reset() {
        sqlite3_reset(handle)
        if hasValues {
            sqlite3_clear_bindings(handle)
            hasValues = false
        }
    }
}

/// Statements by their text: a literal is found by its address, which costs no reading of it.
struct StatementCache {
    private var literals: [UnsafePointer<UInt8>: Statement] = [:]
    private var composed: [String: Statement] = [:]
    private var uses = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = max(limit, 1)
    }

    mutating func statement(for sql: SQLText) -> Statement? {
        let found =
            switch sql.content {
            case .literal(let text): literals[text.utf8Start]
            case .composed(let text): composed[text]
            }
        uses &+= 1
        found?.lastUse = uses
        return found
    }

    mutating func keep(_ statement: Statement) {
        if literals.count + composed.count >= limit { dropOldest() }
        statement.lastUse = uses
        switch statement.sql.content {
        case .literal(let text): literals[text.utf8Start] = statement
        case .composed(let text): composed[text] = statement
        }
    }

    mutating func removeAll() {
        literals.removeAll()
        composed.removeAll()
    }

    private mutating func dropOldest() {
        let oldestLiteral = literals.min { $0.value.lastUse < $1.value.lastUse }
        let oldestComposed = composed.min { $0.value.lastUse < $1.value.lastUse }
        if let oldestLiteral, oldestLiteral.value.lastUse < oldestComposed?.value.lastUse ?? .max {
            literals[oldestLiteral.key] = nil
        } else if let oldestComposed {
            composed[oldestComposed.key] = nil
        }
    }
}
