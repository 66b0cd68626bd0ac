// A request of a customer, as its row has it.

internal import SLA

struct Ticket: Sendable, Equatable {
    typealias ID = Identifier<Ticket>

    let id: ID
    let folio: Folio
    let organization: Organization.ID
    /// Nil where nobody of the customer's asked for it.
    let requester: Person.ID?
    let channel: Channel
    let subject: String
    /// The key of a kind of request of the contract.
    let kind: String
    let openedAt: Int
    let severity: Severity
    let level: Int
    let status: TicketStatus
    let plan: PlanReference
    let changedAt: Int
    /// Since when it is resolved, closed or merged.
    let doneAt: Int?
    let dueAt: Int?
    /// Of the clock that is due first, or, where all are paused, of the one with the least left.
    let dueRun: Int?
    let assignee: Person.ID?
    let isPrivate: Bool
    let lastWord: TicketState.Word
    let answeredAt: Int?
    let keeper: Person.ID?
    let isMerged: Bool
    let face: SurveyFace?
    /// The number of its last event: a form that was made before it is stale.
    let version: Int
}

extension Ticket {
    /// What a ticket's page bears, which shows all of it: events, characters that were written, files. The staff is left
    /// as much again, to end it.
    static let mostEvents = 2_000
    static let mostText = 1_000_000
    static let mostFiles = 1_000
}

/// What of a ticket only its own page shows.
struct TicketDetails: Sendable, Equatable {
    var category = ""
    var productVersion = ""
    var environment = ""
    var service = ""
    var phone = ""
    var tags = ""
    var agreedOn: CivilDate?
    var reopenings = 0
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
    var description = ""
    /// What else is known of it; its subject and kind are added.
    var properties: [TicketProperty: String] = [:]
    /// Waiting files of the author's.
    var files: [Attachment.ID] = []
    /// Whether its receipt is confirmed with it: on the page that follows, or by a letter of the same transaction.
    var isAcknowledged = false
    /// By which it is found besides what it says: who asked, and for whom.
    var names: [String] = []
}
