// One's own profile: what is taken, what is refused, two windows at once.

import Markup
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct ProfileTests {
    private let site: TestSite

    init() throws {
        site = try TestSite()
        try site.add("adriana@ceiba.example", name: "Adriana Salcedo")
        try site.add("tec@proware.example", as: .technician(level: 2), name: "Iván Pardo")
    }

    private func text(_ sql: SQLText) throws -> String {
        try site.desk("proware").read { try $0.first(sql) { $0.text(0) } ?? "" }
    }

    private func version(_ browser: Browser) throws -> String {
        let match = try browser.get("/profile").text.firstMatch(of: /name="changed_at" value="(\d+)"/)
        return String(try #require(match).1)
    }

    /// The form as its page has it, with some fields changed.
    private func send(_ browser: Browser, _ changes: [(String, String)] = [], version: String? = nil) throws -> Answer {
        let isStaff = try browser.get("/profile").text.contains("presence1")
        var form = [
            ("name", isStaff ? "Iván Pardo" : "Adriana Salcedo"), ("phone", ""), ("language", "auto"),
            ("zone", "auto"), ("theme", "auto"), ("notices", "all"), ("shortcuts", "on"),
        ]
        form.removeAll { field in changes.contains { $0.0 == field.0 } }
        form += changes
        form.append(("changed_at", try version ?? self.version(browser)))
        return try browser.post("/profile", form)
    }

    @Test func `what was changed is kept, shown from the next page on, and told in the trail`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        site.clock.now += 60
        let answer = try send(
            browser,
            [
                ("name", "  Adriana  Salcedo Ruiz "), ("phone", "(300) 123-4567"), ("language", "en"),
                ("zone", "America/Tijuana"), ("theme", "dark"), ("notices", "own"),
            ])
        #expect(answer.status == 303 && answer.field("Location") == "/t/proware/profile")
        let page = try browser.get("/profile").text
        #expect(page.contains("<html lang=\"en\" data-theme=\"dark\">"))
        #expect(page.contains("You saved your profile.") && page.contains("Times in Tijuana"))
        #expect(page.contains("value=\"Adriana Salcedo Ruiz\""))
        let audit = try text("SELECT before || '|' || after FROM audit WHERE act = 'person.change'")
        #expect(audit.contains("Nombre: Adriana Salcedo\n") && audit.contains("Nombre: Adriana Salcedo Ruiz"))
        #expect(audit.contains("Tema: Oscuro") && !audit.contains("Su trabajo"))
        #expect(try text("SELECT folded FROM person WHERE id = 1") == "adriana salcedo ruiz")
        #expect(
            try text("SELECT count(*) FROM person_search WHERE words MATCH 'ruiz'") == "1", "searches find the new name"
        )
    }

    @Test func `nothing changed is nothing told`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        #expect(try send(browser).status == 303)
        #expect(try text("SELECT count(*) FROM audit WHERE act = 'person.change'") == "0")
    }

    @Test(arguments: [
        ("name", ""), ("name", "soporte"), ("name", "..."), ("name", String(repeating: "a", count: 201)),
        ("phone", "123"), ("phone", "hola"), ("language", "fr"), ("language", ""), ("zone", "../etc/passwd"),
        ("zone", "Nowhere/City"), ("zone", ""), ("theme", "red"), ("theme", ""), ("notices", "some"), ("notices", ""),
    ])
    func `what cannot be is told beside its field`(_ field: String, _ value: String) throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        let answer = try send(browser, [(field, value)])
        #expect(answer.status == 422)
        #expect(answer.text.contains("\(field)-error"))
        #expect(try text("SELECT name || phone || theme || notices FROM person WHERE id = 1") == "Adriana Salcedoall")
    }

    @Test func `a field that is not one's own to change is not looked at`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        #expect(
            try send(
                browser,
                [
                    ("role", "admin"), ("email", "x@ceiba.example"), ("level", "3"), ("is_lead", "1"), ("id", "2"),
                    ("speaks", "pt"), ("presence1", "9:00-10:00"), ("state", "pending"),
                ]
            ).status == 303)
        #expect(
            try text("SELECT role || email || state || speaks FROM person WHERE id = 1")
                == "customeradriana@ceiba.exampleactive")
        #expect(try text("SELECT count(*) FROM presence") == "0")
    }

    @Test func `two windows at once: the second sees what changed, and decides`() throws {
        let one = try Browser(site, "proware", as: "adriana@ceiba.example")
        let other = try Browser(site, "proware", as: "adriana@ceiba.example")
        let version = try version(other)
        // Within the same second, and with a clock that was set back.
        site.clock.now -= 3600
        #expect(try send(one, [("phone", "300 123 4567")]).status == 303)
        let answer = try send(other, [("name", "Adriana S."), ("phone", "")], version: version)
        #expect(answer.status == 422)
        #expect(answer.text.contains("Su perfil cambió en otra ventana") && answer.text.contains("+57 300 123 4567"))
        #expect(answer.text.contains("value=\"Adriana S.\""))
        #expect(try text("SELECT name FROM person WHERE id = 1") == "Adriana Salcedo")
        let newer = try #require(answer.text.firstMatch(of: /name="changed_at" value="(\d+)"/))
        #expect(try send(other, [("name", "Adriana S."), ("phone", "")], version: String(newer.1)).status == 303)
        #expect(try text("SELECT name || phone FROM person WHERE id = 1") == "Adriana S.")
    }

    @Test func `the same change in both windows is no conflict`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        let version = try version(browser)
        #expect(try send(browser, [("theme", "dark")], version: version).status == 303)
        #expect(try send(browser, [("theme", "dark")], version: version).status == 303)
        for version in ["", "x", "-1", "99999999999999999999"] {
            #expect(try send(browser, version: version).status == 403)
        }
    }

    @Test func `the staff say what they speak and when they are there`() throws {
        let browser = try Browser(site, "proware", as: "tec@proware.example")
        let hours = [("presence1", "14:00-18:00, 9-13"), ("presence7", "22:00 a 24:00"), ("presence2", "")]
        #expect(try send(browser, hours + [("speaks", "en"), ("speaks", "es")]).status == 303)
        #expect(try text("SELECT speaks FROM person WHERE id = 2") == "es,en")
        #expect(
            try text("SELECT group_concat(weekday || ':' || opens || '-' || closes) FROM presence")
                == "1:540-780,1:840-1080,7:1320-1440")
        let page = try browser.get("/profile").text
        #expect(page.contains("value=\"9:00-13:00, 14:00-18:00\"") && page.contains("value=\"22:00-24:00\""))
        #expect(try send(browser, [("speaks", "tlh")]).status == 422)
        #expect(try send(browser, [("presence3", "9:00-25:00")]).text.contains("25:00 no es una hora"))
        #expect(try send(browser, [("shortcuts", "")]).status == 303)
        #expect(try text("SELECT has_shortcuts FROM person WHERE id = 2") == "0")
        #expect(try text("SELECT count(*) FROM presence") == "0")
    }

    @Test func `the zones are the tenant's, those of Mexico and Colombia, and all others`() throws {
        let page = try Browser(site, "proware", as: "adriana@ceiba.example").get("/profile").text
        let values = page.matches(of: /<option value="([A-Z][^"]*\/[^"]*)"/).map { String($0.1) }
        #expect(page.contains("La del proveedor: Bogotá (UTC−5)"))
        #expect(page.contains(">Ciudad de México (UTC−6)<"))
        #expect(Set(values.prefix(13)).isSuperset(of: ["America/Bogota", "America/Tijuana", "America/Ojinaga"]))
        #expect(Set(values).count == values.count && values.contains("Europe/Madrid"))
    }
}

