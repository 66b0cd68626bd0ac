// Tickets in the tenant's database. Every function that writes works in the transaction of its caller.

internal import SLA
internal import SQL

// MARK: Writing

extension Connection {
    /// Opens a ticket. Its folio is taken with it: what is rolled back leaves no gap.
    @discardableResult
    func openTicket(_ draft: TicketDraft, _ rules: TicketRules, at now: Int) throws -> Folio {
        let folio = try takeFolio(rules, at: now)
        let fact = TicketFact(
            at: min(draft.openedAt, now), actor: draft.author,
            kind: .opened(
                TicketFact.Opening(
                    severity: draft.severity, channel: draft.channel, level: draft.level, plan: draft.plan)))
        try execute(
            """
            INSERT INTO ticket (folio, organization, requester, kind, channel, subject, opened_at, severity, level,
                status, plan, plan_version, changed_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'new', ?10, ?11, ?7)
            """, "\(folio)", draft.organization, draft.requester, draft.kind, draft.channel.rawValue, draft.subject,
            fact.at, draft.severity.rawValue, draft.level, draft.plan.key, draft.plan.version)
        try append(fact, to: Ticket.ID(rawValue: Int(lastInsertRowID)), rules, recordedAt: now)
        return folio
    }

    /// Adds what happened to a ticket, and brings up to date what follows from it.
    func append(_ fact: TicketFact, to ticket: Ticket.ID, _ rules: TicketRules, recordedAt now: Int) throws {
        try execute(
            "INSERT INTO ticket_event (ticket, at, recorded_at, actor, type, payload) VALUES (?, ?, ?, ?, ?, ?)",
            ticket, fact.at, now, fact.actor, fact.kind.type, fact.kind.payload.text())
        try refold(ticket, rules)
    }

    /// Derives the ticket's row and its clocks again from its facts.
    func refold(_ ticket: Ticket.ID, _ rules: TicketRules) throws {
        let reading = try rules.read(try facts(of: ticket))
        let state = reading.state
        try execute(
            """
            UPDATE ticket SET severity = ?, level = ?, status = ?, plan = ?, plan_version = ?, changed_at = ?,
                done_at = ?, due_at = ?, next_at = ? WHERE id = ?
            """, state.severity.rawValue, state.level, state.status.rawValue, state.plan.key, state.plan.version,
            reading.changedAt, state.doneAt, reading.dueAt, reading.nextAt, ticket)
        try execute("DELETE FROM clock WHERE ticket = ?", ticket)
        for clock in reading.clocks { try insert(clock, of: ticket) }
    }

