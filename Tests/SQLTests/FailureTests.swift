// A disk that is full, read-only or failing, and files that are damaged: errors as values, and nothing half-written.

import Glibc
import SQL
import Synchronization
import Testing

@Suite struct FailureTests {
    let scratch = Scratch()

    func addLarge(_ database: Database, _ subject: String) throws {
        try database.write {
            try $0.execute("INSERT INTO ticket (subject, body) VALUES (?, zeroblob(20000))", subject)
        }
    }

    /// Adds until it fails; returns how many were answered with success.
    func fill(_ database: Database, _ prefix: String) -> (answered: Int, error: SQLError?) {
        var answered = 0
        while answered < 10_000 {
            if let error = sqlError({ try addLarge(database, "\(prefix) \(answered)") }) { return (answered, error) }
            answered += 1
        }
        return (answered, nil)
    }

    @Test func `a database at its largest size refuses writes, and takes them again when there is room`() throws {
        let database = try scratch.database { $0.maximumPages = 100 }
        let (answered, error) = fill(database, "a")
        #expect(error?.code == .full)
        #expect(database.state == .open)
        #expect(try database.subjects.count == answered)
        #expect(try database.check() == [])
        try database.write { try $0.execute("DELETE FROM ticket") }
        #expect(fill(database, "b").answered > 0)
    }

    @Test func `a full disk refuses writes, and takes them again when there is room`() throws {
        let database = try scratch.database()
        try database.add("uno")
        FaultyDisk.fail(.write, under: scratch.path, with: ENOSPC)
        defer { FaultyDisk.heal(scratch.path) }
        for _ in 0..<3 { #expect(sqlError { try addLarge(database, "dos") }?.code == .full) }
        #expect(try database.subjects == ["uno"])
        #expect(database.state == .open)
        FaultyDisk.heal(scratch.path)
        try database.add("tres")
        #expect(try database.subjects == ["tres", "uno"])
        #expect(try database.check() == [])
    }

    @Test(.enabled(if: geteuid() == 0, "a disk of its own can only be mounted by root"))
    func `a disk that is really full refuses writes, and takes them again when there is room`() throws {
        guard mount("tmpfs", scratch.path, "tmpfs", 0, "size=2m") == 0 else {
            withKnownIssue("this system lets nobody mount", isIntermittent: true) { Issue.record("errno \(errno)") }
            return
        }
        defer { umount2(scratch.path, Int32(MNT_DETACH)) }
        let database = try scratch.database { $0.checkpointPages = 50 }
        let (answered, error) = fill(database, "a")
        #expect([.full, .ioError].contains(error?.code.primary))
        #expect(database.state == .open)
        #expect(try database.subjects.count == answered)
        #expect(mount("tmpfs", scratch.path, "tmpfs", UInt(MS_REMOUNT), "size=8m") == 0)
        #expect(fill(database, "b").answered > 0)
        #expect(try database.check() == [])
        database.close()
    }

    @Test func `a disk that turns read-only refuses writes, and takes them again when it is writable`() throws {
        let database = try scratch.database()
        try database.add("uno")
        FaultyDisk.fail(.write, under: scratch.path, with: EROFS)
        defer { FaultyDisk.heal(scratch.path) }
        #expect(sqlError { try database.add("dos") }?.systemError == EROFS)
        #expect(database.state == .open)
        #expect(try database.subjects == ["uno"])
        FaultyDisk.heal(scratch.path)
        try database.add("tres")
        #expect(try database.subjects == ["tres", "uno"])
    }

    @Test(arguments: [FaultyDisk.Call.write, .synchronize])
    func `after a failed write or sync nothing is written any more`(_ call: FaultyDisk.Call) throws {
        let fatal = Shared<[SQLError]>([])
        let database = try scratch.database { settings in
            settings.onFatal = { error in fatal.withLock { $0.append(error) } }
        }
        try database.add("uno")
        FaultyDisk.fail(call, under: scratch.path, with: EIO)
        defer { FaultyDisk.heal(scratch.path) }
        let error = sqlError { try database.add("dos") }
        #expect(error?.code == (call == .write ? .ioErrorWrite : .ioErrorSync))
        FaultyDisk.heal(scratch.path)
        // The disk is well again, but nobody knows what it holds.
        let later = sqlError { try database.add("tres") }
        #expect(later?.message.hasPrefix("writes are refused until the server starts again") == true)
        guard case .refusing(let reason) = database.state else {
            Issue.record("the state is \(database.state)")
            return
        }
        #expect(reason.contains("disk I/O error"))
        #expect(sqlError { try database.checkpoint() }?.code == error?.code)
        #expect(fatal.withLock { $0.count } == 1)
        // Reads go on, and closing does not touch the log.
        #expect(try database.subjects == ["uno"])
        #expect(database.close() == false)
        #expect(scratch.names.contains("desk.sqlite-wal"))
        let again = try scratch.database()
        // The second may be there or not: it was reported as failed, and the log's pages may have reached the disk.
        #expect(try again.subjects.contains("uno"))
        #expect(try again.subjects.contains("tres") == false)
        #expect(try again.check() == [])
    }

    @Test func `everybody in a group whose commit fails hears it`() throws {
        let database = try scratch.database()
        FaultyDisk.fail(.synchronize, under: scratch.path, with: EIO)
        defer { FaultyDisk.heal(scratch.path) }
        let successes = Atomic(0)
        together(8) { index in
            if (try? database.add("\(index)")) != nil { successes.add(1, ordering: .relaxed) }
        }
        let succeeded = successes.load(ordering: .relaxed)
        #expect(succeeded == 0)
        #expect(try database.subjects == [])
    }

    @Test func `a checkpoint that fails to reach the disk ends writing, too`() throws {
        let database = try scratch.database()
        try database.add("uno")
        FaultyDisk.fail(.synchronize, under: scratch.path, with: EIO)
        defer { FaultyDisk.heal(scratch.path) }
        #expect(sqlError { try database.checkpoint() }?.code == .ioErrorSync)
        FaultyDisk.heal(scratch.path)
        #expect(sqlError { try database.add("dos") }?.code == .ioErrorSync)
        database.close()
        #expect(try scratch.database().subjects == ["uno"])
    }

    @Test func `a file that is no database is refused in one sentence`() throws {
        try scratch.database().close()
        overwrite(scratch.file, at: 0, with: 0x5A, count: 100)
        let error = sqlError { _ = try scratch.database() }
        #expect(error?.code == .notADatabase)
        #expect(error?.message == "\(scratch.file) is not a SQLite database, or its header is damaged")
        #expect(try Database.check(path: scratch.file).count == 1)
    }

    @Test func `a damaged page is found at opening when asked for, and by a check`() throws {
        let database = try scratch.database()
        for index in 0..<50 { try addLarge(database, "\(index)") }
        database.close()
        overwrite(scratch.file, at: 4096, with: 0xA5, count: 8192)
        let error = sqlError { _ = try scratch.database { $0.checksAtOpening = true } }
        #expect(error?.code.primary == .corrupt)
        #expect(try Database.check(path: scratch.file) != [])
    }

    @Test func `a damaged table refuses its own reads and no others`() throws {
        let database = try scratch.database { $0.readers = 1 }
        for index in 0..<200 { try addLarge(database, "\(index)") }
        try database.write { try $0.execute("INSERT INTO reply (ticket) VALUES (1)") }
        let root = try database.read { connection in
            try connection.first("SELECT rootpage FROM sqlite_schema WHERE name = 'ticket'") { $0.int(0) }!
        }
        database.close()
        overwrite(scratch.file, at: (root - 1) * 4096, with: 0xA5, count: 4096)
        let damaged = try scratch.database { $0.readers = 1 }
        for _ in 0..<2 {
            #expect(
                sqlError { _ = try damaged.read { try $0.first("SELECT body FROM ticket") { $0.blob(0).count } } }?
                    .code.primary == .corrupt)
            #expect(try damaged.read { try $0.first("SELECT count(*) FROM reply") { $0.int(0) } } == 1)
        }
        try damaged.proveCommit()
        #expect(damaged.state == .open)
    }

