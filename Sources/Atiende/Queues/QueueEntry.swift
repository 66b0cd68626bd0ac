// A ticket as a queue shows it.

internal import SLA

struct QueueEntry: Sendable {
    let id: Ticket.ID
    let folio: String
    let subject: String
    let severity: Severity
    let level: Int
    let status: TicketStatus
    /// The key of the plan by which it is counted.
    let plan: String
    let organization: String
    let assignee: String?
    /// The last word: when, by whom of the staff; nil where the customer has it.
    let wordAt: Int
    let wordBy: String?
    let doneAt: Int?
    let isMerged: Bool
    let agreedOn: CivilDate?
    /// The clock that tells most: due first, or, where all are paused, with the least left.
    let clock: TicketClock?
}

/// When a ticket is due, as a queue is cut.
enum QueueBand: Int, Sendable, CaseIterable {
    case late
    case hour
    case today
    case later
    case none

    /// - Parameter midnight: The end of the day on the reader's clock.
    init(_ standing: ClockStanding, dueAt: Int?, now: Int, midnight: Int) {
        if case .late = standing {
            self = .late
        } else if let dueAt {
            self = dueAt < now + 3600 ? .hour : dueAt < midnight ? .today : .later
        } else {
            self = .none
        }
    }
}
