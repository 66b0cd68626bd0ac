// The words of a search in the tickets' text. Each may stand in another event of the ticket: the subject in one, a name or a
// file in the next. The rarest word names the tickets, and in those the others are looked for; of what many tickets hold,
// the last events are looked at, and no more than a limit of them.

internal import SQL

/// Tickets, each with the event that puts it in order: the last one that is spoken of comes first.
private struct FoundTickets {
    private(set) var event: [Ticket.ID: Int] = [:]

    init(_ rows: [(event: Int, ticket: Ticket.ID)] = []) {
        for row in rows { add(row.ticket, row.event) }
    }

    mutating func add(_ ticket: Ticket.ID, _ at: Int) { event[ticket] = max(event[ticket] ?? 0, at) }

    mutating func add(_ others: FoundTickets) { for (ticket, at) in others.event { add(ticket, at) } }

    mutating func keep(_ kept: Set<Ticket.ID>) { event = event.filter { kept.contains($0.key) } }

    /// To where the others have them, where that is later.
    mutating func move(to others: FoundTickets) {
        for (ticket, at) in event { event[ticket] = max(at, others.event[ticket] ?? 0) }
    }

    var events: [(event: Int, ticket: Ticket.ID)] { event.sorted { $0.value > $1.value }.map { ($0.value, $0.key) } }

    var tickets: [Ticket.ID] { events.map(\.ticket) }
}

private enum WordSearchLimit {
    /// Events of a word that stands in more are not all looked at.
    static let events = 2000
    /// Tickets in which a word that many hold is looked for: each costs as much as fifty events of a list.
    static let tickets = 100
    /// Of one organization, where that is all that is asked for.
    static let ownTickets = 300
    /// Words with which the last one may go on.
    static let endings = 60
    /// Organizations of that name, and the last tickets of each.
    static let organizations = 5
    static let ofOrganization = 500
}

extension Connection {
    /// All that is asked for holds of them, the last one that was spoken of first.
    func tickets(
        holding search: Search, _ sieve: SearchSieve, _ context: SearchContext
    ) throws(SQLError) -> (tickets: [Ticket.ID], isCapped: Bool) {
        let onlyShown = context.scope != .desk
        var endings: [String] = []
        if let beginning = search.beginning { endings = try words(beginning: beginning) }
        let terms = search.terms(endings).map { Search.match($0, onlyShown: onlyShown) }
        let rows = try lastEvents(holding: terms.joined(separator: " AND "), limit: Search.mostLookedAt)
        var found = FoundTickets(rows)
        if rows.count >= Search.mostLookedAt {
            // What many tickets hold: of one organization, its own are looked through instead.
            if let organization = sieve.onlyOrganization {
                let own = try lastTickets(of: organization, limit: WordSearchLimit.ownTickets)
                let kept = Set(try tickets(own, holding: terms.joined(separator: " AND ")))
                found = FoundTickets(own.filter { kept.contains($0.ticket) })
            }
            return (try sift(found.tickets, sieve, context), true)
        }
        var isCapped = endings.count >= WordSearchLimit.endings
        if terms.count > 1 {
            let (across, isPart) = try acrossEvents(terms, sieve, context)
            found.add(across)
            isCapped = isCapped || isPart
        }
        if !onlyShown { found.add(try named(search)) }
        return (try sift(found.tickets, sieve, context), isCapped)
    }

    // MARK: Words in different events

