// A search finds what was said in tickets, for staff all of it, for customers what they may read.

import SLA
import SQL
import Testing

@testable import Atiende

@Suite struct SearchTests {
    private struct Found {
        let desk: TicketDesk
        let other: Organization.ID
        let oscar: Person.ID
        let ana: Person.ID
        let beto: Person.ID
        let own: Folio
        let hidden: Folio
        let foreign: Folio

        init() throws {
            let site = try TestSite()
            let desk = try TicketDesk(site, "proware")
            self.desk = desk
            other = try site.addOrganization("Transportes El Roble")
            oscar = try site.add("oscar@proware.example", as: .technician(level: 2), name: "Óscar Benítez")
            ana = try site.add("ana@ceiba.example", name: "Ana Ruiz", of: desk.organization)
            beto = try site.add("beto@ceiba.example", name: "Beto Gil", of: desk.organization)
            let now = site.clock.now
            func open(
                _ subject: String, _ organization: Organization.ID, _ requester: Person.ID?, isPrivate: Bool = false
            ) throws -> Folio {
                var draft = TicketDraft(
                    organization: organization, requester: requester, kind: "support", subject: subject,
                    channel: .portal, severity: "high", plan: try #require(desk.rules.plan("premiumPlus")),
                    openedAt: now - 7200)
                draft.names = ["Ana Ruiz", "ana@ceiba.example", "Almacenes La Ceiba"]
                draft.properties[.tags] = isPrivate ? "" : "vpn red"
                if isPrivate { draft.properties[.isPrivate] = "1" }
                let ready = draft
                return try desk.desk.write { [rules = desk.rules] in try $0.openTicket(ready, rules, at: now) }
            }
            own = try open("La facturación no timbra", desk.organization, ana)
            hidden = try open("Facturación privada", desk.organization, ana, isPrivate: true)
            foreign = try open("Facturación ajena", other, nil)
            try write(.note, "El cliente usa berilio", own)
            try write(.staffMessage(level: 2), "Pruebe con cobalto", own)
            try write(.assigned(oscar), "", own)
            try write(.level(2), "", own)
        }

        func write(_ kind: TicketFact.Kind, _ body: String, _ folio: Folio) throws {
            try desk.desk.write { [rules = desk.rules, now = desk.site.clock.now] connection in
                let ticket = try #require(try connection.ticket(folio))
                try connection.append(
                    TicketFact(at: now - 60, actor: nil, kind: kind, body: body), to: ticket.id, rules, recordedAt: now)
            }
        }

        func search(_ text: String, _ scope: TicketScope = .desk, as person: Person.ID? = nil) throws -> [Folio] {
            let search = SearchReader(contract: desk.rules.contract).read(text)
            let context = SearchContext(
                scope: scope, person: person ?? oscar, zone: desk.rules.zone, now: desk.site.clock.now)
            return try desk.desk.read { connection in
                try connection.search(search, context).tickets.compactMap { try connection.ticket($0)?.folio }
            }
        }
    }

    @Test func `staff finds by folio, person, organization and text, whatever the accents`() throws {
        let found = try Found()
        for text in ["\(found.own)", "timbra", "FACTURACION timbra", "cobalto", "berilio"] {
            #expect(try found.search(text) == [found.own], "\(text)")
        }
        #expect(try Set(found.search("ruiz ceiba")) == [found.own, found.hidden, found.foreign])
        #expect(try found.search("facturacion").count == 3)
        for text in ["\"factura\"", "factura timbra", "timbra nada", "\"timbra facturación\"", "*", "999"] {
            #expect(try found.search(text).isEmpty, "\(text)")
        }
        // The number of a folio, without its zeros.
        #expect(try found.search("\(found.own.number)").contains(found.own))
    }

    @Test(arguments: [
        ("\"", 0), ("*", 0), ("NEAR(facturación timbra)", 0), ("shown:timbra", 0), ("timbra AND", 0), ("-timbra", 1),
        ("^timbra", 1), ("{shown}: timbra", 0), ("timbra)", 1), ("';--", 0), ("\u{0}", 0),
    ])
    func `what the full text takes for an operator is words here`(_ text: String, _ count: Int) throws {
        #expect(try Found().search(text).count == count)
    }

