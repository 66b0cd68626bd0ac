// Starting, stopping and changing the runs of a ticket's clocks.

extension TicketFold {
    /// A clock becomes live; it gets a run if there is a target for it.
    mutating func start(_ clock: ClockKind, at instant: Instant) throws(SLAError) {
        slots[clock.position] = Slot(phase: .live, start: instant, level: level, run: nil)
        try engage(clock, at: instant)
    }

    /// Gives a live clock without a run the run that it would have had from its start, if there is a target for it.
    private mutating func engage(_ clock: ClockKind, at instant: Instant) throws(SLAError) {
        let slot = slots[clock.position]
        guard let target = target(for: clock, level: slot.level) else { return }
        let terms = try terms(target, from: slot.start)
        var run = Run(clock, level: slot.level, start: slot.start, terms: terms)
        run.breachFloor = instant
        if slot.start < instant {
            run.consumed = history.consumed(slot.start, instant, stillIn: terms.stillIn, on: terms.calendar)
        }
        run.mark = instant
        run.isCounting = !terms.stillIn.contains(history.status)
        slots[clock.position].run = runs.count
        runs.append(run)
        try catchUp(runs.count - 1, at: instant)
    }

    /// The target that a clock has now; nothing if there is none.
    private func target(for clock: ClockKind, level: Int) -> IndexedTarget? {
        plan.index.target(for: clock, severity: severityNumber, channel: channelNumber, level: level)
    }

    /// What a target means for a run from an instant on.
    private mutating func terms(_ target: IndexedTarget, from start: Instant) throws(SLAError) -> Run.Terms {
        let calendar = try calendar(of: target)
        return Run.Terms(
            target: target.index, plan: planNumber, calendar: calendar,
            budget: try target.budget(from: start, on: calendar.version(at: start)), isStrict: target.isStrict,
            stillIn: target.stillIn)
    }

    private mutating func calendar(of target: IndexedTarget) throws(SLAError) -> CalendarHistory {
        guard let number = target.calendar else { return .alwaysOpen }
        if let known = found[number] { return known }
        guard let named = calendars[plan.index.calendars[number]] else {
            throw .unknownCalendar(plan.index.calendars[number])
        }
        found[number] = named
        return named
    }

    /// Ends a live clock with a verdict.
    mutating func stop(_ clock: ClockKind, at instant: Instant) {
        guard slots[clock.position].phase == .live else { return }
        slots[clock.position].phase = .idle
        guard let run = slots[clock.position].run else { return }
        runs[run].settle(at: instant)
        noteBreach(run, at: instant)
        runs[run].phase = .stopped(instant)
        runs[run].nextStep = nil
        note(run, .verdict(runs[run].consumed < runs[run].terms.breach ? .met : .breached), at: instant)
    }

    /// Ends a live clock without a verdict.
    mutating func cancel(_ clock: ClockKind, _ reason: Milestone.Reason, at instant: Instant) {
        guard slots[clock.position].phase == .live else { return }
        slots[clock.position].phase = .idle
        cancelRun(of: clock, reason, at: instant)
    }

    /// Takes a clock's run away; the clock itself may stay live.
    private mutating func cancelRun(of clock: ClockKind, _ reason: Milestone.Reason, at instant: Instant) {
        guard let run = slots[clock.position].run else { return }
        slots[clock.position].run = nil
        runs[run].settle(at: instant)
        noteBreach(run, at: instant)
        runs[run].phase = .cancelled(instant)
        runs[run].nextStep = nil
        note(run, .cancelled(reason), at: instant)
    }

    /// Lets a run that resolving stopped go on.
    mutating func revive(_ run: Int, at instant: Instant) {
        runs[run].phase = .live
        runs[run].mark = instant
        runs[run].isCounting = !runs[run].terms.stillIn.contains(history.status)
        note(run, .goesOn, at: instant)
    }

    /// After a change of severity, of plan, or a reopening: every live clock goes on under the target it has now.
    mutating func changeTerms(at instant: Instant) throws(SLAError) {
        for clock in ClockKind.allCases where slots[clock.position].phase == .live {
            guard let run = slots[clock.position].run else {
                try engage(clock, at: instant)
                continue
            }
            guard let target = target(for: clock, level: runs[run].level) else {
                cancelRun(of: clock, .noTarget, at: instant)
                continue
            }
            if target.index != runs[run].terms.target || planNumber != runs[run].terms.plan {
                change(run, to: try terms(target, from: runs[run].start), at: instant)
            }
            try catchUp(run, at: instant)
        }
    }

    /// Computes a run as if new terms had been its own from its start.
    private mutating func change(_ run: Int, to terms: Run.Terms, at instant: Instant) {
        runs[run].settle(at: instant)
        noteBreach(run, at: instant)
        let before = runs[run].terms.budget
        runs[run].terms = terms
        runs[run].consumed = history.consumed(
            runs[run].start, instant, stillIn: terms.stillIn, on: terms.calendar)
        runs[run].isCounting = !terms.stillIn.contains(history.status)
        runs[run].breachFloor = instant
        // A run that was breached and stays so was breached once.
        runs[run].breachIsNoted = runs[run].breachIsNoted && runs[run].consumed >= terms.breach
        note(run, .changed(from: before, to: terms.budget), at: instant)
    }

    private mutating func note(_ run: Int, _ kind: Milestone.Kind, at instant: Instant) {
        milestones.append(Milestone(run: run, clock: runs[run].clock, at: instant, kind: kind))
    }

    /// Puts a breach that has happened until an instant into the timeline, once.
    mutating func noteBreach(_ run: Int, at instant: Instant) {
        guard !runs[run].breachIsNoted, let breach = runs[run].breach(by: instant, through: history) else { return }
        runs[run].breachIsNoted = true
        note(run, .breached(budget: runs[run].terms.budget), at: breach)
    }
}
