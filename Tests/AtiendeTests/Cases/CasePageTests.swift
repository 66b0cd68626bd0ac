// Rows of cases.md on the pages of both sides, under the contract that comes nearest to each: calendars, days and pauses.
// Amounts that no contract promises, and calendars that none has, are the engine's tests.

import SLA
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct CasePageTests {
    /// Ingressio: Monday to Friday 9 to 18, Mexican holidays; 6, 24 and 36 hours to the first answer by severity.
    private func ingressio(_ severity: String, at opened: String) throws -> ContractWalk {
        try open("ingressio", "servicio", utc: -6, severity, kind: "failure", at: opened)
    }

    /// Emprendedor: Monday to Friday 9 to 17, Colombian holidays; critical in less than four hours.
    private func emprendedor(_ severity: String = "critical", at opened: String) throws -> ContractWalk {
        try open("proware", "emprendedor", utc: -5, severity, kind: "support", at: opened)
    }

    private func open(
        _ tenant: String, _ plan: String, utc hours: Int, _ severity: String, kind: String, at opened: String
    ) throws -> ContractWalk {
        let walk = try ContractWalk(tenant, plan: plan, utc: hours, from: "2026-02-02 10:00")
        try walk.at(opened)
        try walk.logs("lucia", severity, kind: kind, by: "portal", came: opened)
        return walk
    }

    /// A clock on the page of the staff.
    private func desk(_ walk: ContractWalk, _ name: String) throws -> String {
        ShownClocks(page: try walk.staff("elena").get("/desk/\(walk.folio)").text).ofStaff()[name] ?? "(none)"
    }

    /// A clock on the page of the customer.
    private func own(_ walk: ContractWalk, _ name: String) throws -> String? {
        ShownClocks(page: try walk.ana().get("/tickets/\(walk.folio)").text).ofCustomer()[name]
    }

    private func isDue(_ walk: ContractWalk, _ name: String, _ due: String, _ place: SourceLocation = #_sourceLocation)
        throws
    {
        let line = try desk(walk, name)
        #expect(line.contains(try walk.zone.program(due)), "\(line) and not \(due)", sourceLocation: place)
    }

    // MARK: Hours

    @Test func `case 1: over a night what is due, and what is warned of, lies within hours`() throws {
        // 6 hours from Monday 17:00: one, and five of Tuesday. 75 % are 4 h 30 min.
        let walk = try ingressio("severity1", at: "2026-03-02 17:00")
        try isDue(walk, "Primera respuesta", "2026-03-03 14:00")
        let page = try walk.staff("elena").get("/desk/\(walk.folio)").text
        let line = try #require(page.between("<h2>Primera respuesta</h2>", "</details>"))
        let step = try #require(line.between("<b>75\u{A0}%</b>", "</li>"))
        #expect(step.contains(try walk.zone.program("2026-03-03 12:30")))
    }

    @Test(arguments: [("2026-03-02 10:00", "2026-03-02 16:00"), ("2026-03-02 12:00", "2026-03-02 18:00")])
    func `case 2: what ends with the day is due at its close and not the next morning`(_ opened: String, _ due: String)
        throws
    {
        try isDue(ingressio("severity1", at: opened), "Primera respuesta", due)
    }

    @Test(arguments: ["2026-03-06 18:30", "2026-03-07 03:00"])
    func `case 3: what comes in after hours counts from Monday's opening, and so does what it took`(_ opened: String)
        throws
    {
        let walk = try ingressio("severity1", at: opened)
        try isDue(walk, "Primera respuesta", "2026-03-09 15:00")
        try walk.at("2026-03-09 12:00")
        try walk.answers("lucia", "Lo revisamos.")
        #expect(try desk(walk, "Primera respuesta").hasPrefix("Cumplido en 3 h |"))
    }

    @Test func `case 4: over a holiday, which the page names to both sides`() throws {
        let walk = try ingressio("severity1", at: "2026-03-13 17:00")
        try isDue(walk, "Primera respuesta", "2026-03-17 14:00")
        for page in [
            try walk.staff("elena").get("/desk/\(walk.folio)").text, try walk.ana().get("/tickets/\(walk.folio)").text,
        ] {
            #expect(page.contains("No se cuenta el festivo: lun 16 mar (Natalicio de Benito Juárez)."))
        }
    }

    @Test func `case 5: a Saturday of five hours counts as such`() throws {
        let walk = try open(
            "factupronto", "basico", utc: -6, "normal", kind: "helpDesk", at: "2026-03-07 13:00")
        try isDue(walk, "Primera respuesta", "2026-03-09 10:00")
    }

    @Test(arguments: Contract.all.map(\.key))
    func `case 7: nothing is due before it came in, at whatever hour`(_ tenant: String) throws {
        let contract = try #require(Contract.named(tenant))
        let hours = tenant == "proware" ? -5 : -6
        let kind = try #require(contract.kinds.first).key
        let severity = try #require(contract.severities.first).severity.rawValue
        let walk = try ContractWalk(
            tenant, plan: try #require(contract.plans.last).key, utc: hours, from: "2026-02-02 10:00")
        for opened in ["2026-03-04 08:59", "2026-03-04 17:59", "2026-03-07 23:59", "2026-03-08 00:00"] {
            try walk.at(opened)
            try walk.logs("lucia", severity, kind: kind, by: "portal", came: opened)
            let ticket = try walk.ticket()
            let clocks = try walk.site.desk(tenant).read { try $0.clocks(of: ticket.id) }
            #expect(!clocks.isEmpty && clocks.allSatisfy { ($0.dueAt ?? $0.stoppedAt ?? -1) >= ticket.openedAt })
        }
    }

    @Test func `case 9: around the clock no minute is lost at midnight`() throws {
        let walk = try open("proware", "premiumPlus", utc: -5, "critical", kind: "support", at: "2026-03-02 23:30")
        try isDue(walk, "Primera respuesta", "2026-03-03 00:30")
        #expect(try own(walk, "Primera respuesta") == "Mañana a las 0:30")
    }

    @Test func `case 13: around the clock Christmas counts`() throws {
        let walk = try open("bizflow", "soporte", utc: -6, "critical", kind: "systemError", at: "2026-12-24 22:00")
        try isDue(walk, "Solución", "2026-12-25 02:00")
    }

    // MARK: Pauses

    /// Opened, answered, and then with the customer and back again at each pair of instants.
    private func paused(_ opened: String, _ pauses: [(String, String)]) throws -> ContractWalk {
        let walk = try emprendedor(at: opened)
        try walk.answers("lucia", "Lo revisamos.")
        for (from, to) in pauses {
            try walk.at(from)
            try walk.sets("lucia", "waitingCustomer")
            #expect(try desk(walk, "Solución").hasPrefix("En pausa"))
            try walk.at(to)
            try walk.says("Sigue igual.")
        }
        return walk
    }

    @Test func `case 14: a pause within the day moves what is due, and never beyond hours`() throws {
        // Two of four hours before the pause; one until 17:00, one of Tuesday.
        try isDue(
            paused("2026-03-02 09:00", [("2026-03-02 11:00", "2026-03-02 16:00")]), "Solución", "2026-03-03 10:00")
    }

    @Test func `case 15: a pause over the weekend costs its business hours alone`() throws {
        // Half an hour of Friday; half an hour and one of Monday were paused; 3 h 30 min from Monday 10:00.
        let walk = try paused("2026-03-06 16:00", [("2026-03-06 16:30", "2026-03-09 10:00")])
        try isDue(walk, "Solución", "2026-03-09 13:30")
        try walk.at("2026-03-09 12:00")
        try walk.answers("lucia", "Ya quedó.", then: "resolved")
        #expect(try desk(walk, "Solución").hasPrefix("Cumplido en 2 h 30 min |"))
    }

    @Test func `case 16: a pause out of hours changes nothing`() throws {
        try isDue(paused("2026-03-06 16:00", []), "Solución", "2026-03-09 12:00")
        try isDue(
            paused("2026-03-06 16:00", [("2026-03-06 19:00", "2026-03-08 20:00")]), "Solución", "2026-03-09 12:00")
    }

    @Test func `case 17: several pauses add up, one of no length adds nothing`() throws {
        // One hour, then one between the pauses, then two.
        let pauses = [
            ("2026-03-02 10:00", "2026-03-02 12:00"), ("2026-03-02 13:00", "2026-03-02 13:30"),
            ("2026-03-02 14:00", "2026-03-02 14:00"),
        ]
        try isDue(paused("2026-03-02 09:00", pauses), "Solución", "2026-03-02 15:30")
    }

    // MARK: Days

    @Test(arguments: [
        // Three business days of a Friday over the holiday of Monday the 8th: 9, 10 and 11 June at the same time.
        ("2026-06-05 10:00", "2026-06-11 10:00"),
        // Received on Tuesday the 9th: three days of hours, the last of them Thursday's.
        ("2026-06-06 10:00", "2026-06-11 17:00"),
        // Ten minutes before the close of the first are ten minutes before the close of the last.
        ("2026-06-05 16:50", "2026-06-11 16:50"),
    ])
    func `cases 41 to 43: business days of Proware end at the same time of day`(_ opened: String, _ due: String) throws
    {
        let walk = try open("proware", "innovador", utc: -5, "high", kind: "support", at: opened)
        try isDue(walk, "Solución", due)
    }

    @Test func `case 44: ten business days over Christmas and New Year`() throws {
        let walk = try ingressio("severity2", at: "2026-12-22 12:00")
        // 23, 24, 28–31 December, 4–7 January; the year is named where it is another.
        try isDue(walk, "Solución", "2027-01-07 12:00")
        try walk.at("2026-12-22 12:01")
        #expect(try own(walk, "Solución") == "El jue 7 ene 2027, 12:00")
    }

    @Test func `case 45: one day of a Friday night before a holiday is Tuesday's, over on Wednesday morning`() throws {
        let walk = try ingressio("severity1", at: "2026-03-13 19:00")
        try isDue(walk, "Recuperación del servicio", "2026-03-17 18:00")
        try walk.at("2026-03-18 09:00")
        try walk.does("lucia", "recovery", ["recovery": "Se reinició"])
        #expect(try desk(walk, "Recuperación del servicio").hasPrefix("Cumplido en 9 h |"))
    }

    @Test(arguments: [("severity3", "2026-03-11 10:00"), ("severity4", "2026-03-12 13:00")])
    func `case 46: many business hours spread over days`(_ severity: String, _ due: String) throws {
        try isDue(ingressio(severity, at: "2026-03-06 13:00"), "Primera respuesta", due)
    }

    // MARK: Clocks that move

    @Test(arguments: [
        // Eight real hours: the night of March has 23, that of November 25.
        ("bizflow", "high", "2026-03-07", "2026-03-08T14:00:00Z", "Mañana a las 7:00", "Solución"),
        ("bizflow", "high", "2026-10-31", "2026-11-01T13:00:00Z", "Mañana a las 5:00", "Solución"),
        // One hour of Friday at 8 hours from Greenwich, five of Monday at 7.
        ("ingressio", "severity1", "2026-03-06", "2026-03-09T21:00:00Z", "El lun 9 mar, 14:00", "Primera respuesta"),
    ])
    func `cases 47 and 49: in Tijuana, over a night on which the clock moves`(
        _ contract: String, _ severity: String, _ date: String, _ due: String, _ words: String, _ clock: String
    ) throws {
        let site = try TestSite(tenants: [])
        let document = try #require(Contract.named(contract))
        try site.installation.create(
            #require(Slug(rawValue: "frontera")), name: "Frontera", from: document, timeZone: "America/Tijuana")
        let organization = try site.addOrganization("Maquilas del Norte", to: "frontera")
        try site.add("ana@norte.example", to: "frontera", of: organization)
        try site.add("eva@frontera.example", to: "frontera", as: .technician(level: 1))
        let hour = contract == "bizflow" ? "22:00" : "17:00"
        site.clock.now = try TicketDesk(site, "frontera", organization: organization).at("\(date) \(hour)")
        let ana = try Browser(site, "frontera", as: "ana@norte.example")
        let kind = try #require(document.kinds.first).key
        let sent = try ana.post(
            "/tickets/new",
            ["subject": "No abre", "description": "Nada.", "kind": kind, "severity": severity].map {
                ($0.key, $0.value)
            })
        let folio = try #require(sent.field("Location")?.split(separator: "/").dropLast().last)
        let desk = try Browser(site, "frontera", as: "eva@frontera.example").get("/desk/\(folio)").text
        #expect(ShownClocks(page: desk).ofStaff()[clock]?.contains(due) == true)
        #expect(ShownClocks(page: try ana.get("/tickets/\(folio)").text).ofCustomer()[clock] == words)
    }
}
