// Public holidays against tables written from the laws.

import SLA
import Testing

/// Month and day of each holiday.
private let mexico: [(Int, String)] = [
    (2020, "01-01 02-03 03-16 05-01 09-16 11-16 12-25"),
    (2021, "01-01 02-01 03-15 05-01 09-16 11-15 12-25"),
    (2022, "01-01 02-07 03-21 05-01 09-16 11-21 12-25"),
    (2023, "01-01 02-06 03-20 05-01 09-16 11-20 12-25"),
    (2024, "01-01 02-05 03-18 05-01 09-16 10-01 11-18 12-25"),
    (2025, "01-01 02-03 03-17 05-01 09-16 11-17 12-25"),
    (2026, "01-01 02-02 03-16 05-01 09-16 11-16 12-25"),
    (2027, "01-01 02-01 03-15 05-01 09-16 11-15 12-25"),
    (2028, "01-01 02-07 03-20 05-01 09-16 11-20 12-25"),
    (2029, "01-01 02-05 03-19 05-01 09-16 11-19 12-25"),
    (2030, "01-01 02-04 03-18 05-01 09-16 10-01 11-18 12-25"),
    (2031, "01-01 02-03 03-17 05-01 09-16 11-17 12-25"),
    (2032, "01-01 02-02 03-15 05-01 09-16 11-15 12-25"),
    (2033, "01-01 02-07 03-21 05-01 09-16 11-21 12-25"),
    (2034, "01-01 02-06 03-20 05-01 09-16 11-20 12-25"),
    (2035, "01-01 02-05 03-19 05-01 09-16 11-19 12-25"),
]

private let colombia: [(Int, String)] = [
    (
        2020,
        "01-01 01-06 03-23 04-09 04-10 05-01 05-25 06-15 06-22 06-29"
            + " 07-20 08-07 08-17 10-12 11-02 11-16 12-08 12-25"
    ),
    (
        2021,
        "01-01 01-11 03-22 04-01 04-02 05-01 05-17 06-07 06-14 07-05"
            + " 07-20 08-07 08-16 10-18 11-01 11-15 12-08 12-25"
    ),
    (
        2022,
        "01-01 01-10 03-21 04-14 04-15 05-01 05-30 06-20 06-27 07-04"
            + " 07-20 08-07 08-15 10-17 11-07 11-14 12-08 12-25"
    ),
    (
        2023,
        "01-01 01-09 03-20 04-06 04-07 05-01 05-22 06-12 06-19 07-03"
            + " 07-20 08-07 08-21 10-16 11-06 11-13 12-08 12-25"
    ),
    (
        2024,
        "01-01 01-08 03-25 03-28 03-29 05-01 05-13 06-03 06-10 07-01"
            + " 07-20 08-07 08-19 10-14 11-04 11-11 12-08 12-25"
    ),
    (
        2025,
        "01-01 01-06 03-24 04-17 04-18 05-01 06-02 06-23 06-30 06-30"
            + " 07-20 08-07 08-18 10-13 11-03 11-17 12-08 12-25"
    ),
    (
        2026,
        "01-01 01-12 03-23 04-02 04-03 05-01 05-18 06-08 06-15 06-29"
            + " 07-13 07-20 08-07 08-17 10-12 11-02 11-16 12-08 12-25"
    ),
    (
        2027,
        "01-01 01-11 03-22 03-25 03-26 05-01 05-10 05-31 06-07 07-05"
            + " 07-12 07-20 08-07 08-16 10-18 11-01 11-15 12-08 12-25"
    ),
    (
        2028,
        "01-01 01-10 03-20 04-13 04-14 05-01 05-29 06-19 06-26 07-03"
            + " 07-10 07-20 08-07 08-21 10-16 11-06 11-13 12-08 12-25"
    ),
    (
        2029,
        "01-01 01-08 03-19 03-29 03-30 05-01 05-14 06-04 06-11 07-02"
            + " 07-09 07-20 08-07 08-20 10-15 11-05 11-12 12-08 12-25"
    ),
    (
        2030,
        "01-01 01-07 03-25 04-18 04-19 05-01 06-03 06-24 07-01 07-01"
            + " 07-15 07-20 08-07 08-19 10-14 11-04 11-11 12-08 12-25"
    ),
    (
        2031,
        "01-01 01-06 03-24 04-10 04-11 05-01 05-26 06-16 06-23 06-30"
            + " 07-14 07-20 08-07 08-18 10-13 11-03 11-17 12-08 12-25"
    ),
    (
        2032,
        "01-01 01-12 03-22 03-25 03-26 05-01 05-10 05-31 06-07 07-05"
            + " 07-12 07-20 08-07 08-16 10-18 11-01 11-15 12-08 12-25"
    ),
    (
        2033,
        "01-01 01-10 03-21 04-14 04-15 05-01 05-30 06-20 06-27 07-04"
            + " 07-11 07-20 08-07 08-15 10-17 11-07 11-14 12-08 12-25"
    ),
    (
        2034,
        "01-01 01-09 03-20 04-06 04-07 05-01 05-22 06-12 06-19 07-03"
            + " 07-10 07-20 08-07 08-21 10-16 11-06 11-13 12-08 12-25"
    ),
    (
        2035,
        "01-01 01-08 03-19 03-22 03-23 05-01 05-07 05-28 06-04 07-02"
            + " 07-09 07-20 08-07 08-20 10-15 11-05 11-12 12-08 12-25"
    ),
]

