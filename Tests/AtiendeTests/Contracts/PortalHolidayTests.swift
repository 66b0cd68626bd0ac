// The portal says when somebody attends: the hours of the contract, closed on its public holidays.

import SLA
import Testing

@testable import Atiende

@Suite struct PortalHolidayTests {
    private func page(_ tenant: String, at text: String, _ language: String = "es") throws -> String {
        let contract = try #require(Contract.named(tenant))
        let now = try ContractDesk(contract).at(text).seconds
        let site = try TestSite(tenants: [tenant], now: now)
        defer { site.close() }
        return try site.get("/t/\(tenant)/", ["Accept-Language": language]).text
    }

    @Test func `on a holiday it is closed and says which one`() throws {
        let page = try page("proware", at: "2026-11-16 10:00")
        #expect(page.contains("Hoy es festivo: Independencia de Cartagena."))
        #expect(page.contains("Ahora está cerrado; abrimos mañana a las 9:00"))
        #expect(page.contains("lunes a sábado de 9:00 a 21:00, sin festivos."))
        #expect(!page.contains("class=\"open\""))
    }

    @Test func `the same Monday is Mexico's holiday by another name`() throws {
        #expect(try page("factupronto", at: "2026-11-16 10:00").contains("Hoy es festivo: Día de la Revolución."))
        #expect(
            try page("ingressio", at: "2026-11-16 10:00", "en").contains(
                "Today is a public holiday: Día de la Revolución."))
    }

    @Test func `the day after it is open until the evening`() throws {
        let page = try page("proware", at: "2026-11-17 10:00")
        #expect(page.contains("Le atendemos hasta las 21:00"))
        #expect(!page.contains("Hoy es festivo"))
        #expect(page.contains("class=\"open\""))
    }

    @Test func `before a holiday the next opening is after it`() throws {
        // Thursday 24 December 2026 in the evening; Friday is a holiday.
        #expect(try page("ingressio", at: "2026-12-24 19:00").contains("abrimos el lunes a las 9:00"))
    }

    @Test func `a desk that is always open knows no holidays`() throws {
        for tenant in ["seres", "bizflow"] {
            let page = try page(tenant, at: "2026-12-25 10:00")
            #expect(!page.contains("festivo"))
            #expect(page.contains("Le atendemos a cualquier hora"))
        }
    }
}

@Suite struct ClosingTests {
    private func calendar(_ week: [Weekday: [DayInterval]], holidays: [CivilDate: String] = [:]) -> Calendar {
        Calendar(CalendarDefinition(name: "test", zone: .utc, week: week, holidays: holidays))
    }

    @Test(arguments: [
        // Monday 2 March 2026: an ordinary day, a pause at noon, midnight, a night shift, before the hours.
        ("2026-03-02T10:00:00Z", 0, 13 * 60), ("2026-03-02T14:00:00Z", 0, 18 * 60),
        ("2026-03-03T20:00:00Z", 0, 1440), ("2026-03-04T23:00:00Z", 1, 6 * 60), ("2026-03-02T13:30:00Z", -1, 0),
        // Its Friday night ends at midnight: Saturday is a holiday.
        ("2026-03-06T23:00:00Z", 0, 1440),
    ])
    func `hours end where nobody attends any more`(_ now: String, _ days: Int, _ minute: Int) throws {
        let calendar = calendar(
            [
                .monday: [DayInterval("09:00", "13:00")!, DayInterval("14:00", "18:00")!],
                .tuesday: [DayInterval("20:00", "24:00")!], .wednesday: [DayInterval("22:00", "06:00")!],
                .friday: [DayInterval("22:00", "06:00")!],
            ], holidays: [CivilDate("2026-03-07")!: "Sábado"])
        let expected = days < 0 ? nil : Calendar.Closing(daysAhead: days, minute: minute)
        #expect(calendar.closing(after: try #require(Instant(now))) == expected)
    }

    @Test func `hours that never end have no end`() throws {
        let always = calendar(.on(Weekday.allCases, "00:00", "24:00"))
        #expect(always.closing(after: try #require(Instant("2026-03-02T10:00:00Z"))) == nil)
    }
}
