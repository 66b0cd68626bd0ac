// What the SLA engine and the availability calculator can do in a second, printed beside what they must reach.

import Glibc
import SLA

enum SLABench {
    static func run() {
        guard let zone = zone("America/Tijuana") else {
            print("sla: no tzdata on this machine")
            return
        }
        calendars(zone)
        tickets(zone)
        availability(zone)
    }

    /// Monday to Friday with a lunch break, holidays of twenty years, in a zone that moves its clocks.
    static func officeHours(_ zone: TimeZoneRules) -> CalendarDefinition {
        let hours = [("09:00", "13:00"), ("14:00", "18:00")].compactMap { DayInterval($0.0, $0.1) }
        var definition = CalendarDefinition(name: "office", zone: zone)
        for day in Weekday.allCases.prefix(5) { definition.week[day] = hours }
        for year in 2016...2035 {
            for (month, day) in [(1, 1), (2, 5), (3, 21), (5, 1), (9, 16), (11, 20), (12, 25)] {
                if let date = CivilDate(year: year, month: month, day: day) { definition.holidays[date] = "" }
            }
        }
        return definition
    }

    static func calendars(_ zone: TimeZoneRules) {
        let definition = officeHours(zone)
        var compiled = 0
        let compiling = seconds {
            for _ in 0..<50 { compiled += Calendar(definition, years: 2016...2035).isOpen(.latest) ? 1 : 0 }
        }
        report("compile 20 years of a calendar", compiling / 50 * 1000, "ms", "at most 1")

        let calendar = Calendar(definition, years: 2016...2035)
        let count = 2_000_000
        for (label, distance) in [("a day", 8 * 3600), ("five years", 5 * 250 * 8 * 3600)] {
            let starts = starts(count)
            var sum = 0
            let adding = seconds {
                for start in starts { sum &+= ((try? calendar.add(start, distance)) ?? start).seconds }
            }
            report("add, \(label)", Double(count) / adding / 1e6, "million/s", "at least 5")
            let wall = distance * 86_400 / (8 * 3600) * 7 / 5
            let measuring = seconds {
                for start in starts {
                    sum &+= calendar.between(start, start.advanced(by: wall) ?? start)
                }
            }
            report("between, \(label)", Double(count) / measuring / 1e6, "million/s", "at least 5")
            if sum == 1 { print(sum) }
        }
    }

    /// Instants spread over ten years, in no order.
    private static func starts(_ count: Int) -> [Instant] {
        var state: UInt64 = 42
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Instant(clamping: 1_483_228_800 + Int(state >> 33) % 315_360_000)
        }
    }

    static func report(_ what: String, _ figure: Double, _ unit: String, _ limit: String) {
        let hundredths = Int((figure * 100).rounded())
        let cents = hundredths % 100
        let name = what + String(repeating: " ", count: max(44 - what.utf8.count, 1))
        print("\(name)\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents) \(unit) (\(limit))")
    }

    static func seconds(_ body: () -> Void) -> Double {
        let time = ContinuousClock().measure(body)
        return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    }

    static func zone(_ name: String) -> TimeZoneRules? {
        guard let file = fopen("/usr/share/zoneinfo/\(name)", "rb") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
        return try? TimeZoneRules(name: name, tzif: bytes)
    }
}

extension SLABench {
    /// A ticket of 20 events under a plan with targets for six clocks and three steps.
    static func tickets(_ zone: TimeZoneRules) {
        let kinds: [ClockKind] = [.acknowledge, .firstResponse, .nextResponse, .periodicUpdate, .recovery, .resolution]
        let targets = kinds.flatMap { clock in
            ["1", "2", "3"].map {
                Target(
                    clock, severity: Severity(rawValue: $0), amount: 8 + $0.utf8.count, unit: .businessHours,
                    calendar: "office")
            }
        }
        let steps = [50, 80, 100].map { Step(.resolution, percent: $0) }
        guard let plan = try? Plan(targets: targets, steps: steps) else { return }
        let calendars = ["office": CalendarHistory(Calendar(officeHours(zone), years: 2016...2035))]
        let events = ticket()
        let end = Instant(clamping: (events.last?.at.seconds ?? 0) + 3_600)
        let count = 50_000
        var clocks = 0
        let evaluating = seconds {
            for _ in 0..<count {
                clocks += (try? evaluate(events, plan: plan, calendars: calendars, at: end))?.clocks.count ?? 0
            }
        }
        report("evaluate 20 events, \(clocks / count) runs", Double(count) / evaluating, "tickets/s", "at least 100000")
    }

    private static func ticket() -> [TicketEvent] {
        let kinds: [TicketEvent.Kind] = [
            .opened(severity: "3", channel: "web", level: 1), .acknowledged, .staffMessage(level: 1), .status(.open),
            .customerMessage, .status(.waitingCustomer), .customerMessage, .status(.open), .severity("2"),
            .staffMessage(level: 1), .level(2), .diagnosis(level: 2), .status(.waitingThirdParty), .status(.open),
            .staffMessage(level: 2), .recovered, .customerMessage, .staffMessage(level: 2), .status(.inDevelopment),
            .status(.resolved),
        ]
        return kinds.enumerated().map {
            TicketEvent(at: Instant(clamping: 1_772_463_600 + $0.offset * 5_400), $0.element)
        }
    }

    /// A month of one-minute probes of a hundred services, into daily rows and the month.
    static func availability(_ zone: TimeZoneRules) {
        guard let month = AvailabilityMonth(zone: zone, year: 2026, month: 3) else { return }
        var state: UInt64 = 7
        var minutes = 0
        let measuring = seconds {
            for _ in 0..<100 {
                var probes = ProbeLedger(ProbePolicy())
                var failing = 0
                for second in stride(from: month.start.seconds, to: month.end.seconds, by: 60) {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    if failing == 0, state >> 54 == 0 { failing = Int(state >> 40 & 15) }
                    failing = max(failing - 1, 0)
                    probes.take(Instant(clamping: second), isUp: failing == 0)
                }
                let ledger = ServiceLedger(outages: probes.outages, flickers: probes.flickers)
                let sorted = ServiceMinutes(month, ledger, AvailabilityPolicy())
                minutes += sorted.rows.sum == sorted.total ? sorted.total.downtime : 0
            }
        }
        report("a month of 100 services, \(minutes) min down", measuring, "s", "at most 1")
    }
}
