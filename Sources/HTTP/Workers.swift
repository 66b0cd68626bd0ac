// Where work that blocks runs: a fixed set of serial queues. Never a global queue, whose pool starts at the number of
// cores and grows slowly (16 jobs of 200 ms took 1,200 ms there).

internal import Dispatch
internal import Synchronization

public final class Workers: Sendable {
    private let queues: [DispatchQueue]
    /// Jobs that run or wait, by queue. No connection has more than one job, so their number is bounded.
    private let waiting: Mutex<[Int]>

    public init(count: Int) {
        queues = (0..<max(1, count)).map { DispatchQueue(label: "atiende.worker.\($0)") }
        waiting = Mutex(Array(repeating: 0, count: queues.count))
    }

    /// Runs `job` on the first idle queue, or else on the one with the fewest jobs. The first ones are preferred, so
    /// that a quiet server keeps few threads.
    public func run(_ job: @escaping @Sendable () -> Void) {
        let index = waiting.withLock { waiting in
            var chosen = 0
            for candidate in waiting.indices {
                if waiting[candidate] < waiting[chosen] { chosen = candidate }
                if waiting[chosen] == 0 { break }
            }
            waiting[chosen] += 1
            return chosen
        }
        queues[index].async {
            job()
            self.waiting.withLock { $0[index] -= 1 }
        }
    }

    /// Jobs that run or wait now.
    public var load: Int { waiting.withLock { $0.reduce(0, +) } }
}
