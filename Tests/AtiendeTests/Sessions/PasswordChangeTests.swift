// Another password for whoever is in.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct PasswordChangeTests {
    private let site: TestSite
    private let ana: Person.ID

    init() throws {
        site = try TestSite()
        ana = try site.add("ana@ceiba.example", name: "Ana Quintero")
    }

    private func change(
        _ browser: Browser, current: String = Browser.password, to password: String = "jirafa-de-papel-7"
    ) throws -> Answer {
        try browser.post("/profile/password", ["current": current, "password": password, "again": password])
    }

    @Test func `this session goes on under another token, the others end, links die`() throws {
        let link = try site.link(.recover, for: ana)
        let browser = try Browser(site, "proware", as: "ana@ceiba.example")
        let other = try Browser(site, "proware", as: "ana@ceiba.example")
        let before = try #require(browser.token)
        let answer = try change(browser)
        #expect(answer.status == 303 && answer.field("Location") == "/t/proware/")
        #expect(browser.token != before)
        let home = try browser.get("/").text
        #expect(home.contains("Ana Quintero") && home.contains("Su contraseña cambió."))
        #expect(!(try other.get("/").text.contains("Ana Quintero")))
        let copy = Browser(site, "proware")
        copy.cookies["sid-proware"] = before
        #expect(!(try copy.get("/").text.contains("Ana Quintero")))
        #expect(try site.get("/t/proware/password/set?token=\(link)").status == 404)
        #expect(try site.letters().map(\.kind) == ["account.changed"])
        #expect(try Browser(site, "proware", as: "ana@ceiba.example", password: "jirafa-de-papel-7").token != nil)
        #expect(
            try Browser(site, "proware").post(
                "/login", ["email": "ana@ceiba.example", "password": Browser.password]
            ).status == 422)
    }

    @Test func `without the current password nothing changes, and guesses are counted`() throws {
        let browser = try Browser(site, "proware", as: "ana@ceiba.example")
        #expect(try change(browser, current: "").status == 422)
        for _ in 0..<5 {
            let answer = try change(browser, current: "no-es-esta-otra")
            #expect(answer.status == 422 && answer.text.contains("La contraseña actual no coincide"))
        }
        let late = try change(browser)
        #expect(late.status == 429 && late.field("Retry-After") == "1")
        site.clock.now += 2
        #expect(try change(browser).status == 303)
        let refused = try site.desk("proware").read {
            try $0.first("SELECT count(*) FROM audit WHERE act = 'password.change' AND outcome = 'refused'") {
                $0.int(0)
            }
        }
        #expect(refused == 5)
    }

    @Test func `the new one must be another one`() throws {
        let browser = try Browser(site, "proware", as: "ana@ceiba.example")
        let answer = try change(browser, to: Browser.password)
        #expect(answer.status == 422 && answer.text.contains("Elija una contraseña distinta de la actual"))
    }

    @Test func `SE-5: whoever has an old password is told why and goes on with a new one`() throws {
        try site.desk("proware").write { try $0.keep(AccessPolicy(passwordDays: 30)) }
        try site.desk("proware").reloadSettings()
        site.clock.now += 31 * 86_400
        let browser = try Browser(site, "proware", as: "ana@ceiba.example")
        #expect(try browser.get("/profile/email").field("Location") == "/t/proware/profile/password")
        #expect(try browser.get("/profile/password").text.contains("Su contraseña tiene más de 30 días."))
        #expect(try change(browser).status == 303)
        #expect(try browser.get("/profile/email").status == 200)
    }

    @Test func `whoever is not in is asked to log in`() throws {
        #expect(try site.get("/t/proware/profile/password").field("Location")?.contains("/login?next=") == true)
        #expect(try Browser(site, "proware").post("/profile/password", [:] as KeyValuePairs).status == 303)
        #expect(try site.letters().isEmpty)
    }
}