@Suite struct PresenceHoursTests {
    @Test(
        arguments: [
            ("", ""), ("9-13", "9:00-13:00"), ("09:00–13:00", "9:00-13:00"),
            ("9:00 a 13:00 y 14:00 a 18:00", "9:00-13:00, 14:00-18:00"),
            ("14:00-18:00;9:00-14:00", "9:00-14:00, 14:00-18:00"), ("0:00-24:00", "0:00-24:00"), (" , ", ""),
        ])
    func `hours as people type them`(_ typed: String, _ text: String) throws {
        #expect(try PresenceHours(typed: typed).text(TestWords.read(.es)) == text)
    }

    @Test(
        arguments: [
            ("9:00", .form("9:00")), ("9-13-14", .form("9-13-14")), ("9-", .form("9-")), ("hola", .form("hola")),
            ("9:60-10:00", .time("9:60")), ("24:01-25:00", .time("24:01")), ("9:0-10:00", .time("9:0")),
            ("x-10", .time("x")), ("９-10", .time("９")), ("10-9", .order("10-9")), ("9-9", .order("9-9")),
            ("9-13, 12-14", .overlap), ("0-1,1-2,2-3,3-4,4-5,5-6,6-7", .many), ("999-1000", .time("999")),
        ] as [(String, PresenceFault)])
    func `what cannot be is told why`(_ typed: String, _ fault: PresenceFault) throws {
        #expect(throws: fault) { try PresenceHours(typed: typed) }
        for language in Language.allCases {
            let words = try TestWords.read(language)
            #expect(!fault.sentence(in: words).contains("profile."))
        }
    }
}
