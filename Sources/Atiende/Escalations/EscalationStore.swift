// What is due of a desk's tickets, what was done once already, and who is told of it.

internal import SQL

extension Connection {
    /// When something is due next that time brings about; nil for never.
    func nextTicketInstant() throws(SQLError) -> Int? {
        try first("SELECT next_at FROM ticket WHERE next_at > ? ORDER BY next_at LIMIT 1", Int.min) { $0.int(0) }
    }

    /// When the timer has something to do next, be it of tickets or of files that wait; nil for never.
    func nextInstant() throws(SQLError) -> Int? {
        [try nextTicketInstant(), try nextSweepInstant()].compactMap { $0 }.min()
    }

    /// Tickets of which something is due, the longest due first.
    func ticketsDue(at now: Int, limit: Int) throws(SQLError) -> [Ticket.ID] {
        try query("SELECT id FROM ticket WHERE next_at <= ? ORDER BY next_at LIMIT ?", now, limit) {
            Ticket.ID(rawValue: $0.int(0))
        }
    }

    /// Looks at a ticket again at an instant: for one that cannot be read now. Deriving it again says otherwise.
    func postpone(_ ticket: Ticket.ID, until instant: Int) throws(SQLError) {
        try execute("UPDATE ticket SET next_at = ? WHERE id = ?", instant, ticket)
    }

    /// False where it was claimed before.
    func claim(_ cause: EscalationCause, of ticket: Ticket.ID, at now: Int) throws(SQLError) -> Bool {
        try execute(
            """
            INSERT INTO firing (ticket, run, cause, due_at, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (ticket, run, cause) DO NOTHING
            """, ticket, cause.run, cause.key, cause.dueAt, now)
        return changes > 0
    }

    /// Those of a level who may come in; never a customer.
    func technicians(ofLevel level: Int) throws(SQLError) -> [StaffReader] {
        try query(
            """
            SELECT id, email, name, language, time_zone, notices FROM person
            WHERE state = 'active' AND role <> 'customer' AND role = 'technician' AND level = ? ORDER BY id
            """, level
        ) { StaffReader($0) }
    }

    func leads() throws(SQLError) -> [StaffReader] {
        try query(
            """
            SELECT id, email, name, language, time_zone, notices FROM person
            WHERE state = 'active' AND role <> 'customer' AND role IN ('technician', 'admin') AND is_lead = 1
            """
        ) { StaffReader($0) }
    }

    func admins() throws(SQLError) -> [StaffReader] {
        try query(
            """
            SELECT id, email, name, language, time_zone, notices FROM person
            WHERE state = 'active' AND role <> 'customer' AND role = 'admin' ORDER BY level, id
            """
        ) { StaffReader($0) }
    }

    /// Nil for whoever is not of the staff, or may not come in any more.
    func colleague(_ person: Person.ID) throws(SQLError) -> StaffReader? {
        try first(
            """
            SELECT id, email, name, language, time_zone, notices FROM person
            WHERE id = ? AND state = 'active' AND role <> 'customer'
            """, person
        ) { StaffReader($0) }
    }

    func organizationName(of ticket: Ticket) throws(SQLError) -> String {
        try first("SELECT legal_name FROM organization WHERE id = ?", ticket.organization) { $0.text(0) } ?? ""
    }
}

extension StaffReader {
    fileprivate init(_ row: borrowing Row) {
        self.init(
            id: Person.ID(rawValue: row.int(0)), email: row.text(1), name: row.text(2), language: row.optionalText(3),
            timeZone: row.optionalText(4), notices: Profile.Notices(rawValue: row.text(5)) ?? .all)
    }
}
