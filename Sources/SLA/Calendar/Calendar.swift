// A calendar, compiled: when it is open, how long between two instants, and when an amount of open time is over.

/// A compiled calendar. It never changes; passing it on costs one reference.
///
/// Within the compiled years every answer is a search in a table, whose cost does not depend on how far apart the
/// instants are. Beyond them the answers are as right, but years are compiled for each question: give the years in
/// which tickets live.
public final class Calendar: Sendable {
    public let definition: CalendarDefinition
    let pattern: DayPattern
    let table: CalendarTable

    /// The years that `init(_:years:)` compiles unless told otherwise.
    public static let defaultYears = 2015...2044

    /// At most a hundred years, in seconds: no amount of open time is longer.
    public static let longestAmount = 36_525 * 86_400

    /// Open at every second, in UTC.
    public static let alwaysOpen = Calendar(
        CalendarDefinition(name: "always", zone: .utc, isAlwaysOpen: true), years: 2026...2026)

    /// Compiles the given years (those within 1 to 9999; an empty overlap compiles the nearest one).
    public init(_ definition: CalendarDefinition, years: ClosedRange<Int> = Calendar.defaultYears) {
        self.definition = definition
        pattern = DayPattern(definition)
        let years = years.clamped(to: 1...9999)
        // An always open calendar needs no table.
        let last = definition.isAlwaysOpen ? years.lowerBound : years.upperBound
        table = CalendarTable(
            pattern, definition.zone, start: Self.newYear(years.lowerBound), end: Self.newYear(last + 1))
    }

    public var name: String { definition.name }
    public var zone: TimeZoneRules { definition.zone }

    private static func newYear(_ year: Int) -> Int {
        CivilDate.dayNumber(year: year, month: 1, day: 1) * secondsPerDay
    }

    /// The years compiled at once when a question leaves the table.
    private static let chunk = 16

    /// The table in which an instant lies: the compiled one, or one made for the years around it.
    func table(covering t: Int) -> CalendarTable {
        if t >= table.start, t < table.end { return table }
        let year = CivilDate(unchecked: floorDivide(t, secondsPerDay)).year
        let first = year - floorRemainder(year, Self.chunk)
        let start = Self.newYear(first)
        let end = Self.newYear(first + Self.chunk)
        // Chunks end where the compiled table begins, and begin where it ends.
        return CalendarTable(
            pattern, definition.zone, start: t >= table.end ? max(start, table.end) : start,
            end: t < table.start ? min(end, table.start) : end)
    }
}

extension Calendar {
    /// Whether the clock on the wall shows an open time.
    public func isOpen(_ at: Instant) -> Bool {
        if definition.isAlwaysOpen { return true }
        let table = table(covering: at.seconds)
        let piece = table.piece(closingAfter: at.seconds)
        return piece < table.count && table.open(piece) <= at.seconds
    }

    /// Open seconds in `[from, to)`; 0 when `to` is not after `from`.
    public func between(_ from: Instant, _ to: Instant) -> Int {
        guard from < to else { return 0 }
        if definition.isAlwaysOpen { return to.seconds - from.seconds }
        if from.seconds >= table.start, to.seconds <= table.end {
            return table.total(before: to.seconds) - table.total(before: from.seconds)
        }
        return betweenAcrossTables(from.seconds, to.seconds)
    }

    private func betweenAcrossTables(_ from: Int, _ to: Int) -> Int {
        var sum = 0
        var at = from
        while at < to {
            let table = table(covering: at)
            let end = min(to, table.end)
            sum += table.total(before: end) - table.total(before: at)
            at = end
        }
        return sum
    }

    /// The earliest instant `t ≥ from` with `between(from, t) == seconds`; so the end of a piece rather than the
    /// beginning of the next. Seconds: 0 to `longestAmount`; adding 0 never fails.
    public func add(_ from: Instant, _ seconds: Int) throws(SLAError) -> Instant {
        if seconds == 0 { return from }
        guard 0...Self.longestAmount ~= seconds else {
            throw .amount(seconds, allowed: 0...Self.longestAmount)
        }
        if definition.isAlwaysOpen {
            guard let sum = from.advanced(by: seconds) else { throw .beyondTime(calendar: name) }
            return sum
        }
        if from.seconds >= table.start, from.seconds < table.end, !table.hasLongGap {
            let sum = table.total(before: from.seconds) + seconds
            if sum <= table.total, let end = Instant(seconds: table.instant(reaching: sum)) { return end }
        }
        return try addAcrossTables(from, seconds)
    }

    /// As `add`, table by table, watching how long nothing has been open.
    private func addAcrossTables(_ from: Instant, _ seconds: Int) throws(SLAError) -> Instant {
        var at = from.seconds
        var rest = seconds
        var counted = at
        while at <= Instant.latest.seconds {
            let table = table(covering: at)
            var piece = table.piece(closingAfter: at)
            while piece < table.count {
                let open = max(table.open(piece), at)
                guard open - counted < CalendarTable.horizon else { throw neverOpens(after: counted) }
                let before = table.total(before: open)
                if !table.hasLongGap, rest > table.total - before {
                    rest -= table.total - before
                    counted = table.close(table.count - 1)
                    break
                }
                let length = table.close(piece) - open
                if rest <= length {
                    guard let end = Instant(seconds: open + rest) else { throw .beyondTime(calendar: name) }
                    return end
                }
                rest -= length
                counted = open + length
                piece += 1
            }
            at = table.end
            guard at - counted < CalendarTable.horizon else { throw neverOpens(after: counted) }
        }
        throw .beyondTime(calendar: name)
    }

    private func neverOpens(after seconds: Int) -> SLAError {
        .neverOpens(calendar: name, after: Instant(clamping: seconds))
    }

    /// The earliest open instant that is not before `at`.
    public func nextOpen(_ at: Instant) throws(SLAError) -> Instant {
        if definition.isAlwaysOpen { return at }
        var from = at.seconds
        while from <= Instant.latest.seconds {
            let table = table(covering: from)
            let piece = table.piece(closingAfter: from)
            if piece < table.count {
                let open = max(table.open(piece), from)
                guard open - at.seconds < CalendarTable.horizon else { throw neverOpens(after: at.seconds) }
                guard let instant = Instant(seconds: open) else { throw .beyondTime(calendar: name) }
                return instant
            }
            from = table.end
            guard from - at.seconds < CalendarTable.horizon else { throw neverOpens(after: at.seconds) }
        }
        throw .beyondTime(calendar: name)
    }
}

extension Calendar {
    /// The open times in `[from, to)`, in order, as seconds since 1970, until the body says no. Two may touch where
    /// compiled years do.
    func forEachOpening(_ from: Int, _ to: Int, _ body: (_ open: Int, _ close: Int) -> Bool) {
        guard !definition.isAlwaysOpen else {
            if from < to { _ = body(from, to) }
            return
        }
        var at = from
        while at < to {
            let table = table(covering: at)
            var piece = table.piece(closingAfter: at)
            while piece < table.count, table.open(piece) < to {
                guard body(max(table.open(piece), at), min(table.close(piece), to)) else { return }
                piece += 1
            }
            at = table.end
        }
    }

    /// The open times in `[from, to)` in order, at most so many: what a page draws.
    public func openings(_ from: Instant, _ to: Instant, atMost limit: Int = 1_000) -> [(open: Instant, close: Instant)]
    {
        var openings: [(open: Instant, close: Instant)] = []
        forEachOpening(from.seconds, to.seconds) { open, close in
            guard openings.count < limit else { return false }
            openings.append((Instant(unchecked: open), Instant(unchecked: close)))
            return true
        }
        return openings
    }
}
