// The offsets of one time zone for all time: a table of the changes in its file, continued by the rule at its end.

/// The rules of an IANA time zone, read from the bytes of its TZif file (`TimeZoneRules(name:tzif:)`).
///
/// The Gregorian calendar repeats every 400 years to the weekday, so the rule at the end of the file is laid out
/// once for 400 years and answers every later instant: a look-up is one binary search, whatever the date.
public struct TimeZoneRules: Sendable {
    public let name: String
    /// The instants at which the offset changes, ascending.
    private let changes: [Int]
    /// Seconds east of UTC: `offsets[0]` before the first change, `offsets[i + 1]` from `changes[i]` on.
    private let offsets: [Int]
    /// From this instant on, the 400 years before it repeat. Nothing when the last offset stays for ever.
    private let repeatsFrom: Int?

    static let cycle = 146_097 * secondsPerDay

    public static let utc = TimeZoneRules(name: "UTC", initialOffset: 0, changes: [], rule: nil)

    /// A table of changes (ascending) and what follows it.
    init(name: String, initialOffset: Int, changes: [(at: Int, offset: Int)], rule: PosixRule?) {
        self.name = name
        var table = changes
        var repeatsFrom: Int?
        // A rule without daylight time says what the last entry of the table says already.
        if let rule, rule.daylight != nil {
            let from = table.last?.at ?? Instant.earliest.seconds
            let year = CivilDate(unchecked: floorDivide(from, secondsPerDay)).year
            table += rule.changes(years: (year - 1)...(year + 404), after: table.last?.at)
            repeatsFrom = CivilDate.dayNumber(year: year + 402, month: 1, day: 1) * secondsPerDay
        }
        self.repeatsFrom = repeatsFrom
        self.changes = table.map(\.at)
        self.offsets = [initialOffset] + table.map(\.offset)
    }
}

extension TimeZoneRules {
    /// A stretch of time with one offset, `[start, end)` in seconds since 1970.
    struct Stretch {
        var start: Int
        var end: Int
        var offset: Int
    }

    /// Beyond any instant, yet far from overflow.
    private static let never = 1 << 60

    /// The stretch in which an instant lies; `t` may lie a few days outside the years 1 to 9999.
    func stretch(at t: Int) -> Stretch {
        var shift = 0
        if let repeatsFrom, t >= repeatsFrom {
            shift = ((t - repeatsFrom) / Self.cycle + 1) * Self.cycle
        }
        let index = countOfChanges(through: t - shift)
        return Stretch(
            start: index == 0 ? -Self.never : changes[index - 1] + shift,
            end: index == changes.count ? Self.never : changes[index] + shift,
            offset: offsets[index])
    }

    private func countOfChanges(through t: Int) -> Int {
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= t { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Seconds east of UTC at an instant.
    public func offset(at instant: Instant) -> Int {
        stretch(at: instant.seconds).offset
    }

    /// What the clock on the wall shows at an instant.
    public func wallTime(at instant: Instant) -> WallTime {
        WallTime(localSeconds: instant.seconds + offset(at: instant))
    }

    /// The first instant of a local date; of a date that the zone left out, the instant at which it was skipped.
    public func start(of date: CivilDate) -> Instant {
        resolve(localSeconds: date.dayNumber * secondsPerDay).earliest
    }

    /// The instants at which the clock on the wall shows this time.
    public func resolve(_ time: WallTime) -> LocalTime {
        resolve(localSeconds: time.localSeconds)
    }

    /// As `resolve(_:)`, for seconds since 1970-01-01T00:00 on the wall clock.
    func resolve(localSeconds: Int) -> LocalTime {
        var stretch = stretch(at: localSeconds - PosixRule.widestOffset)
        let last = localSeconds + PosixRule.widestOffset
        var first: Int?
        var latest: Int?
        var gapEnd: Int?
        while true {
            let instant = localSeconds - stretch.offset
            if instant >= stretch.start, instant < stretch.end {
                first = first ?? instant
                latest = instant
            }
            guard stretch.end <= last else { break }
            let next = self.stretch(at: stretch.end)
            if instant >= stretch.end, localSeconds - next.offset < stretch.end {
                gapEnd = gapEnd ?? stretch.end
            }
            stretch = next
        }
        guard let first, let latest else {
            return .skipped(until: Instant(clamping: gapEnd ?? localSeconds))
        }
        if first == latest { return .once(Instant(clamping: first)) }
        return .repeated(first: Instant(clamping: first), last: Instant(clamping: latest))
    }
}
