// What a customer reports becomes a ticket, once, with what the contract promises; nothing typed is lost.

import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

/// A customer of an organization at a provider.
struct Reporter {
    let site: TestSite
    let tenant: String
    let organization: Organization.ID
    let browser: Browser

    static let form = [
        ("subject", "No suena el timbre"), ("description", "Desde ayer.\nNadie oye."), ("kind", "support"),
        ("severity", "critical"),
    ]

    /// - Parameter now: `2026-11-16 10:00` on the tenant's clock.
    init(_ tenant: String = "proware", plan: String? = nil, now: String = "2026-11-17 10:00") throws {
        site = try TestSite(tenants: ["proware", "seres"].filter { $0 != tenant } + [tenant])
        self.tenant = tenant
        organization = try site.addOrganization("Almacenes La Ceiba", to: tenant)
        site.clock.now = try TicketDesk(site, tenant, organization: organization).at(now)
        try site.add("ana@ceiba.example", to: tenant, name: "Ana Ríos", of: organization, isManager: true)
        try site.add("elena@proware.example", to: tenant, as: .admin)
        browser = try Browser(site, tenant, as: "ana@ceiba.example")
        if let plan { try sign(plan) }
    }

    func sign(_ plan: String) throws {
        let admin = try Browser(site, tenant, as: "elena@proware.example")
        let form = ["plan": plan, "startsOn": "2026-01-15", "months": "12", "renews": "on"].map { ($0.key, $0.value) }
        #expect(try admin.post("/admin/organizations/\(organization)/agreement", form).status == 303)
    }

    func form(_ changes: [String: String] = [:]) -> [(String, String)] {
        let base = Self.form.filter { changes[$0.0] == nil }
        return base + changes.map { ($0.key, $0.value) }
    }

    func report(_ changes: [String: String] = [:]) throws -> Answer {
        try browser.post("/tickets/new", form(changes))
    }

    /// The folio of a report that was taken.
    func folio(_ changes: [String: String] = [:]) throws -> Folio {
        let answer = try report(changes)
        let parts = try #require(answer.field("Location")).split(separator: "/")
        return try #require(Folio(String(parts[parts.count - 2])), "\(answer.status)")
    }

    func desk() throws -> TicketDesk { try TicketDesk(site, tenant, organization: organization) }
    func tickets() throws -> [String] { try site.lines("SELECT folio FROM ticket ORDER BY id", tenant) }
}

