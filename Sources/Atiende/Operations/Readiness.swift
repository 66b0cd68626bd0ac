// The proof that a commit reaches the disk, made at most once a second: strangers who ask often must not keep the disk
// busy.

internal import Glibc
internal import Synchronization

final class Readiness: Sendable {
    private struct Proof {
        var second = -1
        var refusal: Refusal?
    }

    private let directory: any Directory
    private let log: Log
    private let last = Mutex(Proof())

    init(_ directory: any Directory, log: Log) {
        self.directory = directory
        self.log = log
    }

    /// Blocks for a commit. Those who ask in the same second hear what the first one heard.
    func prove() throws(Refusal) {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let second = time.tv_sec
        let refusal: Refusal? = last.withLock { proof in
            if proof.second == second { return proof.refusal }
            proof = Proof(second: second)
            do throws(Refusal) {
                try directory.proveCommit()
            } catch {
                proof.refusal = error
                log.write(.error, "not-ready", [("why", error.why)])
            }
            return proof.refusal
        }
        if let refusal { throw refusal }
    }
}
