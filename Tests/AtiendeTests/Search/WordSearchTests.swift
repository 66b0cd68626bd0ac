// The words of a search may stand in different events of a ticket, and the last of them may not be whole yet.

import SLA
import SQL
import Testing

@testable import Atiende

@Suite struct WordSearchTests {
    private let desk: TicketDesk
    private let ana: Person.ID
    private let folio: Folio
    private let other: Folio

    /// One ticket of which a word stands in each event, and another that has some of them.
    init() throws {
        let site = try TestSite()
        let desk = try TicketDesk(site, "proware")
        let ana = try site.add("ana@ceiba.example", name: "Ana Ruiz", of: desk.organization)
        let (rules, now) = (desk.rules, site.clock.now)
        let plan = try #require(rules.plan("premiumPlus"))
        func draft(_ subject: String, _ requester: Person.ID?, _ names: [String]) -> TicketDraft {
            var draft = TicketDraft(
                organization: desk.organization, requester: requester, kind: "support", subject: subject,
                channel: .portal, severity: "high", plan: plan, openedAt: now - 7200)
            draft.names = names + ["Almacenes La Ceiba"]
            return draft
        }
        let first = draft("La facturación no timbra", ana, ["Ana Ruiz", "ana@ceiba.example"])
        let second = draft("La facturación no imprime", nil, ["Beto Gil", "beto@ceiba.example"])
        (folio, other) = try desk.desk.write {
            (try $0.openTicket(first, rules, at: now), try $0.openTicket(second, rules, at: now))
        }
        (self.desk, self.ana) = (desk, ana)
        try write(.staffMessage(level: 1), "Pruebe con cobalto", folio)
        try write(.note, "El cliente usa berilio", folio)
        try write(.staffMessage(level: 1), "Pruebe con cobre", other)
    }

    private func write(_ kind: TicketFact.Kind, _ body: String, _ folio: Folio, file: String? = nil) throws {
        try desk.desk.write { [rules = desk.rules, now = desk.site.clock.now] connection in
            let ticket = try #require(try connection.ticket(folio))
            let files = try file.map { name in
                let new = NewAttachment(
                    token: name, name: name, type: "text/plain", size: 1, sha256: "00", dimensions: nil)
                return try #require(try connection.keep(new, of: nil, quota: 100, at: now)).id
            }
            try connection.append(
                TicketFact(at: now - 60, actor: nil, kind: kind, body: body), to: ticket.id,
                files: files.map { [$0] } ?? [], rules, recordedAt: now)
        }
    }

    private func search(_ text: String, _ scope: TicketScope = .desk) throws -> SearchResult {
        let search = SearchReader(contract: desk.rules.contract).read(text)
        let context = SearchContext(scope: scope, person: ana, zone: desk.rules.zone, now: desk.site.clock.now)
        return try desk.desk.read { try $0.search(search, context) }
    }

    private func folios(_ text: String, _ scope: TicketScope = .desk) throws -> [Folio] {
        let found = try search(text, scope).tickets
        return try desk.desk.read { connection in try found.compactMap { try connection.ticket($0)?.folio } }
    }

    @Test(arguments: [
        "timbra cobalto", "berilio cobalto facturacion", "ruiz berilio", "\"no timbra\" \"con cobalto\"",
        "consola ruiz cobalto", "cobalto nivel:1 timbra",
    ])
    func `words of one ticket are found in whichever of its events they stand`(_ text: String) throws {
        try write(.staffMessage(level: 1), "Vea el registro", folio, file: "consola.log")
        #expect(try folios(text) == [folio])
    }

    @Test(arguments: ["timbra cobre", "cobalto imprime", "gil berilio", "timbra cobalto nada", "\"timbra cobalto\""])
    func `words of two tickets find neither`(_ text: String) throws {
        #expect(try folios(text).isEmpty)
    }

    @Test func `customers find by what they may read, in whichever event it stands`() throws {
        let scope = TicketScope.organization(desk.organization, ana)
        #expect(try folios("cobalto timbra", scope) == [folio])
        #expect(try folios("berilio timbra", scope).isEmpty)
        #expect(try folios("cobalto timbra beri", scope).isEmpty)
    }

    @Test func `the last word may be the beginning of one, the others are whole`() throws {
        #expect(try Set(folios("factur")) == [folio, other])
        #expect(try folios("facturacion cob") == [other, folio])
        #expect(try folios("timbra COB") == [folio])
        for text in ["fa", "factur timbra", "\"factur\"", "facturx", "timbra \"cob\""] {
            #expect(try folios(text).isEmpty, "\(text)")
        }
    }

    @Test func `the last one that was spoken of comes first`() throws {
        #expect(try folios("facturacion pruebe") == [other, folio])
        try write(.staffMessage(level: 1), "Pruebe otra vez", folio)
        #expect(try folios("facturacion pruebe") == [folio, other])
    }

    /// Writes a word in so many events of a ticket.
    private func fill(_ folio: Folio, with word: String, events: Int) throws {
        let now = desk.site.clock.now
        try desk.desk.write { connection in
            let ticket = try #require(try connection.ticket(folio))
            for _ in 0..<events {
                try connection.execute(
                    """
                    INSERT INTO ticket_event (ticket, at, recorded_at, type, payload, body)
                    VALUES (?, ?, ?, 'note', '{}', ?)
                    """, ticket.id, now, now, word)
                try connection.indexText(shown: [word], hidden: [], of: Int(connection.lastInsertRowID))
            }
        }
    }

    @Test func `a word that very many events hold finds with one that few hold`() throws {
        try fill(other, with: "timbra", events: 2100)
        #expect(try folios("timbra cobalto") == [folio])
        #expect(try folios("timbra cobre") == [other])
        #expect(try folios("timbra zinc").isEmpty)
        let scope = TicketScope.organization(desk.organization, ana)
        #expect(try folios("timbra cobalto", scope) == [folio])
        #expect(try !search("timbra cobalto").isCapped)
    }

    @Test
    func `a word that stands everywhere else is found in one's own tickets, and that not all were looked at is told`()
        throws
    {
        let elsewhere = try desk.site.addOrganization("Hotel Sol de Abril")
        let draft = try TicketDesk(desk.site, "proware", organization: elsewhere)
            .draft("high", plan: "premiumPlus", openedAt: desk.site.clock.now)
        let foreign = try desk.desk.write { [rules = desk.rules] in
            try $0.openTicket(draft, rules, at: draft.openedAt)
        }
        try fill(foreign, with: "timbra", events: Search.mostLookedAt)
        let scope = TicketScope.organization(desk.organization, ana)
        #expect(try folios("timbra", scope) == [folio] && search("timbra", scope).isCapped)
        #expect(try folios("timbra") == [foreign] && search("timbra").isCapped)
        let page = try Browser(desk.site, "proware", as: "ana@ceiba.example").get("/tickets?q=timbra").text
        #expect(page.contains("\(folio)") && page.contains("Se buscó en lo más reciente"))
    }

    @Test func `an organization that is called otherwise now is found by its name of now`() throws {
        try desk.desk.write { connection in
            let record = try #require(try connection.organization(desk.organization))
            var details = record.details
            details.legalName = "Bodegas El Roble"
            try connection.update(desk.organization, details, at: desk.site.clock.now)
        }
        for text in ["roble", "bodegas rob", "ceiba"] {
            #expect(try Set(folios(text)) == [folio, other], "\(text)")
        }
    }
}
