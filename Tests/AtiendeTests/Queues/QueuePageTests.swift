// The page of a queue: who sees it, its bands, its order.

import SLA
import SQL
import Testing

@testable import Atiende

@Suite struct QueuePageTests {
    private static func site() throws -> (TestSite, TicketDesk) {
        let site = try TestSite()
        let desk = try TicketDesk(site, "proware")
        try site.add("oscar@proware.example", as: .technician(level: 2), name: "Óscar Benítez")
        try site.add("ana@ceiba.example", of: desk.organization)
        return (site, desk)
    }

    /// What of a page stands in it, in this order.
    private static func order(_ texts: [String], in page: String) -> Bool {
        var rest = page[...]
        for text in texts {
            guard let range = rest.firstRange(of: text) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }

    @Test func `rows are cut where they are due, and another order cuts nothing`() throws {
        let (site, desk) = try Self.site()
        let now = site.clock.now
        let late = try desk.open("critical", plan: "premiumPlus", at: now - 7200)
        let hour = try desk.open("high", plan: "premiumPlus", at: now - 4 * 3600 + 1200)
        let today = try desk.open("medium", plan: "premiumPlus", at: now)
        let later = try desk.open("low", plan: "premiumPlus", at: now)
        let paused = try desk.open("high", plan: "premiumPlus", at: now - 600)
        try desk.add(.staffMessage(level: 2), to: paused, at: now - 300)
        try desk.add(.status(.waitingCustomer), to: paused, at: now - 200)
        let oscar = try Browser(site, "proware", as: "oscar@proware.example")
        let page = try oscar.get("/queue")
        #expect(page.status == 200)
        #expect(
            Self.order(
                [
                    "Vencidos <span>1", "\(late)", "Venció hace 1 h", "Vencen en menos de una hora <span>1", "\(hour)",
                    "Vence en 20 min", "Hoy <span>1", "\(today)", "Mañana y después <span>1", "\(later)",
                    "En pausa o sin plazo <span>1", "\(paused)", "En pausa",
                ].map { $0.replacing("</span>", with: "") }, in: page.text), "\(page.text)")
        #expect(page.text.contains("Almacenes La Ceiba · Premium Plus"))
        #expect(page.text.contains("/t/proware/desk/\(late)\""))
        let sorted = try oscar.get("/queue?sort=-severity").text
        #expect(!sorted.contains("<tr class=\"band"))
        #expect(Self.order(["\(later)", "\(today)", "\(late)"], in: sorted))
    }

    @Test func `a clock that is due while its calendar is closed comes after those that are breached`() throws {
        let (site, desk) = try Self.site()
        // Friday 13 November, 16:00 in Bogotá: five of eight working hours later is Tuesday, since Monday is a holiday.
        let friday = try desk.at("2026-11-13 10:00:00")
        // At most three working days: breached with the first working second beyond them.
        let closed = try desk.open("medium", plan: "innovador", at: friday - 7 * 86_400)
        try desk.add(.staffMessage(level: 1), to: closed, at: friday - 7 * 86_400 + 60)
        let due = try #require(try desk.ticket(closed).dueAt)
        site.clock.now = due + 1
        let late = try desk.open("critical", plan: "premiumPlus", at: due - 3600 + 1)
        let oscar = try Browser(site, "proware", as: "oscar@proware.example")
        #expect(
            Self.order(["\(late)", "\(closed)"], in: try oscar.get("/queue").text)
                == (try desk.clocks(closed).contains { ($0.breaksAt ?? 0) > due + 1 }))
    }

    @Test func `the day ends at midnight on the reader's clock, also when that day has 25 hours`() throws {
        let (site, desk) = try Self.site()
        try desk.desk.write { connection in
            try connection.execute(
                "UPDATE person SET time_zone = 'America/New_York' WHERE email = 'oscar@proware.example'")
        }
        // Sunday 1 November 2026, 0:30 in New York: clocks go back at 2.
        site.clock.now = 1_793_507_400
        // Due 24 hours later: at 23:30 of the same day.
        let folio = try desk.open("low", plan: "premiumPlus", at: site.clock.now)
        let oscar = try Browser(site, "proware", as: "oscar@proware.example")
        let page = try oscar.get("/queue").text
        #expect(Self.order([">Hoy <", "\(folio)", "hoy 23:30"], in: page))
        #expect(!page.contains("Mañana y después"))
    }

    @Test func `whoever else looks at a ticket is named beside it`() throws {
        let (site, desk) = try Self.site()
        let folio = try desk.open("low", plan: "premiumPlus", at: site.clock.now)
        let ticket = try desk.ticket(folio).id
        let camila = try site.add("camila@proware.example", as: .technician(level: 1), name: "Camila Rincón")
        let oscar = try Browser(site, "proware", as: "oscar@proware.example")
        desk.desk.presence.look(at: ticket, camila, name: "Camila Rincón", now: site.clock.now)
        #expect(try oscar.get("/queue").text.contains("Camila lo está viendo"))
        #expect(
            try !Browser(site, "proware", as: "camila@proware.example").get("/queue").text.contains("lo está viendo"))
        site.clock.now += Presence.lasting + 1
        #expect(try !oscar.get("/queue").text.contains("lo está viendo"))
    }

    @Test func `customers and other tenants see nothing of it`() throws {
        let (site, desk) = try Self.site()
        let folio = try desk.open("low", plan: "premiumPlus", at: site.clock.now)
        let ana = try Browser(site, "proware", as: "ana@ceiba.example")
        #expect(try ana.get("/queue").status == 404)
        #expect(try ana.get("/queue/mine").status == 404)
        #expect(try site.get("/t/proware/queue").status == 303)
        try site.add("ivan@seres.example", to: "seres", as: .technician(level: 1))
        let ivan = try Browser(site, "seres", as: "ivan@seres.example")
        let page = try ivan.get("/queue")
        #expect(page.status == 200)
        #expect(!page.text.contains("\(folio)"))
    }

    @Test(arguments: [("/", "/queue"), ("/people", "/people"), ("//evil.example", "/queue")])
    func `technicians begin with their queue, unless they wanted to go elsewhere`(_ next: String, _ place: String)
        throws
    {
        let (site, _) = try Self.site()
        let oscar = Browser(site, "proware")
        let form = [("email", "oscar@proware.example"), ("password", Browser.password), ("next", next)]
        #expect(try oscar.post("/login", form).field("Location") == "/t/proware" + place)
        let ana = Browser(site, "proware")
        let own = [("email", "ana@ceiba.example"), ("password", Browser.password), ("next", next)]
        #expect(try ana.post("/login", own).field("Location") == "/t/proware" + (place == "/queue" ? "/" : place))
    }

    @Test(arguments: ["/queue/nada", "/queue/level-7", "/queue/assigned-999", "/queue?sort=nada", "/queue?page=0"])
    func `what is no queue is not found`(_ path: String) throws {
        let (site, _) = try Self.site()
        let oscar = try Browser(site, "proware", as: "oscar@proware.example")
        #expect(try oscar.get(path).status == 404)
    }
}
