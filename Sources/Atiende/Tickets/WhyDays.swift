// The life of a clock cut into the local days of whoever reads it: what was open, what counted, what stood still.

internal import SLA

/// One row of "why this date". Places are seconds on the wall clock of its day, 0 to 86,400.
struct WhyDay: Sendable, Equatable {
    let date: CivilDate
    let start: Instant
    let end: Instant
    var pieces: [Piece] = []
    /// Seconds that counted until now; nil for a day that is still to come.
    var counted: Int?
    /// Seconds counted since the clock began, at the end of the day or now.
    var total = 0
    var holiday: String?
    /// Seconds by which the wall clock was put forward on this day; negative where it was put back.
    var shift = 0
    /// Marks of now and of the due instant.
    var now: Int?
    var due: Int?

    struct Piece: Sendable, Equatable {
        enum Kind: String, Sendable {
            case open
            case count
            case hold
            case left
        }

        let kind: Kind
        let from: Int
        let to: Int
    }

    var isClosed: Bool { !pieces.contains { $0.kind == .open } }

    /// Whether it looks as another one does and nothing marks either.
    func isAlike(_ other: WhyDay) -> Bool {
        pieces == other.pieces && counted == other.counted && holiday == nil && other.holiday == nil
            && [now, due, other.now, other.due].allSatisfy { $0 == nil } && shift == 0 && other.shift == 0
    }
}

/// Consecutive days in one row.
struct WhySpan: Sendable, Equatable {
    let first: WhyDay
    var last: WhyDay
    var days = 1
    /// Of all its days.
    var counted: Int?
}

struct WhyDays: Sendable, Equatable {
    let days: [WhyDay]
    /// Seconds that had counted before the first of them: the days before are too many to be shown.
    let before: Int

    static let mostDays = 120
    /// Beyond so many days, those that are alike are folded.
    static let mostUnfolded = 12

    /// - Parameters:
    ///   - due: Nil where it is not known: a clock that stands still, or has ended.
    ///   - calendar: On which it counts.
    init(
        _ stretches: [Stretch], on calendar: CalendarHistory, in zone: TimeZoneRules, now: Instant, due: Instant?,
        isLive: Bool
    ) {
        guard let from = stretches.first?.from, let to = stretches.last?.to else {
            (days, before) = ([], 0)
            return
        }
        let lastDay = zone.wallTime(at: Instant(clamping: to.seconds - 1)).date.dayNumber
        let firstDay = max(zone.wallTime(at: from).date.dayNumber, lastDay - Self.mostDays + 1)
        var counter = DayCounter(stretches: stretches, now: isLive ? now : nil)
        var days: [WhyDay] = []
        for number in firstDay...lastDay {
            guard let date = CivilDate(dayNumber: number), let next = date.advanced(by: 1) else { break }
            let start = zone.start(of: date)
            let end = zone.start(of: next)
            var day = WhyDay(date: date, start: start, end: end)
            if days.isEmpty { counter.skip(to: day.start) }
            day.shift = zone.offset(at: day.end) - zone.offset(at: day.start)
            func place(_ instant: Instant) -> Int { Self.place(instant, start, end, zone) }
            // As the calendar stands at the end of the day: an edit of this day shows as what it left.
            for opening in calendar.version(at: day.end).openings(day.start, day.end) {
                day.pieces.append(WhyDay.Piece(kind: .open, from: place(opening.open), to: place(opening.close)))
            }
            counter.take(&day, calendar, place)
            if isLive, day.start <= now, now < day.end { day.now = place(now) }
            if let due, day.start < due, due <= day.end { day.due = place(due) }
            days.append(day)
        }
        self.days = days
        before = counter.before
    }

    /// On the wall clock of the day between two instants.
    private static func place(
        _ instant: Instant, _ start: Instant, _ end: Instant, _ zone: TimeZoneRules
    ) -> Int {
        if instant <= start { return 0 }
        if instant >= end { return 86_400 }
        return zone.wallTime(at: instant).second
    }

    /// The rows: one a day, or where there are many days, one for several that are alike.
    /// - Parameter isNoted: Days of which something is told, which stand alone.
    func spans(isNoted: (WhyDay) -> Bool) -> [WhySpan] {
        var spans: [WhySpan] = []
        for day in days {
            if days.count > Self.mostUnfolded, let last = spans.last, last.last.isAlike(day), !isNoted(day),
                !isNoted(last.last)
            {
                spans[spans.count - 1].last = day
                spans[spans.count - 1].days += 1
                if let counted = day.counted { spans[spans.count - 1].counted = (last.counted ?? 0) + counted }
            } else {
                spans.append(WhySpan(first: day, last: day, counted: day.counted))
            }
        }
        return spans
    }

    /// From where to where the drawing reaches, in whole hours: an hour around what is open, all day where it never closes.
    var axis: (from: Int, to: Int) {
        let open = days.flatMap(\.pieces).filter { $0.kind == .open }
        guard let first = open.map(\.from).min(), let last = open.map(\.to).max(), (first, last) != (0, 86_400) else {
            return (0, 86_400)
        }
        let hour = 3600
        return (max(0, (first / hour - 1) * hour), min(86_400, ((last + hour - 1) / hour + 1) * hour))
    }

    /// The hours that are written above it.
    var hours: [Int] {
        let axis = axis
        let first = axis == (0, 86_400) ? 0 : axis.from / 3600 + 1
        return Array(stride(from: first, through: axis.to / 3600, by: 3))
    }
}

/// Goes through the stretches of a clock day by day.
private struct DayCounter {
    let stretches: [Stretch]
    /// Nil where the clock has ended: all of it is past.
    let now: Instant?
    var before = 0
    private var index = 0
    private var total = 0

    init(stretches: [Stretch], now: Instant?) {
        self.stretches = stretches
        self.now = now
    }

    /// Leaves out what lies before an instant.
    mutating func skip(to start: Instant) {
        while index < stretches.count, stretches[index].to <= start { index += 1 }
        guard index < stretches.count else { return }
        let stretch = stretches[index]
        total =
            stretch.kind == .counted ? stretch.total - max(stretch.from, start).distance(to: stretch.to) : stretch.total
        before = total
    }

    mutating func take(_ day: inout WhyDay, _ calendar: CalendarHistory, _ place: (Instant) -> Int) {
        var counted = 0
        var at = index
        while at < stretches.count, stretches[at].from < day.end {
            let stretch = stretches[at]
            let (from, to) = (max(stretch.from, day.start), min(stretch.to, day.end))
            switch stretch.kind {
            case .counted:
                let middle = now.map { min(max($0, from), to) } ?? to
                counted += from.distance(to: middle)
                add(.count, from, middle, to: &day, place)
                add(.left, middle, to, to: &day, place)
            case .paused:
                for opening in calendar.version(at: to).openings(from, to) {
                    add(.hold, opening.open, opening.close, to: &day, place)
                }
            case .closed: break
            case .holiday(let name): day.holiday = name
            }
            // The last one may go on into the next day.
            if stretch.to > day.end { break }
            at += 1
        }
        index = at
        total += counted
        day.total = total
        day.counted = now.map { day.start > $0 } ?? false ? nil : counted
    }

    private func add(
        _ kind: WhyDay.Piece.Kind, _ from: Instant, _ to: Instant, to day: inout WhyDay, _ place: (Instant) -> Int
    ) {
        let (start, end) = (place(from), place(to))
        // A clock that is put back may show the end before the beginning.
        if start < end { day.pieces.append(WhyDay.Piece(kind: kind, from: start, to: end)) }
    }
}
