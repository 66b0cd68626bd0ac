// Tenants made, found again, and kept from what looks like them: remains, empty mounts, folders of others.

import Foundation
import Testing

@testable import Atiende

@Suite struct TenantTests {
    @Test func `tenants are listed by name, each with its own folder and its own name on its page`() throws {
        let site = try TestSite(tenants: ["seres", "proware", "bizflow"])
        #expect(try site.installation.tenants().map(\.name) == ["Bizflow", "Proware", "SERES"])
        for (slug, own, others) in [
            ("proware", "Proware", ["SERES", "Bizflow"]), ("seres", "SERES", ["Proware", "Bizflow"]),
        ] {
            let page = try site.get("/t/\(slug)/").text
            #expect(page.contains(own))
            #expect(others.allSatisfy { !page.contains($0) })
            #expect(FileManager.default.fileExists(atPath: site.tenantFolder(slug) + "/desk.sqlite"))
        }
    }

    @Test func `a name that is taken is refused and what is there stays`() throws {
        let site = try TestSite()
        let marker = site.tenantFolder("proware") + "/tenant"
        let before = try String(contentsOfFile: marker, encoding: .utf8)
        let refusal = #expect(throws: Refusal.self) { try site.create("proware") }
        #expect(refusal?.status.code == 409)
        #expect(try String(contentsOfFile: marker, encoding: .utf8) == before)
        #expect(try site.installation.tenants().count == 2)
    }

    @Test func `of many who make the same tenant at once one succeeds and it works`() throws {
        let site = try TestSite(tenants: ["seres"])
        let results = Counted()
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            results.count((try? site.create("proware")) == nil ? "refused" : "made")
        }
        #expect(results.counts == ["made": 1, "refused": 7])
        #expect(try site.get("/t/proware/").status == 200)
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.folder / "data/tenants").count == 2)
    }

    @Test func `tenants that are made at once are all known afterwards`() throws {
        let site = try TestSite(tenants: [])
        let names = (0..<12).map { "tenant-\($0)" }
        DispatchQueue.concurrentPerform(iterations: names.count) { index in try? site.create(names[index]) }
        #expect(Set(try site.installation.tenants().map(\.slug.rawValue)) == Set(names))
    }

    @Test func `the folder that a cut creation left is moved aside and kept`() throws {
        let site = try TestSite(tenants: ["seres"])
        let left = site.tenantFolder("proware")
        try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
        try "precious".write(toFile: left + "/file", atomically: true, encoding: .utf8)
        try site.create("proware")
        #expect(try site.get("/t/proware/").status == 200)
        let names = try FileManager.default.contentsOfDirectory(atPath: site.folder / "data/tenants")
        let aside = try #require(names.first { $0.hasPrefix("proware.left-") })
        #expect(try String(contentsOfFile: site.folder / "data/tenants/\(aside)/file", encoding: .utf8) == "precious")
        #expect(site.log.text.contains("event=folder-moved-aside"))
    }

    /// What may be wrong with one tenant's folder, and the words that the log has for it.
    enum Harm: String, CaseIterable {
        case markerGone = "has no marker: is its disk mounted?"
        case folderGone = "has no marker: is its disk mounted"
        case markerOfAnother = "is the folder of another tenant"
        case databaseGone = "desk.sqlite"
        case databaseEmpty = "is empty, where a database was expected"
        case locked = "is open in another process"

        func apply(to folder: String, _ other: String) throws -> FolderLock? {
            let files = FileManager.default
            switch self {
            case .markerGone: try files.removeItem(atPath: folder + "/tenant")
            case .folderGone: try files.moveItem(atPath: folder, toPath: folder + ".away")
            case .markerOfAnother:
                try files.removeItem(atPath: folder + "/tenant")
                try files.copyItem(atPath: other + "/tenant", toPath: folder + "/tenant")
            case .databaseGone: try files.removeItem(atPath: folder + "/desk.sqlite")
            case .databaseEmpty: try Data().write(to: URL(filePath: folder + "/desk.sqlite"))
            case .locked: return try FolderLock(path: folder + "/lock")
            }
            return nil
        }
    }

    @Test(arguments: Harm.allCases)
    func `a folder that is not as it should be stops its own tenant alone, until it is mended`(_ harm: Harm) throws {
        let site = try TestSite()
        let folder = site.tenantFolder("proware")
        let copy = site.folder / "copy"
        try FileManager.default.copyItem(atPath: folder, toPath: copy)
        var lock = try harm.apply(to: folder, site.tenantFolder("seres"))

        for language in ["es", "en"] {
            let answer = try site.get("/t/proware/", ["Accept-Language": language])
            #expect(answer.status == 503)
            #expect(answer.text.contains(language == "es" ? "Volvemos en unos minutos" : "Back in a few minutes"))
            #expect(!answer.text.contains(site.folder.path), "a page tells no path")
            #expect(answer.field("Retry-After") != nil)
        }
        #expect(try site.get("/t/seres/").status == 200)
        #expect(try site.get("/").status == 200)
        let line = try #require(site.log.lines.first { $0.contains("event=refused") })
        #expect(line.contains("tenant=proware") && line.contains(harm.rawValue), "\(line)")

        lock?.release()
        lock = nil
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.copyItem(atPath: copy, toPath: folder)
        #expect(try eventually { try site.get("/t/proware/").status == 200 })
    }

    @Test func `a database of a newer version is refused in words, and the others are served`() throws {
        let site = try TestSite()
        try site.desk("proware").write { try $0.execute("PRAGMA user_version = 99") }
        site.installation.desks.release(Slug(rawValue: "proware")!)
        #expect(try eventually { try site.get("/t/proware/").status == 503 })
        #expect(try site.get("/t/seres/").status == 200)
        #expect(site.log.text.contains("its version is 99"))
    }

    @Test func `what a crash left of uploads is gone when the tenant opens`() throws {
        let site = try TestSite()
        let left = site.tenantFolder("proware") + "/incoming/upload-1"
        try "half".write(toFile: left, atomically: true, encoding: .utf8)
        #expect(try site.get("/t/proware/").status == 200)
        #expect(!FileManager.default.fileExists(atPath: left))
    }
}

