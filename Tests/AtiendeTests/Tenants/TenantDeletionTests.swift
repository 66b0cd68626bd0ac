// A tenant ends: with its confirmation alone, all of it, and nothing of the others.

import Foundation
import Testing

@testable import Atiende

@Suite struct TenantDeletionTests {
    @Test func `its folder, its row and its hosts go, and the others keep every row`() throws {
        let site = try TestSite(tenants: ["proware", "seres", "bizflow"])
        for slug in ["proware", "seres", "bizflow"] { try site.fill(slug) }
        try site.installation.directory.place(Slug(rawValue: "bizflow")!, at: .elsewhere("https://b.example"))
        _ = try atiende("tenant", "host", "add", "proware", "ayuda.example", on: site)
        #expect(try atiende("tenant", "delete", "proware", "--confirm", "proware", on: site) == "deleted proware\n")
        #expect(try site.get("/t/proware/").status == 404)
        #expect(try site.get("/", ["Host": "ayuda.example"]).text.contains("<title>Centros de ayuda</title>"))
        #expect(try Folder.names(site.folder / "data/tenants") == ["bizflow", "seres"] && site.strays() == [])
        #expect(try site.rows("seres") == 40 && site.get("/t/seres/").status == 200)
        #expect(try site.tenant("bizflow").place == .elsewhere("https://b.example"))
        #expect(try atiende("tenant", "host", "add", "seres", "ayuda.example", on: site) == "ayuda.example is seres\n")
        // The slug is free, and nothing of the old one is in the new one.
        try site.create("proware")
        #expect(try site.get("/t/proware/").status == 200 && site.attachment("proware") == nil)
    }

    @Test(arguments: [
        (["proware"], 2, "tenant delete needs --confirm SLUG"),
        (
            ["proware", "--confirm", "seres"], 2,
            "nothing was deleted: to delete proware for good, give --confirm proware"
        ),
        (["proware", "--confirm="], 2, "nothing was deleted"), (["proware", "--confirm=PROWARE"], 2, "nothing was"),
        (["proware", "--confirm=proware "], 2, "nothing was deleted"),
        (["nobody", "--confirm=nobody"], 1, "there is no tenant nobody"),
        (["..", "--confirm=.."], 1, "there is no tenant .."), ([], 2, "tenant delete needs SLUG"),
    ])
    func `without the exact confirmation nothing happens`(
        _ words: [String], _ status: Int32, _ message: String
    ) throws {
        let site = try TestSite()
        let (command, _) = try CommandList.find(["tenant", "delete"])
        guard case .onData(_, let action) = command.action else { return }
        let fault = #expect(throws: CommandFault.self) {
            try action(Invocation(words, of: command), site.installation)
        }
        #expect(fault?.status == status && fault?.message.hasPrefix(message) == true, "\(fault?.message ?? "")")
        #expect(fault?.message.contains("\n") == false)
        #expect(try site.installation.tenants().count == 2 && site.get("/t/proware/").status == 200)
    }

    @Test(arguments: 0...7)
    func `cut off after any step, it is whole or gone`(_ count: Int) throws {
        let site = try TestSite()
        try site.fill("proware")
        try site.fill("seres")
        _ = try atiende("tenant", "host", "add", "proware", "ayuda.example", on: site)
        let move = PendingMove(slug: try site.slug("proware"), id: try site.tenant("proware").id, kind: .delete)
        for step in move.steps.prefix(count) { try site.installation.take(step, of: move) }

        let after = try site.afterCrash()
        #expect(try after.strays() == [])
        #expect(try after.get("/t/proware/").status == (count == 0 ? 200 : 404))
        #expect(Folder.exists(after.tenantFolder("proware")) == (count == 0))
        if count == 0 { #expect(try after.rows("proware") == 40) }
        #expect(try after.installation.directory.hosts().count == (count == 0 ? 1 : 0))
        #expect(try after.rows("seres") == 40 && after.get("/t/seres/").status == 200)
        #expect(try atiende("check", on: after).hasPrefix("ok: "))
    }

    @Test func `what a lost directory could mean is never swept away`() throws {
        let site = try TestSite()
        try site.fill("proware")
        let tenants = site.folder / "data/tenants/"
        let kept = [
            "lost", "proware.left-0123abcd", "proware.deleted-", "proware.deleted-0123abcg",
            "proware.deleted-0123abcd9",
            ".deleted-0123abcd", "Proware.deleted-0123abcd", "proware.import-0123abc", "proware.deleted-0123abcd.x",
        ]
        let swept = ["proware.deleted-0123abcd", "x.import-00000000"]
        for name in kept + swept {
            try Folder.make(tenants + name + "/files")
            try Folder.write([1], to: tenants + name + "/files/a")
        }
        let after = try site.afterCrash()
        #expect(try Set(Folder.names(after.folder / "data/tenants")) == Set(kept + ["proware", "seres"]))
        #expect(try after.rows("proware") == 40)

        // Without its directory nothing is touched at all, not even what a deletion left.
        let lost = TemporaryFolder()
        try Folder.copyAll(site.folder / "data/tenants", to: lost / "data/tenants")
        let before = try Folder.names(lost / "data/tenants")
        #expect(throws: Installation.Failure.self) { try TestSite(tenants: [], in: lost) }
        #expect(try Folder.names(lost / "data/tenants") == before && before.count == kept.count + swept.count + 2)
    }

    @Test func `a folder that is another's stays, and is named`() throws {
        let site = try TestSite()
        let marker = site.tenantFolder("proware") + "/tenant"
        Folder.remove(marker)
        try Folder.write(Array((String(repeating: "0", count: 32) + "\n").utf8), to: marker)
        let told = try atiende("tenant", "delete", "proware", "--confirm=proware", on: site)
        #expect(told == "deleted proware; \(site.tenantFolder("proware")) could not be removed and stayed\n")
        #expect(Folder.exists(site.tenantFolder("proware") + "/desk.sqlite"))
    }

    @Test func `a folder that another process has open is left as it was`() throws {
        let site = try TestSite()
        let lock = try #require(try FolderLock(path: site.tenantFolder("proware") + "/lock"))
        let message = try fault("tenant", "delete", "proware", "--confirm=proware", on: site).message
        #expect(message.hasSuffix("is open in another process"))
        lock.release()
        #expect(try eventually { try site.get("/t/proware/").status == 200 })
        #expect(try site.strays() == [])
    }

    @Test func `a tenant in use is left as it was`() throws {
        let site = try TestSite()
        let held = try site.desk("proware")
        let message = try fault("tenant", "delete", "proware", "--confirm=proware", on: site).message
        #expect(message == "tenant proware was not deleted: tenant proware is in use; try again in a moment")
        #expect(try site.get("/t/proware/").status == 200 && site.strays() == [])
        withExtendedLifetime(held) {}
    }
}
