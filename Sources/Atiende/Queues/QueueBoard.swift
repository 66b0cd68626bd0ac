// The counts of a desk's queues as they were counted last: as long as no event came and the second is the same, they are
// what counting again would find.

internal import SQL
internal import Synchronization

final class QueueBoard: Sendable {
    private struct Kept {
        let version: Int
        let now: Int
        let counts: QueueCounts
    }

    private let kept = Mutex<Kept?>(nil)

    func counts(_ connection: Connection, version: Int, at now: Int) throws(SQLError) -> QueueCounts {
        let known = kept.withLock { $0 }
        if let known, known.version == version, known.now == now { return known.counts }
        let counts = try connection.queueCounts(at: now)
        kept.withLock { $0 = Kept(version: version, now: now, counts: counts) }
        return counts
    }
}
