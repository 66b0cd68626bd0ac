// A backup is the whole state of its moment, or it is not there.

import Glibc
import SQL
import Synchronization
import Testing

@Suite struct BackupTests {
    let scratch = Scratch()

    var copy: String { scratch.path + "/copy.sqlite" }

    func subjects(of path: String) throws -> [String] {
        let connection = try Connection(path: path, role: .reader)
        return try connection.query("SELECT subject FROM ticket ORDER BY subject") { $0.text(0) }
    }

    @Test func `a backup holds what is still in the write-ahead log`() throws {
        let database = try scratch.database()
        try database.add("uno")
        try database.backUp(to: copy)
        #expect(try subjects(of: copy) == ["uno"])
        #expect(try Database.check(path: copy) == [])
        #expect(!scratch.names.contains { $0.hasPrefix("copy.sqlite.partial") })
    }

    @Test func `a backup is one file that its owner alone may read`() throws {
        let database = try scratch.database()
        try database.add("uno")
        try database.backUp(to: copy)
        #expect(scratch.names.filter { $0.hasPrefix("copy") } == ["copy.sqlite"])
        var status = stat()
        #expect(stat(copy, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `a backup while others write holds every row answered before it began`() throws {
        let database = try scratch.database { $0.checkpointPages = 50 }
        let body = [UInt8](repeating: 1, count: 2_000)
        for round in 0..<300 {
            try database.write {
                try $0.execute("INSERT INTO ticket (subject, body) VALUES (?, ?)", "before \(round)", body)
            }
        }
        let isDone = Atomic(false)
        let copies = Shared<[Int]>([])
        together(3) { role in
            if role == 0 {
                defer { isDone.store(true, ordering: .releasing) }
                var pace = Backup.Pace()
                pace.pagesPerStep = 8
                pace.stepsPerSync = 4
                for round in 0..<3 {
                    let answered = (try? database.subjects.count) ?? 0
                    try? database.backUp(to: copy + "\(round)", pace: pace)
                    let copied = (try? subjects(of: copy + "\(round)").count) ?? -1
                    copies.withLock { $0.append(copied - answered) }
                }
            } else {
                var round = 0
                while !isDone.load(ordering: .acquiring) {
                    try? database.add("\(role) \(round)")
                    round += 1
                }
            }
        }
        let more = copies.withLock { $0 }
        #expect(more.count == 3)
        #expect(more.allSatisfy { $0 >= 0 })
        for round in 0..<3 { #expect(try Database.check(path: copy + "\(round)") == []) }
        #expect(try database.check() == [])
    }

    @Test func `a backup becomes a database again`() throws {
        let database = try scratch.database()
        try database.add("uno")
        try database.backUp(to: copy)
        let restored = try Database(path: copy, migrations: [.tickets])
        try restored.add("dos")
        #expect(try restored.subjects == ["dos", "uno"])
        #expect(try database.subjects == ["uno"])
    }

    @Test func `a destination that exists is refused and left alone`() throws {
        let database = try scratch.database()
        try database.add("uno")
        try database.backUp(to: copy)
        try database.add("dos")
        #expect(sqlError { try database.backUp(to: copy) }?.message == "\(copy) exists already")
        #expect(try subjects(of: copy) == ["uno"])
    }

    @Test func `what an interrupted backup left is no hindrance`() throws {
        let database = try scratch.database()
        try database.add("uno")
        close(open(copy + ".partial", O_CREAT | O_WRONLY, 0o600))
        overwrite(copy + ".partial", at: 0, with: 0x55, count: 10_000)
        try database.backUp(to: copy)
        #expect(try subjects(of: copy) == ["uno"])
    }

    @Test func `a directory that is not there is refused`() throws {
        let database = try scratch.database()
        let error = sqlError { try database.backUp(to: scratch.path + "/nowhere/copy.sqlite") }
        #expect(error?.code == .cannotOpen)
        #expect(error?.systemError == ENOENT)
    }

    @Test func `a disk that fills up leaves no half copy`() throws {
        let database = try scratch.database()
        try database.add("uno")
        let other = Scratch()
        FaultyDisk.fail(.write, under: other.path, with: ENOSPC)
        defer { FaultyDisk.heal(other.path) }
        #expect(sqlError { try database.backUp(to: other.file) }?.code.primary == .full)
        #expect(other.names == [])
        try database.add("dos")
    }
}
