// The open pieces of every date, worked out once: seven weekdays, and the dates that differ from theirs.

/// An open piece of one date, in seconds of the wall clock after its midnight, `[open, close)`.
struct DayPiece: Equatable {
    var open: Int
    var close: Int
}

/// Answers which pieces a local date has. Every date's own hours come from its exception, from nothing on a holiday,
/// else from its weekday; what runs over midnight falls on the next date, unless that is a holiday or an exception.
struct DayPattern {
    /// One list after the other; `weekdays` and `special` point into it.
    private(set) var pieces: [DayPiece] = []
    /// Ranges of `pieces`, Monday first.
    private(set) var weekdays: [Range<Int>] = []
    /// The dates that differ from their weekday, ascending.
    private(set) var special: [(day: Int, pieces: Range<Int>)] = []

    init(_ definition: CalendarDefinition) {
        let week = Weekday.allCases.map { definition.week[$0] ?? [] }
        weekdays = []
        for (index, hours) in week.enumerated() {
            weekdays.append(add(own: hours, before: week[(index + 6) % 7]))
        }
        var days = Set(definition.exceptions.keys.map(\.dayNumber))
        days.formUnion(definition.holidays.keys.map(\.dayNumber))
        let followers = days.map { $0 + 1 }.filter { !days.contains($0) }
        for day in days.union(followers).sorted() {
            special.append((day, pieces(of: day, isReplaced: days.contains(day), week: week, definition)))
        }
    }

    private mutating func pieces(
        of day: Int, isReplaced: Bool, week: [[DayInterval]], _ definition: CalendarDefinition
    ) -> Range<Int> {
        let date = CivilDate(unchecked: day)
        if isReplaced { return add(own: definition.exceptions[date] ?? [], before: []) }
        // Only the day after an exception or a holiday comes here: the night shift it gets is theirs.
        let before = definition.exceptions[CivilDate(unchecked: day - 1)] ?? []
        return add(own: week[date.weekday.rawValue], before: before)
    }

    /// Adds the pieces of a date, merged and in order, from its own hours and those of the date before.
    private mutating func add(own: [DayInterval], before: [DayInterval]) -> Range<Int> {
        var all = own.map {
            DayPiece(open: $0.open * 60, close: $0.runsOverMidnight ? secondsPerDay : $0.close * 60)
        }
        all += before.filter { $0.runsOverMidnight && $0.close > 0 }.map { DayPiece(open: 0, close: $0.close * 60) }
        let start = pieces.count
        for piece in all.sorted(by: { $0.open < $1.open }) {
            if pieces.count > start, pieces[pieces.count - 1].close >= piece.open {
                pieces[pieces.count - 1].close = max(pieces[pieces.count - 1].close, piece.close)
            } else {
                pieces.append(piece)
            }
        }
        return start..<pieces.count
    }

    /// The position in `special` of the first date not before a day.
    func firstSpecial(from day: Int) -> Int {
        var low = 0
        var high = special.count
        while low < high {
            let middle = (low + high) / 2
            if special[middle].day < day { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The pieces of a local date, in order and apart from each other.
    func pieces(of day: Int) -> ArraySlice<DayPiece> {
        let index = firstSpecial(from: day)
        if index < special.count, special[index].day == day { return pieces[special[index].pieces] }
        return pieces[weekdays[floorRemainder(day + 3, 7)]]
    }
}
