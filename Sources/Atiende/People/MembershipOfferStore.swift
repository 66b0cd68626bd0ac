// Offers of a membership in the tenant's database: those of an organization for who manages it, those to a person for
// himself. Nobody asks for others.

internal import SQL

// MARK: Of an organization

extension Connection {
    /// Those that have not ended, the newest first; one that was declined looks like one that waits.
    func offers(of organization: Organization.ID, at now: Int) throws(SQLError) -> [MembershipOffer] {
        try query(
            """
            SELECT id, name, email, offered_at FROM membership_offer
            WHERE organization = ? AND state <> 'withdrawn' AND offered_at > ? ORDER BY id DESC LIMIT ?
            """, organization, now - MembershipOffer.seconds, MembershipOffer.most
        ) { row in Self.offer(row) }
    }

    private static func offer(_ row: borrowing Row) -> MembershipOffer {
        MembershipOffer(
            id: MembershipOffer.ID(rawValue: row.int(0)), name: row.text(1), email: row.text(2),
            offeredAt: row.int(3))
    }

    /// Whether an organization may ask somebody else.
    func mayOffer(_ organization: Organization.ID, to email: String, at now: Int) throws(SQLError) -> Bool {
        try execute(
            "DELETE FROM membership_offer WHERE organization = ? AND offered_at <= ?", organization,
            now - MembershipOffer.seconds)
        return try first(
            "SELECT count(*) FROM membership_offer WHERE organization = ? AND email <> ?", organization, email
        ) { $0.int(0) < MembershipOffer.most } ?? false
    }

    /// Keeps an offer; the same address again has the name that was typed last.
    /// - Returns: Its number, and whether a letter is due: not where one went a short while ago.
    func offer(_ draft: MembershipOffer.Draft, at now: Int) throws(SQLError) -> (id: MembershipOffer.ID, isDue: Bool) {
        let kept = try first(
            "SELECT id, offered_at FROM membership_offer WHERE organization = ? AND email = ?", draft.organization,
            draft.email
        ) { (id: MembershipOffer.ID(rawValue: $0.int(0)), offeredAt: $0.int(1)) }
        guard let (id, offeredAt) = kept else {
            try execute(
                """
                INSERT INTO membership_offer (organization, email, name, person, offered_by, offered_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """, draft.organization, draft.email, draft.name, draft.person, draft.manager, now)
            return (MembershipOffer.ID(rawValue: Int(lastInsertRowID)), true)
        }
        // One from the future was made before the clock was set back.
        let isDue = offeredAt > now || now - offeredAt >= MembershipOffer.letterGap
        try execute(
            """
            UPDATE membership_offer SET name = ?, person = ?, state = 'open', offered_by = ?, offered_at = ?
            WHERE id = ?
            """, draft.name, draft.person, draft.manager, isDue ? now : offeredAt, id)
        return (id, isDue)
    }

    func keep(_ link: LinkLetter, of offer: MembershipOffer.ID) throws(SQLError) {
        try execute("UPDATE membership_offer SET link = ? WHERE id = ?", link.hash, offer)
    }

    /// Nil where there is none that an organization could withdraw.
    func withdrawOffer(
        _ id: MembershipOffer.ID, of organization: Organization.ID, at now: Int
    ) throws(SQLError) -> (MembershipOffer, Person.ID)? {
        let found = try first(
            """
            UPDATE membership_offer SET state = 'withdrawn'
            WHERE id = ? AND organization = ? AND state <> 'withdrawn' AND offered_at > ?
            RETURNING id, name, email, offered_at, person, link
            """, id, organization, now - MembershipOffer.seconds
        ) { row in (Self.offer(row), Person.ID(rawValue: row.int(4)), row.optionalBlob(5)) }
        guard let (offer, person, link) = found else { return nil }
        // Its link opens an account for somebody whom nobody else awaits.
        if let link, try !isAwaited(person) {
            _ = try useLink(OneTimeLink(hash: link, person: person, purpose: .set, address: nil))
        }
        return (offer, person)
    }

