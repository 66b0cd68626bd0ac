// The connections that read. One is opened when it is first needed; the one given back last goes out first, because its
// cache is the warmest.

internal import Dispatch

final class ReaderPool: Sendable {
    private struct Reader: @unchecked Sendable {
        // unchecked: a connection is in the pool or with one borrower, never with two.
        let connection: Connection
    }

    private struct Idle: Sendable {
        var readers: [Reader] = []
        var isClosed = false
    }

    private let path: String
    private let settings: Database.Settings
    private let counters: Counters
    private let permits: DispatchSemaphore
    private let count: Int
    private let idle = Locked(Idle())

    init(path: String, settings: Database.Settings, counters: Counters) {
        self.path = path
        self.settings = settings
        self.counters = counters
        count = max(settings.readers, 1)
        permits = DispatchSemaphore(value: 0)
        // Raised to its count and not made with it: a semaphore that is freed below the value it was made with traps.
        for _ in 0..<count { permits.signal() }
    }

    func withConnection<Result>(_ body: (Connection) throws -> Result) throws -> Result {
        try waitForPermit()
        defer { permits.signal() }
        let reader = try take()
        defer { giveBack(reader) }
        return try body(reader.connection)
    }

    private func waitForPermit() throws(SQLError) {
        if permits.wait(timeout: .now()) == .success { return }
        counters.countReaderWait()
        if permits.wait(timeout: .now() + .milliseconds(settings.readerWaitMilliseconds)) == .success { return }
        throw SQLError(code: .busy, message: "all \(count) readers of \(path) are out")
    }

    private func take() throws(SQLError) -> Reader {
        let reader = try idle.withLock { idle throws(SQLError) in
            if idle.isClosed { throw SQLError(code: .misuse, message: "the database is closed") }
            return idle.readers.popLast()
        }
        if let reader { return reader }
        return Reader(connection: try Connection(path: path, role: .reader, settings: settings))
    }

    /// A connection that met a damaged page or a failed read is closed: its cache may hold what it read.
    private func giveBack(_ reader: Reader) {
        let isKept = idle.withLock { idle in
            guard !idle.isClosed, !reader.connection.isSuspect else { return false }
            idle.readers.append(reader)
            return true
        }
        if !isKept { reader.connection.close() }
    }

    /// Refuses new readers, waits for those that are out within bounds, and closes all. One that is still out then is
    /// closed when it comes back.
    func close() {
        let readers = idle.withLock { idle in
            defer { idle.readers.removeAll() }
            idle.isClosed = true
            return idle.readers
        }
        for reader in readers { reader.connection.close() }
        let deadline = DispatchTime.now() + .milliseconds(settings.readerWaitMilliseconds)
        var held = 0
        while held < count, permits.wait(timeout: deadline) == .success { held += 1 }
        for _ in 0..<held { permits.signal() }
    }
}
