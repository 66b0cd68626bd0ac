// Dates without zones: every day of many years, and texts that are no dates.

import SLA
import Testing

@Suite struct CivilDateTests {
    @Test func `every day of a thousand years survives the way there and back`() throws {
        var day = try #require(CivilDate(year: 1599, month: 12, day: 31))
        var weekday = day.weekday.rawValue
        var wrong: [CivilDate] = []
        let last = try #require(CivilDate(year: 2601, month: 1, day: 1))
        while day < last {
            let next = try #require(day.advanced(by: 1))
            weekday = (weekday + 1) % 7
            let isNewMonth = next.month != day.month
            let isRight =
                next.weekday.rawValue == weekday
                && CivilDate(year: next.year, month: next.month, day: next.day) == next
                && next.day == (isNewMonth ? 1 : day.day + 1)
                && (!isNewMonth || day.day == CivilDate.days(inMonth: day.month, year: day.year))
            if !isRight { wrong.append(next) }
            day = next
        }
        #expect(wrong == [])
    }

    @Test(arguments: [
        ("1970-01-01", 0, Weekday.thursday), ("2026-03-02", 20514, .monday), ("2000-02-29", 11016, .tuesday),
        ("1969-12-31", -1, .wednesday), ("0001-01-01", -719_162, .monday), ("9999-12-31", 2_932_896, .friday),
    ])
    func `a date has a number and a weekday`(text: String, number: Int, weekday: Weekday) throws {
        let date = try #require(CivilDate(text))
        #expect(date.dayNumber == number)
        #expect(date.weekday == weekday)
        #expect(date.description == text)
        #expect(CivilDate(dayNumber: number) == date)
    }

    @Test(arguments: [
        "", "2026", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026-1-1", "2026-01-01 ",
        "+026-01-01", "2026/01/01", "1900-02-29", "２０２６-01-01", "2026-01-0a",
    ])
    func `a text that is no date is refused`(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func `dates beyond the years one to ten thousand do not exist`() {
        #expect(CivilDate.latest.advanced(by: 1) == nil)
        #expect(CivilDate.earliest.advanced(by: -1) == nil)
        #expect(CivilDate.latest.advanced(by: .max) == nil)
        #expect(CivilDate(dayNumber: .min) == nil)
    }
}
