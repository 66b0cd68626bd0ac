// `atiende check --rebuild`: deriving everything again changes nothing, and tells what was otherwise.

import SLA
import SQL
import Testing

@testable import Atiende

@Suite struct TicketRebuildTests {
    /// Tickets through a weekend with their steps fired, in all sorts of states.
    private func desk() throws -> TicketDesk {
        let site = try TestSite()
        let desk = try TicketDesk(site, "proware")
        let technician = try site.add("lucia@atiende.example", to: "proware", as: .technician(level: 1))
        let folios = try (0..<120).map { number in
            try desk.open(
                ["critical", "high", "medium", "low"][number % 4], plan: "empresarial",
                at: desk.at("2026-11-17 09:00") + number * 60)
        }
        for (number, folio) in folios.enumerated() where number % 3 == 0 {
            try desk.add(.assigned(technician), to: folio, at: desk.at("2026-11-17 12:00"))
            try desk.add(.staffMessage(level: 1), to: folio, at: desk.at("2026-11-17 12:10"))
            try desk.add(
                .edited([TicketEdit(property: .tags, before: "", after: "cfdi sat")]), to: folio,
                at: desk.at("2026-11-17 12:11"))
            if number % 2 == 0 { try desk.add(.status(.resolved), to: folio, at: desk.at("2026-11-17 13:00")) }
        }
        site.clock.now = try desk.at("2026-11-21 12:00")
        EscalationTimer(site.site).makeRound()
        return desk
    }

    @Test func `rebuilding from what happened changes nothing`() throws {
        let desk = try desk()
        let before = try desk.desk.read { try ticketRows($0) }
        #expect(try TicketRebuild(desk: desk.desk).run() == [])
        #expect(try desk.desk.read { try ticketRows($0) } == before)
        #expect(try desk.site.count("firing") > 100)
    }

    @Test func `what was otherwise is told, and right afterwards`() throws {
        let desk = try desk()
        let before = try desk.desk.read { try ticketRows($0) }
        try desk.desk.write { connection in
            try connection.execute("UPDATE ticket SET due_at = 5 WHERE id = 60")
            try connection.execute("DELETE FROM clock WHERE ticket = 120 AND run = 1")
            try connection.execute("UPDATE ticket_tally SET count = count + 3 WHERE sort = 'open'")
        }
        let findings = try TicketRebuild(desk: desk.desk).run()
        #expect(findings.count == 3)
        #expect(findings[0].hasPrefix("ticket PRW-2026-000060: due_at was 5, is "))
        #expect(findings[1].hasPrefix("ticket PRW-2026-000120: clock 1 was nothing, is "))
        #expect(findings[2].hasPrefix("tally open was "))
        #expect(try desk.desk.read { try ticketRows($0) } == before)
    }

    @Test func `a ticket that cannot be read is told and stops nothing`() throws {
        let desk = try desk()
        try desk.desk.write { connection in
            try connection.execute(
                "INSERT INTO ticket_event (ticket, at, recorded_at, type, payload) VALUES (7, 1, 1, 'planApplied', ?)",
                #"{"plan":"gone","version":9}"#)
        }
        let findings = try TicketRebuild(desk: desk.desk).run()
        #expect(findings.count == 1 && findings[0].hasPrefix("ticket PRW-2026-000007: "))
    }
}
