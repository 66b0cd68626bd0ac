// What follows from the facts of a ticket: its state, and the runs of its clocks.

internal import SLA

struct TicketReading: Sendable, Equatable {
    let state: TicketState
    /// The instant of the last fact.
    let changedAt: Int
    /// The nearest due instant of its live clocks.
    let dueAt: Int?
    /// When the next step fires or the next clock is breached if nothing happens until then.
    let nextAt: Int?
    let clocks: [TicketClock]
}

/// What a ticket is, after some of its facts.
struct TicketState: Sendable, Equatable {
    private(set) var severity: Severity
    private(set) var level: Int
    private(set) var status = TicketStatus.new
    private(set) var plan: PlanReference
    /// Since when it is resolved, closed or merged.
    private(set) var doneAt: Int?
    private var isMerged = false

    init(_ opening: TicketFact.Opening) {
        severity = opening.severity
        level = opening.level
        plan = opening.plan
    }

    /// Nothing changes a ticket that was merged into another.
    mutating func take(_ fact: TicketFact) {
        guard !isMerged else { return }
        switch fact.kind {
        case .status(let new):
            status = new
            doneAt = new.isDone ? doneAt ?? fact.at : nil
        case .severity(let new): severity = new
        case .level(let new): level = new
        case .planApplied(let new): plan = new
        case .merged:
            isMerged = true
            doneAt = doneAt ?? fact.at
        case .opened, .acknowledged, .staffMessage, .customerMessage, .diagnosis, .recovered, .rootCause: break
        }
    }
}

/// A run of a clock as it stood at the last fact of its ticket.
struct TicketClock: Sendable, Equatable {
    /// From 1, in the order in which the runs began to exist.
    let run: Int
    let clock: ClockKind
    /// Of a `levelResponse`.
    let level: Int?
    let state: ClockState
    let isPaused: Bool
    let startedAt: Int
    let stoppedAt: Int?
    /// Seconds of its calendar.
    let budget: Int
    let consumed: Int
    let dueAt: Int?
    /// From then on it is breached, if it was not stopped.
    let breaksAt: Int?
    /// Of the contract; nil where every second counts.
    let calendar: String?
    let clause: String
}
