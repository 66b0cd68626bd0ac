// When a provider attends.

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
        return Calendar(CalendarDefinition(name: name, zone: zone, week: week))
    }

    /// When a stretch of hours ends: the minute (up to 1440) of the day that is so many days ahead.
    struct Closing: Equatable {
        let daysAhead: Int
        let minute: Int
    }

    /// The end of the hours that run at a minute of a weekday (1 is Monday); nil where none do. Hours that go on after
    /// midnight are one stretch with those before it. Never of a provider that is always open.
    func closing(weekday: Int, minute: Int) -> Closing? {
        guard var current = openings.first(where: { $0.weekday == weekday && $0.opens <= minute && minute < $0.closes })
        else { return nil }
        var daysAhead = 0
        while daysAhead < 7 {
            let isMidnight = current.closes == 1440
            let day = isMidnight ? current.weekday % 7 + 1 : current.weekday
            let start = isMidnight ? 0 : current.closes
            guard let next = openings.first(where: { $0.weekday == day && $0.opens == start }) else { break }
            if isMidnight { daysAhead += 1 }
            current = next
        }
        return Closing(daysAhead: daysAhead, minute: current.closes)
    }

    /// Every minute of the week.
    var isAlwaysOpen: Bool { openings.reduce(0) { $0 + $1.closes - $1.opens } == 7 * 1440 }
}
