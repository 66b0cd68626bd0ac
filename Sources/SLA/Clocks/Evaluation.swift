// What the clocks of a ticket say at an instant.

/// Every run of a ticket's clocks at an instant, the steps that have fired, and what is worth telling on the way.
public struct Evaluation: Sendable {
    /// In the order in which the runs began to exist.
    public let clocks: [ClockReading]
    /// By instant, then percentage, then position.
    public let fired: [FiredStep]
    /// Verdicts, breaches and changes, by instant.
    public let milestones: [Milestone]
    /// When the next step fires or the next run is breached if nothing happens until then.
    public let nextInstant: Instant?
}

/// A run as it stands.
public struct ClockReading: Hashable, Sendable {
    public let clock: ClockKind
    /// The level of a `levelResponse`; nothing for other clocks.
    public let level: Int?
    public let state: ClockState
    public let startedAt: Instant
    /// When it was stopped or cancelled.
    public let stoppedAt: Instant?
    /// Seconds of its calendar.
    public let budget: Int
    public let consumed: Int
    public let dueAt: Instant?
    /// When the promise was broken, not before the last change of its terms.
    public let breachedAt: Instant?
    /// Whether the status stops it just now, also when it is breached.
    public let isPaused: Bool
    /// The position of the target in its plan, and which plan of the ticket that was (0 the first).
    public let target: Int
    public let plan: Int

    public var isLive: Bool { stoppedAt == nil }
    /// Seconds of its calendar that are left; negative once it is over.
    public var remaining: Int { budget - consumed }
}

public enum ClockState: String, CaseIterable, Sendable {
    case running
    case paused
    case met
    /// Also while it still runs.
    case breached
    case cancelled
}

/// A step and the instant at which it was due.
public struct FiredStep: Hashable, Sendable {
    /// Its position in the plan.
    public let step: Int
    public let clock: ClockKind
    public let at: Instant
    public let percent: Int
    /// The position of its run in `Evaluation.clocks`.
    public let run: Int
    /// Which plan of the ticket it belongs to.
    public let plan: Int
}

/// Something that happened to a run and stays in the timeline, whatever is changed later.
public struct Milestone: Hashable, Sendable {
    /// The position of the run in `Evaluation.clocks`.
    public let run: Int
    public let clock: ClockKind
    public let at: Instant
    public let kind: Kind

    public enum Kind: Hashable, Sendable {
        /// The promise was broken while its budget was this many seconds.
        case breached(budget: Int)
        /// It was stopped: met or breached.
        case verdict(ClockState)
        case cancelled(Reason)
        /// Its severity or plan changed and with it its budget.
        case changed(from: Int, to: Int)
        /// Reopening lets it go on after its verdict.
        case goesOn
    }

    public enum Reason: Hashable, Sendable {
        case resolved
        case merged
        case levelChanged
        /// The severity or plan has no target for it.
        case noTarget
    }
}
