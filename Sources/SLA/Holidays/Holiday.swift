// Public holidays of the countries whose contracts the product serves.

/// A date on which offices are closed by law, and its name in the country's language.
public struct Holiday: Hashable, Sendable {
    public let date: CivilDate
    public let name: String
}

/// A country whose public holidays are known, by its ISO 3166 code.
public enum Country: String, CaseIterable, Sendable {
    case mexico = "MX"
    case colombia = "CO"

    /// The years for which holidays can be computed.
    public static let years = 1990...2100

    /// The public holidays of a year in order; nothing outside `years`. Two may fall on one date.
    public func holidays(in year: Int) -> [Holiday]? {
        guard Self.years.contains(year) else { return nil }
        let rules = self == .mexico ? HolidayRule.mexico : HolidayRule.colombia
        return rules.compactMap { $0.holiday(in: year) }.sorted { $0.date < $1.date }
    }

    /// The dates without hours of a calendar for some years (those within `years`); of two holidays on one date
    /// the name says both.
    public func closedDates(in years: ClosedRange<Int>) -> [CivilDate: String] {
        var dates: [CivilDate: String] = [:]
        guard years.overlaps(Self.years) else { return dates }
        for year in years.clamped(to: Self.years) {
            for holiday in holidays(in: year) ?? [] {
                dates[holiday.date] = dates[holiday.date].map { "\($0); \(holiday.name)" } ?? holiday.name
            }
        }
        return dates
    }
}
