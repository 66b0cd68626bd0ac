// Turning the second step on and off, and who must have one.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct TwoStepSetupTests {
    private let site: TestSite
    private let adriana: Person.ID

    init() throws {
        site = try TestSite()
        adriana = try site.add("adriana@ceiba.example", name: "Adriana Salcedo")
    }

    private func number(_ sql: SQLText) throws -> Int {
        try site.desk("proware").read { try $0.first(sql) { $0.int(0) } ?? 0 }
    }

    private func start(_ browser: Browser) throws -> TimeCode {
        let answer = try browser.post("/profile/two-step", ["act": "start", "start-password": Browser.password])
        try #require(answer.status == 303)
        return try key(browser.get("/profile/two-step"))
    }

    /// The key as the page tells it for typing.
    private func key(_ page: Answer) throws -> TimeCode {
        let typed = try #require(page.text.firstMatch(of: /translate="no">([A-Z2-7 ]+)</))
        return TimeCode(secret: try #require(Base32.decode(String(typed.1))))
    }

    private func codes(_ page: Answer) -> [String] {
        page.text.matches(of: /<code translate="no">([^<]+)</).map { String($0.1) }
    }

    private func confirm(_ browser: Browser, _ key: TimeCode) throws -> Answer {
        let code = try #require(try key.code(step: TimeCode.step(at: site.clock.now)))
        return try browser.post("/profile/two-step", ["act": "confirm", "code": code])
    }

    @Test func `setting up shows a key, takes its first code, and ends the other sessions`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        let other = try Browser(site, "proware", as: "adriana@ceiba.example")
        let before = try #require(browser.token)
        let key = try start(browser)
        #expect(key.secret.count == 20)
        let page = try browser.get("/profile/two-step")
        #expect(try self.key(page).secret == key.secret, "the page may be loaded again")
        let provider = try site.desk("proware").provider.name
        let own = try #require(QRCode(key.uri(issuer: provider, account: "adriana@ceiba.example")))
        #expect(page.text.contains(QRDrawing(own).path))
        #expect(try number("SELECT count(*) FROM person WHERE two_step_key IS NOT NULL") == 0)

        let answer = try confirm(browser, key)
        #expect(answer.status == 200)
        let codes = codes(answer)
        #expect(codes.count == 10 && Set(codes).count == 10)
        #expect(browser.token != before)
        #expect(try browser.get("/sessions").status == 200)
        #expect(try other.get("/sessions").status == 303)
        let kept = try site.desk("proware").read { try $0.query("SELECT hash FROM recovery_code") { $0.blob(0) } }
        #expect(Set(kept) == Set(try codes.map { try #require(RecoveryCode($0)).hash }))
        #expect(try number("SELECT count(*) FROM two_step_offer") == 0)
        #expect(try number("SELECT count(*) FROM audit WHERE act = 'twoStep.on'") == 1)
        #expect(
            try number(
                """
                SELECT count(*) FROM outbox WHERE kind = 'twoStep.on' AND recipient_address = 'adriana@ceiba.example'
                """) == 1)
        #expect(self.codes(try browser.get("/profile/two-step")).isEmpty)
    }

    @Test func `the page that shows the codes carries forms that hold`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        let answer = try confirm(browser, start(browser))
        let seal = try #require(answer.text.firstMatch(of: /name="csrf" value="([0-9a-f]+)"/))
        let file = try browser.post(
            "/profile/two-step/codes", codes(answer).map { ("recovery", $0) } + [("csrf", String(seal.1))])
        #expect(file.status == 200)
        #expect(file.field("Content-Disposition") == "attachment; filename=\"proware-codes.txt\"")
        for code in codes(answer) { #expect(file.text.contains(code + "\r\n")) }
    }

    @Test(arguments: [[], ["hola"], ["0000-0000-00"], ["<script>"]])
    func `the file holds nothing but one's own codes`(_ sent: [String]) throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        _ = try confirm(browser, start(browser))
        #expect(try browser.post("/profile/two-step/codes", sent.map { ("recovery", $0) }).status == 404)
    }

    @Test func `the first code of another key, an old one, or none turns nothing on`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        let first = try start(browser)
        let second = try start(browser)
        #expect(first.secret != second.secret)
        #expect(try confirm(browser, first).status == 422)
        #expect(try browser.post("/profile/two-step", ["act": "confirm", "code": ""]).status == 422)
        let stranger = try Browser(site, "proware", as: "adriana@ceiba.example")
        #expect(try confirm(stranger, second).status == 303, "a key is of the session that asked for it")
        site.clock.now += 3600
        #expect(try confirm(browser, second).status == 303)
        #expect(try number("SELECT count(*) FROM person WHERE two_step_at IS NOT NULL") == 0)
        for act in ["", "confirm ", "delete"] {
            #expect(try browser.post("/profile/two-step", ["act": act]).status == 403)
        }
    }

    @Test func `confirming twice turns on once`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        let key = try start(browser)
        #expect(try confirm(browser, key).status == 200)
        #expect(try confirm(browser, key).status == 303)
        #expect(try number("SELECT count(*) FROM recovery_code") == 10)
        // Nor does starting again replace what is on.
        _ = try browser.post("/profile/two-step", ["act": "start", "start-password": Browser.password])
        #expect(try number("SELECT count(*) FROM two_step_offer") == 0)
    }

    @Test(arguments: ["start", "codes", "off"])
    func `without the password nothing changes, and whoever guesses it waits`(_ act: String) throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        if act != "start" { _ = try confirm(browser, start(browser)) }
        for password in ["", "x", "girasol-lento-43"] {
            let answer = try browser.post("/profile/two-step", ["act": act, "\(act)-password": password])
            #expect(answer.status == 422 && !answer.text.contains("girasol"))
        }
        let rows = try number("SELECT count(*) FROM two_step_offer")
        #expect(rows == 0)
        for _ in 0..<3 { _ = try browser.post("/profile/two-step", ["act": act, "\(act)-password": "no"]) }
        #expect(
            try browser.post("/profile/two-step", ["act": act, "\(act)-password": Browser.password]).status == 429)
        #expect(try number("SELECT count(*) FROM person WHERE two_step_at IS NOT NULL") == (act == "start" ? 0 : 1))
    }

    @Test func `new codes end the old ones, and a form sent twice shows codes once`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        let old = codes(try confirm(browser, start(browser)))
        let form: KeyValuePairs = [
            "act": "codes", "codes-password": Browser.password, "key": "00112233445566778899aabbccddeeff",
        ]
        let new = codes(try browser.post("/profile/two-step", form))
        #expect(new.count == 10 && Set(new).isDisjoint(with: old))
        #expect(try browser.post("/profile/two-step", form).status == 303)
        let half = try Browser(site, "proware", as: "adriana@ceiba.example")
        #expect(try half.post("/login/code", ["code": old[0]]).status == 422)
        #expect(try half.post("/login/code", ["code": new[0]]).status == 303)
        #expect(try number("SELECT count(*) FROM audit WHERE act = 'twoStep.codes'") == 1)
    }

    @Test func `turning off takes the password, ends the other sessions, and tells by letter`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        _ = try confirm(browser, start(browser))
        let half = try Browser(site, "proware", as: "adriana@ceiba.example")
        let answer = try browser.post("/profile/two-step", ["act": "off", "off-password": Browser.password])
        #expect(answer.status == 303)
        #expect(try number("SELECT count(*) FROM recovery_code") == 0)
        #expect(try number("SELECT count(*) FROM session") == 1)
        #expect(try half.get("/sessions").status == 303)
        #expect(try number("SELECT count(*) FROM outbox WHERE kind = 'twoStep.off'") == 1)
        #expect(try Browser(site, "proware", as: "adriana@ceiba.example").get("/sessions").status == 200)
    }

    // MARK: Who must have one, and who takes it away

    private func oblige(_ roles: Set<String>) throws {
        var policy = AccessPolicy()
        policy.twoStepRoles = roles
        let kept = policy
        try site.desk("proware").write { try $0.keep(kept) }
        try site.desk("proware").reloadSettings()
    }

    @Test func `whoever must have one is led there, told why, and goes on once he has it`() throws {
        try site.add("jefa@proware.example", as: .admin)
        try oblige(["admin"])
        let admin = try Browser(site, "proware", as: "jefa@proware.example")
        for path in ["/sessions", "/admin/mail", "/login"] {
            #expect(try admin.get(path).field("Location") == "/t/proware/profile/two-step")
        }
        #expect(try admin.get("/profile/two-step").text.contains("pide la verificación en dos pasos"))
        #expect(try admin.post("/session/stay").field("Location") == "/t/proware/profile/two-step")
        let answer = try confirm(admin, start(admin))
        #expect(answer.status == 200)
        #expect(try admin.get("/admin/mail").status == 200)
        let page = try admin.get("/profile/two-step").text
        #expect(page.contains("no se puede desactivar") && !page.contains("value=\"off\""))
        #expect(try admin.post("/profile/two-step", ["act": "off", "off-password": Browser.password]).status == 403)
        #expect(try number("SELECT count(*) FROM person WHERE two_step_at IS NOT NULL") == 1)
        // The rule is for admins alone.
        #expect(try Browser(site, "proware", as: "adriana@ceiba.example").get("/sessions").status == 200)
    }

    @Test func `an admin takes away the second step of another, never his own`() throws {
        let jefa = try site.add("jefa@proware.example", as: .admin)
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        _ = try confirm(browser, start(browser))
        let admin = try Browser(site, "proware", as: "jefa@proware.example")
        _ = try confirm(admin, start(admin))
        #expect(try admin.post("/admin/people/\(jefa)/two-step").status == 403)
        for id in ["0", "999", "abc", "+1", "01"] {
            #expect(try admin.post("/admin/people/\(id)/two-step").status == 404)
        }
        let answer = try admin.post("/admin/people/\(adriana)/two-step")
        #expect(answer.status == 303 && answer.field("Location") == "/t/proware/admin/people/\(adriana)")
        #expect(try browser.get("/sessions").status == 303)
        #expect(try number("SELECT count(*) FROM outbox WHERE kind = 'twoStep.reset'") == 1)
        #expect(try number("SELECT count(*) FROM audit WHERE act = 'twoStep.off' AND actor <> 1") == 1)
        #expect(try Browser(site, "proware", as: "adriana@ceiba.example").get("/sessions").status == 200)
        #expect(try admin.post("/admin/people/\(adriana)/two-step").status == 409)
    }

    @Test(arguments: [Person.Role.customer, .technician(level: 3)])
    func `nobody else does`(_ role: Person.Role) throws {
        try site.add("bruno@ceiba.example", as: role, isLead: role.isStaff)
        let browser = try Browser(site, "proware", as: "bruno@ceiba.example")
        #expect(try browser.post("/admin/people/\(adriana)/two-step").status == 404)
        #expect(try browser.post("/admin/people/\(adriana)/sessions").status == 404)
    }
}
