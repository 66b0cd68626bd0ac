// The open pieces of some years as instants, in order, with running totals.

/// Every open piece in `[start, end)` of a calendar, ready for binary searches. Seconds since 1970 throughout.
///
/// A class, so that passing it on costs one reference; it never changes.
final class CalendarTable: Sendable {
    /// The longest time without an open second that the operations look across.
    static let horizon = 3_660 * secondsPerDay

    let start: Int
    let end: Int
    /// The instants at which pieces open, ascending; pieces never touch.
    let opens: SortedIndex
    /// Open seconds before each piece, and after the last one: one entry more than there are pieces.
    let totals: SortedIndex
    /// Whether a stretch without an open second reaches the horizon inside this table or from its start on.
    let hasLongGap: Bool

    init(_ pattern: DayPattern, _ zone: TimeZoneRules, start: Int, end: Int) {
        self.start = start
        self.end = end
        var builder = Builder(pattern: pattern, start: start, end: end)
        var stretch = zone.stretch(at: start)
        while true {
            builder.add(stretch)
            guard stretch.end < end else { break }
            stretch = zone.stretch(at: stretch.end)
        }
        var sum = 0
        var closed = start
        var hasLongGap = false
        var totals = [0]
        totals.reserveCapacity(builder.opens.count + 1)
        for (open, close) in zip(builder.opens, builder.closes) {
            if open - closed >= Self.horizon { hasLongGap = true }
            closed = close
            sum += close - open
            totals.append(sum)
        }
        self.hasLongGap = hasLongGap || builder.opens.isEmpty
        self.opens = SortedIndex(builder.opens)
        self.totals = SortedIndex(totals)
    }

    var count: Int { opens.values.count }
    var total: Int { totals.values[count] }

    func open(_ piece: Int) -> Int { opens.values[piece] }

    func close(_ piece: Int) -> Int {
        opens.values[piece] + totals.values[piece + 1] - totals.values[piece]
    }

    /// Open seconds in `[start, t)`; `t` lies in the table or is its end.
    @inline(__always)
    func total(before t: Int) -> Int {
        let piece = opens.count(notAbove: t) - 1
        guard piece >= 0 else { return 0 }
        return min(totals.values[piece] + t - opens.values[piece], totals.values[piece + 1])
    }

    /// The first instant at which the total reaches a sum between 1 and `total`.
    @inline(__always)
    func instant(reaching sum: Int) -> Int {
        let piece = totals.count(notAbove: sum - 1) - 1
        return opens.values[piece] + sum - totals.values[piece]
    }

    /// The first piece that closes after an instant, or `count`.
    func piece(closingAfter t: Int) -> Int {
        let piece = opens.count(notAbove: t) - 1
        return piece >= 0 && close(piece) > t ? piece : piece + 1
    }
}

/// Lays the pieces of local dates out over stretches of time with one offset.
private struct Builder {
    let pattern: DayPattern
    let start: Int
    let end: Int
    var opens: [Int] = []
    var closes: [Int] = []

    init(pattern: DayPattern, start: Int, end: Int) {
        self.pattern = pattern
        self.start = start
        self.end = end
        let expected = (end - start) / secondsPerDay * 2 + 2
        opens.reserveCapacity(expected)
        closes.reserveCapacity(expected)
    }

    /// Adds what is open in a stretch: an hour that the clock skips is in no stretch, one that it repeats is in two.
    mutating func add(_ stretch: TimeZoneRules.Stretch) {
        let from = max(stretch.start, start)
        let to = min(stretch.end, end)
        guard from < to else { return }
        let lastDay = floorDivide(to + stretch.offset - 1, secondsPerDay)
        var day = floorDivide(from + stretch.offset, secondsPerDay)
        var weekday = floorRemainder(day + 3, 7)
        var special = pattern.firstSpecial(from: day)
        while day <= lastDay {
            var range = pattern.weekdays[weekday]
            if special < pattern.special.count, pattern.special[special].day == day {
                range = pattern.special[special].pieces
                special += 1
            }
            let midnight = day * secondsPerDay - stretch.offset
            for index in range {
                let piece = pattern.pieces[index]
                append(max(midnight + piece.open, from), min(midnight + piece.close, to))
            }
            day += 1
            weekday = weekday == 6 ? 0 : weekday + 1
        }
    }

    private mutating func append(_ open: Int, _ close: Int) {
        guard open < close else { return }
        if let last = closes.last, last == open {
            closes[closes.count - 1] = close
        } else {
            opens.append(open)
            closes.append(close)
        }
    }
}
