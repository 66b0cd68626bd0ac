// The public form (PW-2): what strangers can cause, and what they cannot.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct StrangerTests {
    private static let canary = "COMPRE-YA-http://malo.example"

    private func form(_ email: String, _ text: String = canary) -> [(String, String)] {
        [
            ("name", "Rosa Quintero"), ("email", email),
            ("company", "Ferretería El Tornillo \(text)".prefix(100).description),
            ("kind", "support"), ("subject", "Ayuda \(text)"), ("description", text),
        ]
    }

    private func tickets(_ site: TestSite) throws -> [Ticket] {
        try site.desk("proware").read { connection in
            try connection.query("SELECT folio FROM ticket ORDER BY id") { $0.text(0) }.compactMap {
                try connection.ticket(try #require(Folio($0)))
            }
        }
    }

    @Test func `PW-2: the letter holds nothing that the stranger typed, and a ticket comes only of its button`() throws
    {
        let site = try TestSite()
        let rosa = Browser(site, "proware")
        let answer = try rosa.post("/report", form("rosa@tornillo.example"))
        #expect(answer.status == 303 && answer.field("Location")?.hasSuffix("/report/sent") == true)
        let letter = try #require(try site.letters().last)
        #expect(letter.recipient == "rosa@tornillo.example")
        for typed in [Self.canary, "malo.example", "Rosa", "Tornillo", "Ayuda"] {
            #expect(!(letter.subject + letter.text + letter.html).contains(typed), "\(typed)")
        }
        let token = try #require(letter.token)
        #expect(try rosa.get("/report/confirm?token=\(token)").status == 200)
        #expect(try tickets(site).isEmpty)
        #expect(try rosa.post("/report/confirm", ["token": token]).status == 303)
        let ticket = try #require(try tickets(site).first)
        #expect(ticket.subject == "Ayuda \(Self.canary)")
        #expect(try rosa.post("/report/confirm", ["token": token]).status == 404)
        #expect(try tickets(site).count == 1)
        #expect(try site.letters().last?.subject.contains("\(ticket.folio)") == true)
    }

    @Test func `a stranger's ticket is the staff's to see, also from another customer`() throws {
        let site = try TestSite()
        let ceiba = try site.addOrganization("Almacenes La Ceiba")
        try site.add("ana@ceiba.example", of: ceiba, isManager: true)
        try site.add("lucia@proware.example", as: .technician(level: 1))
        try confirm("rosa@tornillo.example", site)
        let ticket = try #require(try tickets(site).first)
        let state = try site.desk("proware").read { try $0.state(of: ticket.organization) }
        #expect(state == .pending && ticket.organization != ceiba)
        #expect(
            try Browser(site, "proware", as: "ana@ceiba.example").get("/tickets/\(ticket.folio)/file").status == 404)
        #expect(
            try Browser(site, "proware", as: "lucia@proware.example").get("/tickets/\(ticket.folio)/file").status == 200
        )
        #expect(try Browser(site, "proware").get("/tickets/\(ticket.folio)/file").status == 303)
    }

    @Test func `a customer of one organization asks in its name, of several in none`() throws {
        let site = try TestSite()
        let ceiba = try site.addOrganization("Almacenes La Ceiba")
        let sol = try site.addOrganization("Hotel Sol de Abril")
        let ana = try site.add("ana@ceiba.example", of: ceiba)
        try confirm("ana@ceiba.example", site)
        let first = try #require(try tickets(site).first)
        #expect(first.organization == ceiba && first.requester == ana)
        let now = site.clock.now
        try site.desk("proware").write { try $0.insertMembership(of: ana, in: sol, isManager: false, at: now) }
        try confirm("ana@ceiba.example", site)
        let second = try #require(try tickets(site).last)
        #expect(![ceiba, sol].contains(second.organization))
        #expect(try site.letters().last?.kind == "report.folio")
    }

    @Test func `the answer is the same whoever owns the address, and letters to one are few`() throws {
        let site = try TestSite()
        try site.add("admin@proware.example", as: .admin)
        let answers = try ["admin@proware.example", "nadie@nada.example"].map { email in
            let answer = try Browser(site, "proware").post("/report", form(email))
            return "\(answer.status) \(answer.field("Location") ?? "") \(answer.text)"
        }
        #expect(answers[0] == answers[1])
        for _ in 0..<8 {
            site.clock.now += 600
            _ = try Browser(site, "proware").post("/report", form("nadie@nada.example"))
        }
        let sent = try site.letters().filter { $0.recipient == "nadie@nada.example" }
        #expect(sent.count == StrangerReport.Limits.letters)
        #expect(try tickets(site).isEmpty)
    }

    @Test func `one client cannot send without end`() throws {
        let site = try TestSite()
        let statuses = try (0..<40).map { number in
            try Browser(site, "proware").post("/report", form("p\(number)@nada.example")).status
        }
        #expect(statuses.contains(429) && statuses.first == 303)
    }

    @Test func `what is missing or wrong is said beside its field, and nothing is lost`() throws {
        let site = try TestSite()
        let answer = try Browser(site, "proware").post(
            "/report", ["email": "no es correo", "description": "Texto <b>largo</b>", "kind": "nada"])
        #expect(answer.status == 422)
        #expect(answer.text.contains("Texto &lt;b&gt;largo&lt;/b&gt;") && answer.text.contains("no es correo"))
        for id in ["name", "email", "company", "kind", "subject"] {
            #expect(answer.text.contains("id=\"\(id)-error\""))
        }
    }

    @Test func `a link ends after a day`() throws {
        let site = try TestSite()
        _ = try Browser(site, "proware").post("/report", form("rosa@tornillo.example"))
        let token = try #require(try site.letters().last?.token)
        site.clock.now += StrangerReport.Limits.seconds + 1
        #expect(try Browser(site, "proware").get("/report/confirm?token=\(token)").status == 404)
        #expect(try Browser(site, "proware").post("/report/confirm", ["token": token]).status == 404)
    }

    private func confirm(_ email: String, _ site: TestSite) throws {
        let browser = Browser(site, "proware")
        _ = try browser.post("/report", form(email))
        let token = try #require(try site.letters().last { $0.kind == "report.confirm" }?.token)
        #expect(try browser.post("/report/confirm", ["token": token]).status == 303)
    }
}
