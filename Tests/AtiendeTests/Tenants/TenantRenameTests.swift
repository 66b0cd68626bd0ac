// A tenant gets another slug or another name: whole before, whole after, whatever stops in between.

import Foundation
import Testing

@testable import Atiende

@Suite struct TenantRenameTests {
    @Test func `rows, files, hosts and id go with it, and the old address is free`() throws {
        let site = try TestSite()
        try site.fill("proware")
        let id = try site.tenant("proware").id
        _ = try atiende("tenant", "host", "add", "proware", "ayuda.example", on: site)
        #expect(try site.get("/t/proware/").status == 200)
        let told = try atiende("tenant", "rename", "proware", "soporte", "--name", "Soporte & Cía", on: site)
        #expect(told == "renamed proware to soporte\n")
        #expect(try site.get("/t/proware/").status == 404)
        for answer in try [site.get("/t/soporte/"), site.get("/", ["Host": "ayuda.example"])] {
            #expect(answer.status == 200 && answer.text.contains("Centro de ayuda de Soporte &amp; Cía"))
        }
        #expect(try site.rows("soporte") == 40 && site.tenant("soporte").id == id)
        #expect(site.attachment("soporte") == Array("attached to proware".utf8))
        #expect(try site.strays() == [])
        // A new one may have the old slug, and the first keeps its folder.
        try site.create("proware")
        #expect(try site.get("/t/proware/").text.contains("Proware") && site.rows("soporte") == 40)
        let again = try site.afterCrash()
        #expect(try again.rows("soporte") == 40 && again.get("/", ["Host": "ayuda.example"]).status == 200)
    }

    @Test func `a name alone changes on every page, and the slug stays`() throws {
        let site = try TestSite()
        #expect(try site.get("/t/proware/").text.contains("Proware"))
        #expect(try atiende("tenant", "rename", "proware", "--name=Otra", on: site) == "renamed proware\n")
        #expect(try site.get("/t/proware/").text.contains("Centro de ayuda de Otra"))
        #expect(try site.get("/").text.contains("Otra") && site.tenant("proware").name == "Otra")
        #expect(try atiende("tenant", "rename", "proware", "proware", on: site) == "renamed proware\n")
        #expect(try site.get("/t/proware/").status == 200 && site.strays() == [])
    }

