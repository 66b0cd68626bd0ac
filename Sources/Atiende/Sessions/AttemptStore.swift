// Failed attempts in the tenant's database: they outlast a restart.

internal import SQL

extension Connection {
    /// Counts an attempt as failed before it is looked at, so that many at once are not more than many one by one;
    /// success takes it back. Returns the instant from which it may be tried again where it may not be tried now.
    func beginAttempt(_ keys: AttemptKeys, at now: Int) throws(SQLError) -> Int? {
        try beginAttempt(counting: keys.all, at: now)
    }

    /// The same with some of the counters.
    func beginAttempt(counting counters: [AttemptKeys.Counter], at now: Int) throws(SQLError) -> Int? {
        var earliest: Int?
        for (key, delay) in counters {
            let counted = try first("SELECT failures, last_at FROM attempt WHERE key = ?", key) {
                ($0.int(0), $0.int(1))
            }
            guard let (failures, last) = counted, now - last < AttemptDelay.memorySeconds else { continue }
            let end = last + delay.seconds(after: failures)
            // A failure from the future is that of a clock which was set back since.
            if last <= now, end > now { earliest = max(earliest ?? 0, end) }
        }
        if let earliest { return earliest }
        for (key, _) in counters {
            try execute(
                """
                INSERT INTO attempt (key, failures, last_at) VALUES (?1, 1, ?2)
                ON CONFLICT (key) DO UPDATE SET
                    failures = iif(?2 - last_at < ?3, failures + 1, 1), last_at = ?2
                """, key, now, AttemptDelay.memorySeconds)
        }
        try execute(
            "DELETE FROM attempt WHERE key IN (SELECT key FROM attempt WHERE last_at < ? ORDER BY last_at LIMIT 8)",
            now - AttemptDelay.memorySeconds)
        return nil
    }

    /// The attempt was right: the account's failures are forgotten, the address loses only this one.
    func endAttempt(_ keys: AttemptKeys) throws(SQLError) {
        try execute("DELETE FROM attempt WHERE key IN (?, ?)", keys.pair, keys.account)
        try execute("UPDATE attempt SET failures = max(failures - 1, 0) WHERE key = ?", keys.address)
    }
}
