// What a provider's home, and the frame around it, show to each who comes.

import SLA
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct HomeTests {
    private let site: TestSite

    init() throws { site = try TestSite() }

    private func current(_ page: String) -> [String] {
        page.matches(of: /<nav class="nav".*?<\/nav>/.dotMatchesNewlines()).flatMap { navigation in
            navigation.0.matches(of: /aria-current="page">([^<]*)</).map { String($0.1) }
        }
    }

    @Test func `whoever is not in is led to the log-in and to an account of one's own`() throws {
        let page = try site.get("/t/proware/").text
        #expect(
            page.contains("href=\"/t/proware/login\">Entrar</a><a class=\"btn big\" href=\"/t/proware/signup\">Crear"))
        #expect(page.contains("Este es el centro de ayuda de Proware.") && !page.contains("id=\"places\""))
    }

    @Test(arguments: [
        (Person.Role.technician(level: 1), false), (.admin, true),
    ])
    func `the staff is greeted by name and finds its work`(_ role: Person.Role, _ administers: Bool) throws {
        try site.add("ivan@proware.example", to: "proware", as: role)
        let page = try Browser(site, "proware", as: "ivan@proware.example").get("/").text
        #expect(page.contains(/<h1>Buen[^.<]*, [^ <]+\.<\/h1>/))
        let list = try #require(page.firstMatch(of: /id="places".*?<\/ul>/.dotMatchesNewlines())).0
        #expect(list.contains("/t/proware/people\"") && list.contains("/t/proware/organizations\""))
        #expect(list.contains("/t/proware/admin\"") == administers)
        #expect(!page.contains("href=\"/t/proware/signup\"") && !page.contains("id=\"mine\""))
    }

    @Test func `a customer finds the organization, and its plan once it has signed one`() throws {
        let organization = try site.addOrganization("Almacenes La Ceiba", to: "proware")
        try site.add("ana@ceiba.example", to: "proware", of: organization)
        let ana = try Browser(site, "proware", as: "ana@ceiba.example")
        let before = try ana.get("/").text
        #expect(before.contains("<h2 id=\"mine\">Almacenes La Ceiba</h2>"))
        #expect(before.contains("Todavía no hay un contrato firmado") && !before.contains("id=\"places\""))
        let contract = try #require(Contract.named("proware"))
        let plan = try #require(contract.plans.first)
        let now = site.clock.now
        let today = try #require(CivilDate("2026-11-16"))
        let agreement = NewAgreement(
            organization: organization, plan: plan.key, planVersion: contract.version,
            term: AgreementTerm(startsOn: today, months: 12, renews: true, noticeOn: nil), document: "", sha256: [])
        _ = try site.desk("proware").write { try $0.sign(agreement, today: today, at: now) }
        let after = try ana.get("/").text
        #expect(after.contains("<dd>\(plan.name.spanish)</dd>") && after.contains("<dt>Horario</dt>"))
        #expect(after.contains("<dt>Medios</dt>") && !after.contains("Todavía no hay un contrato"))
    }

    @Test(arguments: [("seres", true), ("proware", false), ("ingressio", false)])
    func `new accounts have a place where the contract promises something about them`(
        _ tenant: String, _ promises: Bool
    ) throws {
        let site = try TestSite(tenants: [tenant])
        try site.add("ivan@staff.example", to: tenant, as: .admin)
        let page = try Browser(site, tenant, as: "ivan@staff.example").get("/").text
        #expect(page.contains(">Altas</a>") == promises)
    }

    @Test(arguments: [
        ("/", "Inicio"), ("/organization", "Su organización"), ("/organization/accesses", "Su organización"),
        ("/organization/agreement", "Contrato"),
    ])
    func `one place of the frame is where the visitor is`(_ path: String, _ place: String) throws {
        let organization = try site.addOrganization("Almacenes La Ceiba", to: "proware")
        try site.add("ana@ceiba.example", to: "proware", of: organization)
        #expect(current(try Browser(site, "proware", as: "ana@ceiba.example").get(path).text) == [place])
    }

    @Test func `the channels that bind the provider say so, the others that they do not`() throws {
        let site = try TestSite(tenants: ["ingressio"])
        let page = try site.get("/t/ingressio/").text
        #expect(page.matches(of: /Medio oficial/).count == 1)
        #expect(page.matches(of: /Lo que se diga por aquí no obliga/).count == 2)
    }

    @Test func `the pages of an organization and of a person lead to their own rows of the trail`() throws {
        let organization = try site.addOrganization("Almacenes La Ceiba", to: "proware")
        let ana = try site.add("ana@ceiba.example", to: "proware", of: organization)
        try site.add("elena@proware.example", to: "proware", as: .admin)
        try site.add("ivan@proware.example", to: "proware", as: .technician(level: 1))
        for (path, trail) in [
            ("/organizations/\(organization)", "/admin/audit?company=%23\(organization)"),
            ("/people/\(ana)", "/admin/audit?who=%23\(ana)"),
        ] {
            let elena = try Browser(site, "proware", as: "elena@proware.example")
            #expect(try elena.get(path).text.contains("href=\"/t/proware\(trail)\""))
            let rows = try elena.get(trail)
            #expect(rows.status == 200 && !rows.text.contains("class=\"faults\""))
            let ivan = try Browser(site, "proware", as: "ivan@proware.example")
            #expect(try !ivan.get(path).text.contains("/admin/audit"))
        }
    }
}
