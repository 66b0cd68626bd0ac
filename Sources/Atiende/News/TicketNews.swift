// Who hears by mail of what happened to a ticket. Whoever writes it down calls this in the same write, so that the news
// leaves if what it tells is kept:
//
//     try visit.ticketNews().confirmReceipt(of: folio, in: connection)      // after `openTicket`
//     let before = try connection.ticket(folio, in: scope)                  // then work on it
//     try visit.ticketNews().tell(since: before, in: connection)

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

struct TicketNews: Sendable {
    let site: Site
    let desk: Desk
    let rules: TicketRules
    let now: Int

    private var letters: TicketLetters { TicketLetters(site: site, desk: desk, rules: rules, now: now) }

    /// That a ticket was received, to who asked for it: its folio, what was promised, the severity cases (IN-2).
    /// Returns whether there was somebody to write to.
    @discardableResult
    func confirmReceipt(of folio: Folio, in connection: Connection) throws -> Bool {
        guard let ticket = try connection.ticket(folio), let requester = ticket.requester,
            let reader = try customer(requester, ticket, connection)
        else { return false }
        let clocks = try connection.clocks(of: ticket.id)
        try connection.enqueue(try letters.received(ticket, clocks, for: reader), at: now)
        // Where no page confirmed it already, the letter is the receipt (sla.md §3).
        if clocks.contains(where: { $0.clock == .acknowledge && $0.stoppedAt == nil }) {
            try connection.append(
                TicketFact(at: max(now, ticket.changedAt), actor: nil, kind: .acknowledged), to: ticket.id, rules,
                recordedAt: now)
        }
        return true
    }

    /// What happened since a ticket was read.
    func tell(since before: Ticket, in connection: Connection) throws {
        guard let ticket = try connection.ticket(before.id), ticket.version > before.version else { return }
        let entries = try connection.story(of: ticket.id, after: before.version)
        let messages = entries.compactMap(PublicFact.init).compactMap(PublicMessage.init)
        try tellCustomers(ticket, before, messages, entries, connection)
        try tellStaff(ticket, before, messages, entries, connection)
    }

    // MARK: Customers

    private func tellCustomers(
        _ ticket: Ticket, _ before: Ticket, _ messages: [PublicMessage], _ entries: [TicketEntry],
        _ connection: Connection
    ) throws {
        let said = messages.filter(\.isOfStaff)
        let isClosed = ticket.status == .closed && before.status != .closed
        let isResolved = ticket.status == .resolved && before.status != .resolved
        guard isClosed || isResolved || !said.isEmpty else { return }
        let quotes = try quotes(said, connection)
        var people = try connection.followers(of: ticket.id)
        if let requester = ticket.requester { people = [requester] + people.filter { $0 != requester } }
        let actors = Set(entries.compactMap(\.fact.actor))
        for person in people {
            let isRequester = person == ticket.requester
            // Who asked for it is asked how it went, also where he closed it himself (PW-8).
            guard !actors.contains(person) || (isClosed && isRequester),
                let reader = try customer(person, ticket, connection)
            else { continue }
            let letter =
                if isClosed {
                    try letters.closed(ticket, quotes, for: reader, isAsked: isRequester && ticket.face == nil)
                } else if isResolved {
                    try letters.resolved(ticket, quotes, for: reader)
                } else {
                    try letters.answered(ticket, quotes, for: reader)
                }
            try connection.enqueue(letter, at: now)
        }
    }

    private func quotes(_ messages: [PublicMessage], _ connection: Connection) throws -> [TicketLetters.Quote] {
        try messages.map { message in
            TicketLetters.Quote(
                author: try message.author.flatMap { try connection.speaker($0)?.name } ?? "", text: message.text)
        }
    }

    /// Nil for whoever is not, or no longer, of the ticket's organization, and for who wants no letters. Who asked for it
    /// without an account (PW-2) hears of it before he makes one.
    private func customer(_ person: Person.ID, _ ticket: Ticket, _ connection: Connection) throws -> NewsReader? {
        guard let reader = try connection.newsReader(person), !reader.isStaff,
            reader.isActive || (reader.isInvited && person == ticket.requester), reader.notices != .none,
            try connection.isActiveMember(person, of: ticket.organization)
        else { return nil }
        return reader
    }

    // MARK: Staff

    private func tellStaff(
        _ ticket: Ticket, _ before: Ticket, _ messages: [PublicMessage], _ entries: [TicketEntry],
        _ connection: Connection
    ) throws {
        let actors = Set(entries.compactMap(\.fact.actor))
        var told: Set<Person.ID> = []
        let heard = messages.filter { !$0.isOfStaff }
        let isDone = before.status == .resolved || before.status == .closed
        let isReopened = isDone && ticket.status != .resolved && ticket.status != .closed
        if !heard.isEmpty || isReopened {
            let quotes = try quotes(heard, connection)
            for reader in try whoWorks(on: ticket, connection) where !actors.contains(reader.id) {
                told.insert(reader.id)
                try connection.enqueue(
                    try letters.heard(ticket, quotes, isReopened: isReopened, for: reader), at: now)
            }
        }
        guard let assignee = ticket.assignee, assignee != before.assignee, !actors.contains(assignee),
            !told.contains(assignee), let reader = try connection.newsReader(assignee), reader.isStaff,
            reader.isActive, reader.notices != .none
        else { return }
        try connection.enqueue(try letters.assigned(ticket, for: reader), at: now)
    }

    /// Who has it, else who coordinates its level; and those of the staff who follow it.
    private func whoWorks(on ticket: Ticket, _ connection: Connection) throws -> [NewsReader] {
        var readers: [NewsReader]
        if let assignee = ticket.assignee {
            readers = try [assignee].compactMap { try connection.newsReader($0) }
        } else {
            readers = try connection.newsReaders(leading: ticket.level).filter { $0.notices == .all }
        }
        for follower in try connection.followers(of: ticket.id) where !readers.contains(where: { $0.id == follower }) {
            if let reader = try connection.newsReader(follower) { readers.append(reader) }
        }
        return readers.filter { $0.isStaff && $0.isActive && $0.notices != .none }
    }
}

extension Visit {
    /// Letters about tickets of this desk.
    func ticketNews() throws(Refusal) -> TicketNews {
        let desk = try tenantDesk()
        guard let rules = desk.ticketRules else { throw .notFound }
        return TicketNews(site: site, desk: desk, rules: rules, now: now)
    }
}
