// The fixed set of workers: jobs begin in order, and one long job holds up no other.

import HTTP
import Synchronization
import Testing

@Suite struct WorkersTests {
    @Test func `a long job holds up none of those behind it`() {
        let workers = Workers(count: 2)
        let gate = Gate()
        let done = Notes<Int>()
        workers.run { gate.pass() }
        for number in 0..<100 { workers.run { done.add(number) } }
        #expect(eventually { done.all.count == 100 })
        #expect(done.all == Array(0..<100))
        #expect(workers.load == 1)
        gate.open()
        #expect(eventually { workers.load == 0 })
    }

    @Test func `as many jobs run at once as there are workers, and no more`() {
        let workers = Workers(count: 3)
        let gate = Gate()
        for _ in 0..<5 { workers.run { gate.pass() } }
        #expect(eventually { gate.visitors == 3 })
        #expect(workers.load == 5)
        gate.open(for: 2)
        #expect(eventually { gate.visitors == 5 })
        gate.open(for: 3)
        #expect(eventually { workers.load == 0 })
    }

    @Test func `what a job holds is let go when it is done, and a count of none is one`() {
        final class Held: Sendable {}
        let workers = Workers(count: 0)
        weak var held: Held?
        do {
            let object = Held()
            held = object
            workers.run { withExtendedLifetime(object) {} }
        }
        #expect(eventually { held == nil })
    }

    @Test func `many threads may bring jobs`() {
        let workers = Workers(count: 4)
        let count = Notes<Int>()
        for _ in 0..<4 {
            workers.run {
                for number in 0..<250 { workers.run { count.add(number) } }
            }
        }
        #expect(eventually { count.all.count == 1000 })
        #expect(eventually { workers.load == 0 })
    }
}