    @Test func `a missing or empty file is no new database where one was expected`() throws {
        #expect(sqlError { _ = try scratch.database { $0.creates = false } }?.code.primary == .cannotOpen)
        #expect(scratch.names == [])
        close(open(scratch.file, O_CREAT | O_WRONLY, 0o600))
        #expect(
            sqlError { _ = try scratch.database { $0.creates = false } }?.message
                == "\(scratch.file) is empty, where a database was expected")
        try scratch.database().close()
        try scratch.database { $0.creates = false }.add("uno")
    }

    @Test func `a directory that is missing is refused in one sentence`() throws {
        let path = scratch.path + "/nowhere/desk.sqlite"
        let error = sqlError { _ = try Database(path: path, migrations: []) }
        #expect(error?.message == "cannot make \(path): No such file or directory")
    }

    @Test(.enabled(if: geteuid() == 0, "only root can mount a disk read-only"))
    func `a disk mounted read-only is refused at opening in one sentence`() throws {
        guard mount("tmpfs", scratch.path, "tmpfs", 0, "size=2m") == 0 else {
            withKnownIssue("this system lets nobody mount", isIntermittent: true) { Issue.record("errno \(errno)") }
            return
        }
        defer { umount2(scratch.path, Int32(MNT_DETACH)) }
        try scratch.database().close()
        #expect(mount("tmpfs", scratch.path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0)
        let error = sqlError { _ = try scratch.database() }
        #expect(error?.code.primary == .readOnly)
        #expect(error?.message == "\(scratch.file) or the disk it lies on is read-only")
    }

    @Test(.enabled(if: geteuid() != 0, "root may write to any file"))
    func `a file that may not be written is refused at opening in one sentence`() throws {
        try scratch.database().close()
        chmod(scratch.file, 0o400)
        #expect(sqlError { _ = try scratch.database() }?.code.primary == .readOnly)
    }

    @Test func `another process's lock makes writes wait and then refuses them as busy`() throws {
        let database = try scratch.database { $0.busyTimeoutMilliseconds = 30 }
        let other = try Database(path: scratch.file, migrations: [.tickets])
        try other.write { _ in
            #expect(sqlError { try database.add("uno") }?.code.primary == .busy)
        }
        try database.add("dos")
        #expect(try other.subjects == ["dos"])
    }

    @Test func `a new file may be read by its owner alone`() throws {
        try scratch.database().add("uno")
        var status = stat()
        for name in ["", "-wal", "-shm"] where stat(scratch.file + name, &status) == 0 {
            #expect(status.st_mode & 0o777 == 0o600)
        }
    }
}
