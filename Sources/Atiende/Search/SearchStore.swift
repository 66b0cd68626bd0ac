// Searching in the tenant's database: the full text gives the tickets that hold the words, an index those that a filter
// names; what else is asked for is looked at on each of those. Nothing is looked at beyond a limit.

internal import SLA
internal import SQL

/// What was found, the last one that was spoken of first.
struct SearchResult: Sendable, Equatable {
    var tickets: [Ticket.ID] = []
    /// There may be more than were looked at.
    var isCapped = false
    /// Filters that name nobody.
    var faults: [SearchFault] = []
}

/// Who searches, when, and on whose clock days begin.
struct SearchContext: Sendable {
    let scope: TicketScope
    let person: Person.ID
    let zone: TimeZoneRules
    let now: Int
}

extension Search {
    /// So many events or tickets are looked at.
    static let mostLookedAt = 5000
    /// So many tickets are told of.
    static let mostFound = 2000
}

extension Connection {
    func search(_ search: Search, _ context: SearchContext) throws(SQLError) -> SearchResult {
        var result = SearchResult()
        guard !search.words.isEmpty || !search.filters.isEmpty else { return result }
        let sieve = try sieve(search, context, &result)
        guard let sieve else { return result }
        let kept: [Ticket.ID]
        if search.words.isEmpty {
            let found = try candidates(sieve, context)
            result.isCapped = found.count >= Search.mostLookedAt
            kept = try sift(found, sieve, context)
        } else {
            (kept, result.isCapped) = try tickets(holding: search, sieve, context)
        }
        result.tickets = Array(kept.prefix(Search.mostFound))
        result.isCapped = result.isCapped || kept.count > Search.mostFound
        return result
    }

    // MARK: Candidates

    static func id(_ row: borrowing Row) -> Ticket.ID { Ticket.ID(rawValue: row.int(0)) }

    /// Without words: by the filter that leaves the fewest.
    private func candidates(_ sieve: SearchSieve, _ context: SearchContext) throws(SQLError) -> [Ticket.ID] {
        let limit = Search.mostLookedAt
        if let tag = sieve.tag {
            return try query(
                "SELECT ticket FROM ticket_tag WHERE tag = ? ORDER BY ticket DESC LIMIT ?", tag, limit, row: Self.id)
        }
        if let organizations = sieve.organizations {
            var found: [Ticket.ID] = []
            for organization in organizations {
                found += try query(
                    """
                    SELECT id FROM ticket WHERE organization = ? ORDER BY changed_at DESC, id DESC LIMIT ?
                    """, organization, limit, row: Self.id)
            }
            return Array(found.prefix(limit))
        }
        switch sieve.state {
        case .resolved: return try tickets(in: .resolved, context)
        case .closed, .merged: return try tickets(in: .closed, context)
        case nil where sieve.due == nil:
            return try query("SELECT id FROM ticket WHERE id > 0 ORDER BY id DESC LIMIT ?", limit, row: Self.id)
        default: break
        }
        var view = QueueView.all
        if sieve.due == .breached { view = .breached }
        if sieve.due == .soon { view = .soon }
        if sieve.state == .waitingCustomer { view = .waiting }
        if let level = sieve.level { view = .level(level) }
        if sieve.isUnassigned { view = .unassigned }
        var found: [Ticket.ID] = []
        if let assignees = sieve.assignees {
            for person in assignees {
                found += try tickets(in: .assigned(person), context)
            }
            return Array(found.prefix(limit))
        }
        return try tickets(in: view, context)
    }

    /// The first ones of a queue.
    private func tickets(in view: QueueView, _ context: SearchContext) throws(SQLError) -> [Ticket.ID] {
        try tickets(in: view, of: context.person, at: context.now, from: 0, limit: Search.mostLookedAt).map(\.ticket)
    }

    // MARK: The sieve

