// Disks that fail one tenant: damage, no room, no writing. The request hears it in words, the log says what and where, the
// others go on, and all is well again once the cause is gone.

import Foundation
import SQL
import Testing

@testable import Atiende
@testable import HTTP

/// Writes a row as large as the form says, and shows what was written.
private let routes: [Route] = [
    .post("/rows", for: .anyone) { visit, request throws(Refusal) in
        guard case .form(let form) = request.body, let text = form["text"] else { throw .notFound }
        let location = visit.link("/rows")
        return try .file(form) { connection in
            try connection.execute("INSERT INTO note (text) VALUES (?)", text)
            return location
        }
    },
    .get("/rows", for: .anyone) { visit, _ throws(Refusal) in
        let count = try visit.tenantDesk().read { try $0.first("SELECT count(*) FROM note") { $0.int(0) } }
        return Response.text(.ok, "\(count ?? 0)")
    },
]

private func makeNotes(_ site: TestSite) throws {
    for tenant in try site.installation.tenants() {
        try site.installation.desk(of: tenant).write {
            try $0.execute("CREATE TABLE note (text TEXT NOT NULL) STRICT")
        }
    }
}

@Suite struct DamageTests {
    enum Damage: String, CaseIterable {
        case header = "not a SQLite database"
        case page = "is damaged"
        case cut = "disk image is malformed"
        case schema = "malformed"

        /// - Parameter page: The number of a page of a table, from 1.
        func apply(to bytes: inout Data, page: Int) {
            switch self {
            case .header: bytes.replaceSubrange(0..<16, with: Data(repeating: 0x20, count: 16))
            case .page:
                let start = (page - 1) * 4096
                bytes.replaceSubrange(start..<start + 4096, with: Data(repeating: 0xA5, count: 4096))
            case .cut: bytes = bytes.prefix(bytes.count / 2)
            case .schema: bytes.replaceSubrange(100..<4096, with: Data(repeating: 0xFF, count: 3996))
            }
        }
    }

    @Test(arguments: Damage.allCases)
    func `a damaged database stops its own tenant alone, until the file is put back`(_ damage: Damage) throws {
        let site = try TestSite()
        let path = site.tenantFolder("proware") + "/desk.sqlite"
        let whole = try Data(contentsOf: URL(filePath: path))
        var bytes = whole
        let page = try #require(
            try SQL.Connection(path: path, role: .reader).first(
                "SELECT rootpage FROM sqlite_schema WHERE name = 'opening'"
            ) { $0.int(0) })
        damage.apply(to: &bytes, page: page)
        try bytes.write(to: URL(filePath: path))

        let answer = try site.get("/t/proware/")
        #expect(answer.status == 503 && answer.text.contains("Volvemos en unos minutos"))
        #expect(!answer.text.contains("sqlite"))
        #expect(try site.get("/t/seres/").status == 200)
        let line = try #require(site.log.lines.first { $0.contains("event=refused") })
        #expect(
            line.contains("level=error") && line.contains("tenant=proware") && line.contains(damage.rawValue), "\(line)"
        )

        try whole.write(to: URL(filePath: path))
        #expect(try eventually { try site.get("/t/proware/").status == 200 })
    }

    @Test func `a desk that meets damage while it is open is opened anew`() throws {
        let site = try TestSite(tenantRoutes: [
            .get("/broken", for: .anyone) { visit, _ throws(Refusal) in
                throw .storage(SQLError(code: .corrupt, message: "database disk image is malformed"))
            }
        ])
        var closed: DispatchGroup? = try site.desk("proware").closed
        #expect(try site.get("/t/proware/broken").status == 503)
        #expect(closed?.wait(timeout: .now() + 60) == .success)
        closed = nil
        #expect(try eventually { try site.get("/t/proware/").status == 200 })
    }

    @Test func `a refusal that is no damage leaves the desk open`() throws {
        let site = try TestSite(tenantRoutes: [
            .get("/busy", for: .anyone) { _, _ throws(Refusal) in throw .storage(SQLError(code: .busy, message: "busy"))
            }
        ])
        let desk = try site.desk("proware")
        let answer = try site.get("/t/proware/busy")
        #expect(answer.status == 503 && answer.field("Retry-After") == "30")
        #expect(site.installation.desks.ready(desk.tenant.slug) === desk)
    }
}

/// A small disk of its own, which only root can make.
private final class SmallDisk {
    let path: String

    init?(in folder: TemporaryFolder, kilobytes: Int) {
        path = folder / "data"
        mkdir(path, 0o700)
        guard run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "none", path) else { return nil }
    }

    func remount(_ how: String) -> Bool { run("mount", "-o", "remount,\(how)", path) }

    /// Takes all the room that is left.
    func fill() {
        let file = open(path + "/filler", O_WRONLY | O_CREAT, 0o600)
        defer { close(file) }
        var size = 1 << 20
        while size > 0 {
            let count = write(file, [UInt8](repeating: 0, count: size), size)
            if count < size { size /= 2 }
        }
    }

    deinit { run("umount", "-l", path) }
}

