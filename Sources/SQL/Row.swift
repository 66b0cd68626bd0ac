// The row that a statement stands on. It cannot be kept: its bytes are gone with the next step.

internal import CSQLite

/// Columns by position, from 0. A value of another type is converted as SQLite does it; NULL reads as 0 or empty where
/// no optional is asked for.
public struct Row: ~Copyable {
    @usableFromInline let statement: OpaquePointer

    @inlinable
    init(_ statement: OpaquePointer) {
        self.statement = statement
    }

    public func int(_ index: Int) -> Int {
        Int(sqlite3_column_int64(statement, column(index)))
    }

    public func optionalInt(_ index: Int) -> Int? {
        isNull(index) ? nil : int(index)
    }

    public func bool(_ index: Int) -> Bool {
        sqlite3_column_int64(statement, column(index)) != 0
    }

    public func double(_ index: Int) -> Double {
        sqlite3_column_double(statement, column(index))
    }

    public func optionalDouble(_ index: Int) -> Double? {
        isNull(index) ? nil : double(index)
    }

    /// All of the text, also after a NUL; what is not UTF-8 becomes U+FFFD.
    public func text(_ index: Int) -> String {
        String(decoding: textBytes(index), as: UTF8.self)
    }

    public func optionalText(_ index: Int) -> String? {
        isNull(index) ? nil : text(index)
    }

    public func blob(_ index: Int) -> [UInt8] {
        [UInt8](blobBytes(index))
    }

    public func optionalBlob(_ index: Int) -> [UInt8]? {
        isNull(index) ? nil : blob(index)
    }

    public func isNull(_ index: Int) -> Bool {
        sqlite3_column_type(statement, column(index)) == SQLITE_NULL
    }

    public var columnCount: Int {
        Int(sqlite3_column_count(statement))
    }

    /// The text's bytes where they lie, without a copy and not checked to be UTF-8; valid within `body` only.
    @inlinable
    public func withTextBytes<Result, Failure: Error>(
        _ index: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(textBytes(index))
    }

    /// The blob's bytes where they lie, without a copy; valid within `body` only.
    @inlinable
    public func withBlobBytes<Result, Failure: Error>(
        _ index: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(blobBytes(index))
    }

    @usableFromInline
    func textBytes(_ index: Int) -> UnsafeRawBufferPointer {
        // The length is that of the form asked for last: the text comes first.
        let start = sqlite3_column_text(statement, column(index))
        let count = Int(sqlite3_column_bytes(statement, column(index)))
        return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
    }

    @usableFromInline
    func blobBytes(_ index: Int) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, column(index))
        let count = Int(sqlite3_column_bytes(statement, column(index)))
        return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
    }

    /// SQLite answers NULL for a column that is not there; while developing, that is a mistake to hear of.
    private func column(_ index: Int) -> Int32 {
        assert(index >= 0 && index < columnCount, "no column \(index)")
        return Int32(truncatingIfNeeded: index)
    }
}
