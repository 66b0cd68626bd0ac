// Facts of tickets as the columns `type` and `payload` keep them. Members that are not read here may be added later.

internal import SLA

extension TicketFact.Kind {
    /// The column `type`.
    var type: String {
        switch self {
        case .opened: "opened"
        case .acknowledged: "acknowledged"
        case .staffMessage: "staffMessage"
        case .customerMessage: "customerMessage"
        case .diagnosis: "diagnosis"
        case .status: "status"
        case .severity: "severity"
        case .level: "level"
        case .recovered: "recovered"
        case .rootCause: "rootCause"
        case .merged: "merged"
        case .planApplied: "planApplied"
        case .note: "note"
        case .assigned: "assigned"
        case .edited: "edited"
        case .followed: "followed"
        case .unfollowed: "unfollowed"
        case .linked: "linked"
        case .unlinked: "unlinked"
        case .agreed: "agreed"
        case .confirmed: "confirmed"
        case .surveyed: "surveyed"
        case .locked: "locked"
        case .unlocked: "unlocked"
        case .fired: "fired"
        case .breached: "breached"
        }
    }

    /// Whether only staff may ever hear of it.
    var isInternal: Bool {
        switch self {
        case .note, .diagnosis, .assigned, .linked, .unlinked, .locked, .unlocked, .fired, .breached: true
        default: false
        }
    }

    /// The column `payload`.
    var payload: JSON {
        switch self {
        case .opened(let opening): opening.payload
        case .staffMessage(let level, let channel):
            channel == .portal
                ? ["level": .int(level)] : ["level": .int(level), "by": .string(channel.rawValue)]
        case .diagnosis(let level, let diagnosis): diagnosis.payload(level: level)
        case .level(let level): ["level": .int(level)]
        case .status(let status): ["status": .string(status.rawValue)]
        case .severity(let severity): ["severity": .string(severity.rawValue)]
        case .planApplied(let plan): ["plan": .string(plan.key), "version": .int(plan.version)]
        case .rootCause(let solution): solution.isEmpty ? [:] : ["solution": .string(solution)]
        case .assigned(let person): person.map { ["person": .int($0.rawValue)] } ?? [:]
        case .followed(let person), .unfollowed(let person): ["person": .int(person.rawValue)]
        case .linked(let link, let other), .unlinked(let link, let other):
            ["link": .string(link.rawValue), "ticket": .int(other.rawValue)]
        case .agreed(let date): date.map { ["date": .string("\($0)")] } ?? [:]
        case .surveyed(let face): ["face": .string(face.rawValue)]
        case .fired(let firing): firing.payload
        case .breached(let clock, let run): ["clock": .string(clock.rawValue), "run": .int(run)]
        case .edited(let edits):
            [
                "edits": .array(
                    edits.map { .array([.string($0.property.rawValue), .string($0.before), .string($0.after)]) })
            ]
        case .acknowledged, .customerMessage, .recovered, .merged, .note, .confirmed, .locked, .unlocked: [:]
        }
    }

    /// Nil for a type that is not known, or without what it needs.
    init?(type: String, payload: JSON) {
        guard let kind = Self.followed(by: type, payload) ?? Self.told(by: type, payload) else { return nil }
        self = kind
    }

    /// What clocks follow.
    private static func followed(by type: String, _ payload: JSON) -> Self? {
        switch type {
        case "opened": TicketFact.Opening(payload).map { .opened($0) }
        case "acknowledged": .acknowledged
        case "staffMessage":
            payload.number("level").map {
                .staffMessage(level: $0, by: payload["by"]?.text.map { Channel(rawValue: $0) } ?? .portal)
            }
        case "customerMessage": .customerMessage
        case "diagnosis": payload.number("level").map { .diagnosis(level: $0, Diagnosis(payload)) }
        case "status": payload["status"]?.text.flatMap(TicketStatus.init).map { .status($0) }
        case "severity": payload["severity"]?.text.map { .severity(Severity(rawValue: $0)) }
        case "level": payload.number("level").map { .level($0) }
        case "recovered": .recovered
        case "rootCause": .rootCause(solution: payload["solution"]?.text ?? "")
        case "merged": .merged
        case "planApplied": payload.plan.map { .planApplied($0) }
        default: nil
        }
    }

