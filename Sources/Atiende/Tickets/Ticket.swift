// A request of a customer, as its row has it.

internal import SLA

struct Ticket: Sendable, Equatable {
    typealias ID = Identifier<Ticket>

    let id: ID
    let folio: Folio
    let organization: Organization.ID
    /// Nil where nobody of the customer's asked for it.
    let requester: Person.ID?
    /// The key of a kind of request of the contract.
    let kind: String
    let subject: String
    let openedAt: Int
    let severity: Severity
    let level: Int
    let status: TicketStatus
    let plan: PlanReference
    /// Since when it is resolved, closed or merged.
    let doneAt: Int?
    let dueAt: Int?
}

/// A ticket that has no folio yet.
struct TicketDraft: Sendable {
    let organization: Organization.ID
    /// Nil where nobody of the customer's asked for it.
    var requester: Person.ID?
    let kind: String
    let subject: String
    let channel: Channel
    let severity: Severity
    var level = 1
    let plan: PlanReference
    /// From when it counts; not later than when it is written down.
    let openedAt: Int
    /// Who wrote it down; nil for the program.
    var author: Person.ID?
}
