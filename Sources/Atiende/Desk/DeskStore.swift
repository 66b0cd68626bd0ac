// What the staff's page of a ticket reads besides the ticket itself.

internal import SLA
internal import SQL

/// Somebody to whom a ticket can be given.
struct StaffMember: Sendable, Equatable {
    let id: Person.ID
    let name: String
    let role: Person.Role

    /// Admins work at every level.
    var level: Int { role.level ?? 3 }
}

/// Somebody of the customer's, as one of an organization.
struct FoundCustomer: Sendable {
    let person: Person.ID
    let name: String
    let organization: Organization.ID
    let company: String
}

/// The tickets before and after one in the order of the whole queue.
struct QueuePlace: Sendable {
    /// From 1; nil far down the queue, where counting would cost more than it tells.
    var position: Int?
    var total = 0
    var previous: Folio?
    var next: Folio?
}

extension Connection {
    /// Whoever of the staff may come in, technicians first.
    func activeStaff() throws(SQLError) -> [StaffMember] {
        var staff: [StaffMember] = []
        for role in ["technician", "admin"] {
            staff += try query(
                """
                SELECT id, name, role, level FROM person INDEXED BY person_by_role
                WHERE role = ? AND state = 'active' ORDER BY folded, id LIMIT 500
                """, role
            ) { row in
                Person.Role(row.text(2), level: row.optionalInt(3)).map {
                    StaffMember(id: Person.ID(rawValue: row.int(0)), name: row.text(1), role: $0)
                }
            }.compactMap { $0 }
        }
        return staff
    }

    private static let furthestPlace = 200

    /// Nothing for a ticket that is done: it stands in no queue.
    func place(of ticket: Ticket) throws(SQLError) -> QueuePlace? {
        guard ticket.doneAt == nil else { return nil }
        let key = try first("SELECT due_order, severity_rank FROM ticket WHERE id = ?", ticket.id) {
            ($0.int(0), $0.int(1))
        }
        guard let (due, rank) = key else { return nil }
        var place = QueuePlace()
        place.previous =
            try first(
                """
                SELECT folio FROM ticket INDEXED BY ticket_queue
                WHERE done_at IS NULL AND (due_order, severity_rank, opened_at, id) < (?, ?, ?, ?)
                ORDER BY due_order DESC, severity_rank DESC, opened_at DESC, id DESC LIMIT 1
                """, due, rank, ticket.openedAt, ticket.id
            ) { Folio($0.text(0)) } ?? nil
        place.next =
            try first(
                """
                SELECT folio FROM ticket INDEXED BY ticket_queue
                WHERE done_at IS NULL AND (due_order, severity_rank, opened_at, id) > (?, ?, ?, ?)
                ORDER BY due_order, severity_rank, opened_at, id LIMIT 1
                """, due, rank, ticket.openedAt, ticket.id
            ) { Folio($0.text(0)) } ?? nil
        let before = try query(
            """
            SELECT id FROM ticket INDEXED BY ticket_queue
            WHERE done_at IS NULL AND (due_order, severity_rank, opened_at, id) < (?, ?, ?, ?) LIMIT ?
            """, due, rank, ticket.openedAt, ticket.id, Self.furthestPlace
        ) { $0.int(0) }.count
        place.position = before < Self.furthestPlace ? before + 1 : nil
        place.total = try first("SELECT count FROM ticket_tally WHERE sort = 'open'") { $0.int(0) } ?? 0
        return place
    }

