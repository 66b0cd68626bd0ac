// How many open tickets there are of each sort, kept with every change.

internal import SLA
internal import SQL

extension TicketState {
    /// The sorts of open tickets to which it belongs; none once it is done.
    var tallies: [String] {
        guard doneAt == nil else { return [] }
        return TicketTally.sorts(assignee: assignee, level: level, status: status, severity: severity)
    }
}

enum TicketTally {
    static let open = "open"
    static let unassigned = "unassigned"

    static func of(assignee: Person.ID) -> String { "assignee:\(assignee)" }
    static func of(level: Int) -> String { "level:\(level)" }
    static func of(status: TicketStatus) -> String { "status:\(status.rawValue)" }
    /// The work of somebody of one severity (IN-3).
    static func of(assignee: Person.ID, _ severity: Severity) -> String { "load:\(assignee):\(severity.rawValue)" }

    static func sorts(assignee: Person.ID?, level: Int, status: TicketStatus, severity: Severity) -> [String] {
        let common = [open, of(level: level), of(status: status)]
        guard let assignee else { return common + [unassigned] }
        return common + [of(assignee: assignee), of(assignee: assignee, severity)]
    }
}

extension Connection {
    /// The sorts that count the ticket as its row stands; none for a ticket that was not counted yet.
    func tallies(of ticket: Ticket.ID) throws(SQLError) -> [String] {
        try first(
            "SELECT assignee, level, status, severity FROM ticket WHERE id = ? AND done_at IS NULL AND version > 0",
            ticket
        ) { row in
            guard let status = TicketStatus(rawValue: row.text(2)) else { return [] }
            return TicketTally.sorts(
                assignee: row.optionalInt(0).map(Person.ID.init(rawValue:)), level: row.int(1), status: status,
                severity: Severity(rawValue: row.text(3)))
        } ?? []
    }

    func tally(from before: [String], to after: [String]) throws(SQLError) {
        for sort in before where !after.contains(sort) { try count(sort, by: -1) }
        for sort in after where !before.contains(sort) { try count(sort, by: 1) }
    }

    private func count(_ sort: String, by difference: Int) throws(SQLError) {
        try execute(
            """
            INSERT INTO ticket_tally (sort, count) VALUES (?1, ?2)
            ON CONFLICT (sort) DO UPDATE SET count = count + ?2
            """, sort, difference)
        if difference < 0 { try execute("DELETE FROM ticket_tally WHERE sort = ? AND count = 0", sort) }
    }

    /// Counts every sort anew from the rows of tickets.
    func recountTickets() throws(SQLError) {
        try execute("DELETE FROM ticket_tally")
        try execute(
            """
            INSERT INTO ticket_tally (sort, count)
            SELECT 'open', count(*) FROM ticket WHERE done_at IS NULL HAVING count(*) > 0
            UNION ALL SELECT 'unassigned', count(*) FROM ticket WHERE done_at IS NULL AND assignee IS NULL
                HAVING count(*) > 0
            UNION ALL SELECT 'level:' || level, count(*) FROM ticket WHERE done_at IS NULL GROUP BY level
            UNION ALL SELECT 'status:' || status, count(*) FROM ticket WHERE done_at IS NULL GROUP BY status
            UNION ALL SELECT 'assignee:' || assignee, count(*) FROM ticket
                WHERE done_at IS NULL AND assignee IS NOT NULL GROUP BY assignee
            UNION ALL SELECT 'load:' || assignee || ':' || severity, count(*) FROM ticket
                WHERE done_at IS NULL AND assignee IS NOT NULL GROUP BY assignee, severity
            """)
    }

    func tally(_ sort: String) throws(SQLError) -> Int {
        try first("SELECT count FROM ticket_tally WHERE sort = ?", sort) { $0.int(0) } ?? 0
    }

    /// Every sort that begins so, with its count.
    func tallies(beginning prefix: String) throws(SQLError) -> [String: Int] {
        let rows = try query(
            "SELECT sort, count FROM ticket_tally WHERE sort >= ? AND sort < ?", prefix, prefix + "\u{7F}"
        ) { ($0.text(0), $0.int(1)) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
}
