// One run of a clock, from its start to its verdict.

/// A run and what it has consumed so far. The fold keeps it; see `TicketFold`.
struct Run: Sendable {
    let clock: ClockKind
    /// The ticket's level when the run started.
    let level: Int
    let start: Instant
    var terms: Terms
    var phase = Phase.live
    /// Up to here `consumed` is counted.
    var mark: Instant
    var consumed = 0
    /// Whether the status since `mark` lets it count.
    var isCounting = true
    /// Which of the clock's steps have fired: a bit for each in the order of `Plan.steps(of:)`.
    var fired: UInt64 = 0
    /// When the next step fires if nothing changes; `Instant.earliest` where only the consumption can tell.
    var nextStep: Instant?
    /// A breach is not dated before this: the start, or the last change of terms.
    var breachFloor: Instant
    var breachIsNoted = false

    enum Phase: Equatable {
        case live
        case stopped(Instant)
        case cancelled(Instant)
    }

    /// What a target means for one run.
    struct Terms: Sendable {
        /// The position of the target in its plan.
        var target: Int
        /// Which plan of the ticket: 0 the first, then one more for each that was applied.
        var plan: Int
        var calendar: CalendarHistory
        var budget: Int
        var isStrict: Bool
        var stillIn: StatusSet

        /// The consumption with which the promise is broken.
        var breach: Int { isStrict ? budget : budget + 1 }
    }

    init(_ clock: ClockKind, level: Int, start: Instant, terms: Terms) {
        self.clock = clock
        self.level = level
        self.start = start
        self.terms = terms
        mark = start
        breachFloor = start
    }

    /// What is consumed at an instant that is not before `mark`.
    func consumed(at instant: Instant) -> Int {
        isCounting && phase == .live ? consumed + terms.calendar.between(mark, instant) : consumed
    }

    /// Counts up to an instant.
    mutating func settle(at instant: Instant) {
        consumed = consumed(at: instant)
        mark = instant
    }

    /// The instant at which an amount was reached, known to be at most what is consumed at `to`.
    func instant(consuming amount: Int, through history: StatusHistory, to: Instant) throws(SLAError) -> Instant {
        if phase == .live, isCounting, amount > consumed { return try terms.calendar.add(mark, amount - consumed) }
        return try history.instant(
            consuming: amount, start, to, stillIn: terms.stillIn, on: terms.calendar)
    }

    /// When the promise was broken, if it was by an instant; not before the last change of its terms.
    func breach(by instant: Instant, through history: StatusHistory) -> Instant? {
        guard consumed(at: instant) >= terms.breach else { return nil }
        let reached = try? self.instant(consuming: terms.breach, through: history, to: instant)
        return max(reached ?? breachFloor, breachFloor)
    }
}
