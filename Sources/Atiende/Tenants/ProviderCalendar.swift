// When a provider attends: its weekly hours, and the days of its contract on which they do not hold.

internal import SLA

extension Provider {
    func calendar(in zone: TimeZoneRules) -> Calendar {
        var week: [Weekday: [DayInterval]] = [:]
        for opening in openings {
            guard let day = Weekday(rawValue: opening.weekday - 1),
                let interval = DayInterval(open: opening.opens, close: opening.closes)
            else { continue }
            week[day, default: []].append(interval)
        }
        let contract = attention
        return Calendar(
            CalendarDefinition(
                name: name, zone: zone, week: week, holidays: isAlwaysOpen ? [:] : contract?.allHolidays ?? [:],
                exceptions: contract?.exceptions ?? [:]))
    }

    /// The calendar of the contract that says when somebody attends.
    private var attention: ContractCalendar? { Contract.named(contract).flatMap { $0.calendar($0.attention) } }

    /// Whether public holidays are without hours.
    var closesOnHolidays: Bool { !isAlwaysOpen && attention?.publicHolidays != nil }

    /// Every minute of the week.
    var isAlwaysOpen: Bool { openings.reduce(0) { $0 + $1.closes - $1.opens } == 7 * 1440 }
}

extension Provider {
    /// Where its customers are, unless they say otherwise.
    var country: Country { Country(rawValue: String(locale.suffix(2))) ?? .mexico }
}

extension Calendar {
    /// When a stretch of hours ends: the minute (up to 1440) of the day that is so many days ahead.
    struct Closing: Equatable {
        let daysAhead: Int
        let minute: Int
    }

    /// The end of the hours that run at an instant; nil where none do. Hours that go on after midnight are one stretch
    /// with those before it; nil too where they go on for a week.
    func closing(after now: Instant) -> Closing? {
        let week = Instant(clamping: now.seconds + 7 * 86_400)
        var end = now
        for piece in openings(now, week) where piece.open == end { end = piece.close }
        guard now < end, end < week else { return nil }
        let last = zone.wallTime(at: Instant(clamping: end.seconds - 1))
        return Closing(
            daysAhead: last.date.dayNumber - zone.wallTime(at: now).date.dayNumber, minute: last.second / 60 + 1)
    }

    /// The hours of a local date, in minutes of its clock.
    func hours(of date: CivilDate) -> [(opens: Int, closes: Int)] {
        guard let next = date.advanced(by: 1) else { return [] }
        return openings(zone.start(of: date), zone.start(of: next)).map { open, close in
            let last = zone.wallTime(at: Instant(clamping: close.seconds - 1))
            return (zone.wallTime(at: open).second / 60, last.second / 60 + 1)
        }
    }

    /// What a date without hours is called, if it has a name.
    func holiday(on date: CivilDate) -> String? {
        guard !definition.isAlwaysOpen, definition.exceptions[date] == nil else { return nil }
        return definition.holidays[date].flatMap { $0.isEmpty ? nil : $0 }
    }
}