    @Test func `filters keep what they name`() throws {
        let found = try Found()
        let own = [found.own]
        #expect(try found.search("nivel:2") == own)
        #expect(try found.search("asignado:yo") == own)
        #expect(try found.search("asignado:benitez facturacion") == own)
        #expect(try found.search("asignado:\"Óscar Benítez\" nivel:1").isEmpty)
        #expect(try found.search("asignado:nadie").count == 2)
        #expect(try found.search("organización:roble") == [found.foreign])
        #expect(try found.search("organización:roble timbra").isEmpty)
        #expect(try Set(found.search("etiqueta:vpn")) == [found.own, found.foreign])
        #expect(try found.search("etiqueta:vp").isEmpty)
        #expect(try found.search("severidad:1").isEmpty)
        #expect(try found.search("severidad:2 estado:abierto").count == 3)
        #expect(try found.search("estado:resuelto").isEmpty)
        #expect(try found.search("tipo:support desde:2026-11-16 hasta:2026-11-16").count == 3)
        #expect(try found.search("hasta:2026-11-15").isEmpty)
        #expect(try found.search("desde:2026-11-17").isEmpty)
        try found.write(.status(.waitingCustomer), "", found.own)
        #expect(try found.search("estado:esperando") == own)
        #expect(try found.search("plazo:en-pausa timbra") == own)
        try found.write(.merged, "", found.own)
        #expect(try found.search("estado:unido") == own)
        #expect(try found.search("estado:esperando").isEmpty)
        #expect(try found.search("timbra") == own)
    }

    @Test func `customers find what is theirs, and never what only staff may read`() throws {
        let found = try Found()
        let ana = TicketScope.organization(found.desk.organization, found.ana)
        let beto = TicketScope.organization(found.desk.organization, found.beto)
        #expect(try Set(found.search("facturacion", ana, as: found.ana)) == [found.own, found.hidden])
        #expect(try found.search("facturacion", beto, as: found.beto) == [found.own])
        #expect(try found.search("cobalto", beto, as: found.beto) == [found.own])
        #expect(try found.search("berilio", ana, as: found.ana).isEmpty)
        #expect(try found.search("organización:roble", ana, as: found.ana).isEmpty)
        #expect(try found.search("ajena", ana, as: found.ana).isEmpty)
        #expect(try found.search("estado:abierto", beto, as: found.beto) == [found.own])
        let other = TicketScope.organization(found.other, found.ana)
        #expect(try found.search("facturacion", other, as: found.ana) == [found.foreign])
    }

    @Test func `the page shows what was found, with its filters and what is wrong with one`() throws {
        let found = try Found()
        let oscar = try Browser(found.desk.site, "proware", as: "oscar@proware.example")
        let page = try oscar.get("/queue?q=facturaci%C3%B3n+nivel:2").text
        #expect(page.contains("\(found.own)") && !page.contains("\(found.foreign)"))
        #expect(page.contains("Nivel: 2"))
        let wrong = try oscar.get("/queue?q=severidad:9+organizaci%C3%B3n:nadie").text
        #expect(wrong.contains("«9» no vale para severidad"))
        #expect(wrong.contains("Ninguna organización se llama «nadie»"))
        #expect(wrong.contains("Ningún ticket con eso"))
        let answer = try oscar.get("/queue/filter?level=nivel:2&organization=La+Ceiba&words=timbra")
        #expect(answer.status == 303)
        let place = try #require(answer.field("Location"))
        #expect(try oscar.get(place).text.contains("\(found.own)"))
        // Another desk's tickets are not here.
        try found.desk.site.add("ivan@seres.example", to: "seres", as: .technician(level: 1))
        let ivan = try Browser(found.desk.site, "seres", as: "ivan@seres.example")
        #expect(try !ivan.get("/queue?q=facturacion").text.contains("\(found.own)"))
    }
}
