// What the commands do to the data: tenants, backup, restore, check; and how a running server does it for the caller.

import Foundation
import SQL
import Synchronization
import Testing

@testable import Atiende
@testable import HTTP

/// Runs a command on data that this process has open.
private func run(_ words: [String], on installation: Installation) throws(CommandFault) -> String {
    let (command, rest) = try CommandList.find(words)
    guard case .onData(_, let action) = command.action else { throw .usage("not on data") }
    return try action(Invocation(rest, of: command), installation)
}

private func restore(_ source: String, to target: String) throws(CommandFault) -> String {
    let (command, rest) = try CommandList.find(["restore", source, "--data", target])
    guard case .offline(let action) = command.action else { throw .usage("not offline") }
    return try action(Invocation(rest, of: command))
}

@Suite struct TenantCommandTests {
    @Test func `a provider is made from its contract, with a name and a zone of its own`() throws {
        let site = try TestSite(tenants: ["seres"])
        let made = try run(
            [
                "tenant", "create", "ayuda", "--contract=proware", "--name", "Ayuda & Cía", "--time-zone",
                "America/Tijuana",
            ],
            on: site.installation)
        #expect(made == "created ayuda\n")
        #expect(
            try run(["tenant", "list"], on: site.installation)
                == "ayuda\tproware\tAmerica/Tijuana\there\tAyuda & Cía\nseres\tseres\tAmerica/Mexico_City\there\tSERES\n"
        )
        #expect(try site.get("/t/ayuda/").text.contains("Ayuda &amp; Cía"))
    }

    @Test(arguments: [
        (["Bad Slug", "--contract=proware"], 2, "Bad Slug cannot be a slug"),
        (["x", "--contract=prowear"], 2, "unknown contract prowear; did you mean proware?"),
        (["x", "--contract=zzz"], 2, "unknown contract zzz; there are factupronto"),
        (["x", "--contract="], 2, "unknown contract ; there are"),
        (["x", "--contract=seres", "--time-zone=Mars/Base"], 2, "unknown time zone Mars/Base"),
        (["x", "--contract=seres", "--time-zone=../../etc/passwd"], 2, "unknown time zone"),
        (["x", "--contract=seres", "--name="], 2, "--name takes 1 to 120 characters on one line"),
        (["x", "--contract=seres", "--name=a\nb"], 2, "--name takes 1 to 120 characters on one line"),
        (["x", "--contract=seres", "--name=" + String(repeating: "n", count: 121)], 2, "--name takes"),
        (["seres", "--contract=seres"], 1, "tenant seres exists already"),
        (["x"], 2, "tenant create needs --contract NAME"),
    ])
    func `what cannot be made is refused in words and nothing is made`(
        _ words: [String], _ status: Int32, _ message: String
    ) throws {
        let site = try TestSite(tenants: ["seres"])
        let fault = #expect(throws: CommandFault.self) {
            try run(["tenant", "create"] + words, on: site.installation)
        }
        #expect(fault?.status == status && fault?.message.hasPrefix(message) == true, "\(fault?.message ?? "")")
        #expect(try site.installation.tenants().count == 1)
    }
}

@Suite struct BackupTests {
    private let site: TestSite
    private let target: String

    init() throws {
        site = try TestSite()
        target = site.folder / "copies/monday"
        for slug in ["proware", "seres"] {
            try site.desk(slug).write { try $0.execute("CREATE TABLE note (n INTEGER PRIMARY KEY) STRICT") }
        }
        try Folder.make(site.tenantFolder("proware") + "/files/ab")
        try "attached".write(
            toFile: site.tenantFolder("proware") + "/files/ab/cdef", atomically: true, encoding: .utf8)
    }

