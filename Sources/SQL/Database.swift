// A database file with its one writer and its few readers. The writer's line is in Writer.swift.

internal import Dispatch

/// May be used from any thread. Reads never wait for writes, nor writes for reads.
public final class Database: Sendable {
    public enum State: Sendable, Equatable {
        case open
        /// A write or a sync failed so that what the disk holds is not known; reads go on. See `Settings.onFatal`.
        case refusing(reason: String)
        case closed
    }

    public let path: String
    private let readers: ReaderPool
    private let writer: Writer
    private let counters = Counters()

    /// Opens or makes the file and brings its schema up to date. Throws one clear sentence when it cannot.
    public init(path: String, migrations: [Migration], settings: Settings = Settings()) throws {
        let connection = try Connection(path: path, role: .writer, settings: settings)
        do {
            if settings.checksAtOpening { try connection.refuseDamage() }
            try Schema(path: path, migrations: migrations).bringUpToDate(connection)
        } catch {
            connection.close()
            throw error
        }
        self.path = path
        writer = Writer(connection: connection, settings: settings, counters: counters)
        readers = ReaderPool(path: path, settings: settings, counters: counters)
    }

    deinit {
        close(checkpointing: false)
    }

    /// Runs `body` on the caller's thread over one unchanging view of the database, which holds every write that has
    /// been answered. Waits when all readers are out, within bounds.
    public func read<Result: Sendable>(_ body: (Connection) throws -> Result) throws -> Result {
        let start = Counters.now
        defer { counters.countRead(since: start) }
        return try readers.withConnection { connection in
            try connection.beginTransaction("BEGIN")
            defer { connection.rollback() }
            return try body(connection)
        }
    }

    /// Runs `body` as its own savepoint of a transaction shared with the writes that wait at the same time, and
    /// returns when all of it is safely on the disk. A body that throws takes back its own changes only; when the
    /// common commit fails nobody's changes are kept, and everybody hears it. Never from within another write.
    ///
    /// `body` runs on any thread, once; it should do nothing but work on the connection.
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) throws -> Result {
        let outcome = Outcome<Result>()
        let answered = DispatchSemaphore(value: 0)
        try writer.perform(
            Writer.Job(
                run: { outcome.value = try body($0) },
                answer: { error in
                    outcome.error = error
                    answered.signal()
                }))
        answered.wait()
        return try outcome.result.get()
    }

    /// The same without blocking a thread: `completion` hears the result on the writer's queue, or on the caller's
    /// thread when the write is refused at once. The next commit waits for it: it must be short.
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result,
        completion: @escaping @Sendable (Swift.Result<Result, any Error>) -> Void
    ) {
        let outcome = Outcome<Result>()
        writer.enqueue(
            Writer.Job(
                run: { outcome.value = try body($0) },
                answer: { error in
                    outcome.error = error
                    completion(outcome.result)
                }))
    }

    /// A commit that reaches the disk, to show that it can be reached.
    public func proveCommit() throws {
        try write { try $0.execute(Schema.beat) }
    }

    public var state: State { writer.state }

    public var statistics: Statistics {
        counters.snapshot(walPages: writer.walPages, walBytes: walBytes)
    }

    // MARK: Moving a database

    /// From its return no commit and no checkpoint runs. Writes wait, within bounds, until `thaw`.
    public func freeze() { writer.freeze() }

    public func thaw() { writer.thaw() }

    /// From its return the database file itself does not change: what is committed stays in the write-ahead log.
    public func holdCheckpoints() { writer.holdCheckpoints() }

    public func releaseCheckpoints() { writer.releaseCheckpoints() }

    /// Size of the write-ahead log's file.
    public var walBytes: Int { DiskFile.size(path + "-wal") }

    /// Brings the whole write-ahead log into the file and empties it. False when readers are in the way, or when
    /// checkpoints are held.
    @discardableResult
    public func checkpoint() throws -> Bool { try writer.checkpointNow() }

    /// Lets the writes in line end, waits for the readers within bounds, and closes the file; everything later is
    /// refused. True when the write-ahead log was emptied, which leaves nothing but the one file.
    @discardableResult
    public func close(checkpointing: Bool = true) -> Bool {
        readers.close()
        return writer.close(checkpointing: checkpointing)
    }
}

/// Where a body leaves its result and its caller finds it.
private final class Outcome<Value: Sendable>: @unchecked Sendable {
    // unchecked: written on the writer's queue, read by the caller after the semaphore or on that same queue.
    var value: Value?
    var error: (any Error)?

    var result: Result<Value, any Error> {
        if let error { return .failure(error) }
        if let value { return .success(value) }
        return .failure(SQLError(code: .error, message: "the write was not run"))
    }
}
