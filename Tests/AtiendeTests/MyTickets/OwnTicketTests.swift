// A ticket on its customer's page: what he sees, what he does, and what is nobody else's.

import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

extension Reporter {
    /// What the staff did.
    func work(on folio: Folio, _ body: @escaping @Sendable (inout TicketWork) throws -> Void) throws {
        let desk = try desk()
        let now = site.clock.now
        let person = try #require(try desk.desk.read { try $0.person(email: "elena@proware.example") })
        try desk.desk.write { connection in
            let ticket = try #require(try connection.ticket(folio))
            var work = TicketWork(on: ticket, by: TicketParty(person), desk.rules, at: now, in: connection)
            try body(&work)
        }
    }

    /// Answered, resolved and, if so, closed by the customer.
    func resolved(_ changes: [String: String] = [:], isClosed: Bool = false) throws -> Folio {
        let folio = try folio(changes)
        try work(on: folio) { work in
            try work.answer("Ya suena.")
            try work.set(.resolved)
        }
        if isClosed { #expect(try browser.post("/tickets/\(folio)/closure").status == 303) }
        return folio
    }

    func page(_ folio: Folio) throws -> String { try browser.get("/tickets/\(folio)").text }

    func colleague(_ name: String) throws -> (id: Person.ID, browser: Browser) {
        let id = try site.add("\(name)@ceiba.example", to: tenant, name: "\(name) de la Ceiba", of: organization)
        return (id, try Browser(site, tenant, as: "\(name)@ceiba.example"))
    }

    func status(_ folio: Folio) throws -> TicketStatus { try desk().ticket(folio).status }
}

@Suite struct OwnTicketTests {
    @Test func `PW-3: a customer follows his ticket in his own words, with its promises and its conversation`() throws {
        let reporter = try Reporter(plan: "empresarial")
        let folio = try reporter.folio()
        try reporter.work(on: folio) { work in
            try work.answer("Lo revisamos.")
            try work.note("El cliente no sabe nada de esto")
            try work.set(.waitingCustomer)
        }
        let text = try reporter.page(folio)
        for wanted in ["Necesita su respuesta", "Lo revisamos.", "Desde ayer.\nNadie oye.", "Solución", "Recibido"] {
            #expect(text.contains(wanted), "\(wanted)")
        }
        #expect(!text.contains("no sabe nada") && !text.contains("Esperando al cliente"))
    }

    @Test func `staff who open it are led to where they work on it`() throws {
        let reporter = try Reporter()
        let folio = try reporter.folio()
        let admin = try Browser(reporter.site, "proware", as: "elena@proware.example")
        #expect(try admin.get("/tickets/\(folio)").field("Location") == "/t/proware/desk/\(folio)")
        #expect(try admin.get("/tickets/PRW-2026-000099").status == 404)
        #expect(try admin.post("/tickets/\(folio)/closure").status == 404)
    }

    // MARK: Closing (BZ-8)

    @Test func `BZ-8: the customer confirms what was resolved, and the ticket is closed`() throws {
        let reporter = try Reporter()
        let folio = try reporter.resolved()
        #expect(try reporter.page(folio).contains("¿Quedó resuelto?"))
        #expect(try reporter.browser.post("/tickets/\(folio)/closure").status == 303)
        #expect(try reporter.status(folio) == .closed)
        let text = try reporter.page(folio)
        #expect(text.contains("¿Cómo le fue con este ticket?") && text.contains("Cerró el ticket."))
        #expect(!text.contains("¿Quedó resuelto?") && !text.contains(">Enviar mensaje<"))
        // Once is enough.
        #expect(try reporter.browser.post("/tickets/\(folio)/closure").status == 409)
    }

    @Test func `BZ-8: what still fails opens the ticket again, not without saying what`() throws {
        let reporter = try Reporter()
        let folio = try reporter.resolved()
        let empty = try reporter.browser.post("/tickets/\(folio)/reopening", ["failing": " "])
        #expect(empty.status == 422 && empty.text.contains("Escriba qué sigue fallando"))
        #expect(try reporter.status(folio) == .resolved)
        #expect(try reporter.browser.post("/tickets/\(folio)/reopening", ["failing": "Sin timbre"]).status == 303)
        #expect(try reporter.status(folio) == .open)
        #expect(try reporter.page(folio).contains("Sin timbre"))
        #expect(try reporter.browser.post("/tickets/\(folio)/reopening", ["failing": "Otra vez"]).status == 409)
    }

    @Test func `it was solved before support said so, with a last word`() throws {
        let reporter = try Reporter()
        let folio = try reporter.folio()
        #expect(try reporter.browser.post("/tickets/\(folio)/closure", ["body": "Era un cable."]).status == 303)
        #expect(try reporter.status(folio) == .closed)
        #expect(try reporter.page(folio).contains("Era un cable."))
    }

