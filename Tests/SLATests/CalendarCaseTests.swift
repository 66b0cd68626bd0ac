// Calendars in the cases that other systems got wrong.

import SLA
import Testing

@Suite struct CalendarCaseTests {
    private func due(_ calendar: SLA.Calendar, _ from: String, hours: Int, minutes: Int = 0) throws -> Instant {
        try calendar.add(local(from, calendar.zone.name), hours * 3600 + minutes * 60)
    }

    @Test func `a budget that ends with the day ends at the close and not the next morning`() throws {
        let office = try mexicanOffice()
        #expect(try due(office, "2026-03-02T10:00", hours: 4) == local("2026-03-02T14:00", mexicoCity))
        #expect(try due(office, "2026-03-02T14:00", hours: 4) == local("2026-03-02T18:00", mexicoCity))
    }

    @Test(arguments: ["2026-03-06T18:30", "2026-03-07T03:00"])
    func `what comes in after hours counts from the next opening`(opened: String) throws {
        let office = try mexicanOffice()
        #expect(try due(office, opened, hours: 6) == local("2026-03-09T15:00", mexicoCity))
        let noon = try local("2026-03-09T12:00", mexicoCity)
        #expect(office.between(try local(opened, mexicoCity), noon) == 3 * 3600)
    }

    @Test func `a Saturday morning with hours of its own counts`() throws {
        var definition = try mexicanOffice().definition
        definition.week[.saturday] = [try #require(DayInterval("09:00", "14:00"))]
        let office = SLA.Calendar(definition, years: 2026...2026)
        #expect(try due(office, "2026-03-07T13:00", hours: 2) == local("2026-03-09T10:00", mexicoCity))
    }

    @Test(arguments: [
        ("2026-03-02T12:30", 60, "2026-03-02T14:30"), ("2026-03-02T13:20", 30, "2026-03-02T14:30"),
        ("2026-03-02T12:00", 60, "2026-03-02T13:00"), ("2026-03-02T15:00", 60, "2026-03-02T16:00"),
        ("2026-03-02T10:00", 240, "2026-03-02T15:00"),
    ])
    func `a lunch break is jumped over`(from: String, minutes: Int, end: String) throws {
        let office = try calendar(mexicoCity, [("09:00", "13:00"), ("14:00", "18:00")])
        #expect(try due(office, from, hours: 0, minutes: minutes) == local(end, mexicoCity))
    }

    @Test(arguments: [("2026-03-04T10:00", "2026-03-24T14:00"), ("2026-03-03T08:00", "2026-03-17T14:00")])
    func `a calendar of one day a week reaches weeks ahead`(from: String, end: String) throws {
        let tuesdays = try calendar(mexicoCity, [("08:00", "17:00")], days: [.tuesday])
        #expect(try due(tuesdays, from, hours: 24) == local(end, mexicoCity))
    }

    @Test func `around the clock no minute is lost at midnight`() throws {
        let always = try calendar(mexicoCity, [("00:00", "24:00")], days: Weekday.allCases[...])
        #expect(try due(always, "2026-03-02T23:30", hours: 1) == local("2026-03-03T00:30", mexicoCity))
    }

    @Test func `a calendar that never opens is refused with its name and never loops`() throws {
        var closed: [CivilDate: String] = [:]
        for day in 0..<4_000 { closed[try #require(date("2026-01-01").advanced(by: day))] = "" }
        let dead = [try calendar(mexicoCity, []), try calendar(mexicoCity, holidays: closed)]
        for calendar in dead {
            let from = try local("2026-03-02T10:00", mexicoCity)
            let errors = [
                #expect(throws: SLAError.self) { try calendar.add(from, 1) },
                #expect(throws: SLAError.self) { try calendar.nextOpen(from) },
                #expect(throws: SLAError.self) { try calendar.addBusinessDays(from, 1) },
            ]
            for error in errors { #expect(error?.description.contains(mexicoCity) == true) }
            #expect(calendar.between(from, .latest) >= 0)
            #expect(try calendar.add(from, 0) == from)
        }
    }

    @Test func `a long closure is jumped over`() throws {
        var definition = try colombianOffice().definition
        for day in 0...11 { definition.holidays[try #require(date("2026-12-21").advanced(by: day))] = "Cierre" }
        let office = SLA.Calendar(definition, years: 2026...2027)
        #expect(try due(office, "2026-12-18T16:00", hours: 2) == local("2027-01-04T10:00", bogota))
    }

    @Test func `a short day and a holiday after it`() throws {
        let office = try calendar(
            mexicoCity, holidays: [date("2026-12-25"): "Navidad"], exceptions: ["2026-12-24": [("09:00", "13:00")]])
        #expect(try due(office, "2026-12-24T12:00", hours: 2) == local("2026-12-28T10:00", mexicoCity))
    }

    @Test func `a calendar that is always open ignores holidays`() throws {
        var definition = try mexicanOffice().definition
        definition.isAlwaysOpen = true
        let end = try SLA.Calendar(definition).add(local("2026-12-24T22:00", mexicoCity), 4 * 3600)
        #expect(try end == local("2026-12-25T02:00", mexicoCity))
    }

    @Test(arguments: [
        ("2026-06-05T10:00", 3, "2026-06-11T17:00"), ("2026-06-06T10:00", 3, "2026-06-12T17:00"),
        ("2026-06-05T16:50", 1, "2026-06-09T17:00"),
    ])
    func `business days that end with the day skip a moved holiday`(from: String, days: Int, end: String) throws {
        let office = try colombianOffice()
        #expect(try office.addBusinessDays(local(from, bogota), days, .endOfDay) == local(end, bogota))
    }

    @Test func `a business day at the same time is not the same as its hours by accident`() throws {
        let office = try colombianOffice()
        let from = try local("2026-06-05T16:50", bogota)
        #expect(try office.addBusinessDays(from, 1, .sameTime) == local("2026-06-09T16:50", bogota))
        #expect(try office.add(from, 8 * 3600) == local("2026-06-09T16:50", bogota))
    }

    @Test(arguments: [
        ("2026-12-22T12:00", 10, "2027-01-07T18:00"), ("2026-03-13T19:00", 1, "2026-03-18T18:00"),
    ])
    func `business days cross the turn of the year and start at the next opening`(
        from: String, days: Int, end: String
    ) throws {
        let office = try mexicanOffice()
        #expect(try office.addBusinessDays(local(from, mexicoCity), days, .endOfDay) == local(end, mexicoCity))
    }

    @Test(arguments: [(24, "2026-03-11T10:00"), (36, "2026-03-12T13:00")])
    func `many business hours spread over days`(hours: Int, end: String) throws {
        #expect(try due(mexicanOffice(), "2026-03-06T13:00", hours: hours) == local(end, mexicoCity))
    }

    @Test(arguments: [("2026-03-07T22:00", "2026-03-08T07:00"), ("2026-10-31T22:00", "2026-11-01T05:00")])
    func `eight hours around the clock are real hours when clocks move`(from: String, end: String) throws {
        let always = try calendar(tijuana, [("00:00", "24:00")], days: Weekday.allCases[...])
        #expect(try due(always, from, hours: 8) == local(end, tijuana))
        #expect(try SLA.Calendar.alwaysOpen.add(local(from, tijuana), 8 * 3600) == local(end, tijuana))
    }

    @Test func `a window over a change of clocks has the hours that the clock shows`() throws {
        let nights = try calendar(tijuana, [("00:00", "06:00")], days: Weekday.allCases[...])
        for (day, hours) in [("2026-03-08", 5), ("2026-11-01", 7), ("2026-03-09", 6)] {
            let start = try local("\(day)T00:00", tijuana)
            #expect(nights.between(start, try local("\(day)T12:00", tijuana)) == hours * 3600)
        }
        let inGap = try calendar(tijuana, [("02:30", "06:00")], days: Weekday.allCases[...])
        #expect(
            try inGap.nextOpen(local("2026-03-08T00:00", tijuana)) == local("2026-03-08T03:00", tijuana))
    }

    @Test func `office hours stay at the same time of day when clocks move over the weekend`() throws {
        let office = try calendar(tijuana)
        #expect(try due(office, "2026-03-06T17:00", hours: 2) == instant("2026-03-09T17:00:00Z"))
    }

    @Test func `the calendar's zone decides and not that of the reader`() throws {
        let office = try colombianOffice()
        let end = try due(office, "2026-07-21T16:30", hours: 2)
        #expect(end == instant("2026-07-22T15:30:00Z"))
        #expect(try end == local("2026-07-22T09:30", mexicoCity))
    }

    @Test func `hours that no clock shows are refused`() {
        for (open, close) in [("25:00", "26:00"), ("24:00", "06:00"), ("09:60", "10:00"), ("9:00", "10:00"), ("", "")] {
            #expect(DayInterval(open, close) == nil)
        }
        #expect(DayInterval("00:00", "24:00")?.description == "00:00-24:00")
    }
}
