// The clocks of a ticket as a fold over its events: what starts, stops, pauses and changes them.

/// The clocks of one ticket after some of its events.
///
/// A clock is live or not by the events alone, whether its severity has a target or not; a run exists only under
/// a target. So a change of severity can give a clock its run from the start that it would have had.
public struct TicketFold: Sendable {
    var plan: Plan
    var planNumber = 0
    let calendars: [String: CalendarHistory]
    /// The calendars that the plan has named so far, by its numbers for them.
    var found: [CalendarHistory?] = []
    private var severity = Severity(rawValue: "")
    private var channel = Channel(rawValue: "")
    /// The plan's numbers for severity and channel.
    private(set) var severityNumber = PlanIndex.unknown
    private(set) var channelNumber = PlanIndex.unknown
    private(set) var level = 1
    var history = StatusHistory()
    /// The clocks, by `ClockKind.position`.
    var slots = [Slot](repeating: Slot(), count: ClockKind.allCases.count)
    var runs: [Run] = []
    var fired: [FiredStep] = []
    var milestones: [Milestone] = []
    /// The instant of the last event.
    private(set) var last: Instant?
    private var isMerged = false
    /// Whether a public staff message was ever given.
    private var isAnswered = false

    /// Whether a clock is live, since when, and its run if it has one.
    struct Slot: Sendable {
        var phase = Phase.idle
        var start = Instant.earliest
        var level = 0
        var run: Int?

        enum Phase {
            case idle
            case live
            /// By resolving: reopening lets it go on.
            case resolved
        }
    }

    /// The clocks before anything has happened. Target calendars are found in `calendars` by their names.
    public init(plan: Plan, calendars: [String: CalendarHistory]) {
        self.plan = plan
        self.calendars = calendars
    }

    /// Takes the next event, which is not earlier than the one before. After an error the fold is of no more use.
    public mutating func apply(_ event: TicketEvent) throws(SLAError) {
        if let last, event.at < last { throw .outOfOrder(event.at) }
        let isFirst = last == nil
        last = event.at
        if case .opened(let severity, let channel, let level) = event.kind {
            guard isFirst else { throw .openedTwice(event.at) }
            try open(severity, channel, level, at: event.at)
            return
        }
        guard !isFirst else { throw .notOpened }
        guard !isMerged else { return }
        try fireSteps(until: event.at)
        try take(event.kind, at: event.at)
    }

    private mutating func open(
        _ severity: Severity, _ channel: Channel, _ level: Int, at instant: Instant
    ) throws(SLAError) {
        self.severity = severity
        self.channel = channel
        self.level = level
        number()
        history.append(.new, at: instant)
        for clock in ClockKind.allCases where clock != .nextResponse { try start(clock, at: instant) }
    }

    /// Takes the plan's numbers for what the ticket knows by names.
    private mutating func number() {
        severityNumber = plan.index.number(of: severity)
        channelNumber = plan.index.number(of: channel)
        found = [CalendarHistory?](repeating: nil, count: plan.index.calendars.count)
    }

    private mutating func take(_ kind: TicketEvent.Kind, at instant: Instant) throws(SLAError) {
        switch kind {
        case .opened: break
        case .acknowledged: stop(.acknowledge, at: instant)
        case .staffMessage(let level): try answer(level, at: instant)
        case .customerMessage:
            if isAnswered, !history.status.isDone, slots[ClockKind.nextResponse.position].phase != .live {
                try start(.nextResponse, at: instant)
            }
        case .diagnosis(let level): stopLevelResponse(level, at: instant)
        case .status(let status): try change(to: status, at: instant)
        case .severity(let new):
            severity = new
            severityNumber = plan.index.number(of: new)
            try changeTerms(at: instant)
        case .level(let new):
            level = new
            cancel(.levelResponse, .levelChanged, at: instant)
            if !history.status.isDone { try start(.levelResponse, at: instant) }
        case .recovered: stop(.recovery, at: instant)
        case .rootCause: stop(.rootCause, at: instant)
        case .merged:
            for clock in ClockKind.allCases { cancel(clock, .merged, at: instant) }
            isMerged = true
        case .planApplied(let new):
            carryFiredSteps(to: new)
            plan = new
            planNumber += 1
            number()
            try changeTerms(at: instant)
        }
    }

    private mutating func answer(_ staffLevel: Int, at instant: Instant) throws(SLAError) {
        isAnswered = true
        stop(.firstResponse, at: instant)
        stop(.nextResponse, at: instant)
        stop(.periodicUpdate, at: instant)
        stopLevelResponse(staffLevel, at: instant)
        if !history.status.isDone { try start(.periodicUpdate, at: instant) }
    }

    private mutating func stopLevelResponse(_ staffLevel: Int, at instant: Instant) {
        if staffLevel >= slots[ClockKind.levelResponse.position].level { stop(.levelResponse, at: instant) }
    }

    private mutating func change(to status: TicketStatus, at instant: Instant) throws(SLAError) {
        let wasDone = history.status.isDone
        if status.isDone, !wasDone { resolve(at: instant) }
        history.append(status, at: instant)
        for position in slots.indices where slots[position].phase == .live {
            guard let run = slots[position].run else { continue }
            let counts = !runs[run].terms.stillIn.contains(status)
            if counts != runs[run].isCounting {
                runs[run].settle(at: instant)
                runs[run].isCounting = counts
                scheduleStep(run)
            }
        }
        if wasDone, !status.isDone { try reopen(at: instant) }
    }

    private mutating func resolve(at instant: Instant) {
        for clock in ClockKind.stoppedByResolving where slots[clock.position].phase == .live {
            stop(clock, at: instant)
            slots[clock.position].phase = .resolved
        }
        for clock in ClockKind.cancelledByResolving { cancel(clock, .resolved, at: instant) }
    }

    private mutating func reopen(at instant: Instant) throws(SLAError) {
        for clock in ClockKind.stoppedByResolving where slots[clock.position].phase == .resolved {
            slots[clock.position].phase = .live
            if let run = slots[clock.position].run { revive(run, at: instant) }
        }
        try start(.periodicUpdate, at: instant)
        try changeTerms(at: instant)
    }
}
