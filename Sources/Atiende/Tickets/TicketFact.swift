// Something that happened to a ticket, as its row keeps it and as the engine takes it.

internal import SLA

/// The version of a plan that a ticket is counted by.
struct PlanReference: Hashable, Sendable {
    let key: String
    let version: Int
}

struct TicketFact: Sendable, Equatable {
    /// When it was so.
    let at: Int
    /// Nil where nobody did it: the program.
    let actor: Person.ID?
    let kind: Kind

    enum Kind: Sendable, Equatable {
        /// Always the first.
        case opened(Opening)
        case acknowledged
        case staffMessage(level: Int)
        case customerMessage
        case diagnosis(level: Int)
        case status(TicketStatus)
        case severity(Severity)
        case level(Int)
        case recovered
        case rootCause
        case merged
        case planApplied(PlanReference)
    }

    struct Opening: Sendable, Equatable {
        let severity: Severity
        let channel: Channel
        let level: Int
        let plan: PlanReference
    }
}

// MARK: Rows

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
        }
    }

    /// The column `payload`. Members that are not read here may be added later.
    var payload: JSON {
        switch self {
        case .opened(let opening):
            [
                "severity": .string(opening.severity.rawValue), "channel": .string(opening.channel.rawValue),
                "level": .int(opening.level), "plan": .string(opening.plan.key), "version": .int(opening.plan.version),
            ]
        case .staffMessage(let level), .diagnosis(let level), .level(let level): ["level": .int(level)]
        case .status(let status): ["status": .string(status.rawValue)]
        case .severity(let severity): ["severity": .string(severity.rawValue)]
        case .planApplied(let plan): ["plan": .string(plan.key), "version": .int(plan.version)]
        case .acknowledged, .customerMessage, .recovered, .rootCause, .merged: [:]
        }
    }

    /// Nil for a type that is not known, or without what it needs.
    init?(type: String, payload: JSON) {
        let kind: Self? =
            switch type {
            case "opened": Self.opening(payload)
            case "acknowledged": .acknowledged
            case "staffMessage": payload.number("level").map { .staffMessage(level: $0) }
            case "customerMessage": .customerMessage
            case "diagnosis": payload.number("level").map { .diagnosis(level: $0) }
            case "status": payload["status"]?.text.flatMap(TicketStatus.init).map { .status($0) }
            case "severity": payload["severity"]?.text.map { .severity(Severity(rawValue: $0)) }
            case "level": payload.number("level").map { .level($0) }
            case "recovered": .recovered
            case "rootCause": .rootCause
            case "merged": .merged
            case "planApplied": payload.plan.map { .planApplied($0) }
            default: nil
            }
        guard let kind else { return nil }
        self = kind
    }

    private static func opening(_ payload: JSON) -> Self? {
        guard let severity = payload["severity"]?.text, let channel = payload["channel"]?.text,
            let level = payload.number("level"), let plan = payload.plan
        else { return nil }
        return .opened(
            TicketFact.Opening(
                severity: Severity(rawValue: severity), channel: Channel(rawValue: channel), level: level, plan: plan))
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
}