    @Test func `what was backed up while others wrote comes back, with every row that was answered before`() throws {
        let written = Atomic<Int>(0)
        let isOver = Atomic<Bool>(false)
        let desk = try site.desk("proware")
        let writer = Thread {
            while !isOver.load(ordering: .relaxed) {
                let next = written.load(ordering: .relaxed) + 1
                guard (try? desk.write({ try $0.execute("INSERT INTO note (n) VALUES (?)", next) })) != nil else {
                    break
                }
                written.store(next, ordering: .relaxed)
            }
            isOver.store(false, ordering: .relaxed)
        }
        writer.start()
        #expect(eventually { written.load(ordering: .relaxed) > 20 })
        let before = written.load(ordering: .relaxed)
        #expect(try run(["backup", target], on: site.installation) == "backed up 2 tenants to \(target)\n")
        isOver.store(true, ordering: .relaxed)
        #expect(eventually { !isOver.load(ordering: .relaxed) })

        let folder = TemporaryFolder()
        #expect(try restore(target, to: folder / "data") == "restored \(folder / "data")\n")
        let restored = try TestSite(tenants: [], in: folder)
        let rows = try restored.desk("proware").read { try $0.query("SELECT n FROM note ORDER BY n") { $0.int(0) } }
        #expect(rows.count >= before && rows == (1...rows.count).map { $0 })
        #expect(try restored.get("/t/proware/").text == site.get("/t/proware/").text)
        #expect(try restored.get("/t/seres/").status == 200)
        #expect(Folder.read(restored.tenantFolder("proware") + "/files/ab/cdef", atMost: 100) == Array("attached".utf8))
        #expect(try run(["check"], on: restored.installation) == "ok: control.sqlite and 2 tenants\n")
        #expect(!Folder.exists(target + ".partial") && !Folder.exists(target + ".partial.lock"))
    }

    @Test func `what is there is never written over`() throws {
        try Folder.make(target)
        let fault = #expect(throws: CommandFault.self) { try run(["backup", target], on: site.installation) }
        #expect(fault?.message == "\(target) exists already" && fault?.status == 1)
        #expect(try Folder.names(target) == [])
    }

    @Test func `what a backup that was cut off left is replaced; one that runs is left alone`() throws {
        try Folder.make(target + ".partial/tenants")
        let running = try #require(try FolderLock(path: target + ".partial.lock"))
        let fault = #expect(throws: CommandFault.self) { try run(["backup", target], on: site.installation) }
        #expect(fault?.message == "another backup to \(target) is running")
        running.release()
        _ = try run(["backup", target], on: site.installation)
        #expect(try Folder.names(target) == ["backup", "control.sqlite", "tenants"])
    }

