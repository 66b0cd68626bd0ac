// Random calendars, plans and tickets for the properties.

import SLA
import Testing

private let zones = [
    "UTC", "America/Mexico_City", "America/Tijuana", "America/Santiago", "America/Havana", "Europe/Madrid",
    "Australia/Lord_Howe", "America/Sao_Paulo",
]

extension SplitMix {
    /// A minute between 2026 and 2027, now and then with seconds.
    mutating func instant() -> Instant {
        Instant(clamping: 1_767_225_600 + next(in: 0...63_000_000) / 60 * 60 + (chance(3) ? next(in: 0...59) : 0))
    }

    mutating func intervals() throws -> [DayInterval] {
        try (0..<next(in: 0...2)).map { _ in
            try #require(DayInterval(open: next(in: 0...95) * 15, close: next(in: 0...96) * 15))
        }
    }

    /// A calendar that opens on Mondays at least, with night shifts, overlaps, holidays and exceptions.
    mutating func calendar(years: ClosedRange<Int> = 2025...2030) throws -> SLA.Calendar {
        var definition = CalendarDefinition(name: "random", zone: try Zones.rules(pick(zones)))
        for day in Weekday.allCases { definition.week[day] = try intervals() }
        definition.week[.monday, default: []].append(try #require(DayInterval("09:00", "12:00")))
        for _ in 0..<next(in: 0...12) {
            let day = try #require(date("2026-01-01").advanced(by: next(in: 0...730)))
            if chance(2) { definition.holidays[day] = "" } else { definition.exceptions[day] = try intervals() }
        }
        return SLA.Calendar(definition, years: years)
    }

    mutating func targets() -> [Target] {
        var targets: [Target] = []
        for clock in ClockKind.allCases {
            for severity in ["1", "2", "3"] where !chance(4) {
                let unit = pick(TargetUnit.allCases)
                let amount = unit == .businessDays || unit == .calendarDays ? next(in: 1...3) : next(in: 1...40)
                targets.append(
                    Target(
                        clock, severity: Severity(rawValue: severity), level: chance(6) ? 2 : nil, amount: amount,
                        unit: unit, dayRule: pick(DayRule.allCases), calendar: "main", isStrict: chance(3),
                        pausedBy: chance(4) ? [.waitingThirdParty] : nil))
            }
        }
        return targets
    }

    /// Events from an opening on, in order.
    mutating func events(_ count: Int) -> [TicketEvent] {
        var at = instant()
        var events = [
            TicketEvent(at: at, .opened(severity: pick(["1", "2", "3"]), channel: "web", level: next(in: 1...3)))
        ]
        for _ in 1..<max(count, 1) {
            at = Instant(clamping: at.seconds + (chance(5) ? 0 : next(in: 60...90_000)))
            events.append(TicketEvent(at: at, event()))
        }
        return events
    }

    private mutating func event() -> TicketEvent.Kind {
        switch next(in: 0...19) {
        case 0...2: .staffMessage(level: next(in: 1...3))
        case 3...5: .customerMessage
        case 6...11: .status(pick(TicketStatus.allCases))
        case 12...13: .severity(pick(["1", "2", "3"]))
        case 14: .level(next(in: 1...3))
        case 15: .recovered
        case 16: .rootCause
        case 17: .acknowledged
        case 18: .diagnosis(level: next(in: 1...3))
        default: chance(8) ? .merged : .customerMessage
        }
    }
}
