// Who gets a file, and what becomes of files that no form took.

import Foundation
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct AttachmentAccessTests {
    @Test func `a waiting file is its person's alone, a ticket's file is for whoever sees the ticket`() throws {
        let desk = try FileDesk()
        let kept = try desk.send("captura.png", Sample.png(), by: desk.adriana)
        for other in [desk.bruno, desk.carla, desk.lucia] { #expect(try other.get(kept.path).status == 404) }
        _ = try desk.openTicket(files: [kept.id])
        for reader in [desk.adriana, desk.bruno, desk.lucia] { #expect(try reader.get(kept.path).status == 200) }
        #expect(try desk.carla.get(kept.path).status == 404)
        #expect(try Browser(desk.site, "proware").get(kept.path).status == 303)
        // Bound once, it cannot be taken back.
        _ = try desk.send([], by: desk.adriana, [("remove", kept.token)])
        #expect(try desk.adriana.get(kept.path).status == 200)
    }

    @Test func `a private ticket's file is not its organization's`() throws {
        let desk = try FileDesk()
        let kept = try desk.send("captura.png", Sample.png(), by: desk.adriana)
        _ = try desk.openTicket(files: [kept.id], isPrivate: true)
        #expect(try desk.adriana.get(kept.path).status == 200)
        #expect(try desk.bruno.get(kept.path).status == 404)
    }

    @Test func `the file of a note never reaches a customer`() throws {
        let desk = try FileDesk()
        let kept = try desk.send("interno.txt", [9], by: desk.lucia)
        let answered = try desk.send("guia.txt", [8], by: desk.lucia)
        _ = try desk.openTicket { work in
            try work.note("Solo para nosotros", files: [kept.id])
            try work.answer("Vea la guía", files: [answered.id])
        }
        #expect(try desk.lucia.get(kept.path).status == 200)
        for reader in [desk.adriana, desk.bruno, desk.carla] { #expect(try reader.get(kept.path).status == 404) }
        #expect(try desk.adriana.get(answered.path).status == 200)
    }

    @Test func `a token of another tenant opens nothing`() throws {
        let desk = try FileDesk()
        let kept = try desk.send("captura.png", Sample.png(), by: desk.adriana)
        try desk.site.add("admin@seres.example", to: "seres", as: .admin)
        let admin = try Browser(desk.site, "seres", as: "admin@seres.example")
        #expect(try admin.get(kept.path).status == 404)
        let sent = try admin.upload("/test/files", [("kept", kept.token)], files: [])
        #expect(sent.status == 422)
    }

    @Test func `what no form took within a day goes, bytes and all, unless something else names them`() throws {
        let desk = try FileDesk()
        let alone = try desk.send("solo.txt", [1, 1], by: desk.adriana)
        let shared = try desk.send("comun.txt", [2, 2], by: desk.adriana)
        let bound = try desk.send("otra.txt", [2, 2], by: desk.bruno)
        try desk.tickets.desk.write { try $0.execute("UPDATE attachment SET until = until - 90000") }
        let adriana = desk.people["adriana"]
        try desk.tickets.desk.write { connection in
            try connection.execute("UPDATE attachment SET person = ? WHERE id = ?", adriana, bound.id)
        }
        _ = try desk.openTicket(files: [bound.id])
        try desk.tickets.desk.sweepAttachments(at: desk.site.clock.now)
        #expect(try desk.adriana.get(alone.path).status == 404)
        #expect(try desk.adriana.get(shared.path).status == 404)
        #expect(try desk.adriana.get(bound.path).status == 200)
        let files = FileManager.default.enumerator(atPath: desk.site.tenantFolder("proware") + "/files")
        let kept = files?.compactMap { $0 as? String }.filter { $0.count == 65 } ?? []
        #expect(kept.count == 1)
        #expect(try desk.tickets.desk.read { try $0.attachmentBytes() } == 2)
    }

    @Test func `the timer forgets what waited too long, and nothing before`() throws {
        let desk = try FileDesk()
        _ = try desk.send("solo.txt", [1, 1], by: desk.adriana)
        let folder = desk.site.tenantFolder("proware") + "/files"
        let stored = {
            (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).count {
                $0.count == 65
            }
        }
        let timer = EscalationTimer(desk.site.site)
        desk.site.clock.now += AttachmentLimits.waitingSeconds - 1
        timer.makeRound()
        #expect(stored() == 1)
        desk.site.clock.now += 1
        timer.makeRound()
        #expect(stored() == 0)
        #expect(try desk.tickets.desk.read { try $0.nextSweepInstant() } == nil)
        #expect(try desk.tickets.desk.read { try $0.attachmentBytes() } == 0)
    }

    @Test func `of a tenant that is closed it forgets them, too`() throws {
        let site = try TestSite(tenantRoutes: [FileDesk.form])
        let slug = try site.tenant("proware").slug
        let ana = try site.add("ana@ceiba.example", of: site.addOrganization("Almacenes La Ceiba"))
        _ = try Browser(site, "proware", as: "ana@ceiba.example").upload("/test/files", files: [("a.txt", [1])])
        let count = { try site.lines(SQLText(verbatim: "SELECT count(*) FROM attachment WHERE person = \(ana)")) }
        #expect(try count() == ["1"])
        let timer = EscalationTimer(site.site)
        timer.makeRound()
        site.installation.desks.release(slug)
        timer.makeRound()
        site.clock.now += AttachmentLimits.waitingSeconds
        // It may be on its way to being closed, and is looked at in the next round then.
        #expect(
            try eventually {
                timer.makeRound()
                return try count() == ["0"]
            })
    }

    @Test func `what a draft keeps waits as long as the draft, and counts with what its person may send`() throws {
        let desk = try FileDesk()
        let kept = try desk.send("plano.txt", [1, 1], by: desk.adriana)
        let fields = #"[["0","subject","Asunto","Hola"],["0","kept","","\#(kept.token)"]]"#
        let path = "/t/proware/tickets/new"
        #expect(try desk.adriana.post("/drafts", ["path": path, "title": "x", "fields": fields]).status == 200)
        // Nobody else's draft holds it, nor lets it go.
        #expect(try desk.bruno.post("/drafts", ["path": path, "title": "x", "fields": fields]).status == 200)
        let timer = EscalationTimer(desk.site.site)
        desk.site.clock.now += 29 * 86_400
        timer.makeRound()
        let adriana = try Browser(desk.site, "proware", as: "adriana@ceiba.example")
        #expect(try adriana.get(kept.path).status == 200)
        let person = try #require(desk.people["adriana"])
        #expect(try desk.tickets.desk.read { try $0.waitingAttachments(of: person).count } == 1)
        let id = try desk.site.lines(SQLText(verbatim: "SELECT id FROM draft WHERE person = \(person)"))[0]
        #expect(try adriana.post("/drafts/\(id)/discard").status == 303)
        desk.site.clock.now += AttachmentLimits.waitingSeconds
        timer.makeRound()
        #expect(try desk.site.lines("SELECT count(*) FROM attachment") == ["0"])
    }

    @Test func `bytes that were swept on their way are put in their place again`() throws {
        let desk = try FileDesk()
        let first = try desk.send("a.txt", [5], by: desk.adriana)
        _ = try desk.send([], by: desk.adriana, [("remove", first.token)])
        let second = try desk.send("b.txt", [5], by: desk.bruno)
        try desk.tickets.desk.sweepAttachments(at: desk.site.clock.now)
        #expect(try desk.bruno.get(second.path).status == 200)
    }

    @Test(arguments: [
        (0, "0 B"), (1, "1 B"), (1023, "1023 B"), (1025, "2 KB"), (1_048_575, "1 MB"), (1_048_576, "1 MB"),
        (1_048_577, "1,1 MB"), (31_457_280, "30 MB"), (31_457_281, "30,1 MB"), (Int.max, "8.796.093.022.208 MB"),
    ]) func `a size is rounded up`(_ bytes: Int, _ text: String) { #expect(NumberStyle.dot.size(bytes) == text) }
}
