// Tickets in the tenant's database. Every function that writes works in the transaction of its caller.

internal import SLA
internal import SQL

// MARK: Writing

extension Connection {
    /// Opens a ticket. Its folio is taken with it: what is rolled back leaves no gap.
    /// - Parameter further: What else happened to it, where it is brought in with its past.
    @discardableResult
    func openTicket(
        _ draft: TicketDraft, facts further: [TicketFact] = [], _ rules: TicketRules, at now: Int
    ) throws -> Folio {
        let folio = try takeFolio(rules, at: now)
        var facts = [TicketFact(draft, at: min(draft.openedAt, now))]
        if draft.isAcknowledged { facts.append(TicketFact(at: now, actor: nil, kind: .acknowledged)) }
        facts = facts + further.sorted { $0.at < $1.at }
        let reading = try rules.read(facts)
        try execute(
            """
            INSERT INTO ticket (folio, organization, requester, kind, channel, subject, opened_at, severity, level,
                status, plan, plan_version, changed_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'new', ?10, ?11, ?7)
            """, "\(folio)", draft.organization, draft.requester, draft.kind, draft.channel.rawValue, draft.subject,
            facts[0].at, draft.severity.rawValue, draft.level, draft.plan.key, draft.plan.version)
        let ticket = Ticket.ID(rawValue: Int(lastInsertRowID))
        var last = 0
        for (index, fact) in facts.enumerated() {
            let files = index == 0 ? draft.files : []
            last = try insert(
                fact, of: ticket, files: files, foundBy: index == 0 ? ["\(folio)"] + draft.names : [], at: now)
        }
        try keep(reading, of: ticket, version: last, rules, before: [])
        return folio
    }

    /// Adds what happened to a ticket, and brings up to date what follows from it. Returns the number of the event.
    @discardableResult
    func append(
        _ fact: TicketFact, to ticket: Ticket.ID, files: [Attachment.ID] = [], _ rules: TicketRules,
        recordedAt now: Int
    ) throws -> Int {
        try append([fact], to: ticket, files: files, rules, recordedAt: now)
    }

    /// As one thing: the files belong to the first.
    @discardableResult
    func append(
        _ facts: [TicketFact], to ticket: Ticket.ID, files: [Attachment.ID] = [], _ rules: TicketRules,
        recordedAt now: Int
    ) throws -> Int {
        var last = 0
        for (index, fact) in facts.enumerated() {
            last = try insert(fact, of: ticket, files: index == 0 ? files : [], at: now)
        }
        try refold(ticket, rules)
        return last
    }

    private func insert(
        _ fact: TicketFact, of ticket: Ticket.ID, files: [Attachment.ID], foundBy names: [String] = [], at now: Int
    ) throws -> Int {
        try execute(
            "INSERT INTO ticket_event (ticket, at, recorded_at, actor, type, payload, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
            ticket, fact.at, now, fact.actor, fact.kind.type, fact.kind.payload.text(), fact.body)
        let event = Int(lastInsertRowID)
        var (shown, hidden) = fact.searched
        for file in files {
            let name = try attach(file, to: event, of: ticket, by: fact.actor)
            if fact.kind.isInternal { hidden.append(name) } else { shown.append(name) }
        }
        try indexText(shown: names + shown, hidden: hidden, of: event)
        return event
    }

    /// Derives the ticket's row and its clocks again from its facts.
    func refold(_ ticket: Ticket.ID, _ rules: TicketRules) throws {
        let before = try tallies(of: ticket)
        let version =
            try first("SELECT max(id) FROM ticket_event WHERE ticket = ?", ticket) { $0.optionalInt(0) } ?? nil
        let reading = try rules.read(try facts(of: ticket))
        try execute("DELETE FROM clock WHERE ticket = ?", ticket)
        try execute("DELETE FROM ticket_follower WHERE ticket = ?", ticket)
        try execute("DELETE FROM ticket_link WHERE ticket = ?", ticket)
        try execute("DELETE FROM ticket_tag WHERE ticket = ?", ticket)
        try keep(reading, of: ticket, version: version ?? 0, rules, before: before)
    }

