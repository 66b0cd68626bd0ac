// Readers: few, each over one unchanging view.

import Dispatch
import SQL
import Testing

@Suite struct ReadTests {
    let scratch = Scratch()

    @Test func `a read sees one state from its beginning to its end`() throws {
        let database = try scratch.database()
        try database.add("uno")
        let counts = try database.read { connection in
            let before = try connection.first("SELECT count(*) FROM ticket") { $0.int(0) }
            try database.add("dos")
            return [before, try connection.first("SELECT count(*) FROM ticket") { $0.int(0) }]
        }
        #expect(counts == [1, 1])
        #expect(try database.subjects == ["dos", "uno"])
    }

    @Test func `a read can change nothing`() throws {
        let database = try scratch.database()
        try database.add("uno")
        #expect(sqlError { try database.read { try $0.execute("DELETE FROM ticket") } }?.code.primary == .readOnly)
        #expect(try database.subjects == ["uno"])
    }

    @Test func `more readers than connections take turns`() throws {
        let database = try scratch.database { $0.readers = 2 }
        try database.add("uno")
        let faults = Shared(0)
        together(12) { _ in
            for _ in 0..<20 where (try? database.subjects) != ["uno"] { faults.withLock { $0 += 1 } }
        }
        #expect(faults.withLock { $0 } == 0)
        #expect(database.statistics.reads == 240)
    }

    @Test func `a read that finds no free connection in time is refused as busy`() throws {
        let database = try scratch.database {
            $0.readers = 1
            $0.readerWaitMilliseconds = 20
        }
        let inner = try database.read { _ in sqlError { try database.read { _ in } }?.code }
        #expect(inner == .busy)
        #expect(database.statistics.readerWaits == 1)
        #expect(try database.subjects == [])
    }

    @Test func `a read that throws gives its connection back`() throws {
        let database = try scratch.database { $0.readers = 1 }
        for _ in 0..<3 {
            #expect(throws: Refusal()) { try database.read { _ in throw Refusal() } }
        }
        #expect(try database.subjects == [])
    }
}