    @Test func `a backup that fails leaves nothing, and says why`() throws {
        let lock = try #require(try FolderLock(path: site.tenantFolder("seres") + "/lock.other"))
        site.installation.desks.release(Slug(rawValue: "seres")!)
        #expect(
            try eventually {
                try FileManager.default.contentsOfDirectory(atPath: site.tenantFolder("seres")).contains(
                    "desk.sqlite-wal") == false
            })
        try FileManager.default.removeItem(atPath: site.tenantFolder("seres") + "/tenant")
        let fault = #expect(throws: CommandFault.self) { try run(["backup", target], on: site.installation) }
        #expect(fault?.message.hasPrefix("backup failed: ") == true && fault?.message.contains("seres") == true)
        #expect(!Folder.exists(target) && !Folder.exists(target + ".partial"))
        withExtendedLifetime(lock) {}
    }

    @Test(arguments: ["missing", "a file", "partial", "empty"])
    func `what is no complete backup is not restored`(_ kind: String) throws {
        switch kind {
        case "a file": try Folder.write([1], to: site.folder / "copy")
        case "partial":
            _ = try run(["backup", site.folder / "copy"], on: site.installation)
            Folder.remove(site.folder / "copy/backup")
        case "empty": try Folder.make(site.folder / "copy")
        default: break
        }
        let fault = #expect(throws: CommandFault.self) { try restore(site.folder / "copy", to: site.folder / "new") }
        #expect(fault?.message.contains("is not a complete backup") == true)
        #expect(!Folder.exists(site.folder / "new"))
    }

    @Test func `data that are there are never restored over`() throws {
        _ = try run(["backup", target], on: site.installation)
        let fault = #expect(throws: CommandFault.self) { try restore(target, to: site.folder / "data") }
        #expect(fault?.message == "\(site.folder / "data") is not empty")
        let file = site.folder / "file"
        try Folder.write([1], to: file)
        #expect(throws: CommandFault.self) { try restore(target, to: file) }
        #expect(Folder.read(file, atMost: 10) == [1])
        // An empty folder is as good as none.
        try Folder.make(site.folder / "empty")
        _ = try restore(target, to: site.folder / "empty")
    }

    @Test func `a restore that was cut off is never taken for data`() throws {
        _ = try run(["backup", target], on: site.installation)
        _ = try restore(target, to: site.folder / "new")
        // As it is before its last step.
        Folder.remove(site.folder / "new/control.sqlite")
        #expect(throws: Installation.Failure.self) {
            _ = try Installation(root: site.folder / "new", log: site.log.log, openDesks: 1) { _ in }
        }
    }

    @Test func `a damaged copy is found when it is restored`() throws {
        _ = try run(["backup", target], on: site.installation)
        let path = target + "/tenants/seres/desk.sqlite"
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes.replaceSubrange(4096..<8192, with: Data(repeating: 0xA5, count: 4096))
        try bytes.write(to: URL(filePath: path))
        let fault = #expect(throws: CommandFault.self) { try restore(target, to: site.folder / "new") }
        #expect(fault?.status == 1 && fault?.message.contains("tenant seres: ") == true)
    }
}

@Suite struct CheckTests {
    enum Loss: String, CaseIterable {
        case page = "tenant proware: "
        case database = "tenant proware: its database is missing"
        case folder = "has no marker"
        case marker = "tenant"

        func apply(to folder: String) throws {
            switch self {
            case .page:
                let path = folder + "/desk.sqlite"
                var bytes = try Data(contentsOf: URL(filePath: path))
                bytes.replaceSubrange(4096..<bytes.count, with: Data(repeating: 0xA5, count: bytes.count - 4096))
                try bytes.write(to: URL(filePath: path))
            case .database: unlink(folder + "/desk.sqlite")
            case .folder: try FileManager.default.removeItem(atPath: folder)
            case .marker: unlink(folder + "/tenant")
            }
        }
    }

    @Test(arguments: Loss.allCases)
    func `what is lost or damaged is named, and it alone`(_ loss: Loss) throws {
        let site = try TestSite()
        try loss.apply(to: site.tenantFolder("proware"))
        let fault = #expect(throws: CommandFault.self) { try run(["check"], on: site.installation) }
        #expect(fault?.status == 1 && fault?.message.contains(loss.rawValue) == true, "\(fault?.message ?? "")")
        #expect(fault?.message.contains("seres") == false)
    }

    @Test func `data that are whole are said to be, also while they are written`() throws {
        let site = try TestSite()
        try site.desk("proware").write { try $0.execute("UPDATE provider SET name = 'P'") }
        #expect(try run(["check"], on: site.installation) == "ok: control.sqlite and 2 tenants\n")
    }

    @Test func `a damaged directory does not hide the state of the tenants`() throws {
        let site = try TestSite()
        site.close()
        try Folder.write(Array(repeating: 0x20, count: 8192), to: site.folder / "data/control.sqlite")
        let findings = try CheckCommand.findings(below: site.folder / "data")
        #expect(findings.count == 1 && findings[0].hasPrefix("control.sqlite: "))
    }
}

