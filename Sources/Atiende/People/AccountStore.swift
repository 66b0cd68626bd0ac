// What belongs to one account in the tenant's database: the question for telephone calls, the address, the names
// beside it.

internal import SQL

extension Connection {
    func identity(of person: Person.ID) throws(SQLError) -> KeptIdentity? {
        try first("SELECT identity_question, identity_answer FROM person WHERE id = ?", person) { row in
            guard let question = row.optionalText(0), let answer = row.optionalText(1) else { return nil }
            return KeptIdentity(question: question, answer: PasswordHash(text: answer))
        } ?? nil
    }

    func setIdentity(_ identity: KeptIdentity, of person: Person.ID, at now: Int) throws(SQLError) {
        try execute(
            """
            UPDATE person SET identity_question = ?, identity_answer = ?, changed_at = max(?, changed_at + 1) WHERE id = ?
            """, identity.question, identity.answer.text, now, person)
    }

    /// Throws a unique constraint where the address belongs to another person.
    func setAddress(_ address: EmailAddress, of person: Person.ID, at now: Int) throws(SQLError) {
        try execute(
            "UPDATE person SET email = ?, changed_at = max(?, changed_at + 1) WHERE id = ?", address.text, now, person)
        try indexPerson(person)
    }

    /// The organizations of which somebody is, or is to be, a member.
    func organizationNames(of person: Person.ID) throws(SQLError) -> [String] {
        try query(
            """
            SELECT o.legal_name FROM membership AS m JOIN organization AS o ON o.id = m.organization
            WHERE m.person = ? LIMIT 32
            """, person
        ) { $0.text(0) }
    }

    /// Whether another letter with a link may go to an address: so that nobody fills a mailbox of somebody else.
    func maySendLink(to address: String, at now: Int) throws(SQLError) -> Bool {
        let (sent, last) =
            try first(
                """
                SELECT count(*), max(created_at) FROM outbox
                WHERE recipient_address = ?1 AND created_at > ?2 - ?3 AND created_at <= ?2
                    AND kind >= 'link.' AND kind < 'link/'
                """, address, now, LinkLetterRate.window
            ) { ($0.int(0), $0.optionalInt(1)) } ?? (0, nil)
        return LinkLetterRate.allows(sent: sent, last: last, at: now)
    }
}

/// How many letters with links one address gets that anybody can have sent.
enum LinkLetterRate {
    /// Seconds.
    static let window = 3600
    static let mostInWindow = 5
    static let gap = 120

    static func allows(sent: Int, last: Int?, at now: Int) -> Bool {
        sent < mostInWindow && last.map { now - $0 >= gap } ?? true
    }
}
