// How a law says which day of a year is a holiday.

/// A holiday, the years in which its law holds, and how its date follows from the year.
struct HolidayRule: Sendable {
    var name: String
    var since: Int
    var until: Int
    /// Held only every so many years, counted from `since`.
    var every: Int
    var day: Day

    init(_ name: String, since: Int = .min, until: Int = .max, every: Int = 1, _ day: Day) {
        self.name = name
        self.since = since
        self.until = until
        self.every = every
        self.day = day
    }

    enum Day: Sendable {
        case fixed(month: Int, day: Int)
        /// The n-th Monday of a month, n from 1 to 4.
        case monday(Int, ofMonth: Int)
        /// That date if it is a Monday, else the Monday after it.
        case movedToMonday(month: Int, day: Int)
        /// So many days after Easter Sunday.
        case easter(Int)
    }

    /// The holiday in a year between 1583 and 9998, if its law holds then.
    func holiday(in year: Int) -> Holiday? {
        guard since...until ~= year, every == 1 || (year - since) % every == 0 else { return nil }
        return Holiday(date: CivilDate(unchecked: dayNumber(in: year)), name: name)
    }

    private func dayNumber(in year: Int) -> Int {
        switch day {
        case .fixed(let month, let day):
            return CivilDate.dayNumber(year: year, month: month, day: day)
        case .monday(let count, ofMonth: let month):
            return Self.monday(from: CivilDate.dayNumber(year: year, month: month, day: 1)) + (count - 1) * 7
        case .movedToMonday(let month, let day):
            return Self.monday(from: CivilDate.dayNumber(year: year, month: month, day: day))
        case .easter(let days):
            return Self.easter(year) + days
        }
    }

    /// The first Monday that is not before a day.
    private static func monday(from day: Int) -> Int {
        day + floorRemainder(-(day + 3), 7)
    }

    /// The day number of Easter Sunday in the Gregorian calendar.
    ///
    /// The paschal full moon is dated by the golden number and the century's two corrections (leap days left out,
    /// and the moon's own drift); Easter is the Sunday after it.
    static func easter(_ year: Int) -> Int {
        let golden = year % 19
        let century = year / 100
        let moonDrift = (8 * century + 13) / 25
        let age = (19 * golden + century - century / 4 - moonDrift + 15) % 30
        // Two ages are a day too late for the tables of the Church.
        let correction = age == 29 || (age == 28 && golden > 10) ? 1 : 0
        let fullMoon = CivilDate.dayNumber(year: year, month: 3, day: 21) + age - correction
        let weekday = floorRemainder(fullMoon + 3, 7)
        return fullMoon + 7 - (weekday + 1) % 7
    }
}
