// The one that writes: a line of jobs, and whoever finds nobody serving it serves it on the writer's queue. What waits
// at that moment shares one commit, so that the slower the disk is, the more writes one sync carries.

internal import Dispatch

final class Writer: Sendable {
    struct Job: Sendable {
        /// The caller's body; its result is kept for the answer.
        let run: @Sendable (Connection) throws -> Void
        /// Called exactly once: nil when the body's changes are on the disk.
        let answer: @Sendable ((any Error)?) -> Void
        let arrival = Counters.now
    }

    struct Line: Sendable {
        var jobs: [Job] = []
        /// Someone is on the way to the queue, or on it, who will look at `jobs` before leaving.
        var isServed = false
        var isFrozen = false
        var isClosed = false
        /// Why nothing may be written any more.
        var refusal: SQLError?
    }

    // unsafe: touched on `queue` only, which is serial.
    private nonisolated(unsafe) let connection: Connection
    private let log: WriteAheadLog
    let queue: DispatchQueue
    private let onQueue = DispatchSpecificKey<Bool>()
    let line = Locked(Line())
    let settings: Database.Settings
    private let counters: Counters

    init(connection: sending Connection, settings: Database.Settings, counters: Counters) {
        self.settings = settings
        self.counters = counters
        log = WriteAheadLog(settings: settings, counters: counters)
        queue = DispatchQueue(label: "sql.writer")
        queue.setSpecific(key: onQueue, value: true)
        self.connection = connection
    }

    var state: Database.State {
        line.withLock { line in
            if line.isClosed { return .closed }
            if let refusal = line.refusal { return .refusing(reason: refusal.description) }
            return .open
        }
    }

    var walPages: Int { log.pages }

    var isOnQueue: Bool { DispatchQueue.getSpecific(key: onQueue) == true }
}

// MARK: - The line

extension Writer {
    /// Puts the job in line and, when nobody serves it, serves it on the caller's thread: a single write costs no
    /// change of thread. The caller then waits for the job's answer.
    func perform(_ job: Job) throws(SQLError) {
        if isOnQueue { throw SQLError(code: .misuse, message: "a write within a write would wait for itself") }
        guard try join(job) else { return }
        queue.sync { serveOnce() }
    }

    /// Puts the job in line; the queue serves it.
    func enqueue(_ job: Job) {
        do throws(SQLError) {
            guard try join(job) else { return }
            queue.async { self.serveAll() }
        } catch {
            job.answer(error)
        }
    }

    /// True when the caller has to serve the line.
    private func join(_ job: Job) throws(SQLError) -> Bool {
        let isFrozen: Bool
        let serves: Bool
        (isFrozen, serves) = try line.withLock { line throws(SQLError) in
            if line.isClosed { throw Writer.closed }
            if let refusal = line.refusal { throw refusal }
            guard line.jobs.count < settings.waitingWrites else {
                throw SQLError(code: .busy, message: "\(line.jobs.count) writes are waiting already")
            }
            line.jobs.append(job)
            let serves = !line.isServed && !line.isFrozen
            if serves { line.isServed = true }
            return (line.isFrozen, serves)
        }
        if isFrozen { refuseLongFrozenLater() }
        return serves
    }

    /// One group; when more is in line afterwards, the queue goes on without this thread.
    private func serveOnce() {
        if serveGroup() {
            queue.async { self.serveAll() }
        }
    }

    func serveAll() {
        while serveGroup() {}
    }

    /// False when nobody was in line any more, or the database is frozen: whoever comes next serves.
    private func serveGroup() -> Bool {
        let jobs = line.withLock { line -> [Job] in
            let jobs = line.isFrozen ? [] : Array(line.jobs.prefix(settings.largestGroup))
            line.jobs.removeFirst(jobs.count)
            return jobs
        }
        if !jobs.isEmpty { commit(jobs) }
        return line.withLock { line in
            line.isServed = !line.jobs.isEmpty && !line.isFrozen
            return line.isServed
        }
    }

    private func commit(_ jobs: [Job]) {
        var waiting = jobs[...]
        var isFatal = false
        while !waiting.isEmpty {
            if let refusal = line.withLock({ $0.refusal }) {
                for job in waiting { job.answer(refusal) }
                break
            }
            let verdicts = WriteGroup(connection: connection, counters: counters).run(waiting)
            // Before anyone hears of it: a caller that tries again must find the refusal.
            if refuseAfterFatalError() { isFatal = true }
            for (job, verdict) in zip(waiting, verdicts) {
                counters.countWrite(since: job.arrival, failed: verdict != nil)
                job.answer(verdict)
            }
            waiting = waiting.dropFirst(verdicts.count)
        }
        if isFatal, let error = connection.fatalError { settings.onFatal(error) }
        // Later and not now: the answers are out, and the thread that served goes on with its own work.
        log.pages = connection.watch.walPages
        if log.isDue { queue.async { self.checkpointIfDue() } }
    }

    /// True when this was the first to notice that nothing may be written any more.
    private func refuseAfterFatalError() -> Bool {
        guard let error = connection.fatalError else { return false }
        let message = "writes are refused until the server starts again, because one failed: \(error.message)"
        let refusal = SQLError(code: error.code, message: message, systemError: error.systemError)
        return line.withLock { line in
            guard line.refusal == nil else { return false }
            line.refusal = refusal
            return true
        }
    }

    private static let closed = SQLError(code: .misuse, message: "the database is closed")
}

// MARK: - Checkpoints and closing

extension Writer {
    private func checkpointIfDue() {
        guard state == .open else { return }
        log.bringIn(connection)
        noteFatalCheckpoint()
    }

    /// False when readers are in the way or checkpoints are held.
    func checkpointNow() throws -> Bool {
        if isOnQueue { throw SQLError(code: .misuse, message: "no checkpoint within a write") }
        return try queue.sync {
            if let refusal = line.withLock({ $0.isClosed ? Writer.closed : $0.refusal }) { throw refusal }
            defer { noteFatalCheckpoint() }
            return try log.empty(connection)
        }
    }

    private func noteFatalCheckpoint() {
        guard refuseAfterFatalError(), let error = connection.fatalError else { return }
        settings.onFatal(error)
    }

    func holdCheckpoints() {
        log.isHeld = true
        if !isOnQueue { queue.sync {} }
    }

    func releaseCheckpoints() {
        log.isHeld = false
        queue.async { [weak self] in self?.checkpointIfDue() }
    }

    func close(checkpointing: Bool) -> Bool {
        let (isFirst, frozen) = line.withLock { line in
            defer { line.isClosed = true }
            guard line.isFrozen, !line.isClosed else { return (!line.isClosed, [Job]()) }
            defer { line.jobs.removeAll() }
            return (true, line.jobs)
        }
        guard isFirst else { return false }
        for job in frozen { job.answer(Writer.closed) }
        guard !isOnQueue else {
            // The last reference went away within a write: its group ends first.
            queue.async { self.connection.close() }
            return false
        }
        return queue.sync {
            while serveGroup() {}
            defer { connection.close() }
            let mayCheckpoint = line.withLock { $0.refusal == nil }
            guard checkpointing, mayCheckpoint, (try? log.empty(connection)) == true else { return false }
            // With an empty log SQLite removes it and the index beside it.
            connection.setCheckpointOnClose(true)
            return true
        }
    }
}
