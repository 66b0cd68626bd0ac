// What the SLA engine and the availability calculator can do in a second.

import Glibc
import SLA

enum SLAFigures {
    /// Each side of a comparison is measured this often, in turns; the best counts.
    private static let turns = 9

    /// `add` and `between` on the office's calendar: how many, whether the distance matters, what they allocate.
    static func additions() -> [Figure] {
        guard let zone = zone("America/Tijuana") else { return [] }
        let calendar = Calendar(officeHours(zone), years: 2016...2035)
        let starts = starts(1_000_000)
        // Open seconds of a day and of five years; `between` takes a day and five years on the wall.
        let day = 8 * 3600
        let fiveYears = 5 * 250 * day
        let (addsDay, addsYears) = rates(starts, day, fiveYears) { start, open in
            ((try? calendar.add(start, open)) ?? start).seconds
        }
        let (betweenDay, betweenYears) = rates(starts, 86_400, 5 * 365 * 86_400) { start, wall in
            calendar.between(start, start.advanced(by: wall) ?? start)
        }
        let allocations = AllocationCount.measure()
        return [
            rate("sla-add: add, a day ahead", addsDay), rate("sla-add: add, five years ahead", addsYears),
            alike("sla-add: add, a day beside five years", addsDay, addsYears),
            rate("sla-add: between, a day apart", betweenDay), rate("sla-add: between, five years apart", betweenYears),
            alike("sla-add: between, a day beside five years", betweenDay, betweenYears),
            Figure(
                name: "sla-add: memory taken by 10,000 of each",
                reached: allocations.map { "\($0) times" } ?? "not counted", against: "never", passed: allocations == 0),
        ]
    }

    /// How many a second for a near and a far distance.
    private static func rates(
        _ starts: [Instant], _ near: Int, _ far: Int, _ body: (Instant, Int) -> Int
    ) -> (near: Double, far: Double) {
        func rate(_ distance: Int) -> Double {
            var sum = 0
            let began = seconds()
            for start in starts { sum &+= body(start, distance) }
            let rate = Double(starts.count) / (seconds() - began)
            // Nobody reads the sum, so it must be looked at.
            return sum == 1 ? 0 : rate
        }
        var best = (near: 0.0, far: 0.0)
        for _ in 0..<turns { best = (max(best.near, rate(near)), max(best.far, rate(far))) }
        return best
    }

    private static func rate(_ name: String, _ rate: Double) -> Figure {
        Figure(
            name: name, reached: "\(Figures.decimal(rate / 1e6, 1)) million/s", against: "at least 5 million/s",
            passed: rate >= 5e6)
    }

    private static func alike(_ name: String, _ one: Double, _ other: Double) -> Figure {
        let apart = (max(one, other) / min(one, other) - 1) * 100
        return Figure(
            name: name, reached: "\(Figures.decimal(apart, 1)) % apart", against: "at most 20 %", passed: apart <= 20)
    }

    static func compiling() -> [Figure] {
        guard let zone = zone("America/Tijuana") else { return [] }
        let definition = officeHours(zone)
        var best = Double.infinity
        for _ in 0..<50 {
            let began = seconds()
            let calendar = Calendar(definition, years: 2016...2035)
            best = min(best, seconds() - began)
            if calendar.between(.earliest, .earliest) != 0 { return [] }
        }
        return [
            Figure(
                name: "sla-compile: a calendar for 20 years", reached: "\(Figures.decimal(best * 1000, 2)) ms",
                against: "at most 1 ms", passed: best <= 0.001)
        ]
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

    /// Instants spread over ten years, in no order; `Tools/business_time.py` makes the same ones.
    static func starts(_ count: Int) -> [Instant] {
        var state: UInt64 = 42
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Instant(clamping: 1_483_228_800 + Int(state >> 33) % 315_360_000)
        }
    }

    static func zone(_ name: String) -> TimeZoneRules? {
        guard let file = fopen("/usr/share/zoneinfo/\(name)", "rb") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
        return try? TimeZoneRules(name: name, tzif: bytes)
    }
}

extension SLAFigures {
    /// A ticket of 20 events under a plan with targets for six clocks and three steps.
    static func tickets() -> [Figure] {
        let kinds: [ClockKind] = [.acknowledge, .firstResponse, .nextResponse, .periodicUpdate, .recovery, .resolution]
        let targets = kinds.flatMap { clock in
            ["1", "2", "3"].map {
                Target(
                    clock, severity: Severity(rawValue: $0), amount: 9, unit: .businessHours, calendar: "office")
            }
        }
        let steps = [50, 80, 100].map { Step(.resolution, percent: $0) }
        guard let zone = zone("America/Tijuana"), let plan = try? Plan(targets: targets, steps: steps) else {
            return []
        }
        let calendars = ["office": CalendarHistory(Calendar(officeHours(zone), years: 2016...2035))]
        let events = ticket()
        let end = Instant(clamping: (events.last?.at.seconds ?? 0) + 3_600)
        let count = 20_000
        var clocks = 0
        var best = 0.0
        for _ in 0..<turns {
            clocks = 0
            let began = seconds()
            for _ in 0..<count {
                clocks += (try? evaluate(events, plan: plan, calendars: calendars, at: end))?.clocks.count ?? 0
            }
            best = max(best, Double(count) / (seconds() - began))
        }
        return [
            Figure(
                name: "sla-ticket: 20 events, 6 clocks with \(clocks / count) runs", reached: "\(Int(best)) tickets/s",
                against: "at least 100000/s", passed: best >= 100_000)
        ]
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
    static func month() -> [Figure] {
        guard let zone = zone("America/Tijuana"), let month = AvailabilityMonth(zone: zone, year: 2026, month: 3) else {
            return []
        }
        var best = Double.infinity
        var minutes = 0
        for _ in 0..<turns {
            let began = seconds()
            minutes = downtime(in: month, services: 100)
            best = min(best, seconds() - began)
        }
        return [
            Figure(
                name: "sla-month: probes of 100 services into days and month (\(minutes) min down)",
                reached: "\(Figures.decimal(best, 3)) s", against: "at most 1 s", passed: best <= 1)
        ]
    }

    private static func downtime(in month: AvailabilityMonth, services: Int) -> Int {
        var state: UInt64 = 7
        var minutes = 0
        for _ in 0..<services {
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
        return minutes
    }
}
