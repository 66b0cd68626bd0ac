// Every form carries a key. It is stored with what the form did, in the same transaction: pressing again, or trying
// again after a failure that was none, is answered with the same page and does nothing twice.

public import SQL

/// The key of one form as it was shown once: 16 random bytes.
public struct SubmissionKey: Hashable, Sendable {
    public let bytes: [UInt8]

    /// Reads a form's field: 32 hexadecimal digits.
    public init?(_ text: String) {
        guard text.utf8.count == 32 else { return nil }
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == 32 else { return nil }
        bytes = stride(from: 0, to: 32, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

extension Desk {
    /// Runs `body` unless this key did so before; returns where the result is shown. Both the work and the key are on
    /// the disk when it returns.
    public func submit(
        _ key: SubmissionKey, at instant: Int, _ body: @escaping @Sendable (Connection) throws -> String
    ) throws(Refusal) -> String {
        try write { connection in
            if let known = try connection.location(of: key) { return known }
            let location = try body(connection)
            try connection.record(key, at: instant, location)
            return location
        }
    }
}

extension Connection {
    /// How long a key is remembered: a browser may offer to send a form again after days.
    private static let memorySeconds = 30 * 86_400
    /// Old keys removed with each new one: the table shrinks without a pause.
    private static let removedAtOnce = 4

    fileprivate func location(of key: SubmissionKey) throws(SQLError) -> String? {
        try first("SELECT location FROM submission WHERE key = ?", key.bytes) { $0.text(0) }
    }

    fileprivate func record(_ key: SubmissionKey, at instant: Int, _ location: String) throws(SQLError) {
        try execute("INSERT INTO submission (key, at, location) VALUES (?, ?, ?)", key.bytes, instant, location)
        try execute(
            """
            DELETE FROM submission WHERE key IN
                (SELECT key FROM submission WHERE at < ? ORDER BY at LIMIT ?)
            """, instant - Self.memorySeconds, Self.removedAtOnce)
    }
}
