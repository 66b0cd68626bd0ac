// How a database is opened and how long its callers wait.

extension Database {
    public struct Settings: Sendable {
        /// Connections that read at the same time; further readers wait.
        public var readers = 4
        /// How long a read waits for a free connection before it is refused with `SQLITE_BUSY`.
        public var readerWaitMilliseconds = 5_000
        /// How long SQLite waits for another process's lock before it says `SQLITE_BUSY`.
        public var busyTimeoutMilliseconds = 5_000
        /// How long a write waits in a frozen database before it is refused with `SQLITE_BUSY`.
        public var freezeWaitMilliseconds = 5_000
        /// Writes that share one commit at most, so that the first of them does not wait for all.
        public var largestGroup = 128
        /// Writes in line at most; further ones are refused with `SQLITE_BUSY` at once.
        public var waitingWrites = 1_024
        /// The write-ahead log is brought into the file when it holds this many pages.
        public var checkpointPages = 4_000
        /// Prepared statements kept by each connection.
        public var cachedStatements = 128
        /// Page cache of each connection that reads.
        public var cacheKibibytes = 2_000
        /// Page cache of the one that writes. What one commit changes must find room in it: pages that do not are written
        /// to the log before it ends, and again at its end.
        public var writerCacheKibibytes = 16_000
        /// The file's largest size in pages; `SQLITE_FULL` beyond. Nil: as large as the disk.
        public var maximumPages: Int?
        /// False refuses a file that is missing or empty instead of making a new database of it.
        public var creates = true
        /// Looks at every page when opening (SQLite's quick check) and refuses a damaged file.
        public var checksAtOpening = false
        /// Called once, on the writer's queue and after the writers have heard of it, when a write or a sync failed so
        /// that what the disk holds is not known. The database refuses writes from then on; the process is expected to
        /// end and to be started again.
        public var onFatal: @Sendable (SQLError) -> Void = { _ in }

        public init() {}
    }
}
