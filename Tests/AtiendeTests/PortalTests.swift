// What a provider's home says of now: whether somebody attends, until when, and when next.

import Markup
import SLA
import Testing

@testable import Atiende

private let shared = Result { try TestSite(tenants: []) }

/// Hours as `(weekday, opens, closes)`; weekday 1 is Monday, hours of the day.
private func provider(_ name: String, _ zone: String, _ hours: [(Int, Int, Int)]) -> Provider {
    Provider(
        name: name, contract: "x", timeZone: zone, locale: "es-MX", icon: "mark",
        openings: hours.map { .init(weekday: $0.0, opens: $0.1 * 60, closes: $0.2 * 60) }, channels: [])
}

@Suite struct PortalTests {
    private let site: TestSite

    init() throws { site = try shared.get() }

    private func page(_ provider: Provider, _ at: String, _ language: Language = .es) throws -> PortalPage {
        let calendar = try provider.calendar(in: site.installation.zones.rules(provider.timeZone))
        let now = try #require(Instant(at))
        return Portal.page(provider, calendar, now, site.site.templates.words(in: language))
    }

    @Test(arguments: [
        // FactuPronto: Monday to Friday 9–21, Saturday 9–14. 16 November 2026 is a Monday.
        ("factupronto", "2026-11-17T09:00:00-06:00", true, "Le atendemos hasta las 21:00", "We are here until 21:00"),
        ("factupronto", "2026-11-17T20:59:59-06:00", true, "Le atendemos hasta las 21:00", "We are here until 21:00"),
        (
            "factupronto", "2026-11-17T21:00:00-06:00", false, "Ahora está cerrado; abrimos mañana a las 9:00",
            "Closed now; we open tomorrow at 9:00"
        ),
        (
            "factupronto", "2026-11-17T08:59:59-06:00", false, "Ahora está cerrado; abrimos hoy a las 9:00",
            "Closed now; we open today at 9:00"
        ),
        (
            "factupronto", "2026-11-17T00:00:00-06:00", false, "Ahora está cerrado; abrimos hoy a las 9:00",
            "Closed now; we open today at 9:00"
        ),
        ("factupronto", "2026-11-21T13:59:00-06:00", true, "Le atendemos hasta las 14:00", "We are here until 14:00"),
        (
            "factupronto", "2026-11-21T14:00:00-06:00", false, "Ahora está cerrado; abrimos el lunes a las 9:00",
            "Closed now; we open Monday at 9:00"
        ),
        (
            "factupronto", "2026-11-22T12:00:00-06:00", false, "Ahora está cerrado; abrimos mañana a las 9:00",
            "Closed now; we open tomorrow at 9:00"
        ),
        // The same instant, by the provider's own clock: 8:30 in Mexico City, 9:30 in Bogotá.
        (
            "factupronto", "2026-11-17T14:30:00Z", false, "Ahora está cerrado; abrimos hoy a las 9:00",
            "Closed now; we open today at 9:00"
        ),
        ("proware", "2026-11-17T14:30:00Z", true, "Le atendemos hasta las 21:00", "We are here until 21:00"),
        ("seres", "2026-11-22T03:00:00-06:00", true, "Le atendemos a cualquier hora", "We are here around the clock"),
        ("bizflow", "2026-12-25T00:00:00-06:00", true, "Le atendemos a cualquier hora", "We are here around the clock"),
    ])
    func `whether somebody attends now`(
        _ contract: String, _ at: String, _ isOpen: Bool, _ spanish: String, _ english: String
    ) throws {
        let outline = try #require(Contract.named(contract))
        let provider = outline.provider(name: outline.provider, timeZone: outline.timeZone)
        #expect(try page(provider, at).hoursTitle == spanish)
        #expect(try page(provider, at, .en).hoursTitle == english)
        #expect(try page(provider, at).isOpen == isOpen)
    }

    private static let bogota = "America/Bogota"

