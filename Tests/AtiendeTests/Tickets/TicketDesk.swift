// A desk with an organization, for tests of tickets.

import SLA
import SQL
import Testing

@testable import Atiende

/// What the database holds of tickets, a line a row.
func ticketRows(_ connection: SQL.Connection) throws -> [String] {
    try [
        "ticket", "clock", "ticket_event", "folio_counter", "ticket_tally", "ticket_follower", "ticket_link",
        "ticket_tag",
    ].flatMap { table in
        try connection.query(SQLText(verbatim: "SELECT * FROM \(table)")) { row in
            table + (0..<row.columnCount).map { "|" + (row.optionalText($0) ?? "NULL") }.joined()
        }
    }
}

struct TicketDesk {
    let site: TestSite
    let desk: Desk
    let rules: TicketRules
    let organization: Organization.ID

    init(_ site: TestSite, _ tenant: String, organization: Organization.ID? = nil) throws {
        self.site = site
        desk = try site.desk(tenant)
        rules = try #require(desk.ticketRules)
        self.organization = try organization ?? site.addOrganization("Almacenes La Ceiba", to: tenant)
    }

    /// `2026-11-13 16:20:05` on the tenant's clock.
    func at(_ text: String) throws -> Int {
        let parts = text.split(separator: " ")
        let date = try #require(CivilDate(String(parts[0])))
        let digits = parts[1].split(separator: ":").compactMap { Int($0) }
        let wall = try #require(
            WallTime(date: date, hour: digits[0], minute: digits[1], second: digits.count > 2 ? digits[2] : 0))
        return rules.zone.resolve(wall).earliest.seconds
    }

    func draft(
        _ severity: Severity, plan: String, openedAt: Int, kind: String = "support", channel: Channel = .portal
    ) throws -> TicketDraft {
        TicketDraft(
            organization: organization, kind: kind, subject: "El tablero no carga", channel: channel,
            severity: severity, plan: try #require(rules.plan(plan)), openedAt: openedAt)
    }

    @discardableResult
    func open(_ severity: Severity = "normal", plan: String = "pago", at instant: Int) throws -> Folio {
        let draft = try draft(severity, plan: plan, openedAt: instant)
        return try desk.write { try $0.openTicket(draft, rules, at: instant) }
    }

    func add(_ kind: TicketFact.Kind, to folio: Folio, at instant: Int, recordedAt: Int? = nil) throws {
        try desk.write { connection in
            let ticket = try #require(try connection.ticket(folio))
            try connection.append(
                TicketFact(at: instant, actor: nil, kind: kind), to: ticket.id, rules,
                recordedAt: recordedAt ?? instant)
        }
    }

    func ticket(_ folio: Folio) throws -> Ticket { try #require(try desk.read { try $0.ticket(folio) }) }

    func clocks(_ folio: Folio) throws -> [TicketClock] {
        try desk.read { connection in
            try connection.clocks(of: try #require(try connection.ticket(folio)).id)
        }
    }

    func clock(_ kind: ClockKind, _ folio: Folio) throws -> TicketClock {
        try #require(try clocks(folio).last { $0.clock == kind })
    }
}
