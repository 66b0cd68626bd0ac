// What time brings about on tickets: each step once, in order, whatever was down meanwhile; told to staff alone.

import Dispatch
import SLA
import SQL
import Testing

@testable import Atiende

@Suite struct EscalationTests {
    /// A desk with a technician of level 1, a lead and an admin, and a customer who reads everything.
    struct Crew {
        let site: TestSite
        let desk: TicketDesk
        let timer: EscalationTimer
        let customer: Person.ID
        let technician: Person.ID

        init(_ site: TestSite, _ tenant: String = "proware") throws {
            self.site = site
            desk = try TicketDesk(site, tenant)
            timer = EscalationTimer(site.site)
            customer = try site.add("ana@ceiba.example", to: tenant, of: desk.organization)
            technician = try site.add("lucia@atiende.example", to: tenant, as: .technician(level: 1))
            try site.add("ivan@atiende.example", to: tenant, as: .technician(level: 2), isLead: true)
            try site.add("elena@atiende.example", to: tenant, as: .admin)
        }

        @discardableResult
        func open(_ severity: Severity = "high", plan: String = "empresarial", at text: String) throws -> Folio {
            let instant = try desk.at(text)
            site.clock.now = max(site.clock.now, instant)
            return try desk.open(severity, plan: plan, at: instant)
        }

        /// The clock shows a time, and the timer looks.
        func pass(to text: String) throws {
            site.clock.now = try desk.at(text)
            timer.makeRound()
        }

        /// `75 firstResponse @16 13:30`: the steps that fired, with the instants at which they were due and done.
        func fired(_ folio: Folio) throws -> [String] {
            let ticket = try desk.ticket(folio)
            return try desk.desk.read { try $0.facts(of: ticket.id) }.compactMap { fact in
                switch fact.kind {
                case .fired(let firing):
                    "\(firing.percent) \(firing.clock.rawValue) \(clock(firing.dueAt)) \(clock(fact.at))"
                case .breached(let clock, let run): "breached \(clock.rawValue) \(run)"
                default: nil
                }
            }
        }

        private func clock(_ instant: Int) -> String {
            let time = desk.rules.zone.wallTime(at: Instant(clamping: instant))
            let minute = time.second / 60
            return "\(time.date.day) \(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
        }

        func act(_ folio: Folio, at text: String, _ body: @escaping @Sendable (inout TicketWork) throws -> Void) throws
        {
            let (rules, now) = (desk.rules, try desk.at(text))
            let party = TicketParty.staff(technician, level: 1)
            try desk.desk.write { connection in
                let ticket = try #require(try connection.ticket(folio))
                var work = TicketWork(on: ticket, by: party, rules, at: now, in: connection)
                try body(&work)
            }
        }
    }

