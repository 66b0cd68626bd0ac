import Testing

@testable import HTTP

@Suite struct HTTPDateTests {
    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        (2_147_483_648, "Tue, 19 Jan 2038 03:14:08 GMT"), (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        (-62_167_219_200, "Sat, 01 Jan 0000 00:00:00 GMT"),
    ])
    func `an instant is written and read back`(instant: Int, text: String) {
        #expect(HTTPDate.text(instant) == text)
        #expect(HTTPDate.parse(text.bytes) == instant)
    }

    @Test(arguments: [Int.min, Int.max, 253_402_300_800, -62_167_219_201])
    func `an instant beyond four digits of year is written as the nearest one`(instant: Int) {
        #expect(
            HTTPDate.text(instant)
                == (instant < 0 ? "Sat, 01 Jan 0000 00:00:00 GMT" : "Fri, 31 Dec 9999 23:59:59 GMT"))
    }

    @Test func `each day of four hundred years and more comes back`() {
        // One expectation for all: each costs more than the day that it is about.
        var previous = CivilDate(daysSince1970: -800_000)
        let wrong = (-719_528...200_000).filter { days in
            let date = CivilDate(daysSince1970: days)
            defer { previous = date }
            return date.daysSince1970 != days
                || CivilDate(year: date.year, month: date.month, day: date.day) != date
                || (date.year, date.month, date.day) <= (previous.year, previous.month, previous.day)
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: [
        "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 GMT",
    ])
    func `all three formats are read`(text: String) {
        #expect(HTTPDate.parse(text.bytes, now: 1_795_000_000) == 784_111_777)
    }

    @Test(arguments: [
        // now is 2026: 2076 is fifty years ahead, 2077 is more.
        ("Wednesday, 01-Jan-76 00:00:00 GMT", 3_345_062_400), ("Saturday, 01-Jan-77 00:00:00 GMT", 220_924_800),
        ("Saturday, 01-Jan-00 00:00:00 GMT", 946_684_800),
    ])
    func `a year of two digits lies at most fifty years ahead`(text: String, instant: Int) {
        #expect(HTTPDate.parse(text.bytes, now: 1_795_000_000) == instant)
    }

    @Test func `a leap second is the first of the next minute`() {
        #expect(HTTPDate.parse("Sat, 31 Dec 2016 23:59:60 GMT".bytes) == 1_483_228_800)
    }

    @Test(arguments: [
        "", "0", "-1", "Sun", "Sun,", "Sun, ", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        " Sun, 06 Nov 1994 08:49:37 GMT", "sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 gmt",
        "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Wed, 30 Feb 1994 08:49:37 GMT", "Thu, 29 Feb 2100 00:00:00 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06-Nov-94 08:49:37 GMT", "Monday, 06-Nov-94 08:49:37 GMT", "Sun Nov 6 08:49:37 1994",
        "Sun Nov  06 08:49:37 1994",
        "Sun Nov  6 08:49:37 94", "Sun Nov  6 08:49:37 1994 GMT", "Sun, 06 Nov 1994 +8:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:-1 GMT",
        "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", "Nov, 06 Sun 1994 08:49:37 GMT",
        "unM, 06 Nov 1994 08:49:37 GMT",
    ])
    func `anything else is no date`(text: String) {
        #expect(HTTPDate.parse(text.bytes, now: 1_795_000_000) == nil)
    }
}