    /// What clocks do not follow.
    private static func told(by type: String, _ payload: JSON) -> Self? {
        switch type {
        case "note": .note
        case "assigned": .assigned(payload.person)
        case "edited": edits(payload).map { .edited($0) }
        case "followed": payload.person.map { .followed($0) }
        case "unfollowed": payload.person.map { .unfollowed($0) }
        case "linked": payload.link.map { .linked($0, $1) }
        case "unlinked": payload.link.map { .unlinked($0, $1) }
        case "agreed":
            payload["date"] == nil
                ? .agreed(on: nil) : payload["date"]?.text.flatMap { CivilDate($0) }.map { .agreed(on: $0) }
        case "confirmed": .confirmed
        case "surveyed": payload["face"]?.text.flatMap(SurveyFace.init).map { .surveyed($0) }
        case "locked": .locked
        case "unlocked": .unlocked
        case "fired": TicketFact.Firing(payload).map { .fired($0) }
        case "breached":
            payload.clock.flatMap { clock in payload.number("run").map { .breached(clock, run: $0) } }
        default: nil
        }
    }

    private static func edits(_ payload: JSON) -> [TicketEdit]? {
        guard case .array(let list)? = payload["edits"] else { return nil }
        var edits: [TicketEdit] = []
        for item in list {
            guard case .array(let parts) = item, parts.count == 3,
                let property = parts[0].text.flatMap(TicketProperty.init), let before = parts[1].text,
                let after = parts[2].text
            else { return nil }
            edits.append(TicketEdit(property: property, before: before, after: after))
        }
        return edits
    }
}

extension TicketFact.Opening {
    fileprivate var payload: JSON {
        var object = JSON.Object()
        object["severity"] = .string(severity.rawValue)
        object["channel"] = .string(channel.rawValue)
        object["level"] = .int(level)
        object["plan"] = .string(plan.key)
        object["version"] = .int(plan.version)
        for property in TicketProperty.allCases {
            if let value = properties[property], !value.isEmpty { object[property.rawValue] = .string(value) }
        }
        return .object(object)
    }

    fileprivate init?(_ payload: JSON) {
        guard let severity = payload["severity"]?.text, let channel = payload["channel"]?.text,
            let level = payload.number("level"), let plan = payload.plan
        else { return nil }
        var properties: [TicketProperty: String] = [:]
        for property in TicketProperty.allCases { properties[property] = payload[property.rawValue]?.text }
        self.init(
            severity: Severity(rawValue: severity), channel: Channel(rawValue: channel), level: level, plan: plan,
            properties: properties)
    }
}

extension Diagnosis {
    fileprivate func payload(level: Int) -> JSON {
        var object = JSON.Object()
        object["level"] = .int(level)
        if reproduction != .notTried { object["reproduction"] = .string(reproduction.rawValue) }
        for (key, text) in [
            ("errorMessages", errorMessages), ("expected", expected), ("actual", actual), ("version", version),
            ("environment", environment), ("knownProblem", knownProblem),
        ] where !text.isEmpty {
            object[key] = .string(text)
        }
        return .object(object)
    }

    fileprivate init(_ payload: JSON) {
        func text(_ key: String) -> String { payload[key]?.text ?? "" }
        reproduction = Reproduction(rawValue: text("reproduction")) ?? .notTried
        errorMessages = text("errorMessages")
        expected = text("expected")
        actual = text("actual")
        version = text("version")
        environment = text("environment")
        knownProblem = text("knownProblem")
    }
}

extension TicketFact.Firing {
    fileprivate var payload: JSON {
        [
            "plan": .string(plan.key), "version": .int(plan.version), "step": .int(step),
            "clock": .string(clock.rawValue), "run": .int(run), "percent": .int(percent), "due": .int(dueAt),
        ]
    }

    fileprivate init?(_ payload: JSON) {
        guard let plan = payload.plan, let step = payload.number("step"), let clock = payload.clock,
            let run = payload.number("run"), let percent = payload.number("percent"), let due = payload.number("due")
        else { return nil }
        self.init(plan: plan, step: step, clock: clock, run: run, percent: percent, dueAt: due)
    }
}

extension JSON {
    fileprivate func number(_ key: String) -> Int? {
        if case .int(let number) = self[key] { number } else { nil }
    }

    fileprivate var plan: PlanReference? {
        guard let key = self["plan"]?.text, let version = number("version") else { return nil }
        return PlanReference(key: key, version: version)
    }

    fileprivate var person: Person.ID? { number("person").map(Person.ID.init(rawValue:)) }

    fileprivate var clock: ClockKind? { self["clock"]?.text.flatMap(ClockKind.init) }

    fileprivate var link: (TicketLink, Ticket.ID)? {
        guard let link = self["link"]?.text.flatMap(TicketLink.init), let other = number("ticket") else { return nil }
        return (link, Ticket.ID(rawValue: other))
    }
}
