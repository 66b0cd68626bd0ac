// The list of one's sessions, closing them, staying, and the organization one is here for.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct SessionRoutesTests {
    private let site: TestSite
    private let adriana: Person.ID

    init() throws {
        site = try TestSite()
        adriana = try site.add("adriana@ceiba.example", name: "Adriana Salcedo")
    }

    private func number(_ sql: SQLText) throws -> Int {
        try site.desk("proware").read { try $0.first(sql) { $0.int(0) } ?? 0 }
    }

    private func browser(_ email: String = "adriana@ceiba.example", agent: String = "") throws -> Browser {
        let browser = Browser(site, "proware")
        let answer = try browser.post(
            "/login", [("email", email), ("password", Browser.password)], ["User-Agent": agent])
        try #require(answer.status == 303)
        return browser
    }

    private func publicID(_ browser: Browser) throws -> String {
        let token = try #require(browser.token.flatMap(SecretToken.init))
        return Hexadecimal.text(Array(token.hash.prefix(8)))
    }

    @Test func `the list shows every session of the person and of nobody else`() throws {
        try site.add("bruno@ceiba.example")
        let phone = try browser(
            agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Safari/604.1")
        let desk = try browser(agent: "<script>alert(1)</script> Firefox/150.0 (X11; Linux x86_64)")
        _ = try browser("bruno@ceiba.example", agent: "Edg/150.0 Windows NT 10.0")
        let page = try desk.get("/sessions").text
        #expect(page.contains("Safari en iPhone") && page.contains("Firefox en Linux"))
        #expect(!page.contains("Edge") && !page.contains("alert(1)"))
        #expect(page.matches(of: /\/sessions\/[0-9a-f]{16}"/).count == 1, "one's own has no button")
        #expect(page.contains("/sessions/\(try publicID(phone))\""))
        let token = try #require(desk.token.flatMap(SecretToken.init))
        #expect(!page.contains(token.text) && !page.contains(Hexadecimal.text(token.hash)))
        #expect(try phone.get("/sessions", ["Accept-Language": "en"]).text.contains("Firefox on Linux"))
    }

    @Test func `a session that is over is not in the list`() throws {
        _ = try browser(agent: "Opera OPR/150")
        site.clock.now += 480 * 60
        #expect(!(try browser().get("/sessions").text.contains("Opera")))
    }

    @Test func `closing one ends it, and sending the form again does nothing more`() throws {
        let one = try browser()
        let other = try browser()
        let form: [(String, String)] = [("key", "00112233445566778899aabbccddeeff")]
        for _ in 1...2 {
            let answer = try one.post("/sessions/\(publicID(other))", form)
            #expect(answer.status == 303 && answer.field("Location") == "/t/proware/sessions")
        }
        #expect(try other.get("/sessions").status == 303)
        #expect(try one.get("/sessions").text.contains("Cerró la sesión."))
        #expect(try number("SELECT count(*) FROM audit WHERE act = 'session.end'") == 1)
    }

    @Test func `nobody ends a session of somebody else`() throws {
        try site.add("bruno@ceiba.example")
        try site.add("jefa@proware.example", as: .admin)
        let own = try browser()
        for email in ["bruno@ceiba.example", "jefa@proware.example"] {
            #expect(try browser(email).post("/sessions/\(publicID(own))").status == 404)
        }
        #expect(try own.get("/sessions").status == 200)
    }

    @Test(arguments: ["0", "abc", "0123456789abcdef", "0123456789ABCDEF", "00", "%00", "0123456789abcdef0"])
    func `what is no session is not found`(_ id: String) throws {
        #expect(try browser().post("/sessions/\(id)").status == 404)
        #expect(try number("SELECT count(*) FROM session") == 1)
    }

    @Test func `the whole hash, or the token, is no name of a session`() throws {
        let one = try browser()
        let token = try #require(try browser().token.flatMap(SecretToken.init))
        for id in [token.text, Hexadecimal.text(token.hash)] {
            #expect(try one.post("/sessions/\(id)").status == 404)
        }
    }

    @Test func `closing all others leaves this one`() throws {
        try site.add("bruno@ceiba.example")
        let bruno = try browser("bruno@ceiba.example")
        let one = try browser()
        let others = try [browser(), browser()]
        #expect(try one.post("/sessions").status == 303)
        #expect(try one.get("/sessions").text.contains("Esta es su única sesión abierta"))
        for other in others { #expect(try other.get("/sessions").status == 303) }
        #expect(try bruno.get("/sessions").status == 200)
    }

    @Test func `an admin ends all sessions of somebody`() throws {
        try site.add("jefa@proware.example", as: .admin)
        let browsers = try [browser(), browser()]
        let admin = try browser("jefa@proware.example")
        #expect(try admin.post("/admin/people/999/sessions").status == 404)
        let answer = try admin.post("/admin/people/\(adriana)/sessions")
        #expect(answer.field("Location") == "/t/proware/admin/people/\(adriana)")
        for browser in browsers { #expect(try browser.get("/sessions").status == 303) }
        #expect(try admin.get("/sessions").status == 200)
        #expect(try number("SELECT count(*) FROM audit WHERE act = 'session.end' AND subject = 'person:1'") == 1)
    }

    // MARK: Staying

    @Test func `a page tells the seconds that are left, and staying begins them anew`() throws {
        try site.add("carlos@seres.example", to: "seres")
        let carlos = try Browser(site, "seres", as: "carlos@seres.example")
        #expect(try carlos.get("/sessions").text.contains("data-idle-seconds=\"600\" data-limit-seconds=\"604800\""))
        site.clock.now += 50
        #expect(try carlos.get("/sessions").text.contains("data-idle-seconds=\"550\""), "used but not yet written")
        let answer = try carlos.post("/session/stay")
        #expect(answer.status == 204 && answer.field("Session-Seconds") == "600")
        #expect(try carlos.get("/sessions").text.contains("data-idle-seconds=\"600\""))
        site.clock.now += 599
        #expect(try carlos.post("/session/stay", [], ["Sec-Fetch-Mode": "navigate"]).status == 303)
        site.clock.now += 600
        #expect(try carlos.post("/session/stay").field("Location") == "/t/seres/login")
    }

    @Test func `who is not in, or half in, is told of no end`() throws {
        #expect(!(try Browser(site, "proware").get("/login").text.contains("data-idle-seconds")))
        #expect(!(try Browser(site, "proware").get("/login").text.contains("<dialog")))
    }

    // MARK: Organizations

    @Test func `a customer of several organizations chooses one, which is audited and said`() throws {
        let ceiba = try site.addOrganization("Almacenes La Ceiba")
        let roble = try site.addOrganization("Maderas El Roble")
        let foreign = try site.addOrganization("Textiles del Valle")
        let customer = try site.add("dora@ceiba.example", of: ceiba)
        try site.desk("proware").write {
            try $0.insertMembership(of: customer, in: roble, isManager: true, at: TestSite.monday)
            try $0.insertMembership(of: customer, in: foreign, isManager: false, isPending: true, at: TestSite.monday)
        }
        let dora = try browser("dora@ceiba.example")
        let page = try dora.get("/organizations/choose").text
        #expect(page.contains("value=\"\(ceiba)\" checked") && page.contains("Maderas El Roble"))
        #expect(!page.contains("Textiles"))
        for id in ["\(foreign)", "999", "x", "0"] {
            #expect(try dora.post("/organizations/choose", ["organization": id]).status == 404)
        }
        #expect(try dora.post("/organizations/choose", ["organization": ""]).status == 422)
        #expect(try dora.post("/organizations/choose", ["organization": "\(roble)"]).status == 303)
        let home = try dora.get("/").text
        #expect(home.contains("<small>Maderas El Roble</small>") && home.contains("Ahora está aquí por"))
        #expect(
            try number(
                """
                SELECT count(*) FROM audit WHERE act = 'session.organization' AND before = 'Almacenes La Ceiba'
                    AND after = 'Maderas El Roble'
                """) == 1)
        #expect(home.contains("/organizations/choose\""))
    }

    @Test func `whoever belongs to none finds nothing to choose, nor does the staff`() throws {
        let ceiba = try site.addOrganization("Almacenes La Ceiba")
        try site.add("tec@proware.example", as: .technician(level: 1))
        for email in ["adriana@ceiba.example", "tec@proware.example"] {
            let browser = try browser(email)
            let page = try browser.get("/organizations/choose")
            #expect(page.status == (email.hasPrefix("tec") ? 404 : 200) && !page.text.contains("La Ceiba"))
            #expect(try browser.post("/organizations/choose", ["organization": "\(ceiba)"]).status == 404)
        }
    }
}

@Suite struct DeviceTests {
    @Test(arguments: [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36",
            "Chrome", "Windows"
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 Edg/150.0", "Edge", "Windows"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/150.0 Mobile Safari/537.36", "Chrome", "Android"),
        ("Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) CriOS/150.0 Safari/604.1", "Chrome", "iPad"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/19.0 Safari/605.1", "Safari", "macOS"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox", "Linux"),
        ("curl/8.0", "curl", ""), ("", "", ""), ("\u{202E}", "", ""), (String(repeating: "a", count: 200), "", ""),
    ])
    func `what a browser says of itself`(_ agent: String, _ browser: String, _ system: String) {
        let device = Device(agent: agent)
        #expect(device.browser == browser && device.system == system)
    }
}
