// Reads plans and events of golden vectors, and writes readings in the shape of their answers.

import Foundation
import SLA
import Testing

extension JSON {
    func calendars() throws -> [String: CalendarHistory] {
        var calendars: [String: CalendarHistory] = [:]
        for (name, calendar) in try #require(self["calendars"] as? [String: JSON]) {
            calendars[name] = CalendarHistory(SLA.Calendar(try calendar.calendar(name: name), years: 2025...2028))
        }
        return calendars
    }

    func plan() throws -> Plan {
        try Plan(
            targets: list("targets").map { try $0.target() },
            steps: list("steps").map { step in
                Step(
                    try #require(ClockKind(rawValue: step.text("clock"))), percent: try step.number("percent"),
                    severities: (step["severities"] as? [String])?.map(Severity.init(rawValue:)))
            })
    }

    private func target() throws -> Target {
        Target(
            try #require(ClockKind(rawValue: text("clock"))), severity: Severity(rawValue: try text("severity")),
            channel: (self["channel"] as? String).map(Channel.init(rawValue:)), level: self["level"] as? Int,
            amount: try number("amount"), unit: try #require(TargetUnit(rawValue: text("unit"))),
            dayRule: self["dayRule"] as? String == "endOfDay" ? .endOfDay : .sameTime,
            calendar: try text("calendar"), isStrict: self["strict"] as? Bool ?? false,
            pausedBy: try (self["pausedBy"] as? [String])?.reduce(into: StatusSet()) {
                $0.formUnion(StatusSet(try #require(TicketStatus(rawValue: $1))))
            })
    }

    func event() throws -> TicketEvent {
        TicketEvent(at: try instant("at"), try kind())
    }

    private func kind() throws -> TicketEvent.Kind {
        switch try text("type") {
        case "opened":
            .opened(
                severity: Severity(rawValue: try text("severity")), channel: Channel(rawValue: try text("channel")),
                level: try number("level"))
        case "acknowledged": .acknowledged
        case "staffMessage": .staffMessage(level: try number("level"))
        case "customerMessage": .customerMessage
        case "diagnosis": .diagnosis(level: try number("level"))
        case "status": .status(try #require(TicketStatus(rawValue: text("status"))))
        case "severity": .severity(Severity(rawValue: try text("severity")))
        case "level": .level(try number("level"))
        case "recovered": .recovered
        case "rootCause": .rootCause
        case "merged": .merged
        default: throw MalformedVector(what: "type")
        }
    }

    /// A clock of an expected answer, as `ClockReading.line` writes it.
    func clockLine() throws -> String {
        let level = self["level"] as? Int
        let stopped = self["stoppedAt"] as? String
        let due = self["dueAt"] as? String
        return try "\(text("clock")) \(level.map(String.init) ?? "-") \(text("state")) \(text("startedAt")) "
            + "\(stopped ?? "-") \(number("budget")) \(number("consumed")) \(due ?? "-")"
    }
}

extension ClockReading {
    var line: String {
        "\(clock.rawValue) \(level.map(String.init) ?? "-") \(state.rawValue) \(startedAt) "
            + "\(stoppedAt?.description ?? "-") \(budget) \(consumed) \(dueAt?.description ?? "-")"
    }
}
