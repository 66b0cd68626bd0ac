// What holds for every ledger of outages, tried on random ones.

import SLA
import Testing

@Suite struct UptimePropertyTests {
    private let policies = [
        AvailabilityPolicy(), AvailabilityPolicy(maintenanceCounts: true),
        AvailabilityPolicy(excludedCauses: [.thirdParty], noticeMinutes: 0),
    ]

    private func ledger(_ random: inout SplitMix, in month: AvailabilityMonth) -> ServiceLedger {
        func interval(_ random: inout SplitMix) -> (Instant, Instant) {
            let from = random.next(in: month.start.seconds - 200_000...month.end.seconds)
            return (Instant(clamping: from), Instant(clamping: from + random.next(in: 1...60_000)))
        }
        var ledger = ServiceLedger()
        for _ in 0..<random.next(in: 0...8) {
            let (from, to) = interval(&random)
            ledger.outages.append(
                Outage(from: from, to: random.chance(10) ? nil : to, cause: random.chance(3) ? .thirdParty : .provider))
            let (start, end) = interval(&random)
            let at = Instant(clamping: start.seconds - random.next(in: 0...400_000))
            ledger.windows.append(
                MaintenanceWindow(start: start, end: end, announcements: [Announcement(channel: "mail", at: at)]))
            let seconds = interval(&random)
            ledger.unknown = ledger.unknown.union(IntervalSet([seconds.0.seconds..<seconds.1.seconds]))
            ledger.flickers.append(interval(&random).0)
        }
        return ledger
    }

    private func forRandomLedgers(
        _ seed: UInt64,
        _ property: (inout SplitMix, AvailabilityMonth, ServiceLedger, AvailabilityPolicy) throws -> Void
    ) throws {
        var random = SplitMix(seed: seed)
        let names = [
            "America/Mexico_City", "America/Tijuana", "Australia/Lord_Howe", "America/Havana", "Europe/Madrid",
        ]
        for round in 0..<1_000 {
            let hours = round % 3 == 0 ? try random.calendar() : nil
            let month = try #require(
                AvailabilityMonth(
                    zone: try Zones.rules(random.pick(names)), year: 2026, month: random.next(in: 1...12),
                    contractFrom: random.chance(4) ? random.instant() : nil, serviceHours: hours))
            try property(&random, month, ledger(&random, in: month), random.pick(policies))
        }
    }

    @Test func `the rows of the days add up to the month`() throws {
        try forRandomLedgers(31) { random, month, ledger, policy in
            let minutes = ServiceMinutes(month, ledger, policy)
            #expect(minutes.rows.sum == minutes.total)
            let figure = minutes.total
            let parts = figure.downtime + figure.plannedDowntime + figure.excluded
            #expect(parts <= figure.totalTime && figure.measuredTime >= figure.downtime)
        }
    }

    @Test func `an outage entered in two parts counts the same`() throws {
        try forRandomLedgers(32) { random, month, ledger, policy in
            var parts = ledger
            parts.outages = ledger.outages.flatMap { outage -> [Outage] in
                guard let to = outage.to, outage.from.distance(to: to) > 2 else { return [outage] }
                let middle = Instant(clamping: random.next(in: outage.from.seconds + 1...to.seconds - 1))
                return [
                    Outage(from: middle, to: to, cause: outage.cause),
                    Outage(from: outage.from, to: middle, cause: outage.cause),
                ]
            }
            #expect(ServiceMinutes(month, parts, policy).total == ServiceMinutes(month, ledger, policy).total)
        }
    }

    @Test func `minutes are counted as if one by one`() throws {
        var random = SplitMix(seed: 33)
        func set(_ random: inout SplitMix) -> IntervalSet {
            IntervalSet(
                (0..<random.next(in: 0...6)).map { _ in
                    let from = random.next(in: -50...50)
                    return from..<from + random.next(in: 0...20)
                })
        }
        for _ in 0..<3_000 {
            let sets = [set(&random), set(&random), set(&random)]
            let numbers = sets.map { Set($0.ranges.flatMap { Array($0) }) }
            func elements(_ set: IntervalSet) -> Set<Int> { Set(set.ranges.flatMap { Array($0) }) }
            #expect(elements(sets[0].union(sets[1])) == numbers[0].union(numbers[1]))
            #expect(elements(sets[0].intersection(sets[1])) == numbers[0].intersection(numbers[1]))
            #expect(elements(sets[0].subtracting(sets[1])) == numbers[0].subtracting(numbers[1]))
            for count in 1...3 {
                let expected = Set((-60...80).filter { number in numbers.count { $0.contains(number) } >= count })
                #expect(elements(.inAtLeast(count, of: sets)) == expected)
            }
            let range = random.next(in: -60...0)..<random.next(in: 1...60)
            #expect(sets[0].count(in: range) == numbers[0].count { range.contains($0) })
        }
    }
}
