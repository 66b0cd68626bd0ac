// What the pages of customers ask of the tickets of their organizations.

internal import SLA
internal import SQL

extension Connection {
    /// How many requests an organization made in a stretch of time. Its new account is none of them.
    func requestCount(of organization: Organization.ID, from start: Int, to end: Int) throws(SQLError) -> Int {
        // No ticket was changed before it was opened: the index of changes leaves out the months before.
        try first(
            """
            SELECT count(*) FROM ticket
            WHERE organization = ?1 AND changed_at >= ?2 AND opened_at >= ?2 AND opened_at < ?3 AND kind <> ?4
            """, organization, start, end, RequestKind.newAccount
        ) { $0.int(0) } ?? 0
    }

    // MARK: Lists

    /// The tickets of a list that wait for the customer, or those that do not; what changed last first.
    func ownTickets(
        _ filter: MyTicketsFilter, of reader: TicketReader, needingAnswer: Bool, from offset: Int, limit: Int
    ) throws(SQLError) -> [Ticket.ID] {
        guard limit > 0 else { return [] }
        if filter.isMine {
            return try query(
                """
                SELECT id FROM ticket
                WHERE requester = ?1 AND organization = ?2
                    AND (is_merged = 0 AND status IN ('waitingCustomer', 'resolved')) = ?3
                    AND (?4 IS NULL OR status = ?4) AND (?5 = 0 OR done_at IS NULL) AND (?6 IS NULL OR severity = ?6)
                ORDER BY changed_at DESC, id DESC LIMIT ?7 OFFSET ?8
                """, reader.person, reader.organization, needingAnswer, filter.status?.rawValue, filter.isOpen,
                filter.severity?.rawValue, limit, offset
            ) { Ticket.ID(rawValue: $0.int(0)) }
        }
        return try query(
            """
            SELECT id FROM ticket AS t
            WHERE organization = ?2 AND (is_merged = 0 AND status IN ('waitingCustomer', 'resolved')) = ?3
                AND (?4 IS NULL OR status = ?4) AND (?5 = 0 OR done_at IS NULL) AND (?6 IS NULL OR severity = ?6)
                AND (is_private = 0 OR requester = ?1
                    OR EXISTS (SELECT 1 FROM ticket_follower WHERE ticket = t.id AND person = ?1))
            ORDER BY changed_at DESC, id DESC LIMIT ?7 OFFSET ?8
            """, reader.person, reader.organization, needingAnswer, filter.status?.rawValue, filter.isOpen,
            filter.severity?.rawValue, limit, offset
        ) { Ticket.ID(rawValue: $0.int(0)) }
    }

    func ownTicketCount(
        _ filter: MyTicketsFilter, of reader: TicketReader, needingAnswer: Bool
    ) throws(SQLError) -> Int {
        if filter.isMine {
            return try first(
                """
                SELECT count(*) FROM ticket
                WHERE requester = ?1 AND organization = ?2
                    AND (is_merged = 0 AND status IN ('waitingCustomer', 'resolved')) = ?3
                    AND (?4 IS NULL OR status = ?4) AND (?5 = 0 OR done_at IS NULL) AND (?6 IS NULL OR severity = ?6)
                """, reader.person, reader.organization, needingAnswer, filter.status?.rawValue, filter.isOpen,
                filter.severity?.rawValue
            ) { $0.int(0) } ?? 0
        }
        return try first(
            """
            SELECT count(*) FROM ticket AS t
            WHERE organization = ?2 AND (is_merged = 0 AND status IN ('waitingCustomer', 'resolved')) = ?3
                AND (?4 IS NULL OR status = ?4) AND (?5 = 0 OR done_at IS NULL) AND (?6 IS NULL OR severity = ?6)
                AND (is_private = 0 OR requester = ?1
                    OR EXISTS (SELECT 1 FROM ticket_follower WHERE ticket = t.id AND person = ?1))
            """, reader.person, reader.organization, needingAnswer, filter.status?.rawValue, filter.isOpen,
            filter.severity?.rawValue
        ) { $0.int(0) } ?? 0
    }

    // MARK: People

    /// Active people of an organization who do not follow a ticket yet, by name.
    func possibleFollowers(
        of ticket: Ticket.ID, in organization: Organization.ID, limit: Int
    ) throws(SQLError) -> [(id: Person.ID, name: String)] {
        try query(
            """
            SELECT p.id, p.name FROM person AS p INDEXED BY person_by_role
            WHERE p.role = 'customer' AND p.state = 'active'
                AND EXISTS (SELECT 1 FROM membership AS m
                    WHERE m.organization = ?1 AND m.person = p.id AND m.state = 'active')
                AND NOT EXISTS (SELECT 1 FROM ticket_follower AS f WHERE f.ticket = ?2 AND f.person = p.id)
            ORDER BY p.folded, p.id LIMIT ?3
            """, organization, ticket, limit
        ) { (Person.ID(rawValue: $0.int(0)), $0.text(1)) }
    }
}
