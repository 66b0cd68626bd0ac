// All that the staff's page of a ticket tells, read at once.

internal import SLA
internal import SQL

struct DeskReading: Sendable {
    let ticket: Ticket
    let details: TicketDetails
    let entries: [TicketEntry]
    let sources: ConversationSources
    let staff: [StaffMember]
    let requester: Person?
    let organization: OrganizationRecord?
    let agreement: AgreementRecord?
    let others: [Ticket]
    let followers: [(id: Person.ID, speaker: Speaker)]
    let links: [(kind: TicketLink, ticket: Ticket)]
    let place: QueuePlace?
    let views: [(name: String, email: String, at: Int)]
    let answers: [CannedAnswer]

    static let mostOthers = 5
    static let mostViews = 30

    init(_ ticket: Ticket, _ place: QueuePlace?, _ connection: Connection) throws {
        self.ticket = ticket
        details = try connection.details(of: ticket.id)
        entries = try connection.story(of: ticket.id)
        sources = try connection.sources(for: entries, of: ticket)
        staff = try connection.activeStaff()
        requester = try ticket.requester.flatMap { try connection.person($0) }
        organization = try connection.organization(ticket.organization)
        agreement = try connection.agreement(of: ticket.organization)
        others = try connection.tickets(of: ticket.organization, but: ticket.id, limit: Self.mostOthers)
        followers = try connection.followers(of: ticket.id).compactMap { person in
            try connection.speaker(person).map { (person, $0) }
        }
        links = try connection.links(of: ticket.id).compactMap { link in
            try connection.ticket(link.other).map { (link.kind, $0) }
        }
        self.place = place
        views = try connection.views(of: ticket.subjectOfAudit, limit: Self.mostViews)
        answers = try connection.cannedAnswers()
    }

    /// What the ticket was when a form was made.
    func state(at version: Int) throws(Refusal) -> TicketState {
        guard let first = entries.first, case .opened(let opening) = first.fact.kind else {
            throw .broken("a ticket that was never opened")
        }
        var state = TicketState(opening, at: first.fact.at, by: first.fact.actor)
        for entry in entries where entry.id <= version { state.take(entry.fact) }
        return state
    }

    /// The last diagnosis; an empty one before the first.
    var diagnosis: Diagnosis {
        for entry in entries.reversed() {
            // An escalation brings a diagnosis of words alone.
            if case .diagnosis(_, let diagnosis) = entry.fact.kind, diagnosis != Diagnosis() { return diagnosis }
        }
        return Diagnosis()
    }
}

extension Ticket {
    /// By which the trail names it.
    var subjectOfAudit: String { "ticket:\(folio)" }
}
