// Links in the tenant's database: only the hash of what the letter says is kept, and a link that was used is gone. The
// letter itself keeps the secret as long as the link leads anywhere, and no longer.

internal import SQL

extension Connection {
    /// Keeps a new link; those that the person had for the same purpose are worth nothing from now on.
    /// - Parameter letter: The number of the letter that brings it.
    func insertLink(
        _ hash: [UInt8], for person: Person.ID, _ purpose: OneTimeLink.Purpose, address: String? = nil,
        in letter: Int? = nil, at now: Int
    ) throws(SQLError) {
        try redact(
            try query(
                "DELETE FROM one_time_link WHERE person = ? AND purpose = ? RETURNING letter", person, purpose
            ) { $0.optionalInt(0) })
        try forgetLinks(at: now)
        try execute(
            """
            INSERT INTO one_time_link (hash, person, purpose, address, created_at, expires_at, letter)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """, hash, person, purpose, address, now, now + purpose.seconds, letter)
    }

    /// Takes away links that have expired, with the secrets in their letters; a few at a time, so that nobody waits for
    /// it.
    func forgetLinks(at now: Int) throws(SQLError) {
        try redact(
            try query(
                """
                DELETE FROM one_time_link
                WHERE hash IN (SELECT hash FROM one_time_link WHERE expires_at <= ? LIMIT 16) RETURNING letter
                """, now
            ) { $0.optionalInt(0) })
    }

    /// When the first of all links expires.
    func nextLinkEnd() throws(SQLError) -> Int? {
        try first("SELECT expires_at FROM one_time_link WHERE expires_at >= 0 ORDER BY expires_at LIMIT 1") {
            $0.int(0)
        }
    }

    /// The link of that hash while it can be used. One that seems to come from the future was made before the clock was
    /// set back: it cannot be used either.
    func link(_ hash: [UInt8], at now: Int) throws(SQLError) -> OneTimeLink? {
        try first(
            """
            SELECT person, purpose, address FROM one_time_link
            WHERE hash = ?1 AND expires_at > ?2 AND created_at <= ?2
            """, hash, now
        ) { row in
            OneTimeLink.Purpose(rawValue: row.text(1)).map {
                OneTimeLink(
                    hash: hash, person: Person.ID(rawValue: row.int(0)), purpose: $0, address: row.optionalText(2))
            }
        } ?? nil
    }

    /// Takes the link away; false where somebody was faster.
    func useLink(_ link: OneTimeLink) throws(SQLError) -> Bool {
        let letters = try query("DELETE FROM one_time_link WHERE hash = ? RETURNING letter", link.hash) {
            $0.optionalInt(0)
        }
        try redact(letters)
        return letters.count == 1
    }

    /// After a password was set, whatever was sent before leads nowhere.
    func removeLinks(of person: Person.ID) throws(SQLError) {
        try redact(
            try query("DELETE FROM one_time_link WHERE person = ? RETURNING letter", person) { $0.optionalInt(0) })
    }

    /// Takes the secrets out of letters whose links lead nowhere any more.
    private func redact(_ letters: [Int?]) throws(SQLError) {
        for case let id? in letters {
            guard let letter = try letter(id) else { continue }
            try execute(
                "UPDATE outbox SET text = ?, html = ? WHERE id = ?", letter.text.withoutTokens,
                letter.html.withoutTokens, id)
        }
    }
}