    private func keep(
        _ reading: TicketReading, of ticket: Ticket.ID, version: Int, _ rules: TicketRules, before: [String]
    ) throws {
        let state = reading.state
        let nearest = reading.nearest
        try execute(
            """
            UPDATE ticket SET severity = ?, level = ?, status = ?, plan = ?, plan_version = ?, changed_at = ?,
                done_at = ?, due_at = ?, next_at = ?, assignee = ?, severity_rank = ?, due_order = ?, due_run = ?,
                soon_at = ?, breaks_at = ?, word_at = ?, word_by = ?, word_is_staff = ?, answered_at = ?,
                agreed_on = ?, face = ?, keeper = ?, is_merged = ?, reopenings = ?, version = ?
            WHERE id = ?
            """, state.severity.rawValue, state.level, state.status.rawValue, state.plan.key, state.plan.version,
            reading.changedAt, state.doneAt, nearest?.dueAt, reading.nextAt, state.assignee,
            rules.rank(state.severity), nearest?.dueAt ?? Int.max, reading.foremost?.run, nearest?.soonAt,
            reading.breaksAt,
            state.lastWord.at, state.lastWord.by, state.lastWord.isOfStaff, state.answeredAt,
            state.agreedOn.map { "\($0)" }, state.face?.rawValue, state.keeper, state.isMerged, state.reopenings,
            version, ticket)
        try keep(state.properties, of: ticket)
        for person in state.followers {
            try execute("INSERT INTO ticket_follower (ticket, person) VALUES (?, ?)", ticket, person)
        }
        for link in state.links {
            try execute(
                "INSERT INTO ticket_link (ticket, kind, other) VALUES (?, ?, ?)", ticket, link.kind.rawValue, link.other
            )
        }
        for clock in reading.clocks { try insert(clock, of: ticket) }
        try tally(from: before, to: state.tallies)
    }

    /// What was given when it was opened, or edited since; its subject and kind stay where neither said any.
    private func keep(_ properties: [TicketProperty: String], of ticket: Ticket.ID) throws {
        guard !properties.isEmpty else { return }
        try execute(
            """
            UPDATE ticket SET subject = coalesce(?, subject), kind = coalesce(?, kind), category = ?,
                product_version = ?, environment = ?, service = ?, phone = ?, tags = ?, is_private = ?
            WHERE id = ?
            """, properties[.subject], properties[.kind], properties[.category] ?? "",
            properties[.productVersion] ?? "", properties[.environment] ?? "", properties[.service] ?? "",
            properties[.phone] ?? "", properties[.tags] ?? "", properties[.isPrivate] == "1", ticket)
        for tag in Set((properties[.tags] ?? "").split(separator: " ")) {
            try execute("INSERT INTO ticket_tag (ticket, tag) VALUES (?, ?)", ticket, String(tag))
        }
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

    /// Derives the rows of tickets again, those after an id and at most so many of them, and with the last of them the
    /// tallies. Returns the last one; nil when there are no more.
    func refoldTickets(after id: Int, limit: Int, _ rules: TicketRules) throws -> Int? {
        let tickets = try query("SELECT id FROM ticket WHERE id > ? ORDER BY id LIMIT ?", id, limit) {
            Ticket.ID(rawValue: $0.int(0))
        }
        for ticket in tickets { try refold(ticket, rules) }
        if tickets.count < limit { try recountTickets() }
        return tickets.last?.rawValue
    }
}

// MARK: Reading

extension Connection {
    func ticket(_ folio: Folio) throws(SQLError) -> Ticket? {
        try first(
            """
            SELECT id, folio, organization, requester, channel, subject, kind, opened_at, severity, level, status, plan,
                plan_version, changed_at, done_at, due_at, due_run, assignee, is_private, word_at, word_by,
                word_is_staff, answered_at, keeper, is_merged, face, version
            FROM ticket WHERE folio = ?
            """, "\(folio)"
        ) { Ticket($0) } ?? nil
    }