    @Test func `what support wrote meanwhile is read before the ticket is closed, and nothing typed is lost`() throws {
        let reporter = try Reporter()
        let folio = try reporter.folio()
        let version = try reporter.desk().ticket(folio).version
        try reporter.work(on: folio) { try $0.answer("¿En cuál teléfono?") }
        let form = ["body": "Ya suena en todos", "version": "\(version)"].map { ($0.key, $0.value) }
        let answer = try reporter.browser.post("/tickets/\(folio)/closure", form)
        #expect(answer.status == 422 && answer.text.contains("Lea su mensaje antes de cerrar"))
        #expect(answer.text.contains("Ya suena en todos</textarea>") && answer.text.contains("¿En cuál teléfono?"))
        #expect(try reporter.status(folio) == .open)
        #expect(try reporter.browser.post("/tickets/\(folio)/closure", ["body": "Ya"]).status == 303)
    }

    @Test func `what is written on a ticket that was closed meanwhile goes on in a new one, with its files`() throws {
        let reporter = try Reporter()
        let folio = try reporter.resolved(isClosed: true)
        let led = try reporter.browser.upload(
            "/tickets/\(folio)/messages", [("body", "Otra vez no suena")], files: [("foto.txt", [65])])
        #expect(led.status == 422 && led.text.contains("\(folio) ya está cerrado"))
        #expect(led.text.contains("Otra vez no suena</textarea>") && led.text.contains("foto.txt"))
        #expect(led.text.contains("name=\"parent\" value=\"\(folio)\""))
        #expect(led.text.contains("action=\"/t/proware/tickets/new\""))
        let token = try #require(led.text.firstMatch(of: /name="kept" value="([^"]+)"/)?.1)
        let next = try reporter.folio(
            ["description": "Otra vez no suena", "parent": "\(folio)", "kept": String(token)])
        let page = try reporter.page(next)
        #expect(page.contains("Otra vez no suena") && page.contains("foto.txt") && page.contains("Viene de"))
        // Nobody else's ticket is gone on from.
        let caro = try reporter.colleague("caro")
        let secret = try reporter.resolved(["isPrivate": "on"], isClosed: true)
        #expect(try caro.browser.upload("/tickets/\(secret)/messages", [("body", "Hola")], files: []).status == 404)
    }

    @Test func `the ticket's page leads to all of it as one file`() throws {
        let reporter = try Reporter()
        let folio = try reporter.folio()
        let path = "/t/proware/tickets/\(folio)/file"
        #expect(try reporter.page(folio).contains("href=\"\(path)\" download"))
        let admin = try Browser(reporter.site, "proware", as: "elena@proware.example")
        let desk = try admin.get("/desk/\(folio)").text
        #expect(desk.contains("href=\"\(path)\" download"))
        // The queues stand beside it, counted.
        #expect(desk.contains("href=\"/t/proware/queue/unassigned\"") && desk.contains("data-count=\"all\">1<"))
    }

    // MARK: The survey (PW-8)

    @Test(arguments: SurveyFace.allCases)
    func `PW-8: after closing there are three faces and a comment, once`(_ face: SurveyFace) throws {
        let reporter = try Reporter()
        let folio = try reporter.resolved(isClosed: true)
        #expect(try reporter.browser.post("/tickets/\(folio)/survey", ["face": "", "comment": "Bien"]).status == 422)
        #expect(try reporter.browser.post("/tickets/\(folio)/survey", ["face": "x", "comment": "Bien"]).status == 422)
        let form: KeyValuePairs = ["face": face.rawValue, "comment": "Fueron rápidos"]
        #expect(try reporter.browser.post("/tickets/\(folio)/survey", form).status == 303)
        #expect(try reporter.desk().ticket(folio).face == face)
        let text = try reporter.page(folio)
        #expect(text.contains("Fueron rápidos") && !text.contains("¿Cómo le fue con este ticket?"))
        #expect(try reporter.browser.post("/tickets/\(folio)/survey", form).status == 409)
    }

    @Test func `PW-8: a face in a letter leads to the survey with that face, and changes nothing by itself`() throws {
        let reporter = try Reporter()
        let folio = try reporter.resolved(isClosed: true)
        let before = try reporter.desk().ticket(folio).version
        let text = try reporter.browser.get("/tickets/\(folio)?face=bad").text
        #expect(text.contains("value=\"bad\" checked"))
        #expect(try reporter.desk().ticket(folio).version == before)
    }

    // MARK: Going on

