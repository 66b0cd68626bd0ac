// What moving a database asks of it: freeze, thaw, checkpoints held back, and closing as it stands.

import Dispatch
import SQL
import Synchronization
import Testing

@Suite struct MovingTests {
    let scratch = Scratch()

    @Test func `a frozen database commits nothing until it is thawed`() throws {
        let database = try scratch.database()
        database.freeze()
        let answered = DispatchGroup()
        let answers = Atomic(0)
        for index in 0..<3 {
            answered.enter()
            DispatchQueue(label: "writer").async {
                try? database.add("\(index)")
                answers.add(1, ordering: .relaxed)
                answered.leave()
            }
        }
        #expect(answered.wait(timeout: .now() + .milliseconds(50)) == .timedOut)
        let early = answers.load(ordering: .relaxed)
        #expect(early == 0)
        #expect(try database.subjects == [])
        database.thaw()
        answered.wait()
        #expect(try database.subjects == ["0", "1", "2"])
        try database.add("3")
    }

    @Test func `a write that waits too long in a frozen database is refused as busy`() throws {
        let database = try scratch.database { $0.freezeWaitMilliseconds = 30 }
        database.freeze()
        #expect(sqlError { try database.add("uno") }?.code == .busy)
        database.thaw()
        try database.add("dos")
        #expect(try database.subjects == ["dos"])
    }

    @Test func `freezing waits for the write that runs`() throws {
        let database = try scratch.database()
        let started = DispatchSemaphore(value: 0)
        let release = DispatchSemaphore(value: 0)
        let isAnswered = Atomic(false)
        database.write { connection in
            started.signal()
            release.wait()
            try connection.execute("INSERT INTO ticket (subject) VALUES ('uno')")
        } completion: { _ in
            isAnswered.store(true, ordering: .releasing)
        }
        started.wait()
        DispatchQueue(label: "release").asyncAfter(deadline: .now() + .milliseconds(20)) { release.signal() }
        database.freeze()
        let hadEnded = isAnswered.load(ordering: .acquiring)
        #expect(hadEnded)
        #expect(try database.subjects == ["uno"])
    }

    @Test func `the log is brought in by itself when it has grown`() throws {
        let database = try scratch.database { $0.checkpointPages = 10 }
        for index in 0..<100 { try database.add("\(index)") }
        #expect(try database.checkpoint())
        #expect(database.statistics.checkpoints > 1)
        #expect(database.walBytes == 0)
        #expect(try database.subjects.count == 100)
    }

    @Test func `no checkpoint runs while they are held`() throws {
        let database = try scratch.database { $0.checkpointPages = 10 }
        database.holdCheckpoints()
        for index in 0..<50 { try database.add("\(index)") }
        #expect(try database.checkpoint() == false)
        #expect(database.statistics.checkpoints == 0)
        #expect(database.statistics.walPages > 50)
        #expect(database.walBytes > 50 * 4096)
        database.releaseCheckpoints()
        #expect(try database.checkpoint())
        #expect(database.walBytes == 0)
        #expect(database.statistics.walPages == 0)
    }

    @Test func `a log kept open by a reader is brought in later`() throws {
        let database = try scratch.database {
            $0.checkpointPages = 10
            $0.busyTimeoutMilliseconds = 10
        }
        try database.add("first")
        try database.read { connection in
            try connection.execute("SELECT * FROM ticket")
            for index in 0..<60 { try database.add("\(index)") }
            #expect(try database.checkpoint() == false)
        }
        #expect(try database.checkpoint())
        #expect(try database.subjects.count == 61)
    }

    @Test func `closing with a checkpoint leaves the one file`() throws {
        let database = try scratch.database()
        try database.add("uno")
        #expect(try database.subjects == ["uno"])
        #expect(database.close() == true)
        #expect(scratch.names == ["desk.sqlite"])
        #expect(try scratch.database().subjects == ["uno"])
    }

    @Test func `closing without a checkpoint keeps the log`() throws {
        let database = try scratch.database()
        #expect(try database.checkpoint())
        try database.add("uno")
        #expect(try database.subjects == ["uno"])
        let bytes = database.walBytes
        #expect(bytes > 0)
        #expect(database.close(checkpointing: false) == false)
        #expect(database.walBytes == bytes)
        #expect(try scratch.database().subjects == ["uno"])
    }

    @Test func `a closed database refuses reads and writes`() throws {
        let database = try scratch.database()
        database.close()
        database.close()
        #expect(database.state == .closed)
        #expect(sqlError { try database.add("uno") }?.code == .misuse)
        #expect(sqlError { _ = try database.subjects }?.code == .misuse)
        #expect(sqlError { try database.checkpoint() }?.code == .misuse)
    }

    @Test func `closing a frozen database answers those who wait`() throws {
        let database = try scratch.database()
        database.freeze()
        let code = Shared<SQLError.Code?>(nil)
        let answered = DispatchSemaphore(value: 0)
        database.write { _ in
        } completion: { result in
            code.withLock { $0 = sqlError { try result.get() }?.code }
            answered.signal()
        }
        database.close()
        answered.wait()
        #expect(code.withLock { $0 } == .misuse)
    }

    @Test func `writes in line are done before a database closes`() throws {
        let database = try scratch.database()
        let failures = Atomic(0)
        for index in 0..<200 {
            database.write {
                try $0.execute("INSERT INTO ticket (subject) VALUES (?)", "\(index)")
            } completion: { result in
                if (try? result.get()) == nil { failures.add(1, ordering: .relaxed) }
            }
        }
        database.close()
        let failed = failures.load(ordering: .relaxed)
        #expect(failed == 0)
        #expect(try scratch.database().subjects.count == 200)
    }

    @Test func `a database that is let go keeps what was answered`() throws {
        try scratch.database().add("uno")
        #expect(try scratch.database().subjects == ["uno"])
    }
}
