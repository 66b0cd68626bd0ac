// What a reading of the wall clock means as an instant, when the clock skips or repeats an hour.

/// A date and a time of day as a clock on the wall shows them, in a zone that the context knows.
public struct WallTime: Hashable, Comparable, Sendable {
    public let date: CivilDate
    /// Seconds since midnight as the clock shows them, 0 to 86,399.
    public let second: Int

    /// Nothing for a second of the day beyond 86,399.
    public init?(date: CivilDate, second: Int) {
        guard 0..<secondsPerDay ~= second else { return nil }
        self.date = date
        self.second = second
    }

    /// Nothing for a time that no clock shows.
    public init?(date: CivilDate, hour: Int, minute: Int, second: Int = 0) {
        guard 0..<24 ~= hour, 0..<60 ~= minute, 0..<60 ~= second else { return nil }
        self.init(date: date, second: hour * 3600 + minute * 60 + second)
    }

    /// From seconds since 1970-01-01T00:00 on the wall clock.
    init(localSeconds: Int) {
        let day = floorDivide(localSeconds, secondsPerDay)
        date = CivilDate(unchecked: day)
        second = localSeconds - day * secondsPerDay
    }

    var localSeconds: Int { date.dayNumber * secondsPerDay + second }

    public static func < (left: WallTime, right: WallTime) -> Bool { left.localSeconds < right.localSeconds }
}

/// The instants at which a wall clock shows a given time.
public enum LocalTime: Hashable, Sendable {
    case once(Instant)
    /// The clock jumps over this time; `until` is the first instant after the gap.
    case skipped(until: Instant)
    /// The clock is put back and shows this time more than once.
    case repeated(first: Instant, last: Instant)

    /// The first instant that shows this time, or the first one after the gap.
    public var earliest: Instant {
        switch self {
        case .once(let instant), .skipped(until: let instant), .repeated(first: let instant, last: _): instant
        }
    }
}