    /// The tickets that a ticket's page names: the last ones of its organization, and those that it is tied to.
    func neighbours(of ticket: Ticket) throws(SQLError) -> [QueueSpot] {
        let others = try query(
            """
            SELECT id, version FROM ticket INDEXED BY ticket_by_change WHERE organization = ? AND id <> ?
            ORDER BY changed_at DESC, id DESC LIMIT ?
            """, ticket.organization, ticket.id, DeskReading.mostOthers
        ) { QueueSpot(ticket: Ticket.ID(rawValue: $0.int(0)), version: $0.int(1)) }
        let linked = try query(
            """
            SELECT t.id, t.version FROM ticket_link AS l JOIN ticket AS t ON t.id = l.other WHERE l.ticket = ?
            """, ticket.id
        ) { QueueSpot(ticket: Ticket.ID(rawValue: $0.int(0)), version: $0.int(1)) }
        return others + linked
    }

    /// The number under which somebody of the staff looked at a ticket last.
    func lastView(of subject: String) throws(SQLError) -> Int {
        try first(
            """
            SELECT id FROM audit INDEXED BY audit_by_subject WHERE subject = ? AND act = ? ORDER BY id DESC LIMIT 1
            """, subject, AuditEntry.Act.ticketRead
        ) { $0.int(0) } ?? 0
    }

    /// The last tickets of an organization but one.
    func tickets(of organization: Organization.ID, but ticket: Ticket.ID, limit: Int) throws(SQLError) -> [Ticket] {
        try query(
            """
            SELECT id, folio, organization, requester, channel, subject, kind, opened_at, severity, level, status, plan,
                plan_version, changed_at, done_at, due_at, due_run, assignee, is_private, word_at, word_by,
                word_is_staff, answered_at, keeper, is_merged, face, version
            FROM ticket INDEXED BY ticket_by_change WHERE organization = ? AND id <> ?
            ORDER BY changed_at DESC, id DESC LIMIT ?
            """, organization, ticket, limit
        ) { Ticket($0) }.compactMap { $0 }
    }

    /// Who of the staff looked at a ticket, the last ones first (SE-9).
    func views(of subject: String, limit: Int) throws(SQLError) -> [(name: String, email: String, at: Int)] {
        try query(
            """
            SELECT p.name, p.email, a.at FROM audit AS a INDEXED BY audit_by_subject JOIN person AS p ON p.id = a.actor
            WHERE a.subject = ? AND a.act = ? ORDER BY a.id DESC LIMIT ?
            """, subject, AuditEntry.Act.ticketRead, limit
        ) { ($0.text(0), $0.text(1), $0.int(2)) }
    }

    /// Customers of active organizations, by the beginnings of their names or addresses, with whose they are.
    func customersNamed(_ text: String, limit: Int) throws(SQLError) -> [FoundCustomer] {
        let words = text.split { !$0.isLetter && !$0.isNumber }.prefix(6).map(String.init)
        var found: [FoundCustomer] = []
        for person in try peopleNamed(words, limit: limit) {
            found += try query(
                """
                SELECT o.id, o.legal_name FROM membership AS m JOIN organization AS o ON o.id = m.organization
                WHERE m.person = ? AND m.state = 'active' AND o.state = 'active'
                """, person.id
            ) { row in
                FoundCustomer(
                    person: person.id, name: person.name, organization: Organization.ID(rawValue: row.int(0)),
                    company: row.text(1))
            }
        }
        return found
    }

    func member(_ person: Person.ID, of organization: Organization.ID) throws(SQLError) -> MemberEntry? {
        try first(
            """
            SELECT p.id, p.name, p.email, m.is_manager FROM membership AS m JOIN person AS p ON p.id = m.person
            WHERE m.person = ? AND m.organization = ? AND m.state = 'active'
            """, person, organization
        ) { row in
            MemberEntry(
                person: Person.ID(rawValue: row.int(0)), name: row.text(1), email: row.text(2),
                isManager: row.bool(3), isPending: false)
        }
    }

    /// Whether somebody of the customer's belongs to an organization.
    func belongs(_ person: Person.ID, to organization: Organization.ID) throws(SQLError) -> Bool {
        try first(
            "SELECT 1 FROM membership WHERE person = ? AND organization = ? AND state = 'active'", person, organization
        ) { _ in true } ?? false
    }
}
