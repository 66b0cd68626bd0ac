// A ticket on which somebody never stops writing: its page stays one that can be made and read.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct LongTicketTests {
    /// Messages of Ana's, as many and as long as told.
    private func fill(_ work: WorkSite, _ folio: Folio, _ count: Int, _ length: Int) throws {
        let (rules, ana, now) = (work.tickets.rules, work.ana, work.site.clock.now)
        try work.tickets.desk.write { connection in
            let ticket = try #require(try connection.ticket(folio))
            let body = String(repeating: "x", count: length)
            let facts = (0..<count).map { _ in TicketFact(at: now, actor: ana, kind: .customerMessage, body: body) }
            try connection.append(facts, to: ticket.id, rules, recordedAt: now)
        }
    }

    @Test(arguments: [(52, 20_000), (2_000, 1)])
    func `a customer goes on in another ticket, nothing typed is lost, and the staff can end it`(
        _ count: Int, _ length: Int
    ) throws {
        let work = try WorkSite()
        let folio = try work.ticket()
        let (ana, lucia) = (try work.browser("ana"), try work.browser("lucia"))
        #expect(try ana.post("/tickets/\(folio)/messages", ["body": "Uno más"]).status == 303)
        try fill(work, folio, count, length)
        let version = try work.read(folio).version
        for name in ["messages", "closure"] {
            let answer = try ana.post("/tickets/\(folio)/\(name)", ["body": "Otro más"])
            #expect(answer.status == 422 && answer.text.contains("Otro más</textarea>"), "\(name)")
            #expect(answer.text.contains("El ticket ya es muy largo"), "\(name)")
        }
        for name in ["followers", "followers/removal"] {
            let answer = try ana.post("/tickets/\(folio)/\(name)", ["person": "\(work.ana)"])
            #expect(answer.status == 409 || answer.status == 303, "\(name)")
        }
        #expect(try work.read(folio).version == version)
        let solved = [("body", "Listo"), ("visibility", "public"), ("status", "resolved")]
        #expect(try lucia.post("/tickets/\(folio)/messages", solved).status == 303)
        let failing = try ana.post("/tickets/\(folio)/reopening", ["failing": "Aún no"])
        #expect(failing.status == 422 && failing.text.contains("Aún no</textarea>"))
        #expect(try ana.post("/tickets/\(folio)/closure").status == 303, "to say that it is solved takes no room")
    }

    @Test func `the staff's room ends, too`() throws {
        let work = try WorkSite()
        let folio = try work.ticket()
        try fill(work, folio, 101, 20_000)
        let answer = try work.browser("lucia").post(
            "/tickets/\(folio)/messages", ["body": "Nota", "visibility": "internal"])
        #expect(answer.status == 422 && answer.text.contains("El ticket ya es muy largo"))
    }
}
