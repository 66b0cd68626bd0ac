// Queues in the tenant's database: which tickets stand where, and their rows. Every statement walks an index in the order
// of its queue and stops after what is shown, however many tickets there are.

internal import SLA
internal import SQL

extension Connection {
    /// What stands in a queue from `offset` on, in its usual order.
    /// - Parameter person: Whose queue `mine` is.
    func tickets(
        in view: QueueView, of person: Person.ID, at now: Int, from offset: Int, limit: Int
    ) throws(SQLError) -> [QueueSpot] {
        switch view {
        case .all:
            try query(
                """
                SELECT id, version FROM ticket WHERE done_at IS NULL AND due_order >= 0
                ORDER BY due_order, severity_rank, opened_at, id LIMIT ? OFFSET ?
                """, limit, offset, row: Self.spot)
        case .mine: try tickets(assignedTo: person, from: offset, limit: limit)
        case .assigned(let other): try tickets(assignedTo: other, from: offset, limit: limit)
        case .unassigned: try tickets(assignedTo: nil, from: offset, limit: limit)
        case .level(let level):
            try query(
                """
                SELECT id, version FROM ticket WHERE done_at IS NULL AND level = ?
                ORDER BY due_order, severity_rank, opened_at, id LIMIT ? OFFSET ?
                """, level, limit, offset, row: Self.spot)
        case .waiting:
            try query(
                """
                SELECT id, version FROM ticket WHERE done_at IS NULL AND status = ?
                ORDER BY due_order, severity_rank, opened_at, id LIMIT ? OFFSET ?
                """, TicketStatus.waitingCustomer.rawValue, limit, offset, row: Self.spot)
        case .breached:
            try query(
                """
                SELECT id, version FROM ticket WHERE done_at IS NULL AND breaks_at <= ?
                ORDER BY breaks_at, id LIMIT ? OFFSET ?
                """, now, limit, offset, row: Self.spot)
        case .soon: try ticketsDueSoon(at: now, from: offset, limit: limit)
        case .resolved: try ticketsDone(isResolved: true, from: offset, limit: limit)
        case .closed: try ticketsDone(isResolved: false, from: offset, limit: limit)
        }
    }

    private func tickets(
        assignedTo person: Person.ID?, from offset: Int, limit: Int
    ) throws(SQLError) -> [QueueSpot] {
        try query(
            """
            SELECT id, version FROM ticket WHERE done_at IS NULL AND assignee IS ?
            ORDER BY due_order, severity_rank, opened_at, id LIMIT ? OFFSET ?
            """, person, limit, offset, row: Self.spot)
    }

    /// The last ones first.
    private func ticketsDone(isResolved: Bool, from offset: Int, limit: Int) throws(SQLError) -> [QueueSpot] {
        try query(
            """
            SELECT id, version FROM ticket WHERE done_at IS NOT NULL AND (status = 'resolved' AND is_merged = 0) = ?
            ORDER BY done_at DESC, id DESC LIMIT ? OFFSET ?
            """, isResolved, limit, offset, row: Self.spot)
    }

    private static func spot(_ row: borrowing Row) -> QueueSpot {
        QueueSpot(ticket: Ticket.ID(rawValue: row.int(0)), version: row.int(1))
    }

    /// In the order of the numbers.
    func queueSpots(_ tickets: [Ticket.ID]) throws(SQLError) -> [QueueSpot] {
        try query(
            "SELECT t.id, t.version FROM json_each(?) AS wanted JOIN ticket AS t ON t.id = wanted.value",
            Self.list(tickets), row: Self.spot)
    }

    // MARK: About to be breached

    /// So long before its breach a clock is about to be breached at the most: a quarter of the longest budget, with what
    /// is closed meanwhile.
    private static let longestWarning = 60 * 86_400

    /// They are found by when they began to be so; so many are put in a queue's order.
    private func ticketsDueSoon(at now: Int, from offset: Int, limit: Int) throws(SQLError) -> [QueueSpot] {
        var found = try query(
            """
            SELECT due_order, severity_rank, opened_at, id FROM ticket
            WHERE done_at IS NULL AND soon_at <= ?1 AND soon_at > ?2 AND breaks_at > ?1 LIMIT ?3
            """, now, now - Self.longestWarning, QueueCounts.most
        ) { ($0.int(0), $0.int(1), $0.int(2), $0.int(3)) }
        found.sort { $0 < $1 }
        return try queueSpots(found.dropFirst(offset).prefix(limit).map { Ticket.ID(rawValue: $0.3) })
    }

    // MARK: Counts

    /// Up to a limit.
    func breachedCount(at now: Int) throws(SQLError) -> Int {
        try first(
            """
            SELECT count(*) FROM (SELECT 1 FROM ticket WHERE done_at IS NULL AND breaks_at <= ? LIMIT ?)
            """, now, QueueCounts.most
        ) { $0.int(0) } ?? 0
    }

    /// Up to a limit.
    func soonCount(at now: Int) throws(SQLError) -> Int {
        try first(
            """
            SELECT count(*) FROM (SELECT 1 FROM ticket
                WHERE done_at IS NULL AND soon_at <= ?1 AND soon_at > ?2 AND breaks_at > ?1 LIMIT ?3)
            """, now, now - Self.longestWarning, QueueCounts.most
        ) { $0.int(0) } ?? 0
    }

