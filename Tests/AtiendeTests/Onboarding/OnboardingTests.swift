// SE-14: a new account is in operation within 72 hours. The ticket, its clock, and the pages that show it.

import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct OnboardingTests {
    private let site: TestSite
    private let seres: TicketDesk

    init() throws {
        site = try TestSite()
        seres = try TicketDesk(site, "seres")
        try site.add("elena@seres.example", to: "seres", as: .admin)
        try site.add("ivan@seres.example", to: "seres", as: .technician(level: 1))
    }

    @discardableResult
    private func begin(_ desk: TicketDesk, of organization: Organization.ID? = nil, at now: Int? = nil) throws -> Folio?
    {
        let organization = organization ?? desk.organization
        let now = now ?? site.clock.now
        let rules = desk.desk.ticketRules
        return try desk.desk.write { try $0.openOnboarding(of: organization, by: nil, rules, at: now) }
    }

    private var path: String { "/organizations/\(seres.organization)/onboarding" }

    @Test(arguments: [(0, true), (60, false), (1, false), (-1, true)])
    func `SE-14 an account in operation after 72 hours exactly is in time, a minute later it is not`(
        _ beyond: Int, _ isInTime: Bool
    ) throws {
        // Over a weekend and the holiday of 16 November: every hour counts.
        site.clock.now = try seres.at("2026-11-13 18:30")
        let folio = try #require(try begin(seres))
        let clock = try seres.clock(.resolution, folio)
        #expect(clock.budget == 72 * 3600 && clock.clause == "SE-14" && clock.state == .running)
        #expect(clock.dueAt == (try seres.at("2026-11-16 18:30")))
        site.clock.now += 72 * 3600 + beyond
        let ivan = try Browser(site, "seres", as: "ivan@seres.example")
        let answer = try ivan.post(path, [:])
        #expect(answer.status == 303 && answer.field("Location") == "/t/seres" + path)
        #expect(try seres.clock(.resolution, folio).state == (isInTime ? .met : .breached))
        let page = try ivan.get(path).text
        let text = isInTime ? (beyond < 0 ? "Cumplido en 71 h 59 min" : "Cumplido en 72 h") : "Incumplido por "
        #expect(page.contains("<b>" + text), "\(page)")
        #expect(page.contains("La cuenta está en operación.") && page.contains("en operación desde <time"))
        #expect(!page.contains("Marcar la cuenta en operación"))
    }

    @Test func `the clock of a new account is the same under both plans, and the signed one is kept`() throws {
        let now = site.clock.now
        let organization = seres.organization
        try seres.desk.write { connection in
            try connection.execute(
                """
                INSERT INTO agreement (organization, plan, plan_version, starts_on, months, renews, signed_at, document,
                    sha256) VALUES (?, 'pago', 1, '2026-11-16', 12, 1, ?, '', x'00')
                """, organization, now)
            try connection.execute(
                """
                INSERT INTO agreement_term (organization, agreement, plan, ends_on)
                VALUES (?, last_insert_rowid(), 'pago', '2027-11-15')
                """, organization)
        }
        let paying = try seres.ticket(try #require(try begin(seres)))
        let roble = try site.addOrganization("Transportes El Roble", to: "seres")
        let free = try seres.ticket(try #require(try begin(seres, of: roble)))
        #expect(paying.plan.key == "pago" && free.plan.key == "gratuito" && paying.dueAt == free.dueAt)
        #expect(paying.dueAt == now + 259_200 && paying.subject == "Alta de cuenta: Almacenes La Ceiba")
    }

    @Test func `an organization has one ticket of its account, however often it is asked for`() throws {
        let folio = try begin(seres)
        site.clock.now += 3600
        #expect(try begin(seres) == folio)
        #expect(try Browser(site, "seres", as: "ivan@seres.example").post(path, [:]).status == 303)
        #expect(try begin(seres) == folio)
        #expect(try seres.desk.read { try $0.first("SELECT count(*) FROM ticket") { $0.int(0) } } == 1)
    }

    @Test(arguments: ["proware", "bizflow", "factupronto", "ingressio"])
    func `a contract that says nothing about new accounts opens no ticket`(_ tenant: String) throws {
        let site = try TestSite(tenants: [tenant])
        let desk = try TicketDesk(site, tenant)
        #expect(!desk.rules.contract.kinds.contains { $0.key == RequestKind.newAccount })
        let rules = desk.rules
        #expect(try desk.desk.write { try $0.openOnboarding(of: desk.organization, by: nil, rules, at: 0) } == nil)
        #expect(try desk.desk.write { try $0.openOnboarding(of: desk.organization, by: nil, nil, at: 0) } == nil)
        try site.add("elena@mesa.example", to: tenant, as: .admin)
        let elena = try Browser(site, tenant, as: "elena@mesa.example")
        #expect(try elena.get("/onboarding").text.contains("aquí no se abren altas"))
        #expect(try elena.get("/organizations/\(desk.organization)/onboarding").status == 404)
        #expect(try elena.post("/organizations/\(desk.organization)/onboarding", [:]).status == 404)
    }

    @Test func `72 hours are 72 hours where the clocks are put back meanwhile`() throws {
        // Tijuana keeps summer time; it ends on 1 November 2026.
        let site = try TestSite(tenants: [])
        try site.installation.create(
            #require(Slug(rawValue: "frontera")), name: "SERES Frontera", from: .seres, timeZone: "America/Tijuana")
        let desk = try TicketDesk(site, "frontera")
        site.clock.now = try desk.at("2026-10-30 20:00")
        let now = site.clock.now
        let folio = try #require(
            try desk.desk.write { try $0.openOnboarding(of: desk.organization, by: nil, desk.rules, at: now) })
        #expect(try desk.clock(.resolution, folio).dueAt == desk.at("2026-11-02 19:00"))
        try site.add("ivan@seres.example", to: "frontera", as: .technician(level: 1))
        let ivan = try Browser(site, "frontera", as: "ivan@seres.example")
        let page = try ivan.get("/organizations/\(desk.organization)/onboarding").text
        #expect(page.contains("en operación antes del <time datetime=\"2026-11-03T03:00:00Z\">lun 2 nov, 19:00</time>"))
        #expect(page.contains("<b>Quedan 3 d</b>"))
    }
}

@Suite struct OnboardingRestartTests {
    private struct Kept {
        let folio: Folio
        let organization: Organization.ID
        let rows: [String]
    }

    /// Everything of the first run is gone when this returns.
    private func firstRun(_ folder: TemporaryFolder) throws -> Kept {
        let site = try TestSite(in: folder)
        defer { site.close() }
        let desk = try TicketDesk(site, "seres")
        let opened = try desk.at("2026-11-13 18:30")
        let folio = try desk.desk.write {
            try $0.openOnboarding(of: desk.organization, by: nil, desk.rules, at: opened)
        }
        return Kept(
            folio: try #require(folio), organization: desk.organization, rows: try desk.desk.read { try ticketRows($0) }
        )
    }

    @Test func `a restart forgets nothing, and the folios go on`() throws {
        let folder = TemporaryFolder()
        let kept = try firstRun(folder)
        let site = try TestSite(in: folder)
        let desk = try TicketDesk(site, "seres", organization: kept.organization)
        #expect(try desk.desk.read { try ticketRows($0) } == kept.rows)
        #expect(try desk.clock(.resolution, kept.folio).dueAt == desk.at("2026-11-16 18:30"))
        #expect("\(try desk.open(at: site.clock.now))" == "SER-2026-000002")
    }
}

@Suite struct OnboardingPageTests {
    private let site: TestSite
    private let seres: TicketDesk

    init() throws {
        site = try TestSite()
        seres = try TicketDesk(site, "seres")
        try site.add("ivan@seres.example", to: "seres", as: .technician(level: 1))
        try site.add("ana@ceiba.example", to: "seres", of: seres.organization, isManager: true)
    }

    private func begin(_ name: String, hoursAgo: Int) throws -> Organization.ID {
        let organization = try site.addOrganization(name, to: "seres")
        let at = site.clock.now - hoursAgo * 3600
        _ = try seres.desk.write { try $0.openOnboarding(of: organization, by: nil, seres.rules, at: at) }
        return organization
    }

    @Test func `the list has the nearest due first, each with its clock`() throws {
        _ = try begin("Papelería del Centro", hoursAgo: 1)
        _ = try begin("Transportes <El Roble>", hoursAgo: 73)
        _ = try begin("Lácteos San Juan", hoursAgo: 60)
        let done = try begin("Café de Altura", hoursAgo: 20)
        let closed = try begin("Imprenta Lozano", hoursAgo: 70)
        let ivan = try Browser(site, "seres", as: "ivan@seres.example")
        #expect(try ivan.post("/organizations/\(done)/onboarding", [:]).status == 303)
        try seres.desk.write { try $0.execute("UPDATE organization SET state = 'closed' WHERE id = ?", closed) }
        let text = try ivan.get("/onboarding").text
        let badges = text.matches(of: /<span class="clock ([a-z-]*)">.*?<b>(.*?)<\/b>/.dotMatchesNewlines())
        #expect(badges.map { String($0.1) } == ["late", "soon", "on-time"])
        #expect(badges.map { String($0.2) } == ["Venció hace 1 h", "Vence en 12 h", "Quedan 2 d 23 h"])
        let names = text.matches(of: /onboarding">([^<]*)<\/a><\/th>/).map { String($0.1) }
        #expect(names == ["Transportes &lt;El Roble&gt;", "Lácteos San Juan", "Papelería del Centro"])
        #expect(text.contains("SER-2026-000002") && text.contains("1 a 3 de 3"))
        let english = try ivan.get("/onboarding?lang=en").text
        #expect(english.contains("Overdue by 1 h") && english.contains("New accounts"))
    }

    @Test func `a long list has fifty a page`() throws {
        for number in 1...51 { _ = try begin("Cliente \(number)", hoursAgo: number) }
        let ivan = try Browser(site, "seres", as: "ivan@seres.example")
        #expect(try ivan.get("/onboarding").text.matches(of: /<span class="clock [a-z-]+"/).count == 50)
        let last = try ivan.get("/onboarding?page=2").text
        #expect(last.matches(of: /<span class="clock [a-z-]+"/).count == 1 && last.contains(">Cliente 1<"))
        #expect(try ivan.get("/onboarding?page=x").status == 404)
    }

    @Test func `only staff see new accounts, and only those of their own desk`() throws {
        let organization = try begin("Papelería del Centro", hoursAgo: 1)
        let path = "/organizations/\(organization)/onboarding"
        let ana = try Browser(site, "seres", as: "ana@ceiba.example")
        #expect(try ana.get("/onboarding").status == 404 && ana.get(path).status == 404)
        #expect(try ana.post(path, [:]).status == 404)
        #expect(try !ana.get("/").text.contains(">Altas<"))
        try site.add("elena@proware.example", to: "proware", as: .admin)
        _ = try site.addOrganization("Una", to: "proware")
        _ = try site.addOrganization("Otra", to: "proware")
        let elena = try Browser(site, "proware", as: "elena@proware.example")
        #expect(try elena.get(path).status == 404 && elena.post(path, [:]).status == 404)
        #expect(try !elena.get("/onboarding").text.contains("Papelería"))
        let ivan = try Browser(site, "seres", as: "ivan@seres.example")
        #expect(try ivan.get(path).text.contains("Marcar la cuenta en operación"))
        #expect(try ivan.get("/").text.contains(">Altas<"))
        for wrong in ["0", "01", "99", "x", "1x"] {
            #expect(try ivan.get("/organizations/\(wrong)/onboarding").status == 404)
            #expect(try ivan.post("/organizations/\(wrong)/onboarding", [:]).status == 404)
        }
    }

    @Test func `an account is brought into operation once, and the trail says by whom`() throws {
        let organization = try begin("Papelería del Centro", hoursAgo: 1)
        let path = "/organizations/\(organization)/onboarding"
        let ivan = try Browser(site, "seres", as: "ivan@seres.example")
        let key = try Random.identifier()
        #expect(try ivan.post(path, ["key": key, "next": "/onboarding"]).field("Location") == "/t/seres/onboarding")
        site.clock.now += 60
        // The same form again is the same deed; another one comes too late.
        #expect(try ivan.post(path, ["key": key, "next": "/onboarding"]).field("Location") == "/t/seres/onboarding")
        #expect(try ivan.post(path, [:]).status == 409)
        let trail = try seres.desk.read { connection in
            try connection.query(
                "SELECT p.email, a.subject, a.organization, a.after FROM audit AS a JOIN person AS p ON p.id = a.actor WHERE act = ?",
                AuditEntry.Act.accountInOperation
            ) { "\($0.text(0)) \($0.text(1)) \($0.int(2)) \($0.text(3))" }
        }
        #expect(trail == ["ivan@seres.example organization:\(organization) \(organization) SER-2026-000001"])
        let ticket = try seres.ticket(try #require(Folio("SER-2026-000001")))
        let facts = try seres.desk.read { try $0.facts(of: ticket.id) }
        #expect(facts.map(\.kind.type) == ["opened", "status"] && facts[1].actor != nil)
    }

    @Test func `a customer reads the promise in the words of customers, without the form`() throws {
        let site = try TestSite(tenantRoutes: [
            .get("/mine", for: .customer) { visit, _ throws(Refusal) in
                guard let card = try visit.onboardingCard(of: try visit.membership().organization) else {
                    throw .notFound
                }
                let page = OnboardingPage(name: "Una", listHref: "", card: card)
                return visit.show(page, visit.site.pages.onboarding, title: "Una")
            }
        ])
        let desk = try TicketDesk(site, "seres")
        try site.add("ana@ceiba.example", to: "seres", of: desk.organization)
        site.clock.now = try desk.at("2026-11-16 10:00")
        let ana = try Browser(site, "seres", as: "ana@ceiba.example")
        #expect(try ana.get("/mine").status == 404)
        let (now, rules) = (site.clock.now, desk.rules)
        let folio = try desk.desk.write { try $0.openOnboarding(of: desk.organization, by: nil, rules, at: now) }
        let open = try ana.get("/mine").text
        #expect(
            open.contains("en operación antes del <time datetime=\"2026-11-19T16:00:00Z\">jue 19 nov, 10:00</time>"))
        #expect(
            !open.contains("Solución el")
                && !open.contains("<form method=\"post\" action=\"/t/seres/org"))
        site.clock.now += 73 * 3600
        #expect(try ana.get("/mine").status == 303, "A session ends after ten minutes")
        let later = try Browser(site, "seres", as: "ana@ceiba.example")
        #expect(try later.get("/mine").text.contains("<b>Fuera de plazo desde las 10:00</b>"))
        try desk.add(.status(.resolved), to: try #require(folio), at: site.clock.now)
        #expect(try later.get("/mine").text.contains("<b>Llegamos 1 h tarde</b>"))
    }

    @Test(arguments: ["https://evil.example/", "//evil.example", "/\\evil.example"])
    func `the way back leads to no other place`(_ next: String) throws {
        let organization = try begin("Papelería del Centro", hoursAgo: 1)
        let ivan = try Browser(site, "seres", as: "ivan@seres.example")
        let answer = try ivan.post("/organizations/\(organization)/onboarding", ["next": next])
        #expect(answer.field("Location") == "/t/seres/")
    }
}
