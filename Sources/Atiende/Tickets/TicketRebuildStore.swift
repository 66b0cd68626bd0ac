// Deriving tickets again from what happened, to find what their rows, clocks and tallies say otherwise.

internal import SLA
internal import SQL

extension Connection {
    /// The tickets after an id, at most so many.
    func ticketIDs(after id: Int, limit: Int) throws(SQLError) -> [Ticket.ID] {
        try query("SELECT id FROM ticket WHERE id > ? ORDER BY id LIMIT ?", id, limit) {
            Ticket.ID(rawValue: $0.int(0))
        }
    }

    /// What is derived of a ticket, by its name.
    func derived(of ticket: Ticket.ID) throws -> [String: String] {
        var values: [String: String] = [:]
        let columns = [
            "folio", "severity", "level", "status", "plan", "plan_version", "changed_at", "done_at", "due_at",
            "next_at", "assignee", "severity_rank", "due_order", "due_run", "soon_at", "breaks_at", "word_at",
            "word_by", "word_is_staff", "answered_at", "agreed_on", "face", "keeper", "is_merged", "reopenings",
            "version", "subject", "kind", "category", "product_version", "environment", "service", "phone", "tags",
            "is_private",
        ]
        try forEach(
            """
            SELECT folio, severity, level, status, plan, plan_version, changed_at, done_at, due_at, next_at, assignee,
                severity_rank, due_order, due_run, soon_at, breaks_at, word_at, word_by, word_is_staff, answered_at,
                agreed_on, face, keeper, is_merged, reopenings, version, subject, kind, category, product_version,
                environment, service, phone, tags, is_private
            FROM ticket WHERE id = ?
            """, ticket
        ) { row in
            for (index, column) in columns.enumerated() { values[column] = row.optionalText(index) ?? "nothing" }
        }
        try forEach(
            """
            SELECT run, clock, level, state, is_paused, started_at, stopped_at, budget, consumed, due_at, breaks_at,
                calendar, clause
            FROM clock WHERE ticket = ?
            """, ticket
        ) { row in values["clock \(row.int(0))"] = Self.line(row, from: 1) }
        try forEach("SELECT person FROM ticket_follower WHERE ticket = ?", ticket) { row in
            values["follower \(row.int(0))"] = "there"
        }
        try forEach("SELECT kind, other FROM ticket_link WHERE ticket = ?", ticket) { row in
            values["link \(row.text(0)) \(row.int(1))"] = "there"
        }
        try forEach("SELECT tag FROM ticket_tag WHERE ticket = ?", ticket) { row in
            values["tag \(row.text(0))"] = "there"
        }
        return values
    }

    private static func line(_ row: borrowing Row, from first: Int) -> String {
        var parts: [String] = []
        for index in first..<row.columnCount { parts.append(row.optionalText(index) ?? "-") }
        return parts.joined(separator: " ")
    }
}
