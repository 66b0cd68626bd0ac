// When the write-ahead log is brought into the database file. Only the writer's connection ever does it.

internal import CSQLite
internal import Glibc
internal import Synchronization

final class WriteAheadLog: Sendable {
    private let threshold: Int
    private let counters: Counters
    private let busyTimeout: Int32
    private let pagesNow = Atomic(0)
    private let held = Atomic(false)
    /// Pages at which the next attempt is due: one that readers cut short is not repeated at every commit.
    private let nextAttempt: Atomic<Int>

    init(settings: Database.Settings, counters: Counters) {
        threshold = min(max(settings.checkpointPages, 1), 1 << 24)
        busyTimeout = Int32(clamping: settings.busyTimeoutMilliseconds)
        self.counters = counters
        nextAttempt = Atomic(threshold)
    }

    /// Pages written to the log since it last began anew.
    var pages: Int {
        get { pagesNow.load(ordering: .relaxed) }
        set {
            pagesNow.store(newValue, ordering: .relaxed)
            if newValue < threshold { nextAttempt.store(threshold, ordering: .relaxed) }
        }
    }

    /// While true no checkpoint runs, asked for or not.
    var isHeld: Bool {
        get { held.load(ordering: .acquiring) }
        set { held.store(newValue, ordering: .releasing) }
    }

    var isDue: Bool { !isHeld && pages >= nextAttempt.load(ordering: .relaxed) }

    /// A checkpoint if one is due. It stands in nobody's way; but a log that has grown to four times its measure,
    /// because at every commit some reader was looking at an older state, has the writer wait a moment for them.
    func bringIn(_ connection: Connection) {
        guard isDue else { return }
        let isOvergrown = pages >= threshold * 4
        let mode = isOvergrown ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE
        // A full disk or a busy log: the next attempt is as good.
        _ = try? run(connection, mode: mode, waitingMilliseconds: 100)
        nextAttempt.store(pages + max(threshold / 4, 1), ordering: .relaxed)
    }

    /// Brings in everything and cuts the log's file to nothing. False when a reader is in the way.
    func empty(_ connection: Connection) throws(SQLError) -> Bool {
        guard !isHeld else { return false }
        let isComplete = try run(connection, mode: SQLITE_CHECKPOINT_TRUNCATE, waitingMilliseconds: busyTimeout)
        if isComplete {
            connection.watch.walPages = 0
            pages = 0
        }
        return isComplete
    }

    private func run(
        _ connection: Connection, mode: Int32, waitingMilliseconds wait: Int32
    ) throws(SQLError) -> Bool {
        let start = Counters.now
        defer { counters.countCheckpoint(since: start) }
        let handle = try connection.open()
        sqlite3_busy_timeout(handle, wait)
        defer { sqlite3_busy_timeout(handle, busyTimeout) }
        var pagesInLog: Int32 = 0
        var pagesDone: Int32 = 0
        errno = 0
        let code = sqlite3_wal_checkpoint_v2(handle, "main", mode, &pagesInLog, &pagesDone)
        let systemError = errno
        if code & 0xFF == SQLITE_BUSY { return false }
        guard code == SQLITE_OK else { throw connection.failure(code, nil, errno: systemError) }
        return pagesInLog == pagesDone
    }
}