    @Test(arguments: [
        (["proware"], 2, "tenant rename needs NEWSLUG, --name TEXT, or both"),
        (["proware", "Bad Slug"], 2, "Bad Slug cannot be a slug"), (["proware", "../seres"], 2, "../seres cannot be"),
        (["proware", "--name="], 2, "--name takes 1 to 120 characters on one line"),
        (["proware", "--name=a\nb"], 2, "--name takes 1 to 120 characters on one line"),
        (["proware", "seres"], 1, "tenant seres exists already"),
        (["prowaer", "other"], 1, "there is no tenant prowaer; did you mean proware?"),
        (["../proware", "other"], 1, "there is no tenant ../proware"),
    ])
    func `what cannot be is refused in a line and nothing changes`(
        _ words: [String], _ status: Int32, _ message: String
    ) throws {
        let site = try TestSite()
        let (command, _) = try CommandList.find(["tenant", "rename"])
        guard case .onData(_, let action) = command.action else { return }
        let fault = #expect(throws: CommandFault.self) {
            try action(Invocation(words, of: command), site.installation)
        }
        #expect(fault?.status == status && fault?.message.hasPrefix(message) == true, "\(fault?.message ?? "")")
        #expect(try site.installation.tenants().map(\.name) == ["Proware", "SERES"] && site.strays() == [])
        #expect(try site.get("/t/proware/").status == 200)
    }

    @Test(arguments: 0...7, ["soporte", "proware"])
    func `cut off after any step, it is the old one or the new one, whole`(_ count: Int, _ target: String) throws {
        let site = try TestSite()
        try site.fill("proware")
        _ = try atiende("tenant", "host", "add", "proware", "ayuda.example", on: site)
        let id = try site.tenant("proware").id
        let move = PendingMove(
            slug: try site.slug("proware"), id: id, kind: .rename(to: try site.slug(target), name: "Nueva"))
        for step in move.steps.prefix(count) { try site.installation.take(step, of: move) }

        let after = try site.afterCrash()
        let (slug, name) = count == 0 ? ("proware", "Proware") : (target, "Nueva")
        let tenant = try after.tenant(slug)
        #expect(tenant.id == id && tenant.name == name && tenant.place == .here)
        #expect(try after.installation.tenants().count == 2 && after.strays() == [])
        for answer in try [after.get("/t/\(slug)/"), after.get("/", ["Host": "ayuda.example"])] {
            #expect(answer.status == 200 && answer.text.contains("Centro de ayuda de \(name)"))
        }
        #expect(try after.rows(slug) == 40 && after.attachment(slug) == Array("attached to proware".utf8))
        #expect(try atiende("check", on: after) == "ok: control.sqlite and 2 tenants\n")
        #expect(try after.get("/t/seres/").status == 200)
        // And cut off once more while it is being finished.
        #expect(try after.afterCrash().rows(slug) == 40)
    }

    @Test func `what cannot be finished waits, the others are served, and no new tenant takes its folder`() throws {
        let site = try TestSite()
        let move = PendingMove(
            slug: try site.slug("proware"), id: try site.tenant("proware").id,
            kind: .rename(to: try site.slug("soporte"), name: "Nueva"))
        for step in move.steps.prefix(4) { try site.installation.take(step, of: move) }
        let marker = site.tenantFolder("soporte") + "/tenant"
        #expect(Folder.rename(marker, to: marker + ".away"))
        let after = try site.afterCrash()
        #expect(after.log.text.contains("event=move-not-finished"))
        #expect(try after.get("/t/seres/").status == 200)
        let answer = try after.get("/t/proware/")
        #expect(answer.status == 503 && answer.field("Retry-After") == "2")
        #expect(throws: Refusal.self) { try after.create("soporte") }
        #expect(try fault("tenant", "delete", "seres", "--confirm=seres", on: after).message.contains("proware"))
        let mended = after.tenantFolder("soporte") + "/tenant"
        #expect(Folder.rename(mended + ".away", to: mended))
        _ = try atiende("tenant", "rename", "seres", "otra", on: after)
        #expect(try after.get("/t/soporte/").status == 200 && after.get("/t/otra/").status == 200)
    }

    @Test func `on its way it asks for patience, also from those who looked it up before`() throws {
        let site = try TestSite()
        let stale = try site.tenant("proware")
        let move = PendingMove(
            slug: try site.slug("proware"), id: stale.id, kind: .rename(to: try site.slug("soporte"), name: "Nueva"))
        for step in move.steps.prefix(3) { try site.installation.take(step, of: move) }
        let answer = try site.get("/t/proware/")
        #expect(answer.status == 503 && answer.field("Retry-After") == "2" && answer.place == nil)
        let refusal = #expect(throws: Refusal.self) { try site.installation.desk(of: stale) }
        #expect(refusal?.why == "tenant proware is moving")
        #expect(try site.get("/t/seres/").status == 200)
    }

    @Test func `a tenant in use is left as it was`() throws {
        let site = try TestSite()
        let held = try site.desk("proware")
        #expect(
            try fault("tenant", "rename", "proware", "soporte", on: site).message
                == "tenant proware was not renamed: tenant proware is in use; try again in a moment")
        #expect(try site.get("/t/proware/").status == 200 && site.tenant("proware").place == .here)
        #expect(try site.strays() == [] && site.desk("proware") === held)
    }

    @Test func `folders do not move under a backup`() throws {
        let site = try TestSite()
        try site.installation.holdingPlaces { () throws -> Void in
            #expect(
                try fault("tenant", "rename", "proware", "soporte", on: site).message.contains("a backup or an export"))
            #expect(try fault("tenant", "delete", "proware", "--confirm=proware", on: site).status == 1)
        }
        #expect(try atiende("tenant", "rename", "proware", "soporte", on: site) == "renamed proware to soporte\n")
        #expect(try atiende("backup", site.folder / "copy", on: site).hasPrefix("backed up 2 tenants"))
    }
}
