// Every form carries a key. It is stored with what the form did, in the same transaction: pressing again, or trying
// again after a failure that was none, is answered with the same page and does nothing twice.

internal import SQL

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
    /// Runs `body` unless this key did so before, and tells where the result is shown. Both the work and the key are on
    /// the disk when `completion` hears of it, on the writer's queue: it must be short.
    func submit(
        _ key: SubmissionKey, at instant: Int, _ body: @escaping @Sendable (Connection) throws -> String,
        completion: @escaping @Sendable (Result<String, Refusal>) -> Void
    ) {
        database.write({ try $0.location(of: key, at: instant, orFrom: body) }) { result in
            completion(result.mapError(Refusal.init))
        }
    }
}

extension Connection {
    /// How long a key is remembered: a browser may offer to send a form again after days.
    private static let memorySeconds = 30 * 86_400
    /// One new key in so many removes old ones, a few more than came since: the table shrinks without a pause.
    private static let keysPerSweep = 16
    private static let removedAtOnce = 24

    /// Where the result of `body` is shown, which is run unless this key did so before.
    func location(
        of key: SubmissionKey, at instant: Int, orFrom body: (Connection) throws -> String
    ) throws -> String {
        let known = try first("SELECT location FROM submission WHERE key = ?", key.bytes) { $0.text(0) }
        if let known { return known }
        let location = try body(self)
        try execute("INSERT INTO submission (key, at, location) VALUES (?, ?, ?)", key.bytes, instant, location)
        if Int(key.bytes[15]).isMultiple(of: Self.keysPerSweep) {
            try forgetSubmissions(before: instant - Self.memorySeconds)
        }
        return location
    }

    private func forgetSubmissions(before instant: Int) throws(SQLError) {
        try execute(
            """
            DELETE FROM submission WHERE key IN
                (SELECT key FROM submission WHERE at < ? ORDER BY at LIMIT ?)
            """, instant, Self.removedAtOnce)
    }
}