    @Test func `case 52: each step fires once, in order, when its part of the time is used up`() throws {
        let crew = try Crew(try TestSite())
        let folio = try crew.open(at: "2026-11-17 09:00")
        try crew.pass(to: "2026-11-17 13:29")
        #expect(try crew.fired(folio).isEmpty && crew.site.letters().isEmpty)
        try crew.pass(to: "2026-11-17 13:30")
        try crew.pass(to: "2026-11-17 13:30")
        #expect(try crew.fired(folio) == ["75 firstResponse 17 13:30 17 13:30"])
        #expect(try crew.site.letters().map(\.recipient) == ["lucia@atiende.example"])
        // Strict: six hours are not less than six hours.
        try crew.pass(to: "2026-11-17 15:00")
        #expect(
            try crew.fired(folio).dropFirst() == ["100 firstResponse 17 15:00 17 15:00", "breached firstResponse 1"])
        #expect(try crew.site.letters().map(\.recipient).last == "ivan@atiende.example")
        let next = try crew.desk.desk.read { try $0.nextTicketInstant() }
        // 75 % of the 24 hours of the solution: eighteen of them, six on the next day.
        #expect(try next == crew.desk.at("2026-11-18 15:00"))
    }

    @Test func `case 52: what was due while nothing ran fires once after a restart, marked late`() throws {
        let folder = TemporaryFolder()
        let (folio, times, closed) = try {
            let crew = try Crew(try TestSite(in: folder))
            defer { crew.site.close() }
            let folio = try crew.open(at: "2026-11-17 09:00")
            let times = try ["2026-11-17 13:30", "2026-11-17 15:00", "2026-11-17 18:00"].map { try crew.desk.at($0) }
            return (folio, times, crew.desk.desk.closed)
        }()
        #expect(closed.wait(timeout: .now() + 60) == .success)
        // Another process on the same data.
        let again = try TestSite(tenants: [], in: folder, now: times[2])
        EscalationTimer(again.site).makeRound()
        EscalationTimer(again.site).makeRound()
        let desk = try again.desk("proware")
        let firings = try desk.read { connection in
            try connection.facts(of: try #require(try connection.ticket(folio)).id).compactMap { fact in
                if case .fired(let firing) = fact.kind { (firing.percent, firing.dueAt, fact.at) } else { nil }
            }
        }
        #expect(firings.map(\.0) == [75, 100])
        #expect(firings.map(\.1) == [times[0], times[1]])
        #expect(firings.map(\.2) == [times[2], times[2]])
        let letters = try again.letters()
        #expect(letters.map(\.recipient) == ["lucia@atiende.example", "ivan@atiende.example"])
        #expect(letters.allSatisfy { $0.text.contains("Aviso tardío: debió salir hoy a las 1") })
    }

    @Test func `a batch that is cut off leaves nothing, and what was carried out is not again`() throws {
        let crew = try Crew(try TestSite())
        let folios = try (0..<6).map { _ in try crew.open(at: "2026-11-17 09:00") }
        let now = try crew.desk.at("2026-11-17 13:30")
        crew.site.clock.now = now
        let rules = crew.desk.rules
        struct Killed: Error {}
        #expect(throws: Refusal.self) {
            try crew.desk.desk.write { connection in
                for id in try connection.ticketsDue(at: now, limit: 4) {
                    _ = try connection.escalate(id, rules, at: now)
                }
                throw Killed()
            }
        }
        try #expect(crew.site.count("firing") == 0)
        try crew.desk.desk.write { connection in
            for id in try connection.ticketsDue(at: now, limit: 3) { _ = try connection.escalate(id, rules, at: now) }
        }
        crew.timer.makeRound()
        crew.timer.makeRound()
        try #expect(crew.site.count("firing") == 6)
        for folio in folios { #expect(try crew.fired(folio) == ["75 firstResponse 17 13:30 17 13:30"]) }
    }

    @Test func `case 53: no customer is told, and nobody reads who else was`() throws {
        let crew = try Crew(try TestSite())
        try crew.site.add("nora@atiende.example", to: "proware", as: .technician(level: 1))
        let customer = crew.customer
        let folio = try crew.open(at: "2026-11-17 09:00")
        try crew.act(folio, at: "2026-11-17 09:01") { try $0.follow(customer, true) }
        try crew.pass(to: "2026-11-21 12:00")
        let letters = try crew.site.letters()
        let staff: Set = [
            "lucia@atiende.example", "nora@atiende.example", "ivan@atiende.example", "elena@atiende.example",
        ]
        #expect(Set(letters.map(\.recipient)) == staff)
        for letter in letters {
            for address in staff.union(["ana@ceiba.example"]) {
                #expect(!letter.text.contains(address) && !letter.html.contains(address))
            }
            #expect(letter.url?.hasSuffix("/t/proware/desk/\(folio)") == true)
        }
    }

    @Test func `whoever has the ticket is told alone, in his language and zone`() throws {
        let crew = try Crew(try TestSite())
        try crew.site.add("nora@atiende.example", to: "proware", as: .technician(level: 1))
        try crew.desk.desk.write {
            try $0.execute(
                "UPDATE person SET language = 'en', time_zone = 'America/Mexico_City' WHERE email = ?",
                "lucia@atiende.example")
        }
        let (folio, technician) = (try crew.open(at: "2026-11-17 09:00"), crew.technician)
        try crew.act(folio, at: "2026-11-17 09:05") { try $0.assign(to: technician) }
        try crew.pass(to: "2026-11-17 13:30")
        let letter = try #require(try crew.site.letters().first)
        #expect(try crew.site.letters().count == 1)
        #expect([letter.recipient, letter.language] == ["lucia@atiende.example", "en"])
        #expect(letter.subject == "\(folio): First response, 75% of its time")
        #expect(letter.text.contains("is at 75% of its time and due today at 14:00."))
    }

    @Test func `many tickets that are due at once are told in one letter`() throws {
        let crew = try Crew(try TestSite())
        for _ in 0..<5 { try crew.open(at: "2026-11-17 09:00") }
        try crew.pass(to: "2026-11-17 13:30")
        let letters = try crew.site.letters()
        #expect(letters.map(\.subject) == ["5 plazos que atender"])
        #expect(letters[0].url?.hasSuffix("/t/proware/queue") == true)
        #expect(letters[0].text.split(separator: "\n").count { $0.contains("«El tablero no carga»") } == 5)
    }

    @Test func `case 51: nothing fires over a weekend or a holiday, and a second breach does`() throws {
        let crew = try Crew(try TestSite())
        // Breached on Friday 20 November at 21:00, with the close of the day.
        let folio = try crew.open(at: "2026-11-20 15:00")
        try crew.pass(to: "2026-11-20 21:00")
        let friday = try crew.fired(folio)
        #expect(friday.suffix(2) == ["100 firstResponse 20 21:00 20 21:00", "breached firstResponse 1"])
        try crew.pass(to: "2026-11-21 08:59")
        #expect(try crew.fired(folio) == friday)
        // Saturday is open: with it eighteen hours are used, which is told then and not over Sunday.
        try crew.pass(to: "2026-11-21 21:00")
        try crew.pass(to: "2026-11-23 08:59")
        #expect(try crew.fired(folio) == friday + ["75 resolution 21 21:00 21 21:00"])
        // In time again under a milder promise, and broken again: that is another breach of the same run.
        try crew.act(folio, at: "2026-11-23 09:00") { try $0.classify("low", why: "No afecta la atención") }
        try crew.pass(to: "2026-11-23 14:59")
        #expect(try crew.fired(folio).filter { $0 == "breached firstResponse 1" }.count == 1)
        try crew.pass(to: "2026-11-23 15:00")
        #expect(try crew.fired(folio).filter { $0 == "breached firstResponse 1" }.count == 2)
    }

    @Test func `case 19: a clock that stands still fires nothing, and goes on from where it was`() throws {
        let crew = try Crew(try TestSite())
        let folio = try crew.open(at: "2026-11-17 09:00")
        try crew.act(folio, at: "2026-11-17 10:00") { try $0.answer("¿Desde cuándo?", status: .waitingCustomer) }
        try crew.pass(to: "2026-11-21 12:00")
        #expect(try crew.fired(folio).isEmpty)
        try crew.act(folio, at: "2026-11-21 12:00") { try $0.set(.open) }
        // One hour before the pause and nine on Saturday: eight more of Monday make eighteen.
        try crew.pass(to: "2026-11-23 16:59")
        #expect(try crew.fired(folio).isEmpty)
        try crew.pass(to: "2026-11-23 17:00")
        #expect(try crew.fired(folio) == ["75 resolution 23 17:00 23 17:00"])
    }

    @Test func `case 34: reopening goes on with the old run, whose steps do not fire again`() throws {
        let crew = try Crew(try TestSite())
        let folio = try crew.open(at: "2026-11-17 09:00")
        try crew.act(folio, at: "2026-11-17 09:30") { try $0.answer("Lo revisamos.") }
        try crew.pass(to: "2026-11-18 15:00")
        try crew.act(folio, at: "2026-11-18 15:30") { try $0.set(.resolved) }
        try crew.pass(to: "2026-11-20 12:00")
        #expect(try crew.fired(folio) == ["75 resolution 18 15:00 18 15:00"])
        try crew.act(folio, at: "2026-11-20 12:00") { try $0.set(.open) }
        // Eighteen hours and a half are used: 90 % of 24 are three hours and six minutes later.
        try crew.pass(to: "2026-11-20 15:06")
        #expect(try crew.fired(folio).count == 2)
        #expect(try crew.fired(folio).last == "90 resolution 20 15:06 20 15:06")
    }

    @Test func `raising the severity fires at once what it puts behind`() throws {
        let crew = try Crew(try TestSite())
        let folio = try crew.open("low", at: "2026-11-17 09:00")
        try crew.act(folio, at: "2026-11-17 12:00") { try $0.classify("critical", why: "Nadie puede trabajar") }
        crew.site.clock.now = try crew.desk.at("2026-11-17 12:00")
        crew.timer.makeRound()
        // Less than two hours to answer, three are gone; six to resolve it.
        #expect(
            try crew.fired(folio) == [
                "75 firstResponse 17 12:00 17 12:00", "100 firstResponse 17 12:00 17 12:00",
                "breached firstResponse 1",
            ])
    }

    @Test func `two tenants with equal numbers have their own steps and their own letters`() throws {
        let site = try TestSite()
        let proware = try Crew(site)
        let seres = try TicketDesk(site, "seres")
        try site.add("otra@seres.example", to: "seres", as: .technician(level: 1))
        try site.add("jefa@seres.example", to: "seres", as: .admin)
        let folio = try proware.open(at: "2026-11-17 09:00")
        let other = try seres.open("normal", plan: "pago", at: proware.desk.at("2026-11-17 09:00"))
        #expect(try proware.desk.ticket(folio).id.rawValue == seres.ticket(other).id.rawValue)
        try proware.pass(to: "2026-11-17 13:30")
        #expect(try site.letters("proware").map(\.recipient) == ["lucia@atiende.example"])
        #expect(try site.letters("seres").allSatisfy { $0.recipient.hasSuffix("@seres.example") })
        try proware.pass(to: "2026-12-01 12:00")
        #expect(try !site.letters("seres").isEmpty)
        #expect(try site.letters("seres").allSatisfy { $0.recipient.hasSuffix("@seres.example") })
        #expect(try site.letters("proware").allSatisfy { $0.recipient.hasSuffix("@atiende.example") })
    }

    @Test func `a ticket that cannot be read stops no other, and is tried again later`() throws {
        let crew = try Crew(try TestSite())
        let broken = try crew.open(at: "2026-11-17 09:00")
        let sound = try crew.open(at: "2026-11-17 09:00")
        let id = try crew.desk.ticket(broken).id
        let now = crew.site.clock.now
        try crew.desk.desk.write { connection in
            try connection.execute(
                "INSERT INTO ticket_event (ticket, at, recorded_at, type, payload) VALUES (?, ?, ?, 'planApplied', ?)",
                id, now, now, #"{"plan":"gone","version":9}"#)
        }
        try crew.pass(to: "2026-11-17 13:30")
        #expect(try crew.fired(sound).count == 1)
        #expect(crew.site.log.text.contains("escalation-failed"))
        #expect(
            try crew.desk.desk.read { try $0.nextTicketInstant() } == crew.site.clock.now
                + EscalationTimer.ticketPause)
    }

    @Test func `what is due of a tenant that is closed opens it, and leaves it closed`() throws {
        let site = try TestSite()
        let slug = try site.tenant("proware").slug
        let due = try {
            let desk = try TicketDesk(site, "proware")
            let opened = try desk.at("2026-11-17 09:00")
            site.clock.now = opened
            try desk.open("high", plan: "empresarial", at: opened)
            return try desk.at("2026-11-17 13:30")
        }()
        let timer = EscalationTimer(site.site)
        timer.makeRound()
        site.installation.desks.release(slug)
        timer.makeRound()
        site.clock.now = due
        // It may be on its way to being closed, and is looked at in the next round then.
        #expect(
            try eventually {
                timer.makeRound()
                return try site.count("firing") == 1
            })
        site.installation.desks.release(slug)
        timer.makeRound()
        #expect(site.installation.desks.peek(slug) == nil)
        #expect(try site.count("firing") == 1)
    }
}