    private func acrossEvents(
        _ terms: [String], _ sieve: SearchSieve, _ context: SearchContext
    ) throws(SQLError) -> (FoundTickets, isPart: Bool) {
        var counted: [(term: String, count: Int)] = []
        for term in terms { counted.append((term, try eventCount(holding: term))) }
        counted.sort { $0.count < $1.count }
        guard let rarest = counted.first, rarest.count > 0 else { return (FoundTickets(), false) }
        var isPart = rarest.count >= WordSearchLimit.events
        var found: FoundTickets
        if isPart, let organization = sieve.onlyOrganization {
            found = FoundTickets(try lastTickets(of: organization, limit: WordSearchLimit.ownTickets))
            found.keep(Set(try tickets(found.events, holding: rarest.term)))
        } else {
            found = FoundTickets(try lastEvents(holding: rarest.term, limit: WordSearchLimit.events))
        }
        found.keep(Set(try sift(found.tickets, sieve, context)))
        for (term, count) in counted.dropFirst() where !found.event.isEmpty {
            if count < WordSearchLimit.events {
                let others = FoundTickets(try lastEvents(holding: term, limit: WordSearchLimit.events))
                found.keep(Set(others.event.keys))
                found.move(to: others)
            } else {
                isPart = isPart || found.event.count > WordSearchLimit.tickets
                found.keep(Set(try tickets(found.events.prefix(WordSearchLimit.tickets), holding: term)))
            }
        }
        return (found, isPart)
    }

    /// In how many events it stands, up to a limit.
    private func eventCount(holding match: String) throws(SQLError) -> Int {
        try first(
            "SELECT count(*) FROM (SELECT 1 FROM ticket_text WHERE ticket_text MATCH ? LIMIT ?)", match,
            WordSearchLimit.events
        ) { $0.int(0) } ?? 0
    }

    /// The last one first.
    private func lastEvents(
        holding match: String, limit: Int
    ) throws(SQLError) -> [(event: Int, ticket: Ticket.ID)] {
        try query(
            """
            SELECT e.ticket, e.id FROM ticket_text AS x JOIN ticket_event AS e ON e.id = x.rowid
            WHERE x.ticket_text MATCH ? ORDER BY x.rowid DESC LIMIT ?
            """, match, limit
        ) { ($0.int(1), Self.id($0)) }
    }

    /// Those of some tickets that hold it.
    private func tickets(
        _ some: some Collection<(event: Int, ticket: Ticket.ID)>, holding match: String
    ) throws(SQLError) -> [Ticket.ID] {
        try query(
            """
            SELECT e.ticket FROM json_each(?1) AS wanted CROSS JOIN ticket_event AS e ON e.ticket = wanted.value
            CROSS JOIN ticket_text AS x ON x.rowid = e.id
            WHERE x.ticket_text MATCH ?2
            """, "[" + some.map { "\($0.ticket)" }.joined(separator: ",") + "]", match, row: Self.id)
    }

    // MARK: Organizations

    /// With the event that changed each last.
    private func lastTickets(
        of organization: Organization.ID, limit: Int
    ) throws(SQLError) -> [(event: Int, ticket: Ticket.ID)] {
        try query(
            "SELECT id, version FROM ticket WHERE organization = ? ORDER BY changed_at DESC, id DESC LIMIT ?",
            organization, limit
        ) { ($0.int(1), Self.id($0)) }
    }

    /// Of organizations that are called so now: what was written holds the name that they had then.
    private func named(_ search: Search) throws(SQLError) -> FoundTickets {
        var found = FoundTickets()
        let organizations = try organizations(
            named: search.words.joined(separator: " "), limit: WordSearchLimit.organizations)
        for organization in organizations {
            let own = try lastTickets(of: organization, limit: WordSearchLimit.ofOrganization)
            found.add(FoundTickets(own))
        }
        return found
    }

    // MARK: Beginnings

    /// Words of tickets that begin so, in the order of the alphabet. Each is found by its own look-up: how often one
    /// stands in tickets costs nothing.
    private func words(beginning start: String) throws(SQLError) -> [String] {
        var words: [String] = []
        var from = start
        while words.count < WordSearchLimit.endings,
            let word = try first(
                "SELECT term FROM ticket_word WHERE term >= ? ORDER BY term LIMIT 1", from, row: { $0.text(0) }),
            word.utf8.starts(with: start.utf8)
        {
            words.append(word)
            // No word holds a control character: this comes right after the word, before all that it begins.
            from = word + "\u{1}"
        }
        return words
    }
}
