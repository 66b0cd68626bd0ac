// What follows from the facts of a ticket: derived by the engine, and the same however often it is derived.

import Foundation
import SLA
import SQL
import Testing

@testable import Atiende

@Suite struct TicketStoreTests {
    private static let kinds: [TicketFact.Kind] = [
        .opened(
            TicketFact.Opening(
                severity: "normal", channel: .mail, level: 2, plan: PlanReference(key: "pago", version: 3))),
        .acknowledged, .staffMessage(level: 2), .customerMessage, .diagnosis(level: 3), .status(.waitingThirdParty),
        .severity("critical"), .level(3), .recovered, .rootCause(), .merged,
        .planApplied(PlanReference(key: "gratuito", version: 1)), .note, .staffMessage(level: 1, by: .phone),
        .opened(
            TicketFact.Opening(
                severity: "low", channel: .phone, level: 1, plan: PlanReference(key: "pago", version: 1),
                properties: [.subject: "Factura \"rara\"", .tags: "cfdi timbre", .isPrivate: "1"])),
        .diagnosis(
            level: 2,
            Diagnosis(
                reproduction: .yes, errorMessages: "CFDI40102", expected: "Timbrar", actual: "Falla", version: "4.2",
                environment: "Producción", knownProblem: "")),
        .rootCause(solution: "Se corrigió el certificado."), .assigned(Person.ID(rawValue: 7)), .assigned(nil),
        .edited([TicketEdit(property: .subject, before: "a", after: "b")]), .followed(Person.ID(rawValue: 3)),
        .unfollowed(Person.ID(rawValue: 3)), .linked(.parent, Ticket.ID(rawValue: 9)),
        .unlinked(.related, Ticket.ID(rawValue: 9)), .agreed(on: CivilDate("2026-12-04")), .agreed(on: nil),
        .confirmed, .surveyed(.acceptable), .locked, .unlocked, .breached(.resolution, run: 2),
        .fired(
            TicketFact.Firing(
                plan: PlanReference(key: "pago", version: 1), step: 3, clock: .resolution, run: 2, percent: 75,
                dueAt: 1_800_000_000)),
    ]

    @Test(arguments: kinds)
    func `a fact is read back as it was written`(_ kind: TicketFact.Kind) throws {
        let payload = try JSON(parsing: kind.payload.text())
        #expect(TicketFact.Kind(type: kind.type, payload: payload) == kind)
    }

    @Test(arguments: [
        ("", "{}"), ("unknown", "{}"), ("level", "{}"), ("level", "{\"level\":\"2\"}"),
        ("status", "{\"status\":\"x\"}"),
        ("edited", "{\"edits\":[[\"plan\",\"a\",\"b\"]]}"), ("surveyed", "{\"face\":\"5\"}"), ("followed", "{}"),
        ("agreed", "{\"date\":\"2026-02-30\"}"), ("linked", "{\"link\":\"parent\"}"), ("fired", "{\"step\":1}"),
        ("opened", "{\"severity\":\"normal\",\"channel\":\"mail\",\"level\":1,\"plan\":\"pago\"}"), ("status", "[]"),
    ])
    func `a fact without what it needs is refused`(_ type: String, _ payload: String) throws {
        #expect(try TicketFact.Kind(type: type, payload: JSON(parsing: payload)) == nil)
    }

    @Test func `what happened to a ticket is never changed and never removed`() throws {
        let desk = try TicketDesk(try TestSite(), "seres")
        try desk.open(at: desk.site.clock.now)
        let before = try desk.desk.read { try ticketRows($0) }
        for sql: SQLText in [
            "UPDATE ticket_event SET at = 0", "UPDATE ticket_event SET payload = '{}' WHERE id = 1",
            "DELETE FROM ticket_event", "DELETE FROM ticket_event WHERE id = 1",
            "REPLACE INTO ticket_event (id, ticket, at, recorded_at, type, payload) VALUES (1, 1, 0, 0, 'merged', '{}')",
        ] {
            let error = #expect(throws: Refusal.self) { try desk.desk.write { try $0.execute(sql) } }
            #expect(error?.why.contains("never") == true, "\(sql)")
        }
        #expect(try desk.desk.read { try ticketRows($0) } == before)
    }

    /// A ticket of business hours through nearly all that can happen to one.
    private func eventful(_ desk: TicketDesk, _ first: Severity, _ second: Severity, plan: String) throws -> Folio {
        let folio = try desk.open(first, plan: plan, at: desk.at("2026-11-13 14:10"))
        for (at, kind) in [
            ("2026-11-13 14:10", .acknowledged), ("2026-11-13 14:40", .staffMessage(level: 1)),
            ("2026-11-13 14:41", .status(.waitingCustomer)), ("2026-11-14 09:30", .customerMessage),
            ("2026-11-14 09:30", .status(.open)), ("2026-11-14 10:00", .severity(second)),
            ("2026-11-14 10:05", .level(2)), ("2026-11-14 11:00", .diagnosis(level: 2)),
            ("2026-11-14 11:30", .recovered), ("2026-11-14 12:00", .status(.resolved)),
            ("2026-11-14 13:00", .status(.open)), ("2026-11-17 09:00", .staffMessage(level: 2)),
        ] as [(String, TicketFact.Kind)] {
            try desk.add(kind, to: folio, at: desk.at(at))
        }
        return folio
    }

