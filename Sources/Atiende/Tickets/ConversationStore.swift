// What is read for a conversation besides its events: who takes part in it, and the files that came with it.

internal import SQL

/// Somebody of whom a conversation tells.
struct Speaker: Sendable, Equatable {
    let name: String
    let role: Person.Role
    var email = ""
}

struct ConversationSources: Sendable {
    var people: [Person.ID: Speaker] = [:]
    var organization = ""
    /// By the number of the event with which they came.
    var files: [Int: [Attachment]] = [:]
    /// Of the tickets that are tied to this one.
    var folios: [Ticket.ID: Folio] = [:]
}

extension Connection {
    func sources(for entries: [TicketEntry], of ticket: Ticket) throws -> ConversationSources {
        var sources = ConversationSources()
        var people = Set(entries.compactMap(\.fact.actor) + entries.compactMap(\.fact.kind.person))
        if let requester = ticket.requester { people.insert(requester) }
        for person in people { sources.people[person] = try speaker(person) }
        for other in Set(entries.compactMap(\.fact.kind.otherTicket)) {
            sources.folios[other] = try self.ticket(other)?.folio
        }
        sources.organization =
            try first("SELECT legal_name FROM organization WHERE id = ?", ticket.organization) { $0.text(0) } ?? ""
        sources.files = try files(of: ticket.id)
        return sources
    }

    func speaker(_ person: Person.ID) throws(SQLError) -> Speaker? {
        try first("SELECT name, role, level, email FROM person WHERE id = ?", person) { row in
            Person.Role(row.text(1), level: row.optionalInt(2)).map {
                Speaker(name: row.text(0), role: $0, email: row.text(3))
            }
        } ?? nil
    }

    /// All files of a ticket, by event, in the order in which they were sent.
    func files(of ticket: Ticket.ID) throws(SQLError) -> [Int: [Attachment]] {
        Dictionary(grouping: try attachments(of: ticket)) { $0.event ?? 0 }
    }
}

extension TicketFact.Kind {
    /// Whom it is about, besides who did it.
    fileprivate var person: Person.ID? {
        switch self {
        case .assigned(let person): person
        case .followed(let person), .unfollowed(let person): person
        default: nil
        }
    }

    fileprivate var otherTicket: Ticket.ID? {
        switch self {
        case .linked(_, let other), .unlinked(_, let other): other
        default: nil
        }
    }
}