    private func isAwaited(_ person: Person.ID) throws(SQLError) -> Bool {
        try first(
            """
            SELECT EXISTS (SELECT 1 FROM membership WHERE person = ?1)
                OR EXISTS (SELECT 1 FROM membership_offer WHERE person = ?1 AND state = 'open')
            """, person
        ) { $0.bool(0) } ?? false
    }

    /// Whoever became a member of an organization has nothing more to accept.
    func endOffers(of organization: Organization.ID, to person: Person.ID) throws(SQLError) {
        try execute("DELETE FROM membership_offer WHERE organization = ? AND person = ?", organization, person)
    }

    /// Those of an organization that is merged are the other one's, but for who is asked by both, or is a member there.
    func moveOffers(from id: Organization.ID, to other: Organization.ID) throws(SQLError) {
        try execute("UPDATE OR IGNORE membership_offer SET organization = ? WHERE organization = ?", other, id)
        try execute("DELETE FROM membership_offer WHERE organization = ?", id)
        try execute(
            """
            DELETE FROM membership_offer WHERE organization = ?1
                AND person IN (SELECT person FROM membership WHERE organization = ?1)
            """, other)
    }
}

// MARK: To a person

extension Connection {
    /// Those that a person may still accept, the oldest first: not of an organization that is closed.
    func receivedOffers(of person: Person.ID, at now: Int) throws(SQLError) -> [ReceivedOffer] {
        try query(
            """
            SELECT f.id, f.organization, o.legal_name, m.name, f.offered_at FROM membership_offer AS f
            JOIN organization AS o ON o.id = f.organization JOIN person AS m ON m.id = f.offered_by
            WHERE f.person = ? AND f.state = 'open' AND f.offered_at > ? AND o.state = 'active'
            ORDER BY f.id LIMIT 50
            """, person, now - MembershipOffer.seconds
        ) { row in Self.receivedOffer(row) }
    }

    /// Nil for an offer that ended, or is somebody else's, or that nobody but a customer could accept.
    func receivedOffer(
        _ id: MembershipOffer.ID, of person: Person.ID, at now: Int
    ) throws(SQLError) -> ReceivedOffer? {
        try first(
            """
            SELECT f.id, f.organization, o.legal_name, m.name, f.offered_at FROM membership_offer AS f
            JOIN organization AS o ON o.id = f.organization JOIN person AS m ON m.id = f.offered_by
            JOIN person AS p ON p.id = f.person
            WHERE f.id = ? AND f.person = ? AND f.state = 'open' AND f.offered_at > ? AND o.state = 'active'
                AND p.role = 'customer' AND p.state = 'active'
            """, id, person, now - MembershipOffer.seconds
        ) { row in Self.receivedOffer(row) }
    }

    /// The offer whose letter brought a link; nil where it ended, or the link came with none.
    func receivedOffer(broughtBy link: OneTimeLink, at now: Int) throws(SQLError) -> ReceivedOffer? {
        try first(
            """
            SELECT f.id, f.organization, o.legal_name, m.name, f.offered_at FROM membership_offer AS f
            JOIN organization AS o ON o.id = f.organization JOIN person AS m ON m.id = f.offered_by
            JOIN person AS p ON p.id = f.person
            WHERE f.person = ? AND f.link = ? AND f.state = 'open' AND f.offered_at > ? AND o.state = 'active'
                AND p.role = 'customer'
            """, link.person, link.hash, now - MembershipOffer.seconds
        ) { row in Self.receivedOffer(row) }
    }

    private static func receivedOffer(_ row: borrowing Row) -> ReceivedOffer {
        ReceivedOffer(
            id: MembershipOffer.ID(rawValue: row.int(0)), organization: Organization.ID(rawValue: row.int(1)),
            organizationName: row.text(2), managerName: row.text(3), endsAt: row.int(4) + MembershipOffer.seconds)
    }

    func declineOffer(_ id: MembershipOffer.ID) throws(SQLError) {
        try execute("UPDATE membership_offer SET state = 'declined' WHERE id = ?", id)
    }
}
