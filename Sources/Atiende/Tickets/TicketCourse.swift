// The clocks of a ticket followed through its facts up to an instant: what they say then, why, and what comes next.

internal import SLA

struct TicketCourse: Sendable {
    let rules: TicketRules
    /// The plan of the opening, and each that was applied since.
    let plans: [PlanReference]
    /// Not before the last fact.
    let at: Instant
    let evaluation: Evaluation
    private let compiled: [Plan]
    private let fold: TicketFold

    /// Takes the facts by instant and then as recorded.
    init(_ facts: [TicketFact], _ rules: TicketRules, at now: Int) throws {
        guard let first = facts.first, let last = facts.last, case .opened(let opening) = first.kind else {
            throw Refusal.broken("a ticket that was never opened")
        }
        var plans = [opening.plan]
        var compiled = [try rules.compiled(opening.plan)]
        var fold = TicketFold(plan: compiled[0], calendars: rules.calendars)
        for fact in facts {
            if case .planApplied(let plan) = fact.kind {
                plans.append(plan)
                compiled.append(try rules.compiled(plan))
            }
            guard let at = Instant(seconds: fact.at) else { throw Refusal.broken("a fact at no instant: \(fact.at)") }
            if let kind = try rules.event(fact.kind) { try fold.apply(TicketEvent(at: at, kind)) }
        }
        at = Instant(clamping: max(now, last.at))
        evaluation = try fold.evaluation(at: at)
        self.rules = rules
        self.plans = plans
        self.compiled = compiled
        self.fold = fold
    }

    func target(_ reading: ClockReading) -> Target { compiled[reading.plan].targets[reading.target] }

    /// The runs as they stand at that instant, in the order in which they began to exist.
    var clocks: [TicketClock] {
        evaluation.clocks.enumerated().map { index, reading in
            rules.clock(reading, run: index + 1, under: target(reading), at: at)
        }
    }

    /// Why a run, by its position, is due when it is.
    func explanation(of run: Int, atMost limit: Int) throws -> Explanation? {
        try fold.explanation(of: run, at: at, atMost: limit)
    }

    /// The calendar that a target is counted on.
    func calendar(of target: Target) -> CalendarHistory {
        guard !target.unit.isElapsed, let named = rules.calendars[target.calendar] else { return .always }
        return named
    }
}

extension CalendarHistory {
    /// Every second counts.
    static let always = CalendarHistory(.alwaysOpen)
}

/// What a contract would promise for one clock.
struct ClockPromise: Sendable, Equatable {
    let clock: ClockKind
    /// Of a `levelResponse`.
    let level: Int?
    let due: Int
}

extension TicketRules {
    /// What a ticket would be promised if it were opened at an instant.
    func promises(
        plan: PlanReference, severity: Severity, channel: Channel, level: Int = 1, at instant: Int
    ) throws -> [ClockPromise] {
        let opening = TicketFact.Opening(severity: severity, channel: channel, level: level, plan: plan)
        let fact = TicketFact(at: instant, actor: nil, kind: .opened(opening))
        return try TicketCourse([fact], self, at: instant).clocks.compactMap { clock in
            clock.dueAt.map { ClockPromise(clock: clock.clock, level: clock.level, due: $0) }
        }
    }
}
