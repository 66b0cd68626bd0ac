// A ticket under a contract: opened at a local time, its clocks read from the engine as local times again.

import SLA
import Testing

@testable import Atiende

struct ContractDesk {
    let contract: Contract
    let zone: TimeZoneRules
    private let calendars: [String: CalendarHistory]

    init(_ contract: Contract) throws {
        self.contract = contract
        zone = try Zones().rules(contract.timeZone)
        calendars = contract.calendarHistories(in: zone)
    }

    func plan(_ key: String) throws -> ContractPlan { try #require(contract.plans.first { $0.key == key }) }

    /// `2026-11-13 16:20` in the contract's zone.
    func at(_ text: String) throws -> Instant {
        let parts = text.split(separator: " ")
        let date = try #require(CivilDate(String(parts[0])))
        let digits = parts[1].split(separator: ":").compactMap { Int($0) }
        let wall = try #require(
            WallTime(date: date, hour: digits[0], minute: digits[1], second: digits.count > 2 ? digits[2] : 0))
        return zone.resolve(wall).earliest
    }

    func text(_ instant: Instant) -> String {
        let wall = zone.wallTime(at: instant)
        let seconds = wall.second % 60 == 0 ? "" : ":" + two(wall.second % 60)
        return "\(wall.date) \(two(wall.second / 3600)):\(two(wall.second / 60 % 60))" + seconds
    }

    private func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

    /// The clocks of a ticket that was opened so, and of what happened since.
    func evaluate(
        _ plan: String, _ severity: Severity, opened: String, by channel: Channel = .mail, level: Int = 1,
        _ events: [(String, TicketEvent.Kind)] = [], readAt: String? = nil
    ) throws -> Evaluation {
        let opening = TicketEvent(
            at: try at(opened), .opened(severity: severity, channel: channel, level: level))
        let rest = try events.map { TicketEvent(at: try at($0.0), $0.1) }
        let now = try readAt.map(at) ?? rest.map(\.at).max() ?? opening.at
        return try SLA.evaluate([opening] + rest, plan: self.plan(plan).plan(), calendars: calendars, at: now)
    }

    /// When each clock of a new ticket is due: `["firstResponse": "2026-11-17 14:10"]`; `levelResponse2` at a level.
    func due(
        _ plan: String, _ severity: Severity, opened: String, by channel: Channel = .mail, level: Int = 1,
        _ events: [(String, TicketEvent.Kind)] = []
    ) throws -> [String: String] {
        let evaluation = try evaluate(plan, severity, opened: opened, by: channel, level: level, events)
        var due: [String: String] = [:]
        for clock in evaluation.clocks {
            due[clock.clock.rawValue + (clock.level.map(String.init) ?? "")] = clock.dueAt.map(text)
        }
        return due
    }

    /// The state of a clock.
    func state(
        _ clock: ClockKind, _ plan: String, _ severity: Severity, opened: String, by channel: Channel = .mail,
        _ events: [(String, TicketEvent.Kind)], readAt: String? = nil
    ) throws -> ClockState? {
        try evaluate(plan, severity, opened: opened, by: channel, events, readAt: readAt)
            .clocks.last { $0.clock == clock }?.state
    }
}

/// The targets as the requirements page lists them: `critical firstResponse <2 businessHours`.
extension Target {
    var asListed: String {
        var words = [severity.rawValue, clock.rawValue]
        if let channel { words.append(channel.rawValue) }
        if let level { words.append("level\(level)") }
        return (words + [(isStrict ? "<" : "") + "\(amount)", unit.rawValue, calendar, id]).joined(separator: " ")
    }
}