@Suite struct HolidayTests {
    @Test(arguments: mexico)
    func `Mexico rests on these days`(year: Int, days: String) throws {
        #expect(text(try #require(Country.mexico.holidays(in: year))) == days)
    }

    @Test(arguments: colombia)
    func `Colombia rests on these days`(year: Int, days: String) throws {
        #expect(text(try #require(Country.colombia.holidays(in: year))) == days)
    }

    private func text(_ holidays: [Holiday]) -> String {
        holidays.map { $0.date.description.dropFirst(5) }.joined(separator: " ")
    }

    @Test(arguments: [
        ("MX", "1994-12-01", true), ("MX", "2018-12-01", true), ("MX", "2019-12-01", false),
        ("MX", "2024-12-01", false), ("MX", "2024-10-01", true), ("MX", "2030-10-01", true),
        ("MX", "2025-10-01", false), ("MX", "2018-10-01", false), ("MX", "2005-02-05", true),
        ("MX", "2005-02-07", false), ("MX", "2006-02-06", true), ("MX", "2006-02-05", false),
        ("MX", "2005-03-21", true), ("MX", "2006-03-20", true), ("MX", "2005-11-20", true),
        ("MX", "2007-11-19", true), ("CO", "2025-07-14", false), ("CO", "2026-07-13", true),
        ("CO", "2029-07-09", true), ("CO", "2000-04-20", true), ("CO", "2038-04-23", true),
        ("CO", "2076-04-17", true), ("CO", "2100-03-26", true),
    ])
    func `each holiday holds in the years of its law`(country: String, day: String, isHoliday: Bool) throws {
        let country = try #require(Country(rawValue: country))
        let year = date(day).year
        #expect(country.holidays(in: year)?.contains { $0.date == date(day) } == isHoliday)
    }

    @Test func `holidays that move fall on Mondays, and those of Easter on its days`() throws {
        for year in Country.years {
            let holidays = try #require(Country.colombia.holidays(in: year))
            #expect(holidays.count == (year < 2026 ? 18 : 19))
            for holiday in holidays {
                switch holiday.name {
                case "Jueves Santo": #expect(holiday.date.weekday == .thursday)
                case "Viernes Santo": #expect(holiday.date.weekday == .friday)
                case "Año Nuevo", "Día del Trabajo", "Día de la Independencia", "Batalla de Boyacá",
                    "Inmaculada Concepción", "Navidad":
                    #expect(holiday.date.day != 0)
                default: #expect(holiday.date.weekday == .monday, "\(holiday)")
                }
            }
        }
    }

    @Test func `outside the known years there is no answer rather than a wrong one`() {
        #expect(Country.mexico.holidays(in: 1989) == nil)
        #expect(Country.colombia.holidays(in: 2101) == nil)
        #expect(Country.mexico.closedDates(in: 1900...1950).isEmpty)
    }

    @Test func `two holidays on one date close it once and say both names`() {
        let closed = Country.colombia.closedDates(in: 2011...2011)
        #expect(closed[date("2011-07-04")] == "Sagrado Corazón de Jesús; San Pedro y San Pablo")
        #expect(closed.count == 17)
    }
}
