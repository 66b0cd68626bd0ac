// Writes that wait at the same time share a commit, and each hears what became of its own.

import Dispatch
import SQL
import Synchronization
import Testing

/// Runs `count` bodies on threads of their own and returns when all have ended.
func together(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let group = DispatchGroup()
    for index in 0..<count {
        DispatchQueue(label: "test.\(index)").async(group: group) { body(index) }
    }
    group.wait()
}

@Suite struct GroupCommitTests {
    let scratch = Scratch()

    /// Keeps the writer busy until told, so that what is written meanwhile becomes one group.
    func hold(_ database: Database) -> DispatchSemaphore {
        let started = DispatchSemaphore(value: 0)
        let release = DispatchSemaphore(value: 0)
        database.write { _ in
            started.signal()
            release.wait()
        } completion: { _ in
        }
        started.wait()
        return release
    }

    /// Puts the bodies in line in order behind a held writer, lets go and returns each one's result.
    func group(
        _ database: Database, _ bodies: [@Sendable (Connection) throws -> String]
    ) -> [Result<String, any Error>] {
        let results = Shared([Result<String, any Error>?](repeating: nil, count: bodies.count))
        let answered = DispatchGroup()
        let release = hold(database)
        for (index, body) in bodies.enumerated() {
            answered.enter()
            database.write(body) { result in
                results.withLock { $0[index] = result }
                answered.leave()
            }
        }
        release.signal()
        answered.wait()
        return results.withLock { $0.compactMap { $0 } }
    }

    static func adding(_ subject: String, fails: Bool = false) -> @Sendable (Connection) throws -> String {
        { connection in
            try connection.execute("INSERT INTO ticket (subject) VALUES (?)", subject)
            if fails { throw Refusal(reason: subject) }
            return subject
        }
    }

    @Test func `one that throws takes back its own changes only`() throws {
        let database = try scratch.database()
        let results = group(
            database, [Self.adding("a"), Self.adding("b", fails: true), Self.adding("a"), Self.adding("c")])
        #expect(try results[0].get() == "a")
        #expect(throws: Refusal(reason: "b")) { try results[1].get() }
        #expect(sqlError { _ = try results[2].get() }?.code == .constraintUnique)
        #expect(try results[3].get() == "c")
        #expect(try database.subjects == ["a", "c"])
        #expect(database.statistics.largestGroup == 4)
        #expect(database.statistics.failedWrites == 2)
        #expect(database.statistics.commits == 2)
    }

    @Test func `writes run in the order in which they came`() throws {
        let database = try scratch.database()
        _ = group(database, (0..<300).map { Self.adding("\($0)") })
        let order = try database.read { try $0.query("SELECT subject FROM ticket ORDER BY id") { $0.int(0) } }
        #expect(order == Array(0..<300))
        #expect(database.statistics.largestGroup == 128)
    }

    private func inOrder(_ database: Database) throws -> [String] {
        try database.read { try $0.query("SELECT subject FROM ticket ORDER BY id") { $0.text(0) } }
    }

    @Test func `what is put off until the commit runs last, and not for a write that was taken back`() throws {
        let database = try scratch.database()
        func later(_ subject: String, fails: Bool = false) -> @Sendable (Connection) throws -> String {
            { connection in
                try connection.atCommit {
                    try $0.execute("INSERT INTO ticket (subject) VALUES (?)", subject + " later")
                }
                return try Self.adding(subject, fails: fails)(connection)
            }
        }
        let results = group(database, [later("a"), later("b", fails: true), later("c")])
        #expect(try results[0].get() == "a")
        #expect(throws: Refusal(reason: "b")) { try results[1].get() }
        #expect(try inOrder(database) == ["a", "c", "a later", "c later"])
        // Alone, and after another group, it is the same.
        _ = try database.write(later("d"))
        #expect(try inOrder(database) == ["a", "c", "a later", "c later", "d", "d later"])
    }

    @Test func `what was put off and fails takes everything back, and everybody hears it`() throws {
        let database = try scratch.database()
        let results = group(
            database,
            [
                Self.adding("a"),
                { connection in
                    try connection.atCommit { _ in throw Refusal(reason: "too late") }
                    return "b"
                },
            ])
        #expect(throws: Refusal(reason: "too late")) { try results[0].get() }
        #expect(throws: Refusal(reason: "too late")) { try results[1].get() }
        #expect(try database.subjects.isEmpty)
        try database.add("c")
        #expect(try database.subjects == ["c"])
    }

    @Test func `a group in which all fail leaves nothing and the next one works`() throws {
        let database = try scratch.database()
        let results = group(database, [Self.adding("a", fails: true), Self.adding("b", fails: true)])
        #expect(throws: Refusal(reason: "a")) { try results[0].get() }
        #expect(throws: Refusal(reason: "b")) { try results[1].get() }
        try database.add("c")
        #expect(try database.subjects == ["c"])
    }

