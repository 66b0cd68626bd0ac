// What one tenant does to the others while it is broken, copied or taken away: nothing.

import Foundation
import Synchronization
import Testing

@testable import Atiende

@Suite struct BrokenTenantTests {
    enum Harm: CaseIterable {
        case noMarker
        case noFolder
        case noDatabase
        case garbage
        case aFile
        case lockIsFolder

        func apply(to folder: String) throws {
            let files = FileManager.default
            switch self {
            case .noMarker: try files.removeItem(atPath: folder + "/tenant")
            case .noFolder: try files.removeItem(atPath: folder)
            case .noDatabase: try files.removeItem(atPath: folder + "/desk.sqlite")
            case .garbage:
                try Data(repeating: 0x5A, count: 20_000).write(to: URL(filePath: folder + "/desk.sqlite"))
            case .aFile:
                try files.removeItem(atPath: folder)
                try Data("no folder".utf8).write(to: URL(filePath: folder))
            case .lockIsFolder:
                // As a disk that takes no writes: the lock cannot be opened.
                try? files.removeItem(atPath: folder + "/lock")
                try files.createDirectory(atPath: folder + "/lock", withIntermediateDirectories: false)
            }
        }
    }

    @Test(arguments: Harm.allCases)
    func `a broken tenant says so in its commands, and the others do not notice`(_ harm: Harm) throws {
        let site = try TestSite()
        try site.fill("seres")
        try harm.apply(to: site.tenantFolder("proware"))
        let listed = try atiende("tenant", "list", on: site)
        #expect(try site.get("/t/proware/").status == 503)
        for words in [
            ["export", "proware", site.folder / "p.tar"], ["rename", "proware", "other"],
            ["rename", "proware", "--name=Other"],
        ] {
            let (command, rest) = try CommandList.find(["tenant"] + words)
            guard case .onData(_, let action) = command.action else { continue }
            let fault = #expect(throws: CommandFault.self) {
                try action(Invocation(rest, of: command), site.installation)
            }
            #expect(fault?.status == 1 && fault?.message.hasPrefix("tenant proware was not ") == true)
            #expect(fault?.message.contains("\n") == false, "\(fault?.message ?? "")")
        }
        #expect(!Folder.exists(site.folder / "p.tar") && !Folder.exists(site.folder / "p.tar.partial"))
        #expect(try atiende("tenant", "list", on: site) == listed)
        _ = try atiende("tenant", "export", "seres", site.folder / "s.tar", on: site)
        _ = try atiende("tenant", "import", site.folder / "s.tar", "--slug=copia", on: site)
        _ = try atiende("tenant", "rename", "copia", "otra", on: site)
        #expect(try site.rows("otra") == 40 && site.get("/t/seres/").status == 200)
        #expect(try site.get("/").status == 200)
    }

    @Test func `others are answered throughout an export, an import and a deletion`() throws {
        let site = try TestSite()
        for slug in ["proware", "seres"] { try site.fill(slug, rows: 4000) }
        let statuses = Counted()
        let isOver = Atomic<Bool>(false)
        let asking = DispatchGroup()
        let asker = DispatchQueue(label: "asker")
        asker.async(group: asking) {
            repeat {
                let status = (try? site.get("/t/seres/").status) ?? 0
                let rows = (try? site.rows("seres")) ?? 0
                statuses.count("\(status) \(rows)")
            } while !isOver.load(ordering: .relaxed)
        }
        let file = site.folder / "proware.tar"
        _ = try atiende("tenant", "export", "proware", file, on: site)
        _ = try atiende("tenant", "import", file, "--slug=copia", on: site)
        _ = try atiende("tenant", "delete", "proware", "--confirm=proware", on: site)
        isOver.store(true, ordering: .relaxed)
        asking.wait()
        #expect(statuses.counts.keys.sorted() == ["200 4000"])
        #expect(try site.rows("copia") == 4000 && site.rows("seres") == 4000)
    }
}
