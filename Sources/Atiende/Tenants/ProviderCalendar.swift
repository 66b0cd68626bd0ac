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

    /// Every minute of the week.
    var isAlwaysOpen: Bool { openings.reduce(0) { $0 + $1.closes - $1.opens } == 7 * 1440 }
}
