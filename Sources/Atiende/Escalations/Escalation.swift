// What time brings about on a ticket: steps of escalation that are due, breaches, and the closing of what was resolved.
// Everything happens in the transaction of its caller.

internal import SLA
internal import SQL

/// A step of a plan, or a breach, that no fact of the ticket tells of yet.
struct EscalationCause: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case step(PlanReference, position: Int, percent: Int)
        /// The how manieth of its run, from 1: terms that change may be broken again.
        case breach(number: Int)
    }

    let kind: Kind
    let clock: ClockKind
    let level: Int?
    /// From 1.
    let run: Int
    let dueAt: Int

    /// Under which it is claimed, once for each run.
    var key: String {
        switch kind {
        case .step(let plan, let position, _): "step \(plan.key) \(plan.version) \(position)"
        case .breach(let number): "breach \(number)"
        }
    }

    /// As it is told.
    var fact: TicketFact.Kind {
        switch kind {
        case .step(let plan, let position, let percent):
            .fired(
                TicketFact.Firing(
                    plan: plan, step: position, clock: clock, run: run, percent: percent, dueAt: dueAt))
        case .breach: .breached(clock, run: run)
        }
    }
}

extension TicketCourse {
    /// What was due by its instant and is not told in the facts, the longest due first.
    func untold(in facts: [TicketFact]) -> [EscalationCause] {
        guard !evaluation.fired.isEmpty || !evaluation.milestones.isEmpty else { return [] }
        var steps: Set<Told> = []
        var breaches: [Int: Int] = [:]
        for fact in facts {
            switch fact.kind {
            case .fired(let firing): steps.insert(Told(plan: firing.plan, step: firing.step, run: firing.run))
            case .breached(_, let run): breaches[run, default: 0] += 1
            default: break
            }
        }
        var causes: [EscalationCause] = []
        for step in evaluation.fired {
            let (plan, run) = (plans[step.plan], step.run + 1)
            guard !steps.contains(Told(plan: plan, step: step.step, run: run)) else { continue }
            causes.append(
                cause(.step(plan, position: step.step, percent: step.percent), step.clock, run, step.at.seconds))
        }
        var numbers: [Int: Int] = [:]
        for milestone in evaluation.milestones {
            guard case .breached = milestone.kind else { continue }
            let run = milestone.run + 1
            numbers[run, default: 0] += 1
            guard let number = numbers[run], number > breaches[run] ?? 0 else { continue }
            causes.append(cause(.breach(number: number), milestone.clock, run, milestone.at.seconds))
        }
        return causes.enumerated().sorted { ($0.element.dueAt, $0.offset) < ($1.element.dueAt, $1.offset) }
            .map(\.element)
    }

    private func cause(_ kind: EscalationCause.Kind, _ clock: ClockKind, _ run: Int, _ due: Int) -> EscalationCause {
        EscalationCause(
            kind: kind, clock: clock, level: evaluation.clocks[run - 1].level, run: run, dueAt: due)
    }

    private struct Told: Hashable {
        let plan: PlanReference
        let step: Int
        let run: Int
    }
}

extension TicketRules {
    /// When a resolved ticket closes by itself: after the contract's business days of its plan's hours.
    func closesAt(_ state: TicketState) -> Int? {
        guard state.status == .resolved, !state.isMerged, let resolvedAt = state.doneAt else { return nil }
        let instant = Instant(clamping: resolvedAt)
        let hours = contract.plans.first { $0.key == state.plan.key }?.hours ?? contract.attention
        guard let calendar = calendars[hours]?.version(at: instant) else { return nil }
        return (try? calendar.addBusinessDays(instant, contract.closing.days))?.seconds
    }

    /// What a step of a plan does; nil for one that the contract does not have any more.
    func action(of plan: PlanReference, step: Int) -> EscalationStep.Action? {
        guard plan.version == contract.version, let known = contract.plans.first(where: { $0.key == plan.key }),
            known.steps.indices.contains(step)
        else { return nil }
        return known.steps[step].action
    }
}

/// What somebody of the staff is told of a ticket.
struct EscalationNotice: Sendable {
    let audience: EscalationStep.Audience
    let ticket: Ticket
    let cause: EscalationCause
    let percent: Int
    let clock: TicketClock
    /// When it was carried out.
    let at: Int

    var isLate: Bool { at - cause.dueAt >= TicketFact.Firing.lateAfter }
}

extension Connection {
    /// Carries out what is due of a ticket. Returns whom to tell what; nothing of it is left due.
    func escalate(_ id: Ticket.ID, _ rules: TicketRules, at now: Int) throws -> [EscalationNotice] {
        guard let ticket = try ticket(id) else { return [] }
        let at = max(now, ticket.changedAt)
        let facts = try facts(of: id)
        let course = try TicketCourse(facts, rules, at: at)
        let causes = course.untold(in: facts)
        var told: [TicketFact] = []
        var notices: [EscalationNotice] = []
        var change = EscalationChange(ticket, rules)
        for cause in causes {
            told.append(TicketFact(at: at, actor: nil, kind: cause.fact))
            // Claimed before and not told: it was done, and only its fact is missing.
            guard try claim(cause, of: id, at: at), ticket.doneAt == nil,
                case .step(let plan, let position, let percent) = cause.kind,
                let action = rules.action(of: plan, step: position)
            else { continue }
            if case .notify(let audience) = action {
                notices.append(
                    EscalationNotice(
                        audience: audience, ticket: ticket, cause: cause, percent: percent,
                        clock: course.clocks[cause.run - 1], at: at))
            } else {
                change.take(action)
            }
        }
        told += change.facts(at: at)
        var work = TicketWork(on: ticket, by: .program, rules, at: at, in: self)
        if told.isEmpty { try refold(id, rules) } else { try work.bringAbout(told) }
        if work.ticket.status == .resolved {
            let state = try rules.read(try self.facts(of: id)).state
            if let closing = rules.closesAt(state), closing <= at { try work.expire() }
        }
        return notices
    }
}

/// What the steps of one moment do to a ticket, each kind once: the highest level, the gravest severity.
private struct EscalationChange {
    private let ticket: Ticket
    private let rules: TicketRules
    private var level: Int
    private var severity: Severity
    private var notes: [String] = []

    init(_ ticket: Ticket, _ rules: TicketRules) {
        self.ticket = ticket
        self.rules = rules
        level = ticket.level
        severity = ticket.severity
    }

    mutating func take(_ action: EscalationStep.Action) {
        switch action {
        case .notify: break
        case .raiseLevel(let new): level = max(level, new)
        case .raiseSeverity(let new): if rules.rank(new) < rules.rank(severity) { severity = new }
        case .note(let text): notes.append(text)
        }
    }

    /// The next level begins without an assignee.
    func facts(at instant: Int) -> [TicketFact] {
        var facts = notes.map { TicketFact(at: instant, actor: nil, kind: .note, body: $0) }
        if severity != ticket.severity { facts.append(TicketFact(at: instant, actor: nil, kind: .severity(severity))) }
        if level != ticket.level {
            facts.append(TicketFact(at: instant, actor: nil, kind: .level(level)))
            if ticket.assignee != nil { facts.append(TicketFact(at: instant, actor: nil, kind: .assigned(nil))) }
        }
        return facts
    }
}
