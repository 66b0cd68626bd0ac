// What the database has done since it was opened, for metrics: counts and nanoseconds.

internal import Dispatch
internal import Synchronization

public struct Statistics: Sendable {
    public var reads = 0
    public var readNanoseconds = 0
    /// Reads that had to wait for a free connection.
    public var readerWaits = 0
    public var writes = 0
    public var failedWrites = 0
    /// From standing in line to the answer.
    public var writeNanoseconds = 0
    /// Groups that were committed; `committedWrites` were in them.
    public var commits = 0
    public var committedWrites = 0
    public var largestGroup = 0
    /// In `COMMIT` itself: what the disk takes.
    public var commitNanoseconds = 0
    public var checkpoints = 0
    public var checkpointNanoseconds = 0
    /// Pages in the write-ahead log since it last began anew.
    public var walPages = 0
    /// Size of its file.
    public var walBytes = 0
}

extension Statistics {
    /// Nothing yet: for adding up.
    public static let none = Statistics()
}

final class Counters: Sendable {
    private let reads = Atomic(0)
    private let readNanoseconds = Atomic(0)
    private let readerWaits = Atomic(0)
    private let writes = Atomic(0)
    private let failedWrites = Atomic(0)
    private let writeNanoseconds = Atomic(0)
    private let commits = Atomic(0)
    private let committedWrites = Atomic(0)
    private let largestGroup = Atomic(0)
    private let commitNanoseconds = Atomic(0)
    private let checkpoints = Atomic(0)
    private let checkpointNanoseconds = Atomic(0)

    /// Nanoseconds of a clock that never goes back.
    static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }

    func countRead(since start: UInt64) {
        add(1, to: reads)
        add(elapsed(since: start), to: readNanoseconds)
    }

    func countReaderWait() {
        add(1, to: readerWaits)
    }

    func countWrite(since arrival: UInt64, failed: Bool) {
        add(1, to: writes)
        if failed { add(1, to: failedWrites) }
        add(elapsed(since: arrival), to: writeNanoseconds)
    }

    func countCommit(since start: UInt64, size: Int) {
        add(1, to: commits)
        add(size, to: committedWrites)
        largestGroup.max(size, ordering: .relaxed)
        add(elapsed(since: start), to: commitNanoseconds)
    }

    func countCheckpoint(since start: UInt64) {
        add(1, to: checkpoints)
        add(elapsed(since: start), to: checkpointNanoseconds)
    }

    func snapshot(walPages: Int, walBytes: Int) -> Statistics {
        Statistics(
            reads: reads.load(ordering: .relaxed),
            readNanoseconds: readNanoseconds.load(ordering: .relaxed),
            readerWaits: readerWaits.load(ordering: .relaxed),
            writes: writes.load(ordering: .relaxed),
            failedWrites: failedWrites.load(ordering: .relaxed),
            writeNanoseconds: writeNanoseconds.load(ordering: .relaxed),
            commits: commits.load(ordering: .relaxed),
            committedWrites: committedWrites.load(ordering: .relaxed),
            largestGroup: largestGroup.load(ordering: .relaxed),
            commitNanoseconds: commitNanoseconds.load(ordering: .relaxed),
            checkpoints: checkpoints.load(ordering: .relaxed),
            checkpointNanoseconds: checkpointNanoseconds.load(ordering: .relaxed),
            walPages: walPages,
            walBytes: walBytes
        )
    }

    // Wrapping: a counter that runs over after centuries must not end the process.
    private func add(_ amount: Int, to counter: borrowing Atomic<Int>) {
        counter.wrappingAdd(amount, ordering: .relaxed)
    }

    private func elapsed(since start: UInt64) -> Int {
        Int(clamping: Counters.now &- start)
    }
}
