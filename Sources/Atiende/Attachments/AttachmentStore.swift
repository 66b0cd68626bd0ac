// Attachments in the tenant's database. Their bytes were written and synced before the row that names them.

internal import SQL

/// An attachment that has no row yet.
struct NewAttachment: Sendable {
    let token: String
    let name: String
    let type: String
    let size: Int
    let sha256: String
    let dimensions: Attachment.Dimensions?
}

// MARK: Those that wait for their form

extension Connection {
    /// Returns nil where the tenant has no room for it.
    func keep(
        _ new: NewAttachment, of person: Person.ID?, quota: Int, at now: Int
    ) throws(SQLError) -> Attachment? {
        let isThere = try isKept(new.sha256)
        if !isThere {
            guard try attachmentBytes() <= quota - new.size else { return nil }
            try execute("UPDATE attachment_room SET bytes = bytes + ? WHERE only = 1", new.size)
            try execute("DELETE FROM attachment_loose WHERE sha256 = ?", new.sha256)
        }
        try execute(
            """
            INSERT INTO attachment (token, person, name, type, size, sha256, width, height, at, until)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, new.token, person, new.name, new.type, new.size, new.sha256, new.dimensions?.width,
            new.dimensions?.height, now, now + AttachmentLimits.waitingSeconds)
        return Attachment(
            id: Attachment.ID(rawValue: Int(lastInsertRowID)), token: new.token, event: nil, name: new.name,
            type: new.type, size: new.size, sha256: new.sha256, dimensions: new.dimensions, at: now)
    }

    func attachmentBytes() throws(SQLError) -> Int {
        try first("SELECT bytes FROM attachment_room WHERE only = 1") { $0.int(0) } ?? 0
    }

    private func isKept(_ sha256: String) throws(SQLError) -> Bool {
        try first("SELECT 1 FROM attachment WHERE sha256 = ? LIMIT 1", sha256) { _ in true } ?? false
    }

    /// What somebody sent and has not used yet: how many files, how many bytes.
    func waitingAttachments(of person: Person.ID) throws(SQLError) -> (count: Int, bytes: Int) {
        try first(
            "SELECT count(*), coalesce(sum(size), 0) FROM attachment WHERE person = ? AND ticket IS NULL", person
        ) { (count: $0.int(0), bytes: $0.int(1)) } ?? (0, 0)
    }

    /// Takes back what its person sent. What is bound to a ticket stays, and so does another's.
    func removeWaitingAttachment(_ token: String, of person: Person.ID?) throws(SQLError) {
        let gone = try first(
            """
            DELETE FROM attachment WHERE token = ? AND ticket IS NULL AND person IS ? RETURNING sha256, size
            """, token, person
        ) { (sha256: $0.text(0), size: $0.int(1)) }
        if let gone { try loosen(gone.sha256, gone.size) }
    }

    /// Says until when what somebody sent is kept for a form.
    func holdAttachments(_ tokens: [String], of person: Person.ID, until instant: Int) throws(SQLError) {
        for token in tokens.prefix(AttachmentLimits.mostFiles) {
            try execute(
                "UPDATE attachment SET until = ? WHERE token = ? AND person = ? AND ticket IS NULL", instant, token,
                person)
        }
    }

    /// Forgets some of those that waited too long. Returns whether there were any.
    func forgetWaitingAttachments(at now: Int, atMost limit: Int = 100) throws(SQLError) -> Bool {
        let tokens = try query(
            "SELECT id FROM attachment WHERE ticket IS NULL AND until <= ? ORDER BY until LIMIT ?", now, limit
        ) { Attachment.ID(rawValue: $0.int(0)) }
        for id in tokens {
            let gone = try first("DELETE FROM attachment WHERE id = ? RETURNING sha256, size", id) {
                (sha256: $0.text(0), size: $0.int(1))
            }
            if let gone { try loosen(gone.sha256, gone.size) }
        }
        return !tokens.isEmpty
    }

    /// When something of what waits is to be swept next: bytes that belong to nothing at once, files that no form takes
    /// after their time; nil for never.
    func nextSweepInstant() throws(SQLError) -> Int? {
        let isLoose = try first("SELECT 1 FROM attachment_loose WHERE sha256 > '' LIMIT 1") { _ in true } ?? false
        if isLoose { return 0 }
        return try first(
            "SELECT until FROM attachment WHERE ticket IS NULL AND until > ? ORDER BY until LIMIT 1", Int.min
        ) { $0.int(0) }
    }

    private func loosen(_ sha256: String, _ size: Int) throws(SQLError) {
        guard try !isKept(sha256) else { return }
        try execute("UPDATE attachment_room SET bytes = max(0, bytes - ?) WHERE only = 1", size)
        try execute("INSERT OR IGNORE INTO attachment_loose (sha256) VALUES (?)", sha256)
    }

    /// Files that may belong to nothing any more.
    func looseAttachments(atMost limit: Int = 100) throws(SQLError) -> [String] {
        try query("SELECT sha256 FROM attachment_loose WHERE sha256 > '' ORDER BY sha256 LIMIT ?", limit) { $0.text(0) }
    }

    /// Whether nothing names the file: then its bytes may go before anything else is written.
    func forgetLooseAttachment(_ sha256: String) throws(SQLError) -> Bool {
        try execute("DELETE FROM attachment_loose WHERE sha256 = ?", sha256)
        return try !isKept(sha256)
    }
}

// MARK: Those of tickets

extension Connection {
    /// Binds a waiting file to the event with which it came. Returns its name. Nobody but who sent it can: another's is not
    /// found.
    func attach(_ file: Attachment.ID, to event: Int, of ticket: Ticket.ID, by person: Person.ID?) throws -> String {
        let name = try first(
            """
            UPDATE attachment SET ticket = ?, event = ? WHERE id = ? AND ticket IS NULL AND person IS ?
            RETURNING name
            """, ticket, event, file, person
        ) { $0.text(0) }
        guard let name else { throw Refusal.notFound }
        return name
    }

    /// Of a ticket, in the order in which they came.
    func attachments(of ticket: Ticket.ID) throws(SQLError) -> [Attachment] {
        try query(
            """
            SELECT id, token, event, name, type, size, sha256, width, height, at FROM attachment
            WHERE ticket = ? ORDER BY id
            """, ticket
        ) { Attachment($0) }
    }

    /// With its ticket and who sent it, whoever asks.
    func attachment(_ token: String) throws(SQLError) -> (file: Attachment, ticket: Ticket.ID?, person: Person.ID?)? {
        try first(
            """
            SELECT id, token, event, name, type, size, sha256, width, height, at, ticket, person FROM attachment
            WHERE token = ?
            """, token
        ) {
            (
                file: Attachment($0), ticket: $0.optionalInt(10).map(Ticket.ID.init(rawValue:)),
                person: $0.optionalInt(11).map(Person.ID.init(rawValue:))
            )
        }
    }

    /// Whether the event with which a file came is one that customers are not shown.
    func isInternal(event: Int) throws -> Bool {
        let kind = try first("SELECT type, payload FROM ticket_event WHERE id = ?", event) {
            (type: $0.text(0), payload: $0.text(1))
        }
        guard let kind, let fact = TicketFact.Kind(type: kind.type, payload: try JSON(parsing: kind.payload)) else {
            return true
        }
        return fact.isInternal
    }

    /// The files that rows name, those after a hash and at most so many, in order; whether a ticket has it or it waits.
    func attachedHashes(after hash: String, atMost limit: Int) throws(SQLError) -> [(hash: String, isBound: Bool)] {
        try query(
            """
            SELECT sha256, max(ticket IS NOT NULL) FROM attachment WHERE sha256 > ? GROUP BY sha256
            ORDER BY sha256 LIMIT ?
            """, hash, limit
        ) { (hash: $0.text(0), isBound: $0.bool(1)) }
    }
}

extension Attachment {
    /// The columns id, token, event, name, type, size, sha256, width, height, at.
    fileprivate init(_ row: borrowing Row) {
        let (width, height) = (row.optionalInt(7), row.optionalInt(8))
        self.init(
            id: ID(rawValue: row.int(0)), token: row.text(1), event: row.optionalInt(2), name: row.text(3),
            type: row.text(4), size: row.int(5), sha256: row.text(6),
            dimensions: width.flatMap { width in height.map { Dimensions(width: width, height: $0) } },
            at: row.int(9))
    }
}
