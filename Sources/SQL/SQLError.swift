// What SQLite answers when it cannot do what was asked, as a value.

internal import CSQLite

/// A failed call. Neither `message` nor `sql` ever holds a bound value, so that the whole may be logged.
public struct SQLError: Error, Sendable, CustomStringConvertible {
    public let code: Code
    public let message: String
    /// The statement's text, with its placeholders.
    public let sql: String?
    /// `errno` of the system call that failed, for errors of the file system; else 0.
    public let systemError: Int32

    public init(code: Code, message: String, sql: String? = nil, systemError: Int32 = 0) {
        self.code = code
        self.message = message
        self.sql = sql
        self.systemError = systemError
    }

    public var description: String {
        var text = "\(message) (SQLite \(code.rawValue)"
        if systemError != 0 { text += ", errno \(systemError)" }
        text += ")"
        if let sql { text += " in: \(sql)" }
        return text
    }
}

extension SQLError {
    /// An extended result code; `primary` is its family.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        public let rawValue: Int32

        public init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        public var primary: Code { Code(rawValue: rawValue & 0xFF) }

        public var description: String {
            "\(String(cString: sqlite3_errstr(rawValue))), code \(rawValue)"
        }

        public static let error = Code(rawValue: SQLITE_ERROR)
        public static let busy = Code(rawValue: SQLITE_BUSY)
        public static let locked = Code(rawValue: SQLITE_LOCKED)
        public static let outOfMemory = Code(rawValue: SQLITE_NOMEM)
        public static let readOnly = Code(rawValue: SQLITE_READONLY)
        public static let interrupted = Code(rawValue: SQLITE_INTERRUPT)
        public static let ioError = Code(rawValue: SQLITE_IOERR)
        public static let corrupt = Code(rawValue: SQLITE_CORRUPT)
        public static let full = Code(rawValue: SQLITE_FULL)
        public static let cannotOpen = Code(rawValue: SQLITE_CANTOPEN)
        public static let schema = Code(rawValue: SQLITE_SCHEMA)
        public static let tooBig = Code(rawValue: SQLITE_TOOBIG)
        public static let constraint = Code(rawValue: SQLITE_CONSTRAINT)
        public static let mismatch = Code(rawValue: SQLITE_MISMATCH)
        public static let misuse = Code(rawValue: SQLITE_MISUSE)
        public static let notAuthorized = Code(rawValue: SQLITE_AUTH)
        public static let range = Code(rawValue: SQLITE_RANGE)
        public static let notADatabase = Code(rawValue: SQLITE_NOTADB)

        public static let constraintCheck = constraint.extended(1)
        public static let constraintForeignKey = constraint.extended(3)
        public static let constraintNotNull = constraint.extended(5)
        public static let constraintPrimaryKey = constraint.extended(6)
        public static let constraintTrigger = constraint.extended(7)
        public static let constraintUnique = constraint.extended(8)
        public static let constraintRowID = constraint.extended(10)
        public static let constraintDatatype = constraint.extended(12)

        public static let ioErrorRead = ioError.extended(1)
        public static let ioErrorShortRead = ioError.extended(2)
        public static let ioErrorWrite = ioError.extended(3)
        public static let ioErrorSync = ioError.extended(4)
        public static let ioErrorDirectorySync = ioError.extended(5)
        public static let ioErrorTruncate = ioError.extended(6)
        public static let ioErrorOutOfMemory = ioError.extended(12)
        public static let ioErrorSharedMemoryOpen = ioError.extended(18)
        public static let ioErrorSharedMemorySize = ioError.extended(19)
        public static let ioErrorSharedMemoryMap = ioError.extended(21)
        public static let ioErrorData = ioError.extended(32)
        public static let ioErrorCorruptFileSystem = ioError.extended(33)

        private func extended(_ part: Int32) -> Code {
            Code(rawValue: rawValue | part << 8)
        }
    }
}

/// `catch let error as SQLError where .constraint ~= error` matches a family by its primary code, one error by its
/// extended code.
public func ~= (pattern: SQLError.Code, error: SQLError) -> Bool {
    pattern == error.code || pattern == error.code.primary
}