    @Test(arguments: [
        ("proware", "empresarial", "high", "critical", 2), ("ingressio", "servicio", "severity2", "severity1", 5),
    ])
    func `deriving everything again changes nothing, however often`(
        _ tenant: String, _ plan: String, _ first: String, _ second: String, _ runs: Int
    ) throws {
        let desk = try TicketDesk(try TestSite(tenants: [tenant]), tenant)
        let eventful = try eventful(
            desk, Severity(rawValue: first), Severity(rawValue: second), plan: plan)
        let now = try desk.at("2026-11-18 10:00")
        let merged = try desk.open(Severity(rawValue: first), plan: plan, at: now)
        try desk.add(.merged, to: merged, at: now + 60)
        try desk.add(.status(.closed), to: merged, at: now + 90)
        try desk.open("unpromised", plan: plan, at: now)
        let before = try desk.desk.read { try ticketRows($0) }
        #expect(try desk.clocks(eventful).count == runs)
        for _ in 0..<2 {
            var last: Int? = 0
            while let id = last {
                last = try desk.desk.write { try $0.refoldTickets(after: id, limit: 2, desk.rules) }
            }
            #expect(try desk.desk.read { try ticketRows($0) } == before)
        }
        // What was derived can be lost: it comes back from the facts.
        try desk.desk.write { connection in
            try connection.execute("DELETE FROM clock")
            try connection.execute(
                "UPDATE ticket SET severity = 'x', level = 3, status = 'new', done_at = NULL, due_at = 5, next_at = 6")
            _ = try connection.refoldTickets(after: 0, limit: 10, desk.rules)
        }
        #expect(try desk.desk.read { try ticketRows($0) } == before)
    }

    @Test func `a fact that is written down later takes its place in time`() throws {
        let site = try TestSite()
        let desk = try TicketDesk(site, "seres")
        let now = site.clock.now
        let folio = try desk.open(at: now)
        try desk.add(.status(.resolved), to: folio, at: now + 3600)
        // The answer was given by telephone before that.
        try desk.add(.staffMessage(level: 1), to: folio, at: now + 600, recordedAt: now + 4000)
        let answer = try desk.clock(.firstResponse, folio)
        #expect(answer.state == .met && answer.consumed == 600)
        #expect(try desk.ticket(folio).doneAt == now + 3600)
    }

    @Test func `a ticket is done from when it was resolved, and open again when it is reopened`() throws {
        let site = try TestSite()
        let desk = try TicketDesk(site, "seres")
        let now = site.clock.now
        let folio = try desk.open(at: now)
        try desk.add(.status(.resolved), to: folio, at: now + 60)
        try desk.add(.status(.closed), to: folio, at: now + 120)
        #expect(try desk.ticket(folio).doneAt == now + 60)
        #expect(try desk.ticket(folio).dueAt == nil)
        try desk.add(.status(.open), to: folio, at: now + 180)
        let reopened = try desk.ticket(folio)
        #expect(reopened.doneAt == nil && reopened.status == .open)
        // A minute of eight hours was used before it was resolved.
        #expect(reopened.dueAt == now + 180 + 8 * 3600 - 60)
    }

    @Test func `a clock is broken with the first second that counts beyond its budget`() throws {
        let site = try TestSite(tenants: ["proware", "seres", "ingressio"])
        let seres = try TicketDesk(site, "seres")
        let around = try seres.clock(.resolution, seres.open(at: site.clock.now))
        #expect(around.breaksAt == site.clock.now + 8 * 3600 + 1 && around.calendar == nil)
        // "Less than": reaching it breaks it.
        let proware = try TicketDesk(site, "proware")
        let strict = try proware.clock(.resolution, proware.open("high", plan: "empresarial", at: site.clock.now))
        #expect(strict.breaksAt == strict.dueAt && strict.breaksAt != nil)
        // Due when a Friday ends, broken when the Monday begins.
        let ingressio = try TicketDesk(site, "ingressio")
        let opened = try ingressio.at("2026-11-20 20:00")
        let clock = try ingressio.clock(.resolution, ingressio.open("severity2", plan: "servicio", at: opened))
        #expect(clock.dueAt == (try ingressio.at("2026-12-04 18:00")))
        #expect(clock.breaksAt == (try ingressio.at("2026-12-07 09:00:01")))
        let saturday = try ingressio.at("2026-12-05 12:00")
        let monday = try ingressio.at("2026-12-07 09:00")
        #expect(clock.standing(at: saturday, ingressio.rules.calendars) == .closed(resumes: monday))
        #expect(clock.standing(at: monday + 1, ingressio.rules.calendars) == .late(by: 226_801, due: monday - 226_800))
    }

    @Test func `a plan of another version, or facts without an opening, are said to be broken`() throws {
        let rules = try TicketRules(.seres, in: .utc)
        let opening = TicketFact.Opening(
            severity: "normal", channel: .portal, level: 1, plan: PlanReference(key: "pago", version: 999))
        let error = #expect(throws: Refusal.self) {
            try rules.read([TicketFact(at: 0, actor: nil, kind: .opened(opening))])
        }
        #expect(error?.why.contains("version 999") == true)
        #expect(throws: Refusal.self) { try rules.read([]) }
        #expect(throws: Refusal.self) { try rules.read([TicketFact(at: 0, actor: nil, kind: .acknowledged)]) }
    }
}
