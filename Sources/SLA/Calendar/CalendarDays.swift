// Counting in days: business dates, and dates of the wall calendar.

/// When a number of business days is over.
public enum DayRule: String, CaseIterable, Sendable {
    /// At the same time of day, or where the day has no such open time, at its next opening or last close.
    case sameTime
    /// At the last close of the day.
    case endOfDay
}

extension Calendar {
    /// The most days that can be counted at once: a hundred years.
    public static let mostDays = 36_525

    /// The date on which counting ends: from the next one on, instants of some zones lie beyond time.
    private static let lastDay = CivilDate.latest.dayNumber - 1

    /// The end of `days` business days (1 to `mostDays`) after an instant.
    ///
    /// Counting begins at the next opening; a business date is a local date with at least one open second.
    public func addBusinessDays(
        _ from: Instant, _ days: Int, _ rule: DayRule = .sameTime
    ) throws(SLAError) -> Instant {
        guard 1...Self.mostDays ~= days else { throw .amount(days, allowed: 1...Self.mostDays) }
        let start = zone.wallTime(at: try nextOpen(from))
        var day = start.date.dayNumber
        for _ in 0..<days { day = try nextBusinessDay(after: day) }
        guard day < Self.lastDay else { throw .beyondTime(calendar: name) }
        let end = rule == .sameTime ? opening(on: day, from: start.second) : nil
        guard let seconds = end ?? lastClose(on: day), let instant = Instant(seconds: seconds) else {
            throw .beyondTime(calendar: name)
        }
        return instant
    }

    /// The same time on the clock `days` dates later (0 to `mostDays`): the first instant after the gap where the
    /// clock skips it, the first of the two where it repeats it.
    public func addCalendarDays(_ from: Instant, _ days: Int) throws(SLAError) -> Instant {
        guard 0...Self.mostDays ~= days else { throw .amount(days, allowed: 0...Self.mostDays) }
        let time = from.seconds + zone.offset(at: from) + days * secondsPerDay
        guard time < Self.lastDay * secondsPerDay else { throw .beyondTime(calendar: name) }
        return zone.resolve(localSeconds: time).earliest
    }

    private func nextBusinessDay(after day: Int) throws(SLAError) -> Int {
        for next in day + 1...day + CalendarTable.horizon / secondsPerDay where hasOpening(on: next) {
            return next
        }
        throw .neverOpens(calendar: name, after: zone.start(of: CivilDate(unchecked: day)))
    }

    private func pieces(of day: Int) -> ArraySlice<DayPiece> {
        definition.isAlwaysOpen ? [DayPiece(open: 0, close: secondsPerDay)] : pattern.pieces(of: day)
    }

    private func hasOpening(on day: Int) -> Bool {
        pieces(of: day).contains { firstInstant(on: day, in: $0) != nil }
    }

    /// The first instant of a piece of a date, or nothing when the clock skips all of it.
    private func firstInstant(on day: Int, in piece: DayPiece) -> Int? {
        let midnight = day * secondsPerDay
        switch zone.resolve(localSeconds: midnight + piece.open) {
        case .once(let instant), .repeated(first: let instant, last: _):
            return instant.seconds
        case .skipped(let end):
            // The wall clock at the end of the gap; in the piece, the piece goes on there.
            return end.seconds + zone.offset(at: end) < midnight + piece.close ? end.seconds : nil
        }
    }

    /// The first open instant of a date at a time of day (seconds) or later; nothing after the last close.
    private func opening(on day: Int, from second: Int) -> Int? {
        for piece in pieces(of: day) where piece.close > second {
            let rest = DayPiece(open: max(piece.open, second), close: piece.close)
            if let instant = firstInstant(on: day, in: rest) { return instant }
        }
        return nil
    }

    /// The end of the last open second of a date, the later one where the clock repeats it.
    private func lastClose(on day: Int) -> Int? {
        let midnight = day * secondsPerDay
        for piece in pieces(of: day).reversed() {
            // The last second before the close that the clock shows; where it skips it, the gap ends the piece.
            switch zone.resolve(localSeconds: midnight + piece.close - 1) {
            case .once(let instant): return instant.seconds + 1
            case .repeated(_, last: let instant): return instant.seconds + 1
            case .skipped(let end):
                if firstInstant(on: day, in: piece) != nil { return end.seconds }
            }
        }
        return nil
    }
}
