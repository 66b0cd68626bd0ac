// What the tickets of a desk are counted by: its contract's plans and calendars, compiled once, in the tenant's zone.

internal import SLA

struct TicketRules: Sendable {
    let contract: Contract
    let zone: TimeZoneRules
    let prefix: Folio.Prefix
    let calendars: [String: CalendarHistory]
    private let plans: [PlanReference: Plan]

    init(_ contract: Contract, in zone: TimeZoneRules) throws(Refusal) {
        guard let prefix = contract.folioPrefix else { throw .broken("contract \(contract.key) gives no folio prefix") }
        self.contract = contract
        self.zone = zone
        self.prefix = prefix
        calendars = contract.calendarHistories(in: zone)
        plans = try Refusal.catching {
            try Dictionary(
                contract.plans.map { (PlanReference(key: $0.key, version: contract.version), try $0.plan()) },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// The present version of a plan; nil where the contract has no such plan.
    func plan(_ key: String) -> PlanReference? {
        let reference = PlanReference(key: key, version: contract.version)
        return plans[reference] == nil ? nil : reference
    }

    func compiled(_ plan: PlanReference) throws(Refusal) -> Plan {
        guard let known = plans[plan] else {
            throw .broken("contract \(contract.key) has no plan \(plan.key) of version \(plan.version)")
        }
        return known
    }

    func kind(_ key: String) -> RequestKind? { contract.kinds.first { $0.key == key } }

    /// 0 for the gravest; after all others for one that the contract does not know.
    func rank(_ severity: Severity) -> Int {
        contract.severities.firstIndex { $0.severity == severity } ?? contract.severities.count
    }
}

// MARK: Deriving

extension TicketRules {
    /// What follows from all that happened to a ticket, by instant and then as recorded. It is read at the last fact, not
    /// now: the same facts give the same answer for ever.
    func read(_ facts: [TicketFact]) throws -> TicketReading {
        guard let first = facts.first, let last = facts.last, case .opened(let opening) = first.kind else {
            throw Refusal.broken("a ticket that was never opened")
        }
        var state = TicketState(opening, at: first.at, by: first.actor)
        for fact in facts { state.take(fact) }
        let course = try TicketCourse(facts, self, at: last.at)
        // What was due and is not told is due at once.
        let due = course.untold(in: facts).first?.dueAt ?? course.evaluation.nextInstant?.seconds
        let nextAt = [due, closesAt(state)].compactMap(\.self).min()
        return TicketReading(state: state, changedAt: last.at, nextAt: nextAt, clocks: course.clocks)
    }

    /// Nil for what moves no clock.
    func event(_ kind: TicketFact.Kind) throws(Refusal) -> TicketEvent.Kind? {
        switch kind {
        case .opened(let opening):
            .opened(severity: opening.severity, channel: opening.channel, level: opening.level)
        case .acknowledged: .acknowledged
        case .staffMessage(let level, _): .staffMessage(level: level)
        case .customerMessage: .customerMessage
        case .diagnosis(let level, _): .diagnosis(level: level)
        case .status(let status): .status(status)
        case .severity(let severity): .severity(severity)
        case .level(let level): .level(level)
        case .recovered: .recovered
        case .rootCause: .rootCause
        case .merged: .merged
        case .planApplied(let plan): .planApplied(try compiled(plan))
        case .note, .assigned, .edited, .followed, .unfollowed, .linked, .unlinked, .agreed, .confirmed, .surveyed,
            .locked, .unlocked, .fired, .breached:
            nil
        }
    }

    func clock(_ reading: ClockReading, run: Int, under target: Target, at end: Instant) -> TicketClock {
        let calendar = target.unit.isElapsed ? nil : target.calendar
        return TicketClock(
            run: run, clock: reading.clock, level: reading.level, state: reading.state, isPaused: reading.isPaused,
            startedAt: reading.startedAt.seconds, stoppedAt: reading.stoppedAt?.seconds, budget: reading.budget,
            consumed: reading.consumed, dueAt: reading.dueAt?.seconds,
            breaksAt: breaks(reading, target, on: calendar, at: end), calendar: calendar, clause: target.id)
    }

    /// A strict promise is broken when its budget is reached, any other with the first second beyond it that counts.
    private func breaks(_ reading: ClockReading, _ target: Target, on calendar: String?, at end: Instant) -> Int? {
        guard reading.isLive else { return nil }
        if let breached = reading.breachedAt { return breached.seconds }
        guard !reading.isPaused, let due = reading.dueAt else { return nil }
        if target.isStrict { return due.seconds }
        guard let calendar else { return due.seconds + 1 }
        return (try? calendars[calendar]?.version(at: end).add(due, 1))?.seconds
    }
}

extension TargetUnit {
    /// Whether every second counts, whatever the target's calendar.
    var isElapsed: Bool { self == .hours || self == .minutes }
}
