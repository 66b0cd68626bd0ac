// Where work that blocks runs: a fixed set of serial queues. Never a global queue, whose pool starts at the number of
// cores and grows slowly (16 jobs of 200 ms took 1,200 ms there).

internal import Dispatch
internal import Synchronization

public final class Workers: Sendable {
    private let queues: [DispatchQueue]
    private let state: Mutex<State>

    /// A job is told which worker it runs on, from 0: two jobs of one number never run at the same time.
    typealias Job = @Sendable (_ worker: Int) -> Void

    private struct State {
        /// The one that became idle last is used next, so that a quiet server keeps few threads.
        var idle: [Int]
        /// Jobs that no worker was free for: `arrived` in order, `next` in reverse. No connection has more than one
        /// job, so their number is bounded.
        var arrived: [Job] = []
        var next: [Job] = []

        mutating func nextJob() -> Job? {
            if next.isEmpty {
                next = arrived.reversed()
                arrived = []
            }
            return next.popLast()
        }
    }

    public init(count: Int) {
        queues = (0..<max(1, count)).map { DispatchQueue(label: "atiende.worker.\($0)") }
        state = Mutex(State(idle: queues.indices.reversed()))
    }

    var count: Int { queues.count }

    /// Runs `job` as soon as a worker is free; jobs begin in the order in which they came.
    public func run(_ job: @escaping @Sendable () -> Void) {
        run { (_: Int) in job() }
    }

    func run(_ job: @escaping Job) {
        let worker = state.withLock { state in
            let worker = state.idle.popLast()
            if worker == nil { state.arrived.append(job) }
            return worker
        }
        if let worker { start(job, on: worker) }
    }

    private func start(_ job: @escaping Job, on worker: Int) {
        queues[worker].async { [self] in
            job(worker)
            let next = state.withLock { state in
                let next = state.nextJob()
                if next == nil { state.idle.append(worker) }
                return next
            }
            if let next { start(next, on: worker) }
        }
    }

    /// Jobs that run or wait now.
    public var load: Int {
        state.withLock { queues.count - $0.idle.count + $0.arrived.count + $0.next.count }
    }
}