    /// The candidates that are all that was asked for, and may be seen.
    func sift(
        _ candidates: [Ticket.ID], _ sieve: SearchSieve, _ context: SearchContext
    ) throws(SQLError) -> [Ticket.ID] {
        guard !candidates.isEmpty else { return [] }
        var own: (Organization.ID, Person.ID)?
        if case .organization(let organization, let person) = context.scope { own = (organization, person) }
        return try query(
            """
            SELECT t.id FROM json_each(?1) AS wanted JOIN ticket AS t ON t.id = wanted.value
            WHERE (?2 IS NULL OR (t.done_at IS NULL) = ?2)
                AND (?3 IS NULL OR t.status = ?3 AND t.is_merged = 0)
                AND (?4 IS NULL OR t.is_merged = ?4)
                AND (?5 IS NULL OR t.severity = ?5)
                AND (?6 IS NULL OR t.level = ?6)
                AND (?7 IS NULL OR t.kind = ?7)
                AND (?8 IS NULL OR instr(?8, ',' || t.organization || ','))
                AND (?9 IS NULL OR instr(?9, ',' || coalesce(t.assignee, 0) || ','))
                AND (?10 IS NULL OR instr(' ' || t.tags || ' ', ' ' || ?10 || ' '))
                AND (?11 IS NULL OR t.opened_at >= ?11)
                AND (?12 IS NULL OR t.opened_at < ?12)
                AND (?13 IS NULL OR CASE ?13
                    WHEN 'breached' THEN t.done_at IS NULL AND t.breaks_at <= ?14
                    WHEN 'soon' THEN t.done_at IS NULL AND t.soon_at <= ?14 AND t.breaks_at > ?14
                    ELSE t.done_at IS NULL AND t.due_at IS NULL AND t.due_run IS NOT NULL END)
                AND (?15 IS NULL OR t.organization = ?15 AND (t.is_private = 0 OR t.requester IS ?16 OR EXISTS (
                    SELECT 1 FROM ticket_follower AS f WHERE f.ticket = t.id AND f.person = ?16)))
            """, "[" + candidates.map { "\($0)" }.joined(separator: ",") + "]", sieve.isOpen, sieve.status?.rawValue,
            sieve.isMerged, sieve.severity?.rawValue, sieve.level, sieve.kind, sieve.organizationList,
            sieve.assigneeList, sieve.tag, sieve.from, sieve.before, sieve.due?.rawValue, context.now, own?.0, own?.1,
            row: Self.id)
    }

    /// Nil where a filter names nobody: then nothing is found.
    private func sieve(
        _ search: Search, _ context: SearchContext, _ result: inout SearchResult
    ) throws(SQLError) -> SearchSieve? {
        var sieve = SearchSieve(search, context.zone)
        for filter in search.filters {
            switch filter {
            case .organization(let name):
                sieve.organizations = try organizations(named: name)
                if sieve.organizations?.isEmpty == true { result.faults.append(.unknownValue(.organization, name)) }
            case .assignee(.me): sieve.assignees = [context.person]
            case .assignee(.named(let name)):
                sieve.assignees = try staff(named: name)
                if sieve.assignees?.isEmpty == true { result.faults.append(.unknownValue(.assignee, name)) }
            default: break
            }
        }
        if case .organization(let own, _) = context.scope {
            // Of others there is nothing, whatever was typed.
            sieve.organizations = sieve.organizations.map { $0.filter { $0 == own } } ?? [own]
            result.faults = []
        }
        return sieve.organizations?.isEmpty == true || sieve.assignees?.isEmpty == true ? nil : sieve
    }

    func organizations(named name: String, limit: Int = 200) throws(SQLError) -> [Organization.ID] {
        guard let match = OrganizationSearch(name).match else { return [] }
        return try query(
            "SELECT rowid FROM organization_search WHERE words MATCH ? LIMIT ?", match, limit
        ) { Organization.ID(rawValue: $0.int(0)) }
    }

    /// Whoever works on tickets, or did.
    private func staff(named name: String) throws(SQLError) -> [Person.ID] {
        let wanted = name.folded.split(separator: " ")
        var found: [Person.ID] = []
        for role in ["technician", "admin"] {
            let people = try query(
                "SELECT id, folded, email FROM person WHERE role = ? ORDER BY folded, id LIMIT 1000", role
            ) { (Person.ID(rawValue: $0.int(0)), $0.text(1), $0.text(2)) }
            for (id, folded, email) in people where wanted.allSatisfy({ folded.contains($0) || email.contains($0) }) {
                found.append(id)
            }
        }
        return found
    }
}
