// Two organizations become one: the tickets of the one that goes are the other's, for everybody who looks for them.

import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct TicketMergeTests {
    private let desk: OrganizationDesk
    private let tickets: TicketDesk
    private let shown: Folio
    private let secret: Folio

    /// La Ceiba has an open ticket and one that Ana keeps to herself; then it is merged into Ñandú.
    init() throws {
        let desk = try OrganizationDesk()
        let tickets = try TicketDesk(desk.site, "proware", organization: desk.ceiba)
        _ = try desk.sign(desk.nandu, "empresarial")
        _ = try desk.sign(desk.ceiba)
        _ = try desk.admin.post("/organizations/\(desk.ceiba)/notes", ["note": "Nota"])
        let now = desk.site.clock.now
        func file(_ subject: String, isPrivate: Bool) throws -> Folio {
            let ana = try tickets.desk.read { try $0.person(email: "ana@ceiba.example")?.id }
            var draft = TicketDraft(
                organization: desk.ceiba, requester: ana, kind: "support", subject: subject, channel: .portal,
                severity: "high", plan: try #require(tickets.rules.plan("emprendedor")), openedAt: now, author: ana,
                names: ["Ana Mora", "Almacenes La Ceiba"])
            if isPrivate { draft.properties[.isPrivate] = "1" }
            let ready = draft
            return try tickets.desk.write { [rules = tickets.rules] in try $0.openTicket(ready, rules, at: now) }
        }
        shown = try file("El tablero no carga", isPrivate: false)
        secret = try file("Secreto de Ana", isPrivate: true)
        _ = try desk.admin.post("/admin/organizations/\(desk.ceiba)/merge", ["into": "\(desk.nandu)"])
        (self.desk, self.tickets) = (desk, tickets)
    }

    @Test func `they are of the one that stays, and its people see them but for what others keep to themselves`() throws
    {
        #expect(try [shown, secret].map { try tickets.ticket($0).organization } == [desk.nandu, desk.nandu])
        for (folio, status) in [(shown, 200), (secret, 404)] {
            #expect(try desk.beto.get("/tickets/\(folio)").status == status, "\(folio)")
            #expect(try desk.ana.get("/tickets/\(folio)").status == 200)
        }
        #expect(try desk.beto.get("/tickets?of=organization").text.contains("El tablero no carga"))
    }

    @Test func `what is counted stays counted, and deriving them again changes nothing`() throws {
        #expect(try tickets.desk.read { try $0.tally(TicketTally.open) } == 2)
        #expect(try TicketRebuild(desk: tickets.desk).run() == [])
    }

    @Test(arguments: [
        "nandu", "ferretería", "ceiba", "organización:nandu", "mora tablero", "organización:nandu tablero",
    ])
    func `staff finds them by the name of either`(_ text: String) throws {
        #expect(
            try desk.technician.get("/queue?q=" + PercentCoding.encode(queryComponent: text)).text.contains("\(shown)"))
    }

    @Test func `a new one is counted by the agreement that counts`() throws {
        let plan = try tickets.desk.read { try $0.presentPlan(of: desk.nandu, tickets.rules) }
        #expect(plan?.key == "empresarial")
    }

    @Test func `no table but the trail names the one that is gone`() throws {
        let references = try tickets.desk.read { connection in
            try connection.query(
                """
                SELECT t.name, f."from" FROM sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS f
                WHERE t.type = 'table' AND f."table" = 'organization' ORDER BY 1, 2
                """
            ) { (table: $0.text(0), column: $0.text(1)) }
        }
        #expect(references.map(\.table).contains("ticket") && references.map(\.table).contains("membership"))
        for (table, column) in references where table != "audit" {
            let count = try desk.count("SELECT count(*) FROM \(table) WHERE \(column) = \(desk.ceiba)")
            #expect(count == 0, "\(table).\(column)")
        }
    }
}
