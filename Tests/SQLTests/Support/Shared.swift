// What several threads of a test write to.

import Dispatch

/// A queue and not `Synchronization.Mutex`, whose hand-over the thread sanitizer does not see.
final class Shared<Value>: @unchecked Sendable {
    // unchecked: touched on the queue only.
    private var value: Value
    private let queue = DispatchQueue(label: "test.shared")

    init(_ value: Value) {
        self.value = value
    }

    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        try queue.sync { try body(&value) }
    }
}
