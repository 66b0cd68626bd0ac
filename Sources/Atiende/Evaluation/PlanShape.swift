// A plan and the events of a ticket as JSON, in the shapes of `atiende sla eval`.

internal import SLA

/// A ticket with the plan that it is under.
struct TicketCase {
    let plan: Plan
    let calendars: [String: CalendarHistory]
    let events: [TicketEvent]
    let at: Instant

    /// From `plan`, `events` and `at` of a case, whose other members the caller has looked at.
    init?(_ reader: JSONReader, _ plans: CompiledPlans) {
        let plan = plans.plan(reader["plan"])
        let events = reader["events"].events()
        let at = reader["at"].instant()
        guard let plan, let at else { return nil }
        self.plan = plan.plan
        calendars = plan.calendars
        self.events = events
        self.at = at
    }
}

extension JSONReader {
    /// `{"calendars":{name:…},"targets":[…],"steps":[…]}`
    func plan(_ compiled: CompiledCalendars) -> (plan: Plan, calendars: [String: CalendarHistory])? {
        allow("calendars", "targets", "steps")
        let members = self["calendars"].members(atMost: 32)
        var calendars: [String: CalendarHistory] = [:]
        for (name, calendar) in members {
            calendars[name] = compiled.calendar(calendar, name: name).map { CalendarHistory($0) }
        }
        let names = members.map(\.key)
        let targets = self["targets"].list(atMost: 5_000).map { $0.target(calendars: names) }
        let steps = self["steps"].ifPresent?.list(atMost: 1_000).map { $0.step() } ?? []
        // A target or step that is missing has noted its fault.
        guard !targets.contains(nil), !steps.contains(nil) else { return nil }
        do throws(PlanError) {
            return (try Plan(targets: targets.compactMap(\.self), steps: steps.compactMap(\.self)), calendars)
        } catch {
            fault("\(error)")
            return nil
        }
    }

    /// A target on one of the calendars that are there.
    func target(calendars: [String]) -> Target? {
        allow("clock", "severity", "channel", "level", "amount", "unit", "dayRule", "calendar", "strict", "pausedBy")
        let clock = self["clock"].word(ClockKind.self)
        let severity = self["severity"].name()
        let channel = self["channel"].ifPresent?.name()
        let level = self["level"].ifPresent?.level()
        let unit = self["unit"].word(TargetUnit.self)
        let amount = self["amount"].int(in: unit?.allowedAmounts ?? 1 ... .max)
        let dayRule = self["dayRule"].ifPresent?.word(DayRule.self)
        let calendar = self["calendar"].knownName(among: calendars)
        let isStrict = self["strict"].ifPresent?.bool()
        let pausedBy = self["pausedBy"].ifPresent?.statuses()
        guard let clock, let severity, let amount, let unit, let calendar else { return nil }
        return Target(
            clock, severity: Severity(rawValue: severity), channel: channel.map(Channel.init(rawValue:)), level: level,
            amount: amount, unit: unit, dayRule: dayRule ?? .sameTime, calendar: calendar, isStrict: isStrict ?? false,
            pausedBy: pausedBy)
    }

    func step() -> Step? {
        allow("clock", "percent", "severities")
        let clock = self["clock"].word(ClockKind.self)
        let percent = self["percent"].int(in: 1...1000)
        let severities = self["severities"].ifPresent?.list(atMost: 100).compactMap { $0.name() }
        guard let clock, let percent else { return nil }
        return Step(clock, percent: percent, severities: severities.map { $0.map(Severity.init(rawValue:)) })
    }

    /// The key of a severity, a channel or a cause.
    func name() -> String? { text(atMost: 100) }

    func level() -> Int? { int(in: 1...100) }

    private func knownName(among names: [String]) -> String? {
        guard let name = name() else { return nil }
        if names.contains(name) { return name }
        let nearest = NearestWord.to(name, among: names).map { "; did you mean \($0)?" } ?? ""
        fault("there is no calendar \(name)\(nearest)")
        return nil
    }
}

// Events.

/// The types of events; each has members of its own.
private enum EventType: String, CaseIterable {
    case opened
    case acknowledged
    case staffMessage
    case customerMessage
    case diagnosis
    case status
    case severity
    case level
    case recovered
    case rootCause
    case merged

    var keys: [String] {
        switch self {
        case .opened: ["severity", "channel", "level"]
        case .staffMessage, .diagnosis, .level: ["level"]
        case .status: ["status"]
        case .severity: ["severity"]
        case .acknowledged, .customerMessage, .recovered, .rootCause, .merged: []
        }
    }
}

extension JSONReader {
    func events() -> [TicketEvent] { list(atLeast: 1, atMost: 10_000).compactMap { $0.event() } }

    private func event() -> TicketEvent? {
        let type = self["type"].word(EventType.self)
        let at = self["at"].instant()
        guard let type else { return nil }
        allow(["type", "at"] + type.keys)
        guard let kind = kind(type), let at else { return nil }
        return TicketEvent(at: at, kind)
    }

    private func kind(_ type: EventType) -> TicketEvent.Kind? {
        switch type {
        case .opened:
            let severity = self["severity"].name()
            let channel = self["channel"].name()
            let level = self["level"].level()
            guard let severity, let channel, let level else { return nil }
            return .opened(
                severity: Severity(rawValue: severity), channel: Channel(rawValue: channel), level: level)
        case .acknowledged: return .acknowledged
        case .staffMessage: return self["level"].level().map { .staffMessage(level: $0) }
        case .customerMessage: return .customerMessage
        case .diagnosis: return self["level"].level().map { .diagnosis(level: $0) }
        case .status: return self["status"].word(TicketStatus.self).map { .status($0) }
        case .severity: return self["severity"].name().map { .severity(Severity(rawValue: $0)) }
        case .level: return self["level"].level().map { .level($0) }
        case .recovered: return .recovered
        case .rootCause: return .rootCause
        case .merged: return .merged
        }
    }
}
