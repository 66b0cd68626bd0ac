// Hours, zones and refusals in words.

import Markup
import SLA
import Testing

@testable import Atiende

private let shared = Result { try TestSite(tenants: []) }

private func hours(_ list: [(Int, Int, Int)]) -> [Provider.Opening] {
    list.map { Provider.Opening(weekday: $0.0, opens: $0.1, closes: $0.2) }
}

@Suite struct WordsTests {
    private let es: Words
    private let en: Words
    private let zones: Zones

    init() throws {
        let site = try shared.get()
        es = site.site.templates.words(in: .es)
        en = site.site.templates.words(in: .en)
        zones = site.installation.zones
    }

    @Test(
        arguments: [
            ([], "", ""),
            ((1...5).map { ($0, 540, 1260) }, "lunes a viernes de 9:00 a 21:00", "Monday to Friday 9:00 to 21:00"),
            (
                (1...5).map { ($0, 540, 1260) } + [(6, 540, 840)],
                "lunes a viernes de 9:00 a 21:00, sábado de 9:00 a 14:00",
                "Monday to Friday 9:00 to 21:00, Saturday 9:00 to 14:00"
            ),
            (
                [(6, 600, 840), (7, 600, 840)], "sábado y domingo de 10:00 a 14:00",
                "Saturday and Sunday 10:00 to 14:00"
            ),
            (
                (1...3).flatMap { [($0, 540, 780), ($0, 905, 1080)] },
                "lunes a miércoles de 9:00 a 13:00 y de 15:05 a 18:00",
                "Monday to Wednesday 9:00 to 13:00 and 15:05 to 18:00"
            ),
            (
                [(1, 540, 1080), (3, 540, 1080), (5, 540, 1080)],
                "lunes de 9:00 a 18:00, miércoles de 9:00 a 18:00, viernes de 9:00 a 18:00",
                "Monday 9:00 to 18:00, Wednesday 9:00 to 18:00, Friday 9:00 to 18:00"
            ),
            ([(7, 0, 1440)], "domingo de 0:00 a 24:00", "Sunday 0:00 to 24:00"),
            ([(1, 0, 1), (2, 1439, 1440)], "lunes de 0:00 a 0:01, martes de 23:59 a 24:00", nil),
            ((1...7).map { ($0, 0, 1440) }, "todos los días, a toda hora", "every day, around the clock"),
            ((1...7).map { ($0, 540, 1080) }, "lunes a domingo de 9:00 a 18:00", "Monday to Sunday 9:00 to 18:00"),
        ] as [([(Int, Int, Int)], String, String?)])
    func `the hours of a week`(_ list: [(Int, Int, Int)], _ spanish: String, _ english: String?) {
        #expect(es.hours(hours(list)) == spanish)
        if let english { #expect(en.hours(hours(list)) == english) }
    }

    @Test(
        arguments: [
            ("America/Bogota", "2026-11-16T12:00:00Z", "Horas de Bogotá (UTC−5).", "Times in Bogotá (UTC−5)."),
            (
                "America/Mexico_City", "2026-07-01T12:00:00Z", "Horas de la Ciudad de México (UTC−6).",
                "Times in Mexico City (UTC−6)."
            ),
            ("America/Mexico_City", "2022-07-01T12:00:00Z", "Horas de la Ciudad de México (UTC−5).", nil),
            ("America/Tijuana", "2026-11-01T08:59:59Z", "Horas de Tijuana (UTC−7).", nil),
            ("America/Tijuana", "2026-11-01T09:00:00Z", "Horas de Tijuana (UTC−8).", nil),
            ("America/Argentina/Buenos_Aires", "2026-11-16T12:00:00Z", "Horas de Buenos Aires (UTC−3).", nil),
            ("Asia/Kolkata", "2026-11-16T12:00:00Z", "Horas de Kolkata (UTC+5:30).", nil),
            ("America/St_Johns", "2026-11-16T12:00:00Z", "Horas de St Johns (UTC−3:30).", nil),
            ("UTC", "2026-11-16T12:00:00Z", "Horas de UTC (UTC).", nil),
        ] as [(String, String, String, String?)])
    func `the line of the zone`(_ zone: String, _ at: String, _ spanish: String, _ english: String?) throws {
        let instant = try #require(Instant(at))
        #expect(try es.zoneLine(zones.rules(zone), at: instant) == spanish)
        if let english { #expect(try en.zoneLine(zones.rules(zone), at: instant) == english) }
    }

    @Test(arguments: [
        "", "/", "../etc/passwd", "America/../UTC", "America//Bogota", "/UTC", "UTC/", "America", "Nowhere/City",
        "UTC\0",
        "America/Bogota ", "tzdata.zi", "Á", String(repeating: "A", count: 65), "zone.tab",
    ])
    func `what is no zone is none`(_ name: String) {
        #expect(!zones.knows(name))
        #expect(zones.knows("America/Bogota"))
    }

    @Test func `each refusal has its page in both languages`() throws {
        let site = try shared.get()
        for status in [
            Refusal.notFound, .forbidden, .conflict, .unavailable(retryAfter: 1, why: ""), .broken(""),
        ].map(\.status) {
            for words in [es, en] {
                for part in ["heading", "advice"] {
                    let key = "errors.\(ErrorPage.key(status)).\(part)"
                    #expect(words.text(key) != key)
                }
            }
        }
        withExtendedLifetime(site) {}
    }
}
