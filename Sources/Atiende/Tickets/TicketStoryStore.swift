// What a ticket's page tells: its events with what was written, its details, who follows it, what it is tied to.

internal import SLA
internal import SQL

/// A fact as it was recorded.
struct TicketEntry: Sendable, Equatable {
    let id: Int
    let recordedAt: Int
    let fact: TicketFact
}

extension Connection {
    /// How much there is of a ticket.
    func size(of ticket: Ticket.ID) throws(SQLError) -> (events: Int, text: Int, files: Int) {
        let said = try first(
            "SELECT count(*), coalesce(sum(length(body)), 0) FROM ticket_event WHERE ticket = ?", ticket
        ) { (events: $0.int(0), text: $0.int(1)) }
        let files = try first("SELECT count(*) FROM attachment WHERE ticket = ?", ticket) { $0.int(0) }
        return (said?.events ?? 0, said?.text ?? 0, files ?? 0)
    }

    /// All that happened to a ticket with what was written, by instant and then as recorded.
    /// - Parameter version: Only what came after that event.
    func story(of ticket: Ticket.ID, after version: Int = 0) throws -> [TicketEntry] {
        var entries: [TicketEntry] = []
        try forEach(
            """
            SELECT id, at, recorded_at, actor, type, payload, body FROM ticket_event
            WHERE ticket = ? AND id > ? ORDER BY at, id
            """, ticket, version
        ) { row in
            guard let kind = TicketFact.Kind(type: row.text(4), payload: try JSON(parsing: row.text(5))) else {
                throw Refusal.broken("ticket \(ticket) has an event that cannot be read: \(row.text(4))")
            }
            let fact = TicketFact(
                at: row.int(1), actor: row.optionalInt(3).map(Person.ID.init(rawValue:)), kind: kind, body: row.text(6))
            entries.append(TicketEntry(id: row.int(0), recordedAt: row.int(2), fact: fact))
        }
        return entries
    }

    func details(of ticket: Ticket.ID) throws(SQLError) -> TicketDetails {
        try first(
            """
            SELECT category, product_version, environment, service, phone, tags, agreed_on, reopenings
            FROM ticket WHERE id = ?
            """, ticket
        ) { row in
            TicketDetails(
                category: row.text(0), productVersion: row.text(1), environment: row.text(2), service: row.text(3),
                phone: row.text(4), tags: row.text(5), agreedOn: row.optionalText(6).flatMap { CivilDate($0) },
                reopenings: row.int(7))
        } ?? TicketDetails()
    }

    func isFollowed(_ ticket: Ticket.ID, by person: Person.ID) throws(SQLError) -> Bool {
        try first("SELECT 1 FROM ticket_follower WHERE ticket = ? AND person = ?", ticket, person) { _ in true }
            ?? false
    }

    func followers(of ticket: Ticket.ID) throws(SQLError) -> [Person.ID] {
        try query("SELECT person FROM ticket_follower WHERE ticket = ? ORDER BY person", ticket) {
            Person.ID(rawValue: $0.int(0))
        }
    }

    func links(of ticket: Ticket.ID) throws(SQLError) -> [TicketState.Link] {
        try query("SELECT kind, other FROM ticket_link WHERE ticket = ? ORDER BY kind, other", ticket) { row in
            TicketLink(rawValue: row.text(0)).map {
                TicketState.Link(kind: $0, other: Ticket.ID(rawValue: row.int(1)))
            }
        }.compactMap { $0 }
    }

    func ticket(_ id: Ticket.ID) throws(SQLError) -> Ticket? {
        try first(
            """
            SELECT id, folio, organization, requester, channel, subject, kind, opened_at, severity, level, status, plan,
                plan_version, changed_at, done_at, due_at, due_run, assignee, is_private, word_at, word_by,
                word_is_staff, answered_at, keeper, is_merged, face, version
            FROM ticket WHERE id = ?
            """, id
        ) { Ticket($0) } ?? nil
    }
}
