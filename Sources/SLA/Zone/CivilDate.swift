// Dates of the Gregorian calendar, with no time and no zone.

/// A date between 0001-01-01 and 9999-12-31, held as the number of days since 1970-01-01.
public struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01; negative before it.
    public let dayNumber: Int

    public static let earliest = CivilDate(unchecked: -719_162)
    public static let latest = CivilDate(unchecked: 2_932_896)

    /// Nothing when the day lies outside the years 1 to 9999.
    public init?(dayNumber: Int) {
        guard dayNumber >= Self.earliest.dayNumber, dayNumber <= Self.latest.dayNumber else { return nil }
        self.dayNumber = dayNumber
    }

    /// Nothing when no such date exists (30 February, year 0).
    public init?(year: Int, month: Int, day: Int) {
        guard 1...9999 ~= year, 1...12 ~= month, day >= 1, day <= Self.days(inMonth: month, year: year) else {
            return nil
        }
        self.init(unchecked: Self.dayNumber(year: year, month: month, day: day))
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    public init?(_ text: String) {
        var bytes = DigitReader(text)
        guard let year = bytes.number(digits: 4), bytes.skip("-"), let month = bytes.number(digits: 2),
            bytes.skip("-"), let day = bytes.number(digits: 2), bytes.isAtEnd
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// For day numbers that this module worked out itself; may lie a little beyond the years 1 to 9999.
    init(unchecked dayNumber: Int) {
        self.dayNumber = dayNumber
    }

    public var year: Int { parts.year }
    public var month: Int { parts.month }
    public var day: Int { parts.day }

    public var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        Weekday(rawValue: floorRemainder(dayNumber + 3, 7)) ?? .monday
    }

    /// The date so many days later (earlier when negative); nothing beyond the years 1 to 9999.
    public func advanced(by days: Int) -> CivilDate? {
        let (sum, overflow) = dayNumber.addingReportingOverflow(days)
        return overflow ? nil : CivilDate(dayNumber: sum)
    }

    /// ISO 8601, `YYYY-MM-DD`.
    public var description: String {
        var text = DigitWriter()
        text.append(self)
        return text.string
    }

    public static func < (left: CivilDate, right: CivilDate) -> Bool { left.dayNumber < right.dayNumber }

    public static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// Days of a month; 0 for a month that does not exist.
    public static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 1, 3, 5, 7, 8, 10, 12: 31
        case 4, 6, 9, 11: 30
        case 2: isLeap(year) ? 29 : 28
        default: 0
        }
    }
}

extension CivilDate {
    /// Year, month and day at once: cheaper than asking for the three.
    ///
    /// Counts in eras of 400 years (146,097 days) and in years that begin on 1 March, so that the leap day is the last.
    public var parts: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// Days since 1970-01-01 of a date known to exist, in any year.
    static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = floorDivide(marchYear, 400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
