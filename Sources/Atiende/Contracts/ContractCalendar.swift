// The hours of a contract: a calendar by name, which closes on the public holidays of a country or does not.

internal import SLA

struct ContractCalendar: Sendable, Equatable {
    var key: String
    var name: Phrase
    var week: [Weekday: [DayInterval]] = [:]
    /// Closed on the public holidays of this country's law.
    var publicHolidays: Country?
    /// Closed on these dates too; a date without a name says nothing.
    var holidays: [CivilDate: String] = [:]
    /// Dates with hours of their own, which win over a holiday.
    var exceptions: [CivilDate: [DayInterval]] = [:]
    var isAlwaysOpen = false
    var clause = ""

    /// Every second of every day, holidays included.
    static func always(_ name: Phrase = Phrase("Las 24 horas", "Around the clock"), clause: String = "") -> Self {
        ContractCalendar(key: "always", name: name, isAlwaysOpen: true, clause: clause)
    }

    /// The years whose public holidays a calendar closes on; what a ticket counts beyond them knows no holidays.
    static let holidayYears = 2015...2060

    /// As the engine takes it.
    func definition(in zone: TimeZoneRules) -> CalendarDefinition {
        CalendarDefinition(
            name: key, zone: zone, week: week, holidays: allHolidays, exceptions: exceptions,
            isAlwaysOpen: isAlwaysOpen)
    }

    /// Those of the law and those listed; of two names for one date the listed one counts.
    var allHolidays: [CivilDate: String] {
        var dates = publicHolidays?.closedDates(in: Self.holidayYears) ?? [:]
        dates.merge(holidays) { _, listed in listed }
        return dates
    }

    /// The weekly hours as pages show them; hours over midnight are cut there.
    var openings: [Provider.Opening] {
        Weekday.allCases.flatMap { day -> [Provider.Opening] in
            let number = day.rawValue + 1
            if isAlwaysOpen { return [Provider.Opening(weekday: number, opens: 0, closes: 1440)] }
            let before = week[Weekday(rawValue: (day.rawValue + 6) % 7) ?? day] ?? []
            let rest = before.filter { $0.close <= $0.open && $0.close > 0 }.map { (opens: 0, closes: $0.close) }
            let own = (week[day] ?? []).map { (opens: $0.open, closes: $0.close <= $0.open ? 1440 : $0.close) }
            return (rest + own).sorted { $0 < $1 }.map {
                Provider.Opening(weekday: number, opens: $0.opens, closes: $0.closes)
            }
        }
    }
}

extension [Weekday: [DayInterval]] {
    /// The same hours on each of some days: `.on([.monday, .friday], "09:00", "18:00")`.
    static func on(_ days: [Weekday], _ open: String, _ close: String) -> Self {
        guard let interval = DayInterval(open, close) else { return [:] }
        return Dictionary(uniqueKeysWithValues: days.map { ($0, [interval]) })
    }

    static func + (left: Self, right: Self) -> Self { left.merging(right) { $0 + $1 } }
}

extension [Weekday] {
    static let mondayToFriday: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    static let mondayToSaturday: [Weekday] = mondayToFriday + [.saturday]
}