@Suite struct InstallationTests {
    @Test func `after a restart all is as it was`() throws {
        let folder = TemporaryFolder()
        let first = try TestSite(in: folder)
        let pages = try ["/", "/t/proware/", "/t/seres/"].map { try first.get($0).text }
        let ids = try first.installation.tenants().map(\.id)
        first.close()
        // The first one still holds the folder's lock.
        let refused = #expect(throws: Installation.Failure.self) { try TestSite(tenants: [], in: folder) }
        if case .inUse = refused {} else { Issue.record("\(String(describing: refused))") }
        withExtendedLifetime(first) {}

        let again = TemporaryFolder()
        try FileManager.default.copyItem(atPath: folder / "data", toPath: again / "data")
        let second = try TestSite(tenants: [], in: again)
        #expect(try second.installation.tenants().map(\.id) == ids)
        #expect(try ["/", "/t/proware/", "/t/seres/"].map { try second.get($0).text } == pages.map { $0 })
    }

    @Test func `what only looks at data makes none`() throws {
        let folder = TemporaryFolder()
        let log = TestLog(folder / "log")
        #expect(throws: Installation.Failure.self) {
            _ = try Installation(root: folder / "none", log: log.log, openDesks: 1, makesFolder: false) { _ in }
        }
        #expect(!FileManager.default.fileExists(atPath: folder / "none"))
    }

    @Test func `tenants without their directory are never taken for a new installation`() throws {
        let folder = TemporaryFolder()
        try TestSite(in: folder).close()
        let moved = TemporaryFolder()
        try FileManager.default.copyItem(atPath: folder / "data/tenants", toPath: moved / "data/tenants")
        let failure = #expect(throws: Installation.Failure.self) { try TestSite(tenants: [], in: moved) }
        guard case .failed(let why) = failure else { return }
        #expect(why.contains("holds tenants but no control.sqlite"))
        #expect(!FileManager.default.fileExists(atPath: moved / "data/control.sqlite"))
    }

    @Test(arguments: ["file/data", "file"])
    func `data below a file is refused in words`(_ path: String) throws {
        let folder = TemporaryFolder()
        try "no folder".write(toFile: folder / "file", atomically: true, encoding: .utf8)
        let log = TestLog(folder / "log")
        let failure = #expect(throws: Installation.Failure.self) {
            _ = try Installation(root: folder / path, log: log.log, openDesks: 1) { _ in }
        }
        guard case .failed(let why) = failure else { return }
        #expect(why.contains("Not a directory"))
    }

    @Test func `a damaged directory is refused in words that name the file`() throws {
        let folder = TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder / "data", withIntermediateDirectories: true)
        try String(repeating: "junk", count: 4096).write(
            toFile: folder / "data/control.sqlite", atomically: true, encoding: .utf8)
        let failure = #expect(throws: Installation.Failure.self) { try TestSite(tenants: [], in: folder) }
        guard case .failed(let why) = failure else { return }
        #expect(why.contains("data/control.sqlite") && why.contains("not a SQLite database"))
    }
}

@Suite struct DirectoryTests {
    @Test func `what is changed of a tenant is known at once and after a restart`() throws {
        let folder = TemporaryFolder()
        let site = try TestSite(in: folder)
        let directory = site.installation.directory
        let proware = Slug(rawValue: "proware")!
        try directory.map(host: "Ayuda.Proware.Example.:443", to: proware)
        try directory.map(host: "ayuda.seres.example", to: proware)
        try directory.map(host: "ayuda.seres.example", to: Slug(rawValue: "seres")!)
        try directory.place(proware, at: .elsewhere("https://b.example"))
        let reread = try ControlDirectory.tenants(in: folder / "data/control.sqlite")
        for tenants in [try directory.tenants(), reread] {
            #expect(tenants.map(\.place) == [.elsewhere("https://b.example"), .here])
        }
        #expect(try directory.tenant(host: "ayuda.proware.example")?.slug == proware)
        #expect(try directory.tenant(host: "ayuda.seres.example")?.slug.rawValue == "seres")
        try directory.remove(proware)
        #expect(try directory.tenant(proware) == nil)
        #expect(try directory.tenant(host: "ayuda.proware.example") == nil)
        #expect(try directory.tenants().map(\.slug.rawValue) == ["seres"])
    }

    @Test func `what names no tenant is not found`() throws {
        let directory = try TestSite().installation.directory
        let nobody = Slug(rawValue: "nobody")!
        for change in [
            { try directory.place(nobody, at: .moving) }, { try directory.map(host: "a.example", to: nobody) },
            { try directory.remove(nobody) },
        ] as [() throws -> Void] {
            let refusal = #expect(throws: Refusal.self) { try change() }
            #expect(refusal?.status.code == 404)
        }
    }
}