    /// The plan by which a new ticket of an organization is counted: that of the agreement that counts; of who has signed
    /// nothing yet, the contract's first.
    func presentPlan(of organization: Organization.ID, _ rules: TicketRules) throws(SQLError) -> PlanReference? {
        let signed = try first("SELECT plan FROM agreement_term WHERE organization = ?", organization) { $0.text(0) }
        return signed.flatMap(rules.plan) ?? rules.contract.plans.first.flatMap { rules.plan($0.key) }
    }

    /// The last ticket of a kind that an organization has.
    func ticket(ofKind kind: String, of organization: Organization.ID) throws(SQLError) -> Ticket? {
        try first(
            """
            SELECT id, folio, organization, requester, channel, subject, kind, opened_at, severity, level, status, plan,
                plan_version, changed_at, done_at, due_at, due_run, assignee, is_private, word_at, word_by,
                word_is_staff, answered_at, keeper, is_merged, face, version
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
    /// The columns id, folio, organization, requester, channel, subject, kind, opened_at, severity, level, status, plan,
    /// plan_version, changed_at, done_at, due_at, due_run, assignee, is_private, word_at, word_by, word_is_staff,
    /// answered_at, keeper, is_merged, face, version, from the first on.
    init?(_ row: borrowing Row, from first: Int = 0) {
        guard let folio = Folio(row.text(first + 1)), let status = TicketStatus(rawValue: row.text(first + 10)) else {
            return nil
        }
        self.init(
            id: ID(rawValue: row.int(first)), folio: folio,
            organization: Organization.ID(rawValue: row.int(first + 2)),
            requester: row.optionalInt(first + 3).map(Person.ID.init(rawValue:)),
            channel: Channel(rawValue: row.text(first + 4)), subject: row.text(first + 5), kind: row.text(first + 6),
            openedAt: row.int(first + 7), severity: Severity(rawValue: row.text(first + 8)), level: row.int(first + 9),
            status: status, plan: PlanReference(key: row.text(first + 11), version: row.int(first + 12)),
            changedAt: row.int(first + 13), doneAt: row.optionalInt(first + 14), dueAt: row.optionalInt(first + 15),
            dueRun: row.optionalInt(first + 16), assignee: row.optionalInt(first + 17).map(Person.ID.init(rawValue:)),
            isPrivate: row.bool(first + 18),
            lastWord: TicketState.Word(
                at: row.int(first + 19), by: row.optionalInt(first + 20).map(Person.ID.init(rawValue:)),
                isOfStaff: row.bool(first + 21)),
            answeredAt: row.optionalInt(first + 22), keeper: row.optionalInt(first + 23).map(Person.ID.init(rawValue:)),
            isMerged: row.bool(first + 24), face: row.optionalText(first + 25).flatMap(SurveyFace.init),
            version: row.int(first + 26))
    }
}

extension TicketClock {
    /// The columns run, clock, level, state, is_paused, started_at, stopped_at, budget, consumed, due_at, breaks_at,
    /// calendar, clause, from the first on.
    init?(_ row: borrowing Row, from first: Int = 0) {
        guard let clock = ClockKind(rawValue: row.text(first + 1)),
            let state = ClockState(rawValue: row.text(first + 3))
        else { return nil }
        self.init(
            run: row.int(first), clock: clock, level: row.optionalInt(first + 2), state: state,
            isPaused: row.bool(first + 4), startedAt: row.int(first + 5), stoppedAt: row.optionalInt(first + 6),
            budget: row.int(first + 7), consumed: row.int(first + 8), dueAt: row.optionalInt(first + 9),
            breaksAt: row.optionalInt(first + 10), calendar: row.optionalText(first + 11),
            clause: row.text(first + 12))
    }
}
