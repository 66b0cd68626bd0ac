// What a ticket is, after some of its facts.

internal import SLA

struct TicketState: Sendable, Equatable {
    private(set) var severity: Severity
    private(set) var level: Int
    private(set) var status = TicketStatus.new
    private(set) var plan: PlanReference
    /// Since when it is resolved, closed or merged.
    private(set) var doneAt: Int?
    private(set) var isMerged = false
    private(set) var assignee: Person.ID?
    private(set) var properties: [TicketProperty: String]
    private(set) var followers: [Person.ID] = []
    private(set) var links: [Link] = []
    /// The last public message, or the opening.
    private(set) var lastWord: Word
    /// Since when the customer has had an answer of the staff.
    private(set) var answeredAt: Int?
    private(set) var agreedOn: CivilDate?
    private(set) var face: SurveyFace?
    /// Who keeps it for himself.
    private(set) var keeper: Person.ID?
    private(set) var reopenings = 0

    struct Link: Sendable, Hashable {
        let kind: TicketLink
        let other: Ticket.ID
    }

    /// Who spoke last to the other side, and when.
    struct Word: Sendable, Equatable {
        let at: Int
        let by: Person.ID?
        let isOfStaff: Bool
    }

    init(_ opening: TicketFact.Opening, at instant: Int, by author: Person.ID?) {
        severity = opening.severity
        level = opening.level
        plan = opening.plan
        properties = opening.properties
        lastWord = Word(at: instant, by: author, isOfStaff: false)
    }

    /// Nothing changes a ticket that was merged into another.
    mutating func take(_ fact: TicketFact) {
        guard !isMerged else { return }
        switch fact.kind {
        case .status(let new):
            if doneAt != nil, !new.isDone { reopenings += 1 }
            status = new
            doneAt = new.isDone ? doneAt ?? fact.at : nil
        case .severity(let new): severity = new
        case .level(let new): level = new
        case .planApplied(let new): plan = new
        case .merged:
            isMerged = true
            doneAt = doneAt ?? fact.at
        case .staffMessage:
            lastWord = Word(at: fact.at, by: fact.actor, isOfStaff: true)
            answeredAt = answeredAt ?? fact.at
        case .customerMessage: lastWord = Word(at: fact.at, by: fact.actor, isOfStaff: false)
        case .assigned(let person): assignee = person
        case .edited(let edits): for edit in edits { properties[edit.property] = edit.after }
        case .followed(let person): if !followers.contains(person) { followers.append(person) }
        case .unfollowed(let person): followers.removeAll { $0 == person }
        case .linked(let kind, let other):
            let link = Link(kind: kind, other: other)
            if !links.contains(link) { links.append(link) }
        case .unlinked(let kind, let other): links.removeAll { $0 == Link(kind: kind, other: other) }
        case .agreed(let date): agreedOn = date
        case .surveyed(let new): face = new
        case .locked: keeper = fact.actor
        case .unlocked: keeper = nil
        case .opened, .acknowledged, .diagnosis, .recovered, .rootCause, .note, .confirmed, .fired, .breached: break
        }
    }
}
