// Holding writes back for a moment, so that what lies on the disk can be taken elsewhere.

internal import Dispatch

extension Writer {
    func freeze() {
        line.withLock { $0.isFrozen = true }
        // The group and the checkpoint that run now end first.
        if !isOnQueue { queue.sync {} }
        refuseLongFrozenLater()
    }

    func thaw() {
        let serves = line.withLock { line in
            line.isFrozen = false
            guard !line.isServed, !line.jobs.isEmpty else { return false }
            line.isServed = true
            return true
        }
        if serves { queue.async { self.serveAll() } }
    }

    func refuseLongFrozenLater() {
        let wait = DispatchTimeInterval.milliseconds(settings.freezeWaitMilliseconds)
        queue.asyncAfter(deadline: .now() + wait) { [weak self] in self?.refuseLongFrozen() }
    }

    private func refuseLongFrozen() {
        let now = Counters.now
        let longest = UInt64(max(settings.freezeWaitMilliseconds, 0)) * 1_000_000
        let expired = line.withLock { line -> [Job] in
            guard line.isFrozen else { return [] }
            let count = line.jobs.prefix { now - $0.arrival >= longest }.count
            let expired = Array(line.jobs.prefix(count))
            line.jobs.removeFirst(count)
            return expired
        }
        let error = SQLError(code: .busy, message: "writes are held back for a moment, and this one waited too long")
        for job in expired { job.answer(error) }
    }
}
