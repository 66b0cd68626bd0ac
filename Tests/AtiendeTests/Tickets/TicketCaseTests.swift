// The rows of cases.md that the product adds something to, end to end through what people do to a ticket.

import SLA
import SQL
import Testing

@testable import Atiende

@Suite struct TicketCaseTests {
    /// A desk with somebody on each side.
    private struct Pair {
        let desk: TicketDesk
        let customer: Person.ID
        let technician: Person.ID

        init(_ tenant: String = "proware") throws {
            let site = try TestSite(tenants: [tenant])
            desk = try TicketDesk(site, tenant)
            customer = try site.add("ana@ceiba.example", to: tenant, of: desk.organization)
            technician = try site.add("lucia@atiende.example", to: tenant, as: .technician(level: 1))
        }

        func open(
            _ severity: Severity, plan: String, at text: String, channel: Channel = .portal, kind: String = "support"
        ) throws -> Folio {
            let now = try desk.at(text)
            let draft = try desk.draft(severity, plan: plan, openedAt: now, kind: kind, channel: channel)
            return try desk.desk.write { try $0.openTicket(draft, desk.rules, at: now) }
        }

        enum Side {
            case customer
            case staff
        }

        func act(
            _ folio: Folio, at text: String, _ body: @escaping @Sendable (inout TicketWork) throws -> Void
        ) throws {
            try act(.staff, folio, at: text, body)
        }

        func act(
            _ side: Side, _ folio: Folio, at text: String,
            _ body: @escaping @Sendable (inout TicketWork) throws -> Void
        ) throws {
            let now = try desk.at(text)
            let party: TicketParty =
                switch side {
                case .customer: .customer(customer)
                case .staff: .staff(technician, level: 1)
                }
            try desk.desk.write { [rules = desk.rules] connection in
                let ticket = try #require(try connection.ticket(folio))
                var work = TicketWork(on: ticket, by: party, rules, at: now, in: connection)
                try body(&work)
            }
        }

        /// The clocks at an instant, not at the last fact.
        func clock(_ kind: ClockKind, _ folio: Folio, at text: String, level: Int? = nil) throws -> TicketClock? {
            let ticket = try desk.ticket(folio)
            let facts = try desk.desk.read { try $0.facts(of: ticket.id) }
            return try TicketCourse(facts, desk.rules, at: desk.at(text)).clocks.last {
                $0.clock == kind && (level == nil || $0.level == level)
            }
        }

        func due(_ kind: ClockKind, _ folio: Folio, at text: String) throws -> Int? {
            try clock(kind, folio, at: text)?.dueAt
        }
    }