    @Test func `a closed ticket goes on in a new one that is tied to it`() throws {
        let reporter = try Reporter()
        let folio = try reporter.resolved(["service": "Timbre"], isClosed: true)
        #expect(try reporter.page(folio).contains("/tickets/new?parent=\(folio)"))
        let form = try reporter.browser.get("/tickets/new?parent=\(folio)").text
        #expect(form.contains("value=\"No suena el timbre\"") && form.contains("value=\"Timbre\""))
        let next = try reporter.folio(["parent": "\(folio)"])
        #expect(try reporter.page(next).contains(">\(folio)</a>") && reporter.page(folio).contains(">\(next)</a>"))
        // Not from one that is open, nor from another's.
        #expect(try reporter.report(["parent": "\(next)"]).status == 404)
        #expect(try reporter.browser.get("/tickets/new?parent=\(next)").status == 404)
    }

    // MARK: Followers

    @Test func `PW-3: colleagues follow a ticket, and see a private one only then`() throws {
        let reporter = try Reporter()
        let caro = try reporter.colleague("caro")
        let folio = try reporter.folio(["isPrivate": "on"])
        #expect(try caro.browser.get("/tickets/\(folio)").status == 404)
        #expect(try caro.browser.post("/tickets/\(folio)/followers", ["person": "\(caro.id)"]).status == 404)
        #expect(try reporter.page(folio).contains("caro de la Ceiba"))
        #expect(try reporter.browser.post("/tickets/\(folio)/followers", ["person": "\(caro.id)"]).status == 303)
        #expect(try caro.browser.get("/tickets/\(folio)").status == 200)
        let left = try caro.browser.post("/tickets/\(folio)/followers/removal", ["person": "\(caro.id)"])
        #expect(left.field("Location") == "/t/proware/tickets")
        #expect(try caro.browser.get("/tickets/\(folio)").status == 404)
    }

    @Test func `nobody of another organization, of the staff, or unknown is made a follower`() throws {
        let reporter = try Reporter()
        let folio = try reporter.folio()
        let other = try reporter.site.addOrganization("Ferretería El Tornillo")
        let otto = try reporter.site.add("otto@tornillo.example", of: other)
        for person in ["\(otto)", "2", "99", "0", "-1", "x", ""] {
            #expect(try reporter.browser.post("/tickets/\(folio)/followers", ["person": person]).status == 404)
        }
        #expect(try reporter.site.lines("SELECT person FROM ticket_follower").isEmpty)
    }

    @Test func `no form of a ticket does anything for somebody of another organization`() throws {
        let populated = try PopulatedSite()
        let other = try populated.browser(.other)
        let before = try populated.contents("proware")
        for folio in ["PRW-2026-000001", "PRW-2026-000003", "PRW-2026-000099", "SER-2026-000001"] {
            for noun in ["closure", "reopening", "survey", "followers", "followers/removal"] {
                let form = ["person": "6", "failing": "x", "face": "bad", "body": "x"].map { ($0.key, $0.value) }
                #expect(try other.post("/tickets/\(folio)/\(noun)", form).status == 404, "\(noun)")
            }
            #expect(try other.get("/tickets/\(folio)").status == 404)
        }
        #expect(try populated.contents("proware") == before)
    }

    // MARK: What people write

    @Test func `markup in every field is text on every page, for each who reads it`() throws {
        let vector = #"x"'><img src=x onerror=alert(1)></textarea></script><script>alert(2)</script>{{7*7}}"#
        let reporter = try Reporter()
        let caro = try reporter.colleague("caro")
        let folio = try reporter.folio([
            "subject": vector, "description": vector, "service": vector, "productVersion": String(vector.prefix(90)),
            "environment": vector,
        ])
        try reporter.work(on: folio) { work in
            try work.answer(vector)
            try work.set(.resolved)
        }
        #expect(try reporter.browser.post("/tickets/\(folio)/reopening", ["failing": vector]).status == 303)
        #expect(try reporter.browser.post("/tickets/\(folio)/closure", ["body": vector]).status == 303)
        #expect(
            try reporter.browser.post("/tickets/\(folio)/survey", ["face": "bad", "comment": vector]).status == 303)
        let admin = try Browser(reporter.site, "proware", as: "elena@proware.example")
        let seen = [
            (reporter.browser, "/tickets/\(folio)"), (reporter.browser, "/tickets/\(folio)/confirmation"),
            (reporter.browser, "/tickets"), (reporter.browser, "/"), (caro.browser, "/tickets/\(folio)"),
            (caro.browser, "/tickets?of=organization"), (admin, "/desk/\(folio)"),
            (reporter.browser, "/tickets/new?parent=\(folio)"),
        ]
        for (browser, path) in seen {
            let text = try browser.get(path).text
            #expect(
                !text.contains("<img src=x") && !text.contains("<script>alert") && !text.contains(#"x"'>"#), "\(path)")
            if path != "/" { #expect(text.contains("&lt;img src=x"), "\(path)") }
        }
        let table = try reporter.browser.get("/tickets/export").whole()
        #expect(table.contains("\(folio)"))
    }
}
