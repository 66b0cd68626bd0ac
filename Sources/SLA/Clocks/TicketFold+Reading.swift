// Reading the clocks of a ticket at an instant.

/// The clocks of a ticket at an instant: a fold over its events, which are taken in the order of their instants,
/// those of one second as listed. Events later than the instant do not exist yet.
public func evaluate(
    _ events: [TicketEvent], plan: Plan, calendars: [String: CalendarHistory], at instant: Instant
) throws(SLAError) -> Evaluation {
    var fold = TicketFold(plan: plan, calendars: calendars)
    for event in inOrder(events) where event.at <= instant { try fold.apply(event) }
    return try fold.read(at: instant)
}

/// Events by instant, those of one second as listed.
func inOrder(_ events: [TicketEvent]) -> [TicketEvent] {
    var isOrdered = true
    for index in events.indices.dropFirst() where events[index].at < events[index - 1].at { isOrdered = false }
    if isOrdered { return events }
    return events.indices.sorted { (events[$0].at, $0) < (events[$1].at, $1) }.map { events[$0] }
}

extension TicketFold {
    /// The clocks at an instant that is not before the last event.
    public func evaluation(at instant: Instant) throws(SLAError) -> Evaluation {
        var copy = self
        return try copy.read(at: instant)
    }

    /// As `evaluation(at:)`; the fold takes no more events after it.
    mutating func read(at instant: Instant) throws(SLAError) -> Evaluation {
        if let last, instant < last { throw .outOfOrder(instant) }
        try fireSteps(until: instant)
        var clocks: [ClockReading] = []
        clocks.reserveCapacity(runs.count)
        var next: Instant?
        for run in runs.indices {
            noteBreach(run, at: instant)
            let reading = try reading(of: runs[run], at: instant)
            clocks.append(reading)
            if reading.isLive { next = earlier(next, nextInstant(of: runs[run], reading, after: instant)) }
        }
        return Evaluation(
            clocks: clocks, fired: fired.sorted { ($0.at, $0.percent, $0.step) < ($1.at, $1.percent, $1.step) },
            milestones: milestones.sorted { $0.at < $1.at }, nextInstant: next)
    }

    private func reading(of run: Run, at instant: Instant) throws(SLAError) -> ClockReading {
        let consumed = run.consumed(at: instant)
        let isBroken = consumed >= run.terms.breach
        let state: ClockState
        var stoppedAt: Instant?
        switch run.phase {
        case .live: state = isBroken ? .breached : run.isCounting ? .running : .paused
        case .stopped(let at):
            state = isBroken ? .breached : .met
            stoppedAt = at
        case .cancelled(let at):
            state = .cancelled
            stoppedAt = at
        }
        return ClockReading(
            clock: run.clock, level: run.clock == .levelResponse ? run.level : nil, state: state,
            startedAt: run.start, stoppedAt: stoppedAt, budget: run.terms.budget, consumed: consumed,
            dueAt: run.phase == .live ? try due(of: run, consumed: consumed, at: instant) : nil,
            breachedAt: isBroken ? run.breach(by: stoppedAt ?? instant, through: history) : nil,
            isPaused: run.phase == .live && !run.isCounting, target: run.terms.target, plan: run.terms.plan)
    }

    private func due(of run: Run, consumed: Int, at instant: Instant) throws(SLAError) -> Instant? {
        if consumed >= run.terms.budget {
            return try run.instant(consuming: run.terms.budget, through: history, to: instant)
        }
        guard run.isCounting else { return nil }
        return try run.terms.calendar.version(at: instant).add(instant, run.terms.budget - consumed)
    }

    /// When a live run next fires a step or is breached, if its status does not change.
    private func nextInstant(of run: Run, _ reading: ClockReading, after instant: Instant) -> Instant? {
        guard run.isCounting else { return nil }
        let step = run.nextStep.flatMap { $0 > instant ? $0 : nil }
        guard reading.consumed < run.terms.breach else { return step }
        let breach = try? run.terms.calendar.version(at: instant).add(instant, run.terms.breach - reading.consumed)
        return earlier(step, breach)
    }

    private func earlier(_ left: Instant?, _ right: Instant?) -> Instant? {
        guard let left, let right else { return left ?? right }
        return min(left, right)
    }
}
