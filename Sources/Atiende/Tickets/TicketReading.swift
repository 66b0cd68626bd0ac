// What follows from the facts of a ticket: its state, and the runs of its clocks.

internal import SLA

struct TicketReading: Sendable, Equatable {
    let state: TicketState
    /// The instant of the last fact.
    let changedAt: Int
    /// When the next step fires, the next clock is breached, or it closes by itself, if nothing happens until then.
    let nextAt: Int?
    let clocks: [TicketClock]

    /// Its live clock that is due first. One that is paused is not due, although it may be breached.
    var nearest: TicketClock? {
        clocks.filter { $0.stoppedAt == nil && !$0.isPaused && $0.dueAt != nil }.min {
            ($0.dueAt ?? 0) < ($1.dueAt ?? 0)
        }
    }

    /// The clock that tells most: the one that is due first, or, where all are paused, the one with the least left.
    var foremost: TicketClock? {
        nearest
            ?? clocks.filter { $0.stoppedAt == nil && $0.isPaused }
            .min { $0.budget - $0.consumed < $1.budget - $1.consumed }
    }

    /// From when one of its live clocks is breached, if nothing happens.
    var breaksAt: Int? { clocks.filter { $0.stoppedAt == nil }.compactMap(\.breaksAt).min() }
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

    /// From when little is left of its budget, as `ClockStanding` sees it.
    var soonAt: Int? { dueAt.map { $0 - ClockStanding.warning(of: budget) } }
}