@Suite struct CommandSocketTests {
    /// The server's end alone, as its loop would call it.
    private func answer(_ method: String, _ path: String, _ body: String?, length: Int? = nil) throws -> Response? {
        let site = try Self.shared.get()
        let head =
            "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n"
            + (body.map { "Content-Length: \(length ?? $0.utf8.count)\r\n" } ?? "") + "\r\n"
        var parser = RequestParser(limits: Limits())
        var request = try #require(try Array(head.utf8).withUnsafeBytes { try parser.parse($0) }).request
        switch CommandSocket(site.installation).receive(request) {
        case .answer(let response): return response
        case .serve(let rule, let place, let handler):
            #expect(place == .worker)
            if let body {
                var reader = try BodyReader(request, rule, Limits())
                _ = try Array(body.utf8).withUnsafeBytes { try reader.receive($0) }
                request.body = try reader.finish()
            }
            return handler(request)
        }
    }

    private static let shared = Result { try TestSite() }

    @Test(arguments: [
        ("GET", "/command"), ("PUT", "/command"), ("POST", "/"), ("POST", "/command/"), ("POST", "/t/proware/"),
        ("GET", "/metrics"), ("POST", "/Command"),
    ])
    func `nothing but a command is taken`(_ method: String, _ path: String) throws {
        #expect(try answer(method, path, "tenant\0list")?.status == .notFound)
    }

    @Test(arguments: [
        ("", "2"), ("\0", "2"), ("tenant", "2"), ("tenant\0explode", "2"), ("tenant list", "2"),
        ("tenant\0list\0x", "2"),
        ("serve\0--data\0x", "2"), ("restore\0a\0--data\0b", "2"), ("tenant\0list\0", "2"), ("\u{1B}[2J", "2"),
        ("tenant\0create\0proware\0--contract=proware", "1"),
    ])
    func `words that are wrong come back as such`(_ body: String, _ status: String) throws {
        let response = try #require(try answer("POST", "/command", body))
        #expect(response.status == .unprocessableContent)
        #expect(response.value("Exit-Status") == status)
    }

    @Test func `words are divided by NUL alone`() throws {
        let body = "tenant\0create\0spaced\0--contract=seres\0--name= a  b = c "
        #expect(try answer("POST", "/command", body)?.value("Exit-Status") == "0")
        let tenants = try Self.shared.get().installation.tenants()
        #expect(tenants.contains { $0.name == " a  b = c " })
    }

    @Test func `a command as long as a book is not read`() throws {
        #expect(throws: RequestError.self) { try answer("POST", "/command", "x", length: 64 * 1024 + 1) }
    }

    @Test func `output, words of failure and status come back whole from the other process's end`() throws {
        let site = try TestSite()
        let root = site.folder / "data"
        for number in 0..<60 {
            try site.installation.create(
                #require(Slug(rawValue: "t-\(number)")), name: "Ñandú \(number) 🙂 e\u{301}", from: .seres,
                timeZone: "America/Mexico_City")
        }
        let server = try Server(
            Configuration(addresses: [.unix(path: CommandSocket.path(in: root))], loops: 1, workers: 2),
            application: CommandSocket(site.installation), observer: site.log.log)
        server.start()
        defer { server.stop(within: 5) }
        let listed = try CommandSocket.ask(["tenant", "list"], root: root)
        #expect(try listed == run(["tenant", "list"], on: site.installation))
        #expect(listed.utf8.count > 2000)
        let fault = #expect(throws: CommandFault.self) {
            try CommandSocket.ask(["tenant", "create", "ñ", "--contract=seres"], root: root)
        }
        #expect(fault?.status == 2 && fault?.message.hasPrefix("ñ cannot be a slug") == true)
        let long = #expect(throws: CommandFault.self) {
            try CommandSocket.ask(["tenant", String(repeating: "x", count: 200_000)], root: root)
        }
        #expect(long?.status == 1)
    }

    @Test func `where no server answers that is said`() throws {
        let folder = TemporaryFolder()
        for root in [folder.path, folder.path + "/" + String(repeating: "long", count: 40)] {
            let fault = #expect(throws: CommandFault.self) { try CommandSocket.ask(["check"], root: root) }
            #expect(fault?.message.hasSuffix("is open in another process, and no server answers there") == true)
        }
    }
}
