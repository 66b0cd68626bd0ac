// The letters of a desk: those that wait, those that left, those that were given up.

internal import Markup
internal import SQL

/// A letter of the outbox.
struct OutboxLetter: Sendable {
    let id: Int
    let createdAt: Int
    let messageID: String
    let address: String
    let name: String
    let language: Language
    let subject: HeaderText
    let text: String
    let html: String
    /// That it is about.
    let ticket: Folio?
    let state: OutboxState

    /// Nil where the row holds what is no address.
    var recipient: Mailbox? { EmailAddress(address).map { Mailbox(name: name, address: $0) } }
}

/// How far a letter got.
struct OutboxState: Sendable, Equatable {
    let attempts: Int
    let nextAt: Int?
    let sentAt: Int?
    /// Why the last attempt failed.
    let error: String?
}

/// A letter in a list.
struct OutboxEntry: Sendable {
    let id: Int
    let createdAt: Int
    let address: String
    let name: String
    let subject: String
    let state: OutboxState
}

// MARK: Putting in

extension Connection {
    /// Puts a letter in the outbox, within the transaction of what caused it: it leaves if that is kept.
    @discardableResult
    func enqueue(_ letter: WrittenLetter, at instant: Int) throws -> Int {
        try execute(
            """
            INSERT INTO outbox (kind, recipient_address, recipient_name, language, created_at, next_at, message_id,
                subject, text, html, ticket)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, letter.kind.rawValue, letter.recipient.address.text, letter.recipient.name.text,
            letter.language.rawValue, instant, instant, Random.identifier(), letter.subject.text, letter.text,
            letter.html, letter.ticket.map { "\($0)" })
        return Int(lastInsertRowID)
    }
}

// MARK: Sending

extension Connection {
    /// The instant from which the first letter that waits is due.
    func nextLetterDue() throws(SQLError) -> Int? {
        try first("SELECT next_at FROM outbox WHERE next_at >= 0 ORDER BY next_at LIMIT 1") { $0.int(0) }
    }

    /// Letters that should have left by now, the longest due first.
    func dueLetters(at instant: Int, limit: Int) throws(SQLError) -> [OutboxLetter] {
        try query(
            """
            SELECT id, created_at, message_id, recipient_address, recipient_name, language, subject, text, html,
                ticket, attempts, next_at, sent_at, error
            FROM outbox WHERE next_at <= ? ORDER BY next_at, id LIMIT ?
            """, instant, limit, row: OutboxLetter.init)
    }

    /// Takes the next due letter for one attempt, which is counted before it is made: a letter that ends the process
    /// does not do so for ever, and is not due again at once.
    func claimLetter(at instant: Int) throws(SQLError) -> OutboxLetter? {
        guard let letter = try dueLetters(at: instant, limit: 1).first else { return nil }
        let attempts = letter.state.attempts + 1
        try execute(
            "UPDATE outbox SET attempts = ?, next_at = ? WHERE id = ?", attempts,
            Redelivery.delay(after: attempts).map { instant + $0 }, letter.id)
        return try self.letter(letter.id)
    }

    func markSent(_ id: Int, at instant: Int) throws(SQLError) {
        try execute(
            "UPDATE outbox SET sent_at = ?, next_at = NULL, error = NULL WHERE id = ? AND sent_at IS NULL", instant, id)
    }

    /// Keeps why the attempt failed for which the letter was claimed, and when the next one is.
    func markFailed(_ letter: OutboxLetter, _ why: String, at instant: Int) throws(SQLError) {
        try execute(
            "UPDATE outbox SET error = ?, next_at = ? WHERE id = ? AND sent_at IS NULL", why,
            Redelivery.delay(after: letter.state.attempts).map { instant + $0 }, letter.id)
    }

    /// Gives a letter up: no later attempt can fare better.
    func markHopeless(_ id: Int, _ why: String) throws(SQLError) {
        try execute("UPDATE outbox SET error = ?, next_at = NULL WHERE id = ? AND sent_at IS NULL", why, id)
    }
}

// MARK: Looking

extension Connection {
    func letter(_ id: Int) throws(SQLError) -> OutboxLetter? {
        try first(
            """
            SELECT id, created_at, message_id, recipient_address, recipient_name, language, subject, text, html,
                ticket, attempts, next_at, sent_at, error
            FROM outbox WHERE id = ?
            """, id, row: OutboxLetter.init)
    }

    /// How many letters went, or are to go, to addresses that begin so; all of them where nothing is asked for.
    func letterCount(to recipient: String) throws(SQLError) -> Int {
        try first(
            "SELECT count(*) FROM outbox WHERE recipient_address >= ? AND recipient_address < ?", recipient,
            Self.end(of: recipient)
        ) { $0.int(0) } ?? 0
    }

    /// A page of the list, newest first; where a recipient is sought, by address and then newest first.
    func outboxPage(to recipient: String, from offset: Int, limit: Int) throws(SQLError) -> [OutboxEntry] {
        guard recipient.isEmpty else {
            return try query(
                """
                SELECT id, created_at, recipient_address, recipient_name, subject, attempts, next_at, sent_at, error
                FROM outbox WHERE recipient_address >= ? AND recipient_address < ?
                ORDER BY recipient_address, created_at DESC, id DESC LIMIT ? OFFSET ?
                """, recipient, Self.end(of: recipient), limit, offset, row: OutboxEntry.init)
        }
        return try query(
            """
            SELECT id, created_at, recipient_address, recipient_name, subject, attempts, next_at, sent_at, error
            FROM outbox WHERE created_at >= 0 ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?
            """, limit, offset, row: OutboxEntry.init)
    }

    /// Above every address that begins so: DEL is above all that an address may hold.
    private static func end(of prefix: String) -> String { prefix + "\u{7F}" }
}

extension OutboxLetter {
    fileprivate init(_ row: borrowing Row) {
        self.init(
            id: row.int(0), createdAt: row.int(1), messageID: row.text(2), address: row.text(3), name: row.text(4),
            language: Language(rawValue: row.text(5)) ?? .es, subject: HeaderText(row.text(6)), text: row.text(7),
            html: row.text(8), ticket: row.optionalText(9).flatMap { Folio($0) }, state: OutboxState(row, from: 10))
    }
}

extension OutboxEntry {
    fileprivate init(_ row: borrowing Row) {
        self.init(
            id: row.int(0), createdAt: row.int(1), address: row.text(2), name: row.text(3), subject: row.text(4),
            state: OutboxState(row, from: 5))
    }
}

extension OutboxState {
    fileprivate init(_ row: borrowing Row, from column: Int) {
        self.init(
            attempts: row.int(column), nextAt: row.optionalInt(column + 1), sentAt: row.optionalInt(column + 2),
            error: row.optionalText(column + 3))
    }
}