@Suite struct NewTicketTests {
    @Test func `IN-1: a report with all its fields becomes a ticket of the customer, his company and its plan`() throws
    {
        let reporter = try Reporter(plan: "empresarial")
        let answer = try reporter.report([
            "phone": "604 444 5566", "service": "Timbre", "productVersion": "8.4", "environment": "Chrome",
        ])
        #expect(answer.status == 303)
        #expect(answer.field("Location") == "/t/proware/tickets/PRW-2026-000001/confirmation")
        let desk = try reporter.desk()
        let ticket = try desk.ticket(try #require(Folio("PRW-2026-000001")))
        #expect(ticket.subject == "No suena el timbre" && ticket.kind == "support" && ticket.severity == "critical")
        #expect(ticket.organization == reporter.organization && ticket.requester == Person.ID(rawValue: 1))
        #expect(ticket.plan.key == "empresarial" && ticket.channel == .portal && !ticket.isPrivate)
        let (details, story) = try desk.desk.read { (try $0.details(of: ticket.id), try $0.story(of: ticket.id)) }
        #expect(details.phone == "+57 604 444 5566" && details.service == "Timbre" && details.environment == "Chrome")
        #expect(story.first?.fact.body == "Desde ayer.\nNadie oye.")
    }

    @Test func `IN-2: the page after it confirms the receipt with the folio, the promises and the severity cases`()
        throws
    {
        let reporter = try Reporter(plan: "empresarial")
        let folio = try reporter.folio()
        let page = try reporter.browser.get("/tickets/\(folio)/confirmation")
        #expect(page.status == 200)
        for wanted in [
            "\(folio)", "No suena el timbre", "Antes de hoy a las 12:00", "Antes de hoy a las 16:00", "Empresarial",
            "Impide de manera significativa", "Afecta funciones que no son críticas",
            "Le escribimos a ana@ceiba.example.",
        ] {
            #expect(page.text.contains(wanted), "\(wanted)")
        }
        // That confirmation is the receipt: no clock waits for another one.
        let ticket = try reporter.desk().ticket(folio)
        let facts = try reporter.desk().desk.read { try $0.facts(of: ticket.id) }
        #expect(facts.contains { $0.kind == .acknowledged })
    }

    @Test func `IN-18: the form shows each severity with its definition and what it would promise if sent now`() throws
    {
        let reporter = try Reporter(plan: "emprendedor")
        let page = try reporter.browser.get("/tickets/new").text
        #expect(page.contains("Impide de manera significativa"))
        #expect(page.contains("Primera respuesta antes de hoy a las 12:00, solución antes de hoy a las 14:00."))
        #expect(page.contains("Soporte confirma la severidad"))
        #expect(!page.contains("Ahora está fuera de su horario"))
    }

    @Test func `out of the plan's hours the form says when the time begins to count, and takes the report`() throws {
        let reporter = try Reporter(plan: "emprendedor", now: "2026-11-14 11:00")
        let page = try reporter.browser.get("/tickets/new").text
        // Monday 16 November is a holiday in Colombia.
        #expect(page.contains("Ahora está fuera de su horario") && page.contains("el mar 17 nov, 9:00"))
        #expect(page.contains("Plan Emprendedor: lunes a viernes de 9:00 a 17:00, sin festivos."))
        #expect(page.contains("Su plan Emprendedor no incluye: chat."))
        #expect(try reporter.report().status == 303)
    }

    @Test(arguments: Contract.all.flatMap { contract in contract.plans.map { (contract.key, $0.key) } })
    func `a customer of every plan of every contract reports, and is told what was promised`(
        _ tenant: String, _ plan: String
    ) throws {
        let reporter = try Reporter(tenant, plan: plan)
        let contract = try #require(Contract.named(tenant))
        let kind = try #require(contract.kinds.first { $0.severity == nil }?.key)
        for severity in contract.severities where !contract.kinds.contains(where: { $0.severity == severity.severity })
        {
            let folio = try reporter.folio(["kind": kind, "severity": severity.severity.rawValue])
            let ticket = try reporter.desk().ticket(folio)
            #expect(ticket.plan.key == plan && ticket.severity == severity.severity)
            let page = try reporter.browser.get("/tickets/\(folio)/confirmation")
            #expect(page.status == 200)
            let due = try reporter.desk().clocks(folio).contains { $0.dueAt != nil }
            #expect(page.text.contains("Lo que le prometemos") == due)
        }
    }

    @Test func `SE-11: a plan with a cap takes so many tickets in a month of the tenant's, then says when again`()
        throws
    {
        let reporter = try Reporter("seres", plan: "gratuito", now: "2026-11-30 23:00")
        for _ in 1...9 { #expect(try reporter.report(["kind": "support"]).status == 303) }
        #expect(try reporter.browser.get("/tickets/new").text.contains("Le queda 1 ticket este mes."))
        #expect(try reporter.report().status == 303)
        let form = try reporter.browser.get("/tickets/new").text
        #expect(form.contains("Ya usó los tickets de este mes.") && form.contains("esperar al 1 de diciembre"))
        #expect(!form.contains(">Enviar reporte<") && form.contains(">Guardar y terminar después<"))
        let refused = try reporter.report(["subject": "El undécimo"])
        #expect(refused.status == 422 && refused.text.contains("value=\"El undécimo\""))
        #expect(refused.text.contains("Su plan incluye 10 tickets al mes y ya los usó."))
        #expect(try reporter.tickets().count == 10)
        // An hour later it is December there.
        reporter.site.clock.now += 3600
        #expect(try reporter.report().status == 303)
    }

    @Test func `SE-11: the tickets of others count for nobody else`() throws {
        let reporter = try Reporter("seres", plan: "gratuito")
        for _ in 1...10 { #expect(try reporter.report().status == 303) }
        let other = try reporter.site.addOrganization("Ferretería El Tornillo", to: "seres")
        try reporter.site.add("otto@tornillo.example", to: "seres", of: other)
        let otto = try Browser(reporter.site, "seres", as: "otto@tornillo.example")
        #expect(try otto.post("/tickets/new", Reporter.form).status == 303)
    }

    @Test func `sent twice, a form makes one ticket, and leads to it both times`() throws {
        let reporter = try Reporter()
        let form = reporter.form() + [("key", try Random.identifier())]
        let places = try (1...3).map { _ in try reporter.browser.post("/tickets/new", form).field("Location") }
        #expect(Set(places).count == 1 && places[0]?.hasSuffix("PRW-2026-000001/confirmation") == true)
        #expect(try reporter.tickets() == ["PRW-2026-000001"])
    }

    @Test(arguments: [
        (["subject": ""], "Escriba el asunto"), (["description": " \n "], "Escriba qué pasó"),
        (["kind": ""], "Elija un tipo"), (["kind": "newAccount"], "Elija un tipo"),
        (["severity": ""], "Elija una severidad"), (["severity": "onboarding"], "Elija una severidad"),
        (["phone": "601 00000"], "debe tener 10 dígitos; tiene 8"),
        (["subject": String(repeating: "ñ", count: 201)], "hasta 200 caracteres; tiene 201"),
    ])
    func `what is wrong is said beside its field, and all that was typed stays`(
        _ changes: [String: String], _ fault: String
    ) throws {
        let reporter = try Reporter()
        let answer = try reporter.report(changes.merging(["environment": "Firefox en producción"]) { $1 })
        #expect(answer.status == 422 && answer.text.contains(fault) && answer.text.contains("<title>Error: "))
        #expect(answer.text.contains("value=\"Firefox en producción\""))
        if changes["description"] == nil { #expect(answer.text.contains("Desde ayer.\nNadie oye.")) }
        if changes["severity"] == nil { #expect(answer.text.contains("value=\"critical\" checked")) }
        #expect(try reporter.tickets().isEmpty)
    }

    @Test func `SE-8: a form is saved unfinished, found again with all of it, and finished`() throws {
        let reporter = try Reporter()
        let saved = try reporter.report([
            "severity": "", "subject": "", "phone": "12", "later": "1", "service": "Timbre",
        ])
        #expect(saved.status == 303 && saved.field("Location") == "/t/proware/drafts")
        #expect(try reporter.tickets().isEmpty)
        let list = try reporter.browser.get("/drafts").text
        #expect(list.contains("Reportar un problema") && list.contains("/tickets/new?draft=1"))
        #expect(try reporter.browser.get("/tickets/new").text.contains("Tiene un reporte sin terminar"))
        let again = try reporter.browser.get("/tickets/new?draft=1").text
        for kept in ["Desde ayer.\nNadie oye.", "value=\"12\"", "value=\"Timbre\"", "value=\"support\" checked"] {
            #expect(again.contains(kept), "\(kept)")
        }
        // Another's draft is nobody else's.
        try reporter.site.add("caro@ceiba.example", of: reporter.organization)
        let caro = try Browser(reporter.site, "proware", as: "caro@ceiba.example")
        #expect(try !caro.get("/tickets/new?draft=1").text.contains("Timbre"))
        #expect(try reporter.report().status == 303)
        #expect(try reporter.site.lines("SELECT count(*) FROM draft") == ["0"])
    }

    @Test func `a report that only its author is to see is private`() throws {
        let reporter = try Reporter()
        let folio = try reporter.folio(["isPrivate": "on"])
        #expect(try reporter.desk().ticket(folio).isPrivate)
        try reporter.site.add("caro@ceiba.example", of: reporter.organization)
        let caro = try Browser(reporter.site, "proware", as: "caro@ceiba.example")
        #expect(try caro.get("/tickets/\(folio)/confirmation").status == 404)
        #expect(try reporter.browser.get("/tickets/\(folio)/confirmation").status == 200)
    }

    @Test func `the confirmation of another organization's, or of another tenant's ticket is not found`() throws {
        let populated = try PopulatedSite()
        let customer = try populated.browser(.customer)
        #expect(try customer.get("/tickets/PRW-2026-000001/confirmation").status == 200)
        for folio in ["PRW-2026-000002", "PRW-2026-000003", "PRW-2026-000004", "SER-2026-000001", "x", "1"] {
            #expect(try customer.get("/tickets/\(folio)/confirmation").status == 404, "\(folio)")
        }
    }

    @Test func `IN-1: a file that came with a form with faults waits, and goes with the report`() throws {
        let reporter = try Reporter()
        let fields = reporter.form(["subject": ""])
        let file = ("consola.log", Array("12:58 sin datos".utf8))
        let faulty = try reporter.browser.upload("/tickets/new", fields, files: [file])
        #expect(faulty.status == 422 && faulty.text.contains("consola.log"))
        let token = try #require(faulty.text.firstMatch(of: /name="kept" value="([^"]*)"/)).1
        let folio = try reporter.folio(["kept": String(token)])
        #expect(try reporter.page(folio).contains("consola.log"))
        // Another's file is nobody else's to send.
        let caro = try reporter.colleague("caro")
        let stolen = try caro.browser.post("/tickets/new", reporter.form(["kept": String(token)]))
        #expect(stolen.status == 422)
    }

    @Test func `SE-8: files wait with an unfinished report`() throws {
        let reporter = try Reporter()
        let file = ("consola.log", Array("12:58 sin datos".utf8))
        let saved = try reporter.browser.upload("/tickets/new", reporter.form(["later": "1"]), files: [file])
        #expect(saved.status == 303)
        #expect(try reporter.browser.get("/tickets/new?draft=1").text.contains("consola.log"))
    }
}