    private func insert(_ clock: TicketClock, of ticket: Ticket.ID) throws(SQLError) {
        try execute(
            """
            INSERT INTO clock (ticket, run, clock, level, state, is_paused, started_at, stopped_at, budget, consumed,
                due_at, breaks_at, calendar, clause)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, ticket, clock.run, clock.clock.rawValue, clock.level, clock.state.rawValue, clock.isPaused,
            clock.startedAt, clock.stoppedAt, clock.budget, clock.consumed, clock.dueAt, clock.breaksAt,
            clock.calendar, clock.clause)
    }

    /// The next number of the year that it is on the tenant's clock.
    private func takeFolio(_ rules: TicketRules, at now: Int) throws -> Folio {
        let year = Folio.year(at: now, in: rules.zone)
        let last = try first("SELECT last FROM folio_counter WHERE year = ?", year) { $0.int(0) } ?? 0
        guard let folio = Folio(rules.prefix, year: year, number: last + 1) else {
            throw Refusal.unavailable(retryAfter: 3600, why: "the folios of \(year) are used up")
        }
        try execute(
            """
            INSERT INTO folio_counter (year, last) VALUES (?, ?)
            ON CONFLICT (year) DO UPDATE SET last = excluded.last
            """, year, folio.number)
        return folio
    }

    /// Derives the rows of tickets again, those after an id and at most so many of them. Returns the last one; nil when
    /// there are no more.
    func refoldTickets(after id: Int, limit: Int, _ rules: TicketRules) throws -> Int? {
        let tickets = try query("SELECT id FROM ticket WHERE id > ? ORDER BY id LIMIT ?", id, limit) {
            Ticket.ID(rawValue: $0.int(0))
        }
        for ticket in tickets { try refold(ticket, rules) }
        return tickets.last?.rawValue
    }
}

// MARK: Reading

extension Connection {
    func ticket(_ folio: Folio) throws(SQLError) -> Ticket? {
        try first(
            """
            SELECT id, folio, organization, requester, kind, subject, opened_at, severity, level, status, plan,
                plan_version, done_at, due_at
            FROM ticket WHERE folio = ?
            """, "\(folio)"
        ) { Ticket($0) } ?? nil
    }

    /// The last ticket of a kind that an organization has.
    func ticket(ofKind kind: String, of organization: Organization.ID) throws(SQLError) -> Ticket? {
        try first(
            """
            SELECT id, folio, organization, requester, kind, subject, opened_at, severity, level, status, plan,
                plan_version, done_at, due_at
            FROM ticket WHERE organization = ? AND kind = ? ORDER BY id DESC LIMIT 1
            """, organization, kind
        ) { Ticket($0) } ?? nil
    }

    /// All that happened to a ticket, by instant and then as recorded.
    func facts(of ticket: Ticket.ID) throws -> [TicketFact] {
        var facts: [TicketFact] = []
        try forEach(
            "SELECT at, actor, type, payload FROM ticket_event WHERE ticket = ? ORDER BY at, id", ticket
        ) { row in
            guard let kind = TicketFact.Kind(type: row.text(2), payload: try JSON(parsing: row.text(3))) else {
                throw Refusal.broken("ticket \(ticket) has an event that cannot be read: \(row.text(2))")
            }
            facts.append(
                TicketFact(at: row.int(0), actor: row.optionalInt(1).map(Person.ID.init(rawValue:)), kind: kind))
        }
        return facts
    }

    /// The runs of a ticket's clocks, in the order in which they began to exist.
    func clocks(of ticket: Ticket.ID) throws(SQLError) -> [TicketClock] {
        try query(
            """
            SELECT run, clock, level, state, is_paused, started_at, stopped_at, budget, consumed, due_at, breaks_at,
                calendar, clause
            FROM clock WHERE ticket = ? ORDER BY run
            """, ticket
        ) { TicketClock($0) }.compactMap { $0 }
    }
}

extension Ticket {
    /// The columns id, folio, organization, requester, kind, subject, opened_at, severity, level, status, plan,
    /// plan_version, done_at, due_at.
    init?(_ row: borrowing Row) {
        guard let folio = Folio(row.text(1)), let status = TicketStatus(rawValue: row.text(9)) else { return nil }
        self.init(
            id: ID(rawValue: row.int(0)), folio: folio, organization: Organization.ID(rawValue: row.int(2)),
            requester: row.optionalInt(3).map(Person.ID.init(rawValue:)), kind: row.text(4), subject: row.text(5),
            openedAt: row.int(6), severity: Severity(rawValue: row.text(7)), level: row.int(8), status: status,
            plan: PlanReference(key: row.text(10), version: row.int(11)), doneAt: row.optionalInt(12),
            dueAt: row.optionalInt(13))
    }
}

extension TicketClock {
    fileprivate init?(_ row: borrowing Row) {
        guard let clock = ClockKind(rawValue: row.text(1)), let state = ClockState(rawValue: row.text(3)) else {
            return nil
        }
        self.init(
            run: row.int(0), clock: clock, level: row.optionalInt(2), state: state, isPaused: row.bool(4),
            startedAt: row.int(5), stoppedAt: row.optionalInt(6), budget: row.int(7), consumed: row.int(8),
            dueAt: row.optionalInt(9), breaksAt: row.optionalInt(10), calendar: row.optionalText(11),
            clause: row.text(12))
    }
}
