// The rule for the years after the table of a TZif file: a POSIX TZ string with the extended hours of RFC 8536 § 3.3.1.

/// A standard offset and, where clocks are moved, the two days of the year on which that happens.
struct PosixRule {
    /// RFC 8536 § 3.2 keeps offsets within a day and two hours; nothing wider is accepted.
    static let widestOffset = 26 * 3600

    /// Seconds east of UTC.
    var standardOffset: Int
    var daylight: Daylight?

    struct Daylight {
        var offset: Int
        var start: Day
        var end: Day
    }

    /// A day of the year and a time on it.
    struct Day {
        var kind: Kind
        /// Seconds after local midnight, −167 h to 167 h.
        var time: Int

        enum Kind {
            /// `Jn`: 1 to 365, 29 February never counted.
            case withoutLeapDay(Int)
            /// `n`: 0 to 365, 29 February counted.
            case withLeapDay(Int)
            /// `Mm.w.d`: the w-th weekday (0 Sunday) of a month; week 5 is the last one.
            case weekday(month: Int, week: Int, weekday: Int)
        }

        /// Seconds since 1970 on the wall clock in force before the change.
        func localSeconds(year: Int) -> Int {
            dayNumber(year: year) * secondsPerDay + time
        }

        private func dayNumber(year: Int) -> Int {
            let newYear = CivilDate.dayNumber(year: year, month: 1, day: 1)
            switch kind {
            case .withoutLeapDay(let day):
                return newYear + day - 1 + (CivilDate.isLeap(year) && day >= 60 ? 1 : 0)
            case .withLeapDay(let day):
                return newYear + day
            case .weekday(let month, let week, let weekday):
                let first = CivilDate.dayNumber(year: year, month: month, day: 1)
                // Day numbers shifted by four count from a Sunday.
                let firstMatch = first + floorRemainder(weekday - (first + 4), 7)
                let day = firstMatch + (week - 1) * 7
                return day >= first + CivilDate.days(inMonth: month, year: year) ? day - 7 : day
            }
        }
    }

    /// Every change of the given years that lies after an instant, ascending.
    func changes(years: ClosedRange<Int>, after: Int?) -> [(at: Int, offset: Int)] {
        guard let daylight else { return [] }
        var all: [(at: Int, offset: Int)] = []
        all.reserveCapacity(years.count * 2)
        for year in years {
            let start = (at: daylight.start.localSeconds(year: year) - standardOffset, offset: daylight.offset)
            let end = (at: daylight.end.localSeconds(year: year) - daylight.offset, offset: standardOffset)
            if start.at <= end.at {
                all.append(start)
                all.append(end)
            } else {
                all.append(end)
                all.append(start)
            }
        }
        return Self.inOrder(all, after: after)
    }

    /// Puts changes in order. Of two in the same second the later listed wins: that is how a rule says
    /// "daylight time all year", whose end and next start coincide.
    private static func inOrder(_ all: [(at: Int, offset: Int)], after: Int?) -> [(at: Int, offset: Int)] {
        let order = all.indices.sorted { (all[$0].at, $0) < (all[$1].at, $1) }
        var result: [(at: Int, offset: Int)] = []
        result.reserveCapacity(all.count)
        for index in order where after.map({ all[index].at > $0 }) ?? true {
            if result.last?.at == all[index].at { result.removeLast() }
            result.append(all[index])
        }
        return result
    }
}
