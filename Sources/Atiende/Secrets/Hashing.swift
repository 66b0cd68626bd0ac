// Where a site hashes passwords: on workers of their own, at one cost, and counted, so that it can be seen that an answer
// takes as much work whether there is an account or not.

internal import Glibc
internal import HTTP
internal import Synchronization

final class Hashing: Sendable {
    private let cost: PasswordCost
    private let workers: Workers
    private let counts = Mutex<[String: Int]>([:])

    /// Jobs that may wait for their turn.
    private static let mostWaiting = 256

    init(cost: PasswordCost) {
        self.cost = cost
        // Each hash holds 128 MiB and takes a core for some 200 ms: pages must not wait for it.
        workers = Workers(count: min(4, max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) - 1)))
    }

    /// Turns away what would wait too long for its turn.
    func checkRoom() throws(Refusal) {
        guard workers.load < Self.mostWaiting else {
            throw .unavailable(retryAfter: 10, why: "too many passwords at once")
        }
    }

    func run(_ job: @escaping @Sendable () -> Void) { workers.run(job) }

    /// Jobs that run or wait now.
    var load: Int { workers.load }

    /// Hashes made so far, by their parameters: `jCT`.
    var counted: [String: Int] { counts.withLock(\.self) }

    // MARK: On a worker

    func make(_ password: String) throws(Refusal) -> PasswordHash {
        let hash = try PasswordHash.make(password, cost: cost)
        count(hash)
        return hash
    }

    func matches(_ password: String, _ hash: PasswordHash) -> Bool {
        if hash.canBe(password) { count(hash) }
        return hash.matches(password)
    }

    /// Whether the password is that of somebody who may come in. It is one hash also for an account that does not exist,
    /// has no password or may not come in.
    func matches(_ password: String, _ credential: Credential?) -> Bool {
        guard let credential, credential.state == .active, let hash = credential.password else {
            _ = try? make(password)
            return false
        }
        return matches(password, hash)
    }

    private func count(_ hash: PasswordHash) {
        counts.withLock { $0[hash.parameters, default: 0] += 1 }
    }
}