    @Test(
        arguments: [
            // One o'clock is singular.
            ([(1, 1, 2)], bogota, "2026-11-16T00:30:00-05:00", "Ahora está cerrado; abrimos hoy a la 1:00"),
            ([(1, 0, 1)], bogota, "2026-11-16T00:30:00-05:00", "Le atendemos hasta la 1:00"),
            // Two stretches a day.
            ([(1, 9, 13), (1, 15, 18)], bogota, "2026-11-16T12:00:00-05:00", "Le atendemos hasta las 13:00"),
            (
                [(1, 9, 13), (1, 15, 18)], bogota, "2026-11-16T13:00:00-05:00",
                "Ahora está cerrado; abrimos hoy a las 15:00"
            ),
            ([(1, 9, 13), (1, 13, 18)], bogota, "2026-11-16T12:00:00-05:00", "Le atendemos hasta las 18:00"),
            // Across midnight.
            ([(1, 18, 24), (2, 0, 5)], bogota, "2026-11-16T23:00:00-05:00", "Le atendemos hasta mañana a las 5:00"),
            ([(1, 18, 24), (2, 0, 5)], bogota, "2026-11-17T00:00:00-05:00", "Le atendemos hasta las 5:00"),
            ([(1, 18, 24)], bogota, "2026-11-16T23:59:59-05:00", "Le atendemos hasta las 24:00"),
            ([(7, 18, 24), (1, 0, 1)], bogota, "2026-11-22T23:00:00-05:00", "Le atendemos hasta mañana a la 1:00"),
            (
                (1...5).map { ($0, 0, 24) }, bogota, "2026-11-17T12:00:00-05:00",
                "Le atendemos hasta el viernes a las 24:00"
            ),
            // A week away.
            (
                [(1, 9, 18)], bogota, "2026-11-16T18:00:00-05:00",
                "Ahora está cerrado; abrimos el próximo lunes a las 9:00"
            ),
            ([(1, 9, 18)], bogota, "2026-11-17T18:00:00-05:00", "Ahora está cerrado; abrimos el lunes a las 9:00"),
            // No hours at all.
            ([], bogota, "2026-11-16T12:00:00-05:00", "Ahora está cerrado"),
            // Tijuana puts its clocks back on 1 November 2026 at 2:00, and forward on 14 March 2027 at 2:00.
            ([(7, 1, 3)], "America/Tijuana", "2026-11-01T01:30:00-07:00", "Le atendemos hasta las 3:00"),
            ([(7, 1, 3)], "America/Tijuana", "2026-11-01T01:30:00-08:00", "Le atendemos hasta las 3:00"),
            (
                [(7, 9, 18)], "America/Tijuana", "2026-11-01T00:30:00-07:00",
                "Ahora está cerrado; abrimos hoy a las 9:00"
            ),
            ([(7, 1, 4)], "America/Tijuana", "2027-03-14T01:59:59-08:00", "Le atendemos hasta las 4:00"),
            ([(7, 1, 4)], "America/Tijuana", "2027-03-14T03:00:00-07:00", "Le atendemos hasta las 4:00"),
        ] as [([(Int, Int, Int)], String, String, String)])
    func `awkward hours`(_ hours: [(Int, Int, Int)], _ zone: String, _ at: String, _ title: String) throws {
        #expect(try page(provider("Uno", zone, hours), at).hoursTitle == title)
    }

    @Test(arguments: [
        ("2026-11-16T04:59:00-05:00", "Buenas noches."), ("2026-11-16T05:00:00-05:00", "Buenos días."),
        ("2026-11-16T11:59:00-05:00", "Buenos días."), ("2026-11-16T12:00:00-05:00", "Buenas tardes."),
        ("2026-11-16T18:59:00-05:00", "Buenas tardes."), ("2026-11-16T19:00:00-05:00", "Buenas noches."),
    ])
    func `the greeting follows the provider's clock`(_ at: String, _ greeting: String) throws {
        let page = try page(provider("Uno", Self.bogota, []), at)
        #expect(page.greeting == greeting + " Este es el centro de ayuda de Uno.")
    }

    @Test func `the ruler shows the day's hours and how much of them is over`() throws {
        let provider = provider("Uno", Self.bogota, [(1, 0, 6), (1, 12, 18), (1, 18, 24), (2, 9, 18)])
        let page = try page(provider, "2026-11-16T15:00:00-05:00")
        #expect(page.nowX == "62.50%")
        #expect(page.openPieces.map(\.x) == ["0.00%", "50.00%"], "hours that touch are one piece")
        #expect(page.openPieces.map(\.width) == ["25.00%", "50.00%"])
        #expect(page.openPieces.map(\.goneWidth) == ["25.00%", "12.50%"])
    }

    @Test func `each way to reach support has its words; the portal is where one is`() throws {
        let outline = try #require(Contract.named("factupronto"))
        let page = try page(outline.provider(name: "F", timeZone: outline.timeZone), "2026-11-16T15:00:00Z", .en)
        #expect(page.channels.map(\.icon) == ["mail", "phone", "chat"])
        #expect(page.channels[0].href == "mailto:soporte@factupronto.example")
        #expect(page.channels.dropFirst().allSatisfy { $0.href.isEmpty && !$0.label.isEmpty && !$0.detail.isEmpty })
    }

    @Test func `a provider without hours has no line of hours`() throws {
        #expect(try page(provider("Uno", Self.bogota, []), "2026-11-16T15:00:00Z").hoursLine == "")
    }

    @Test func `a visitor's page follows the clock`() throws {
        let own = try TestSite()
        #expect(try own.get("/t/proware/").text.contains("Independencia de Cartagena"))
        own.clock.now += 24 * 3600
        #expect(try own.get("/t/proware/").text.contains("Le atendemos hasta las 21:00"))
        own.clock.now += 12 * 3600
        #expect(try own.get("/t/proware/").text.contains("abrimos mañana a las 9:00"))
    }

    @Test(arguments: ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{name}}", "A & B"])
    func `a provider's name is text wherever it stands`(_ name: String) throws {
        let own = try TestSite()
        try own.installation.create(
            #require(Slug(rawValue: "odd")), name: name, from: .proware, timeZone: "America/Bogota")
        for path in ["/", "/t/odd/", "/t/odd/nowhere"] {
            let text = try own.get(path).text
            #expect(!text.contains("<script>alert") && !text.contains("<img"))
            let escaped = name.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
                "\"", with: "&quot;")
            #expect(text.contains(escaped.prefix(4)))
        }
    }
}