    @Test func `concurrent writers each hear their own result and all is kept`() throws {
        let database = try scratch.database()
        let faults = Shared<[String]>([])
        together(16) { writer in
            for round in 0..<20 {
                let subject = "\(writer)-\(round)"
                let fails = round % 5 == 0
                do {
                    let kept = try database.write(Self.adding(subject, fails: fails))
                    if fails || kept != subject { faults.withLock { $0.append("\(subject) heard \(kept)") } }
                    // Reader sees a committed write right after it was answered.
                    let seen = try database.read {
                        try $0.first("SELECT count(*) FROM ticket WHERE subject = ?", subject) { $0.int(0) }
                    }
                    if seen != 1 { faults.withLock { $0.append("\(subject) is not seen") } }
                } catch {
                    if !fails || error as? Refusal != Refusal(reason: subject) {
                        faults.withLock { $0.append("\(subject) heard \(error)") }
                    }
                }
            }
        }
        #expect(faults.withLock { $0 } == [])
        #expect(try database.subjects.count == 16 * 16)
        let statistics = database.statistics
        #expect(statistics.writes == 320)
        #expect(statistics.failedWrites == 64)
        #expect(statistics.committedWrites >= 256)
        #expect(try database.check() == [])
    }

    @Test func `a foreign key left open is the fault of the one who left it`() throws {
        let database = try scratch.database()
        let results = group(
            database,
            [
                Self.adding("a"),
                { connection in
                    try connection.execute("INSERT INTO reply (ticket) VALUES (99)")
                    return "reply"
                },
                { connection in
                    try connection.execute("INSERT INTO reply (ticket) VALUES (50)")
                    try connection.execute("INSERT INTO ticket (id, subject) VALUES (50, 'late')")
                    return "settled"
                },
            ])
        #expect(try results[0].get() == "a")
        #expect(sqlError { _ = try results[1].get() }?.code == .constraintForeignKey)
        #expect(try results[2].get() == "settled")
        #expect(try database.subjects == ["a", "late"])
        #expect(
            sqlError { try database.write { try $0.execute("INSERT INTO reply (ticket) VALUES (99)") } }?.code
                == .constraintForeignKey)
    }

    @Test func `a lost transaction is heard by those in it and the rest of the line goes on`() throws {
        let database = try scratch.database()
        try database.write { connection in
            try connection.execute(
                """
                CREATE TRIGGER bomb BEFORE INSERT ON ticket WHEN NEW.subject = 'bomb'
                BEGIN SELECT RAISE(ROLLBACK, 'all is lost'); END
                """)
        }
        let results = group(
            database,
            [
                Self.adding("a"),
                { connection in
                    // Whoever swallows the error must not write on outside of any transaction.
                    try? connection.execute("INSERT INTO ticket (subject) VALUES ('bomb')")
                    try? connection.execute("INSERT INTO ticket (subject) VALUES ('stray')")
                    return "swallowed"
                },
                Self.adding("c"),
            ])
        #expect(sqlError { _ = try results[0].get() }?.code == .constraintTrigger)
        #expect(sqlError { _ = try results[1].get() }?.code == .constraintTrigger)
        #expect(try results[2].get() == "c")
        #expect(try database.subjects == ["c"])
    }

    @Test func `a write within a write is refused instead of waiting for itself`() throws {
        let database = try scratch.database()
        let error = sqlError {
            try database.write { _ in try database.write { _ in } }
        }
        #expect(error?.code == .misuse)
        try database.add("after")
    }

    @Test func `a line that is full refuses at once`() throws {
        let database = try scratch.database { $0.waitingWrites = 3 }
        let release = hold(database)
        let answered = DispatchGroup()
        let refused = Atomic(0)
        for index in 0..<5 {
            answered.enter()
            database.write(Self.adding("\(index)")) { result in
                if sqlError({ _ = try result.get() })?.code == .busy { refused.add(1, ordering: .relaxed) }
                answered.leave()
            }
        }
        let refusedAtOnce = refused.load(ordering: .relaxed)
        #expect(refusedAtOnce == 2)
        release.signal()
        answered.wait()
        #expect(try database.subjects == ["0", "1", "2"])
    }

    @Test func `a durable commit can be proved again and again`() throws {
        let database = try scratch.database()
        for _ in 0..<3 { try database.proveCommit() }
        #expect(database.statistics.commits == 3)
        #expect(try database.read { try $0.first("SELECT beats FROM heartbeat") { $0.int(0) } } == 3)
    }
}
