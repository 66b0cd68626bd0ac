// The questions of `atiende sla eval`: one line, one answer.

internal import SLA

enum SLAQuestion {
    case isOpen(Calendar, Instant)
    case between(Calendar, Instant, Instant)
    case add(Calendar, Instant, seconds: Int)
    case nextOpen(Calendar, Instant)
    case addBusinessDays(Calendar, Instant, days: Int, DayRule)
    case addCalendarDays(Calendar, Instant, days: Int)
    case ticket(TicketCase)

    private enum Operation: String, CaseIterable {
        case isOpen
        case between
        case add
        case nextOpen
        case addBusinessDays
        case addCalendarDays
        case ticket

        var keys: [String] {
            switch self {
            case .isOpen, .nextOpen: ["calendar", "at"]
            case .between: ["calendar", "from", "to"]
            case .add: ["calendar", "from", "seconds"]
            case .addBusinessDays: ["calendar", "from", "days", "dayRule"]
            case .addCalendarDays: ["calendar", "from", "days"]
            case .ticket: ["plan", "events", "at"]
            }
        }
    }

    /// Every operand is read before any is missed, so that each fault is noted.
    init?(_ reader: JSONReader, _ plans: CompiledPlans) {
        guard let operation = reader["op"].word(Operation.self) else { return nil }
        reader.allow(["id", "op", "expect"] + operation.keys)
        if operation == .ticket {
            guard let ticket = TicketCase(reader, plans) else { return nil }
            self = .ticket(ticket)
            return
        }
        let calendar = plans.calendars.calendar(reader["calendar"], name: "calendar")
        let start = reader[operation.keys[1]].instant()
        switch operation {
        case .isOpen, .nextOpen, .ticket:
            guard let calendar, let start else { return nil }
            self = operation == .isOpen ? .isOpen(calendar, start) : .nextOpen(calendar, start)
        case .between:
            let end = reader["to"].instant()
            guard let calendar, let start, let end else { return nil }
            self = .between(calendar, start, end)
        case .add:
            let seconds = reader["seconds"].int(in: 0...Calendar.longestAmount)
            guard let calendar, let start, let seconds else { return nil }
            self = .add(calendar, start, seconds: seconds)
        case .addBusinessDays:
            let days = reader["days"].int(in: 1...Calendar.mostDays)
            let rule = reader["dayRule"].ifPresent?.word(DayRule.self)
            guard let calendar, let start, let days else { return nil }
            self = .addBusinessDays(calendar, start, days: days, rule ?? .sameTime)
        case .addCalendarDays:
            let days = reader["days"].int(in: 0...Calendar.mostDays)
            guard let calendar, let start, let days else { return nil }
            self = .addCalendarDays(calendar, start, days: days)
        }
    }

    func answer() throws(SLAError) -> JSON {
        switch self {
        case .isOpen(let calendar, let at): .bool(calendar.isOpen(at))
        case .between(let calendar, let from, let to): .int(calendar.between(from, to))
        case .add(let calendar, let from, let seconds): JSON(try calendar.add(from, seconds))
        case .nextOpen(let calendar, let at): JSON(try calendar.nextOpen(at))
        case .addBusinessDays(let calendar, let from, let days, let rule):
            JSON(try calendar.addBusinessDays(from, days, rule))
        case .addCalendarDays(let calendar, let from, let days): JSON(try calendar.addCalendarDays(from, days))
        case .ticket(let ticket):
            JSON(try evaluate(ticket.events, plan: ticket.plan, calendars: ticket.calendars, at: ticket.at))
        }
    }
}

extension JSON {
    /// RFC 3339 in UTC.
    init(_ instant: Instant) { self = .string(instant.description) }

    fileprivate init(_ evaluation: Evaluation) {
        self = [
            "clocks": .array(evaluation.clocks.map(JSON.init)), "fired": .array(evaluation.fired.map(JSON.init)),
        ]
    }

    private init(_ clock: ClockReading) {
        self = [
            "clock": .string(clock.clock.rawValue), "level": .optional(clock.level),
            "state": .string(clock.state.rawValue), "startedAt": JSON(clock.startedAt),
            "stoppedAt": .optional(clock.stoppedAt?.description), "budget": .int(clock.budget),
            "consumed": .int(clock.consumed), "dueAt": .optional(clock.dueAt?.description),
        ]
    }

    private init(_ step: FiredStep) {
        self = ["step": .int(step.step), "clock": .string(step.clock.rawValue), "at": JSON(step.at)]
    }
}