@discardableResult
private func run(_ words: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
}

private let canMount: Bool = {
    let folder = TemporaryFolder()
    return SmallDisk(in: folder, kilobytes: 64) != nil
}()

@Suite(.enabled(if: canMount, "a disk of its own takes root's rights to mount")) struct SmallDiskTests {
    @Test func `a full disk refuses writes in words, writes nothing by half, serves reads, and recovers`() throws {
        let folder = TemporaryFolder()
        let disk = try #require(SmallDisk(in: folder, kilobytes: 4096))
        let fatal = Counted()
        let site = try TestSite(in: folder, tenantRoutes: routes) { fatal.count($0) }
        try makeNotes(site)
        #expect(try site.post("/t/proware/rows", ["text": "before"]).status == 303)
        disk.fill()
        var kept = 1
        var refused = 0
        for _ in 0..<8 {
            let answer = try site.post("/t/proware/rows", ["text": String(repeating: "x", count: 100_000)])
            if answer.status == 303 { kept += 1 } else { refused += 1 }
            #expect(answer.status == 303 || answer.status == 503)
        }
        #expect(refused > 0)
        #expect(try site.get("/t/proware/rows").text == "\(kept)")
        #expect(try site.get("/t/proware/").status == 200)
        #expect(site.log.text.contains("event=refused tenant=proware"))
        #expect(throws: Refusal.self) { try site.create("bizflow") }
        #expect(try site.installation.tenants().count == 2)

        unlink(disk.path + "/filler")
        #expect(try eventually { try site.post("/t/proware/rows", ["text": "after"]).status == 303 })
        #expect(try site.get("/t/proware/rows").text == "\(kept + 1)")
        try site.create("bizflow")
        #expect(try site.get("/t/bizflow/").status == 200)
        #expect(fatal.counts == [:], "a full disk is no reason to end the process")
        #expect(try CheckCommand.findings(below: folder / "data") == [])
        site.close()
    }

    @Test func `a disk that turns read-only refuses writes and serves reads, and recovers`() throws {
        let folder = TemporaryFolder()
        let disk = try #require(SmallDisk(in: folder, kilobytes: 4096))
        let fatal = Counted()
        let site = try TestSite(in: folder, tenantRoutes: routes) { fatal.count($0) }
        try makeNotes(site)
        try #require(disk.remount("ro") || true)
        // Descriptors that are open for writing keep a file system from turning read-only at the mount's own wish.
        guard access(disk.path, W_OK) != 0 else { return }
        #expect(try site.post("/t/proware/rows", ["text": "x"]).status == 503)
        #expect(try site.get("/t/proware/rows").text == "0")
        #expect(disk.remount("rw"))
        #expect(try eventually { try site.post("/t/proware/rows", ["text": "x"]).status == 303 })
        #expect(fatal.counts == [:])
        site.close()
    }

    @Test func `data on a read-only disk are refused at the start in words`() throws {
        let folder = TemporaryFolder()
        let disk = try #require(SmallDisk(in: folder, kilobytes: 4096))
        do {
            let site = try TestSite(in: folder)
            site.close()
        }
        try #require(eventually { disk.remount("ro") })
        let failure = #expect(throws: Installation.Failure.self) { try TestSite(tenants: [], in: folder) }
        guard case .failed(let why) = failure else { return }
        #expect(why.contains("Read-only file system"))
    }

    @Test func `an installation that cannot commit is not ready, and is again when it can`() throws {
        let folder = TemporaryFolder()
        let disk = try #require(SmallDisk(in: folder, kilobytes: 2048))
        let site = try TestSite(in: folder)
        #expect(try site.get("/readyz").text == "ready\n")
        disk.fill()
        #expect(try eventually { try site.get("/readyz").status == 503 })
        let answer = try site.get("/readyz")
        #expect(answer.text == "not ready\n" && answer.field("Retry-After") == "5")
        #expect(try site.get("/healthz").status == 200)
        for _ in 0..<50 { _ = try site.get("/readyz") }
        #expect(site.log.lines.filter { $0.contains("event=not-ready") }.count < 20, "a line for each proof alone")
        unlink(disk.path + "/filler")
        #expect(try eventually { try site.get("/readyz").status == 200 })
        site.close()
    }
}

@Suite struct ReadinessTests {
    @Test func `the proof is a commit, made once a second at most`() throws {
        let site = try TestSite()
        let before = site.installation.control.statistics.commits
        let start = ContinuousClock.now
        for _ in 0..<200 { #expect(try site.get("/readyz").status == 200) }
        let seconds = Int((ContinuousClock.now - start).components.seconds)
        let commits = site.installation.control.statistics.commits - before
        #expect((1...seconds + 2).contains(Int(commits)))
        #expect(try site.get("/readyz").place == .worker)
    }

    @Test func `a process that runs is healthy, whoever asks and whatever the language`() throws {
        let site = try TestSite(tenants: [])
        let answer = try site.get("/healthz", ["Accept-Language": "en"])
        #expect(answer.status == 200 && answer.text == "ok\n" && answer.field("Cache-Control") == "no-store")
    }
}
