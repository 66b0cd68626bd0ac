// Instants in words, as sentences need them: on, since, before.

internal import Markup
internal import SLA

struct Moments: Sendable {
    let words: Words
    let zone: TimeZoneRules
    let now: Int

    /// `hoy a las 20:35`, `mañana a las 12:10`, `el mar 17 nov, 20:35`
    func on(_ instant: Int) -> String {
        near(instant, -1...1) ?? (words.language == .es ? "el " : "on ") + dated(instant)
    }

    /// What follows `desde`: `las 16:52`, `ayer a las 16:52`, `el mar 17 nov, 20:35`.
    func since(_ instant: Int) -> String {
        if daysAhead(instant) == 0 { return clock(instant) }
        return near(instant, -1...1) ?? (words.language == .es ? "el " : "") + dated(instant)
    }

    /// Whether `before(_:)` names a date, before which Spanish puts an article: `antes del mar 17 nov`.
    func isDated(_ instant: Int) -> Bool { !(0...1).contains(daysAhead(instant)) }

    /// What follows `antes de` or `antes del`: `hoy a las 20:35`, `mañana a las 12:10`, `mar 17 nov, 20:35`.
    func before(_ instant: Int) -> String { near(instant, 0...1) ?? dated(instant) }

    /// `hoy 16:52`, `mañana 9:00`, `mar 17 nov, 20:35`: for tables.
    func short(_ instant: Int) -> String {
        let time = words.time(minute: local(instant).second / 60)
        return switch (daysAhead(instant), words.language) {
        case (0, .es): "hoy " + time
        case (0, .en): "today " + time
        case (1, .es): "mañana " + time
        case (1, .en): "tomorrow " + time
        default: dated(instant)
        }
    }

    /// `mar 17 nov, 20:35`; the year only where it is another.
    private func dated(_ instant: Int) -> String {
        let then = local(instant)
        return day(then.date) + ", " + words.time(minute: then.second / 60)
    }

    /// `mar 17 nov`; the year only where it is another.
    func day(_ date: CivilDate) -> String {
        let (year, month, day) = date.parts
        let months =
            words.language == .es
            ? ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]
            : ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let suffix = year == local(now).date.year ? "" : " \(year)"
        return "\(words.weekday(date.weekday).prefix(3)) \(day) \(months[month - 1])\(suffix)"
    }

    /// `ayer`, `hoy`, `mañana` and the time; nil for a day that is not so near.
    private func near(_ instant: Int, _ days: ClosedRange<Int>) -> String? {
        let ahead = daysAhead(instant)
        guard days.contains(ahead) else { return nil }
        let day =
            switch (ahead, words.language) {
            case (-1, .es): "ayer a "
            case (-1, .en): "yesterday at "
            case (0, .es): "hoy a "
            case (0, .en): "today at "
            case (_, .es): "mañana a "
            case (_, .en): "tomorrow at "
            }
        return day + clock(instant)
    }

    private func daysAhead(_ instant: Int) -> Int {
        local(instant).date.dayNumber - local(now).date.dayNumber
    }

    /// `las 16:52`
    func clock(_ instant: Int) -> String { words.clock(local(instant).second / 60) }

    private func local(_ instant: Int) -> WallTime { zone.wallTime(at: Instant(clamping: instant)) }
}