    @Test func `case 18: one wait after the other is one pause, told by both reasons`() throws {
        let pair = try Pair()
        let folio = try pair.open("high", plan: "empresarial", at: "2026-11-17 09:00")
        try pair.act(folio, at: "2026-11-17 09:30") { try $0.answer("¿Qué versión usa?", status: .waitingCustomer) }
        try pair.act(folio, at: "2026-11-17 11:30") { try $0.set(.waitingThirdParty, why: "El proveedor de telefonía") }
        try pair.act(folio, at: "2026-11-17 12:30") { try $0.set(.open) }
        // Proware pauses for its customer alone: two hours, not three.
        let clock = try #require(try pair.clock(.resolution, folio, at: "2026-11-17 12:30"))
        #expect(clock.consumed == 90 * 60)
        let told = try pair.desk.desk.read { try $0.story(of: try #require(try $0.ticket(folio)).id) }
        #expect(told.filter { if case .status = $0.fact.kind { true } else { false } }.count == 3)
    }

    @Test func `case 22: resolving out of a pause ends the pause at that second`() throws {
        let pair = try Pair()
        let folio = try pair.open("high", plan: "empresarial", at: "2026-11-17 09:00")
        try pair.act(folio, at: "2026-11-17 10:00") { try $0.answer("¿Sigue igual?", status: .waitingCustomer) }
        try pair.act(folio, at: "2026-11-17 15:00") { try $0.answer("Quedó.", status: .resolved) }
        let clock = try pair.desk.clock(.resolution, folio)
        #expect(
            try clock.state == .met && clock.consumed == 3600 && clock.stoppedAt == pair.desk.at("2026-11-17 15:00"))
    }

    @Test func `cases 23 and 24: a reply that waits meets the first response, in the same transaction`() throws {
        let pair = try Pair("bizflow")
        let plan = try #require(pair.desk.rules.contract.plans.first).key
        let severity = try #require(pair.desk.rules.contract.severities.first).severity
        let kind = try #require(pair.desk.rules.contract.kinds.first).key
        let folio = try pair.open(severity, plan: plan, at: "2026-11-18 10:00", kind: kind)
        let before = try pair.desk.ticket(folio).dueAt
        try pair.act(folio, at: "2026-11-18 10:20") { try $0.answer("¿Desde cuándo?", status: .waitingCustomer) }
        let ticket = try pair.desk.ticket(folio)
        #expect(try ticket.answeredAt == pair.desk.at("2026-11-18 10:20") && ticket.dueAt != before)
        #expect(try pair.desk.clock(.firstResponse, folio).state == .met)
        #expect(try pair.desk.clock(.firstResponse, folio).stoppedAt == pair.desk.at("2026-11-18 10:20"))
    }

    @Test func `cases 25 and 26: no next response runs before the first, nor after the last word of the staff`() throws
    {
        let pair = try Pair()
        let folio = try pair.open("high", plan: "empresarial", at: "2026-11-17 09:00")
        try pair.act(.customer, folio, at: "2026-11-17 09:10") { try $0.hear("Además falla el chat.") }
        #expect(try pair.clock(.nextResponse, folio, at: "2026-11-17 09:20") == nil)
        try pair.act(folio, at: "2026-11-17 10:00") { try $0.answer("Lo revisamos.") }
        try pair.act(.customer, folio, at: "2026-11-17 11:00") { try $0.hear("Gracias.") }
        try pair.act(folio, at: "2026-11-17 11:30") { try $0.answer("De nada.") }
        // The contract promises no next response; what lives is the resolution alone.
        #expect(try pair.desk.clocks(folio).filter { $0.stoppedAt == nil }.map(\.clock) == [.resolution])
    }

    @Test func `case 27: a call that was written down counts, an internal note never`() throws {
        let pair = try Pair()
        let folio = try pair.open("high", plan: "empresarial", at: "2026-11-17 09:00")
        try pair.act(folio, at: "2026-11-17 09:30") { try $0.note("Ya nos había pasado.") }
        #expect(try pair.desk.clock(.firstResponse, folio).state == .running)
        try pair.act(folio, at: "2026-11-17 10:00") { try $0.answer("Le expliqué cómo entrar.", by: .phone) }
        #expect(try pair.desk.clock(.firstResponse, folio).state == .met)
        #expect(try pair.desk.clock(.firstResponse, folio).consumed == 3600)
    }

    @Test
    func
        `BZ-6: cases 29 and 30: each word of the staff begins the updates anew, and a severity without takes them away`()
        throws
    {
        let pair = try Pair("bizflow")
        let contract = pair.desk.rules.contract
        let (plan, kind) = (try #require(contract.plans.first).key, try #require(contract.kinds.first).key)
        let folio = try pair.open("critical", plan: plan, at: "2026-11-18 10:00", kind: kind)
        #expect(try pair.desk.clock(.periodicUpdate, folio).dueAt == pair.desk.at("2026-11-18 12:00"))
        try pair.act(folio, at: "2026-11-18 10:20") { try $0.answer("Lo revisamos.") }
        try pair.act(folio, at: "2026-11-18 11:00") { try $0.answer("Encontramos la causa.") }
        #expect(try pair.desk.clock(.periodicUpdate, folio).dueAt == pair.desk.at("2026-11-18 13:00"))
        try pair.act(folio, at: "2026-11-18 12:00") { try $0.set(.waitingCustomer) }
        #expect(try pair.desk.clock(.periodicUpdate, folio).dueAt == nil)
        try pair.act(folio, at: "2026-11-18 12:30") { try $0.classify("low", why: "Sólo es un color") }
        #expect(try pair.desk.clock(.periodicUpdate, folio).state == .cancelled)
    }

    @Test func `case 31: a merged ticket leaves every view at once, and its breach stays told`() throws {
        let pair = try Pair()
        let folio = try pair.open("critical", plan: "empresarial", at: "2026-11-17 09:00")
        pair.desk.site.clock.now = try pair.desk.at("2026-11-17 12:00")
        EscalationTimer(pair.desk.site.site).makeRound()
        try pair.desk.add(.merged, to: folio, at: pair.desk.at("2026-11-17 12:30"))
        let ticket = try pair.desk.ticket(folio)
        #expect(ticket.isMerged && ticket.doneAt != nil && ticket.dueAt == nil)
        let rest = try pair.desk.desk.read { connection in
            try connection.first("SELECT breaks_at IS NULL, next_at IS NULL, soon_at IS NULL FROM ticket") {
                [$0.bool(0), $0.bool(1), $0.bool(2)]
            }
        }
        #expect(rest == [true, true, true])
        #expect(try pair.desk.clocks(folio).allSatisfy { $0.state == .cancelled })
        let kinds = try pair.desk.desk.read { try $0.facts(of: ticket.id) }.map(\.kind.type)
        #expect(kinds.contains("breached"))
    }

    @Test func `case 32: a milder severity puts a late ticket in time in the same save, and its breach stays`() throws {
        let pair = try Pair()
        let folio = try pair.open("critical", plan: "empresarial", at: "2026-11-17 09:00")
        pair.desk.site.clock.now = try pair.desk.at("2026-11-17 11:30")
        EscalationTimer(pair.desk.site.site).makeRound()
        #expect(try pair.clock(.firstResponse, folio, at: "2026-11-17 11:30")?.state == .breached)
        try pair.act(folio, at: "2026-11-17 11:30") { try $0.classify("high", why: "Sólo falla un tablero") }
        let clock = try pair.desk.clock(.firstResponse, folio)
        #expect(try clock.state == .running && clock.dueAt == pair.desk.at("2026-11-17 15:00"))
        let story = try pair.desk.desk.read { try $0.story(of: try #require(try $0.ticket(folio)).id) }
        #expect(story.contains { $0.fact.kind == .breached(.firstResponse, run: 1) })
        let change = try #require(story.last { $0.fact.kind == .severity("high") })
        #expect(change.fact.body == "Sólo falla un tablero" && change.fact.actor == pair.technician)
    }

    @Test func `case 33: a graver severity breaks its promise at the change, not before`() throws {
        let pair = try Pair()
        let folio = try pair.open("high", plan: "empresarial", at: "2026-11-17 09:00")
        try pair.act(folio, at: "2026-11-17 12:00") { try $0.classify("critical", why: "Nadie entra") }
        let ticket = try pair.desk.ticket(folio)
        let facts = try pair.desk.desk.read { try $0.facts(of: ticket.id) }
        let course = try TicketCourse(facts, pair.desk.rules, at: pair.desk.at("2026-11-17 13:00"))
        #expect(try course.evaluation.clocks[0].breachedAt?.seconds == pair.desk.at("2026-11-17 12:00"))
    }

    @Test func `cases 34 to 36: the customer's word reopens, the resolution goes on, the first response stays met`()
        throws
    {
        let pair = try Pair()
        let folio = try pair.open("high", plan: "empresarial", at: "2026-11-17 09:00")
        try pair.act(folio, at: "2026-11-17 12:00") { try $0.answer("Listo.", status: .resolved) }
        try pair.act(.customer, folio, at: "2026-11-19 10:00") { try $0.hear("Sigue fallando.") }
        let ticket = try pair.desk.ticket(folio)
        #expect(ticket.status == .open && ticket.doneAt == nil)
        let clock = try pair.desk.clock(.resolution, folio)
        // Three hours were used; twenty-one are left: eleven on Thursday, ten on Friday.
        #expect(try clock.consumed == 3 * 3600 && clock.dueAt == pair.desk.at("2026-11-20 19:00"))
        #expect(try pair.desk.clock(.firstResponse, folio).state == .met)
        #expect(try pair.desk.desk.read { try $0.details(of: ticket.id) }.reopenings == 1)
    }

    @Test func `case 37: nothing is resolved without a word to the customer`() throws {
        let pair = try Pair()
        let folio = try pair.open("high", plan: "empresarial", at: "2026-11-17 09:00")
        #expect(throws: Refusal.self) {
            try pair.act(folio, at: "2026-11-17 10:00") { try $0.set(.resolved) }
        }
        try pair.act(folio, at: "2026-11-17 10:00") {
            try $0.answer("Se resolvió por teléfono.", by: .phone, status: .resolved)
        }
        #expect(try pair.desk.ticket(folio).status == .resolved)
    }

    @Test func `cases 39 and 60: what was promised is found by its key and version, never by its name`() throws {
        let pair = try Pair()
        let folio = try pair.open("high", plan: "empresarial", at: "2026-11-17 09:00")
        try pair.act(folio, at: "2026-11-17 12:00") { try $0.answer("Listo.", status: .resolved) }
        let before = try pair.desk.clocks(folio)
        var contract = Contract.proware
        let index = try #require(contract.plans.firstIndex { $0.key == "empresarial" })
        contract.plans[index].name = Phrase("Corporativo", "Corporate")
        let renamed = try TicketRules(contract, in: pair.desk.rules.zone)
        try pair.desk.desk.write { connection in
            try connection.refold(try #require(try connection.ticket(folio)).id, renamed)
        }
        #expect(try pair.desk.clocks(folio) == before)
    }

    @Test func `case 50: an instant is the same wherever it is read`() throws {
        let pair = try Pair()
        let folio = try pair.open("critical", plan: "innovador", at: "2026-07-21 16:30")
        let due = try #require(try pair.due(.firstResponse, folio, at: "2026-07-21 16:30"))
        #expect("\(Instant(clamping: due))" == "2026-07-22T15:30:00Z")
        let mexico = Moments(
            words: try TestWords.read(.es), zone: try Zones().rules("America/Mexico_City"),
            now: try pair.desk.at("2026-07-21 16:30"))
        #expect(mexico.on(due) == "mañana a las 9:30")
        #expect(try pair.desk.ticket(folio).dueAt == due)
    }

    @Test func `case 54: a level that was too slow keeps its breach, the next one begins anew`() throws {
        let pair = try Pair("factupronto")
        let folio = try pair.open("normal", plan: "basico", at: "2026-11-18 09:00", kind: "helpDesk")
        let before = try pair.due(.firstResponse, folio, at: "2026-11-18 09:00")
        try pair.act(folio, at: "2026-11-18 13:00") {
            try $0.move(to: 2, why: "Falla un módulo", diagnosis: "Se reprodujo con la versión 4.2")
        }
        let first = try #require(try pair.clock(.levelResponse, folio, at: "2026-11-18 13:00", level: 1))
        #expect(first.state == .breached && first.consumed - first.budget == 2 * 3600)
        let second = try #require(try pair.clock(.levelResponse, folio, at: "2026-11-18 13:00", level: 2))
        #expect(try second.consumed == 0 && second.dueAt == pair.desk.at("2026-11-18 17:00"))
        #expect(try pair.due(.firstResponse, folio, at: "2026-11-18 13:00") == before)
    }

    @Test func `case 57: what came late is late by as much for ever`() throws {
        let pair = try Pair()
        let folio = try pair.open("critical", plan: "empresarial", at: "2026-11-17 09:00")
        try pair.act(folio, at: "2026-11-17 11:30") { try $0.answer("Lo revisamos.") }
        for later in ["2026-11-17 11:31", "2026-12-17 11:30", "2028-11-17 11:30"] {
            let clock = try #require(try pair.clock(.firstResponse, folio, at: later))
            #expect(clock.standing(at: try pair.desk.at(later), pair.desk.rules.calendars) == .missed(by: 1800))
        }
        let late = try #require(try pair.clock(.resolution, folio, at: "2026-12-17 11:30"))
        guard case .late(let by, _) = late.standing(at: try pair.desk.at("2026-12-17 11:30"), pair.desk.rules.calendars)
        else {
            Issue.record("it is not late")
            return
        }
        #expect(by > 0)
    }

    @Test func `case 58: a date that was agreed is no clock, and no pause moves it`() throws {
        let pair = try Pair()
        let folio = try pair.open("high", plan: "empresarial", at: "2026-11-17 09:00")
        let clocks = try pair.desk.clocks(folio)
        let date = try #require(CivilDate("2026-12-04"))
        try pair.act(folio, at: "2026-11-17 09:00") { try $0.agree(on: date, why: "Desarrollo lo entrega entonces") }
        #expect(try pair.desk.clocks(folio) == clocks)
        try pair.act(folio, at: "2026-11-17 10:00") { try $0.answer("¿Le parece?", status: .waitingCustomer) }
        try pair.act(folio, at: "2026-11-25 10:00") { try $0.set(.open) }
        #expect(try pair.desk.desk.read { try $0.details(of: try #require(try $0.ticket(folio)).id) }.agreedOn == date)
    }

    @Test func `case 59: at its end every clock has kept what it took`() throws {
        let pair = try Pair()
        let folio = try pair.open("high", plan: "empresarial", at: "2026-11-17 09:00")
        try pair.act(folio, at: "2026-11-17 10:00") { try $0.answer("Lo revisamos.") }
        try pair.act(folio, at: "2026-11-17 12:00") { try $0.set(.resolved) }
        try pair.act(.customer, folio, at: "2026-11-17 13:00") { try $0.confirm() }
        let clocks = try pair.desk.clocks(folio)
        #expect(clocks.map(\.state) == [.met, .met])
        #expect(Set(clocks.map(\.consumed)) == [3600, 3 * 3600])
        #expect(clocks.allSatisfy { $0.stoppedAt != nil })
    }
}