    /// Up to a limit.
    func doneCount(isResolved: Bool, limit: Int) throws(SQLError) -> Int {
        try first(
            """
            SELECT count(*) FROM (SELECT 1 FROM ticket
                WHERE done_at IS NOT NULL AND (status = 'resolved' AND is_merged = 0) = ? LIMIT ?)
            """, isResolved, limit
        ) { $0.int(0) } ?? 0
    }

    /// What is due in the hours that a line shows.
    func queueDues(_ counts: QueueCounts, _ zone: TimeZoneRules, at now: Int) throws(SQLError) -> QueueDues {
        let start = QueueLineMaking.start(now, zone)
        let due = try query(
            """
            SELECT due_order FROM ticket WHERE done_at IS NULL AND due_order >= ? AND due_order < ?
            ORDER BY due_order LIMIT ?
            """, start, start + QueueLineMaking.hours * 3600, QueueDues.most
        ) { $0.int(0) }
        let coming = try first(
            """
            SELECT count(*) FROM (SELECT 1 FROM ticket
                WHERE done_at IS NULL AND due_order >= ? AND due_order < ? LIMIT ?)
            """, now, zone.midnight(after: now), QueueCounts.most
        ) { $0.int(0) }
        return QueueDues(due: due, comingToday: coming ?? 0, breached: counts.breached)
    }

    func ticketTallies() throws(SQLError) -> [String: Int] {
        let rows = try query("SELECT sort, count FROM ticket_tally WHERE sort >= ''") { ($0.text(0), $0.int(1)) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    /// The number of the last event: as long as it is the same, nothing happened to any ticket.
    func lastTicketEvent() throws(SQLError) -> Int {
        try first("SELECT max(id) FROM ticket_event") { $0.optionalInt(0) ?? 0 } ?? 0
    }

    /// Those who work on tickets, by their names.
    func technicians() throws(SQLError) -> [(id: Person.ID, name: String)] {
        try query(
            """
            SELECT id, name FROM person INDEXED BY person_technicians
            WHERE role = 'technician' AND state = 'active' AND folded >= '' ORDER BY folded, id LIMIT ?
            """, QueueLoad.most
        ) { (Person.ID(rawValue: $0.int(0)), $0.text(1)) }
    }

    // MARK: Rows

    /// In the order of the numbers.
    func queueEntries(_ tickets: [Ticket.ID]) throws(SQLError) -> [QueueEntry] {
        try query(
            """
            SELECT t.id, t.folio, t.subject, t.severity, t.level, t.status, t.plan, o.legal_name, a.name, t.word_at,
                w.name, t.done_at, t.is_merged, t.agreed_on, c.run, c.clock, c.level, c.state, c.is_paused,
                c.started_at, c.stopped_at, c.budget, c.consumed, c.due_at, c.breaks_at, c.calendar, c.clause
            FROM json_each(?) AS wanted
            JOIN ticket AS t ON t.id = wanted.value
            JOIN organization AS o ON o.id = t.organization
            LEFT JOIN person AS a ON a.id = t.assignee
            LEFT JOIN person AS w ON w.id = t.word_by AND t.word_is_staff
            LEFT JOIN clock AS c ON c.ticket = t.id AND c.run = t.due_run
            """, Self.list(tickets)
        ) { QueueEntry($0) }.compactMap { $0 }
    }

    /// What tickets are put in another order by.
    func sortKeys(_ tickets: [Ticket.ID]) throws(SQLError) -> [QueueSortKey] {
        try query(
            """
            SELECT t.id, t.subject, t.severity_rank, t.level, a.folded, t.word_at
            FROM json_each(?) AS wanted JOIN ticket AS t ON t.id = wanted.value
            LEFT JOIN person AS a ON a.id = t.assignee
            """, Self.list(tickets)
        ) { row in
            QueueSortKey(
                id: Ticket.ID(rawValue: row.int(0)), subject: row.text(1), severityRank: row.int(2), level: row.int(3),
                assignee: row.optionalText(4), wordAt: row.int(5))
        }
    }

    private static func list(_ tickets: [Ticket.ID]) -> String {
        "[" + tickets.map { "\($0)" }.joined(separator: ",") + "]"
    }
}

extension QueueEntry {
    fileprivate init?(_ row: borrowing Row) {
        guard let status = TicketStatus(rawValue: row.text(5)) else { return nil }
        self.init(
            id: Ticket.ID(rawValue: row.int(0)), folio: row.text(1), subject: row.text(2),
            severity: Severity(rawValue: row.text(3)), level: row.int(4), status: status, plan: row.text(6),
            organization: row.text(7), assignee: row.optionalText(8), wordAt: row.int(9),
            wordBy: row.optionalText(10), doneAt: row.optionalInt(11), isMerged: row.bool(12),
            agreedOn: row.optionalText(13).flatMap { CivilDate($0) },
            clock: row.isNull(14) ? nil : TicketClock(row, from: 14))
    }
}
