// A value behind a lock.

internal import Glibc

/// A mutex of the C library and not `Synchronization.Mutex`: that one hands its lock over within the kernel, where the
/// thread sanitizer does not see it and reports races that are none.
final class Locked<Value: Sendable>: @unchecked Sendable {
    // unchecked: `value` is touched by the holder of `mutex` only.
    private var value: Value
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    init(_ value: Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Not reentrant; nothing that waits may be done within.
    func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
