// What holds for every calendar, tried on random ones.

import SLA
import Testing

@Suite struct CalendarPropertyTests {
    /// Calls a property with random calendars, twenty cases each.
    private func forRandomCases(
        _ seed: UInt64, _ property: (inout SplitMix, SLA.Calendar) throws -> String?
    ) throws {
        var random = SplitMix(seed: seed)
        var wrong: [String] = []
        for _ in 0..<150 {
            let calendar = try random.calendar()
            for _ in 0..<20 {
                if let fault = try property(&random, calendar) { wrong.append("\(calendar.definition): \(fault)") }
            }
        }
        #expect(wrong.prefix(3) == [])
    }

    @Test func `what is added lies between, and a second earlier it does not`() throws {
        try forRandomCases(1) { random, calendar in
            let from = random.instant()
            let amount = random.next(in: 1...2_000_000)
            let end = try calendar.add(from, amount)
            let before = try #require(end.advanced(by: -1))
            let isRight = calendar.between(from, end) == amount && calendar.between(from, before) == amount - 1
            return isRight ? nil : "\(from) + \(amount) = \(end)"
        }
    }

    @Test func `a later start or a greater amount never ends earlier`() throws {
        try forRandomCases(2) { random, calendar in
            let from = random.instant()
            let later = Instant(clamping: from.seconds + random.next(in: 0...400_000))
            let amount = random.next(in: 0...500_000)
            let more = amount + random.next(in: 0...100_000)
            let end = try calendar.add(from, amount)
            // Adding nothing ends where it starts, open or not; everything else ends after an open second.
            let isRight = try calendar.add(later, amount) >= end && calendar.add(from, more) >= end && end >= from
            return isRight || amount == 0 ? nil : "\(from), \(later): \(amount), \(more)"
        }
    }

    @Test func `what lies between adds up`() throws {
        try forRandomCases(3) { random, calendar in
            let instants = [random.instant(), random.instant(), random.instant()].sorted()
            let sum = calendar.between(instants[0], instants[1]) + calendar.between(instants[1], instants[2])
            return sum == calendar.between(instants[0], instants[2]) ? nil : "\(instants)"
        }
    }

    @Test func `the next opening is open, and nothing before it is`() throws {
        try forRandomCases(4) { random, calendar in
            let from = random.instant()
            let open = try calendar.nextOpen(from)
            let isRight = calendar.isOpen(open) && calendar.between(from, open) == 0 && open >= from
            return isRight ? nil : "\(from) → \(open)"
        }
    }

    @Test func `an instant is open when the clock on the wall says so`() throws {
        try forRandomCases(5) { random, calendar in
            let at = random.instant()
            let wall = calendar.zone.wallTime(at: at)
            let isOpen = opens(calendar.definition, wall.date, wall.second)
            return calendar.isOpen(at) == isOpen ? nil : "\(at)"
        }
    }

    /// Straight from the definition, without tables.
    private func opens(_ definition: CalendarDefinition, _ date: CivilDate, _ second: Int) -> Bool {
        func hours(_ date: CivilDate) -> [DayInterval] {
            if let exception = definition.exceptions[date] { return exception }
            return definition.holidays[date] == nil ? definition.week[date.weekday] ?? [] : []
        }
        let minute = second / 60
        let own = hours(date).contains { $0.open <= minute && ($0.close <= $0.open || minute < $0.close) }
        let takesOver = definition.exceptions[date] == nil && definition.holidays[date] == nil
        let night = date.advanced(by: -1).map(hours) ?? []
        return own || takesOver && night.contains { $0.close <= $0.open && minute < $0.close }
    }

    @Test func `which years are compiled changes no answer`() throws {
        var random = SplitMix(seed: 6)
        for _ in 0..<60 {
            let wide = try random.calendar(years: 2026...2028)
            let years = [1970...1970, 2026...2026, 2027...2027, 9999...9999]
            let narrow = SLA.Calendar(wide.definition, years: random.pick(years))
            let from = random.instant()
            let to = random.instant()
            let amount = random.next(in: 1...900_000)
            let days = random.next(in: 1...9)
            #expect(wide.between(from, to) == narrow.between(from, to))
            #expect(try wide.add(from, amount) == narrow.add(from, amount))
            #expect(try wide.nextOpen(from) == narrow.nextOpen(from))
            #expect(try wide.addBusinessDays(from, days) == narrow.addBusinessDays(from, days))
        }
    }

    @Test func `around the clock counts wall time in every zone`() throws {
        var random = SplitMix(seed: 7)
        for name in ["America/Tijuana", "Australia/Lord_Howe", "America/Havana", "UTC"] {
            let written = try calendar(
                name, [("00:00", "24:00")], days: Weekday.allCases[...], years: 2025...2029)
            for calendar in [written, .alwaysOpen] {
                for _ in 0..<1_000 {
                    let from = random.instant()
                    let to = Instant(clamping: from.seconds + random.next(in: 0...40_000_000))
                    #expect(calendar.between(from, to) == from.distance(to: to))
                    #expect(try calendar.add(from, from.distance(to: to)) == to)
                }
            }
        }
    }

    @Test func `business days end on business dates, in order, and never before they begin`() throws {
        try forRandomCases(8) { random, calendar in
            let from = random.instant()
            let days = random.next(in: 1...10)
            let same = try calendar.addBusinessDays(from, days)
            let end = try calendar.addBusinessDays(from, days, .endOfDay)
            let next = try calendar.addBusinessDays(from, days + 1)
            let isRight = from < same && same <= end && end <= next && calendar.between(from, same) > 0
            return isRight ? nil : "\(from) + \(days): \(same), \(end), \(next)"
        }
    }

    @Test func `amounts out of bounds and ends of time are refused and never trapped on`() throws {
        let office = try mexicanOffice()
        for amount in [-1, Int.min, Int.max, SLA.Calendar.longestAmount + 1] {
            #expect(throws: SLAError.self) { try office.add(.earliest, amount) }
            #expect(throws: SLAError.self) { try office.addBusinessDays(.earliest, amount) }
            #expect(throws: SLAError.self) { try office.addCalendarDays(.earliest, amount) }
        }
        #expect(throws: SLAError.self) { try office.add(.latest, 100_000) }
        #expect(throws: SLAError.self) { try office.addBusinessDays(.latest, 5) }
        #expect(throws: SLAError.self) { try office.addCalendarDays(.latest, 5) }
        #expect(throws: SLAError.self) { try SLA.Calendar.alwaysOpen.add(.latest, 1) }
        #expect(office.between(.latest, .earliest) == 0)
        _ = try office.nextOpen(.earliest)
    }

    @Test func `an edit that changes nothing changes no answer, and an edit never rewrites the past`() throws {
        try forRandomCases(9) { random, calendar in
            let other = try random.calendar()
            let edit = random.instant()
            let same = CalendarHistory(calendar, edits: [(edit, calendar)])
            let edited = CalendarHistory(calendar, edits: [(edit, other)])
            let from = random.instant()
            let to = Instant(clamping: from.seconds + random.next(in: 0...9_000_000))
            let amount = random.next(in: 1...900_000)
            let end = try edited.add(from, amount)
            let parts = calendar.between(from, min(max(edit, from), to)) + other.between(max(edit, from), to)
            let isRight =
                try same.between(from, to) == calendar.between(from, to)
                && same.add(from, amount) == calendar.add(from, amount)
                && edited.between(from, to) == parts && edited.between(from, end) == amount
            return isRight ? nil : "\(from), \(to), edited at \(edit)"
        }
    }
}
