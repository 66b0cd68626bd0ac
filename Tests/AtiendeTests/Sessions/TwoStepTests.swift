// The second step: setting it up, coming in with it, codes used twice, and who may turn it off.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct TwoStepTests {
    private let site: TestSite
    private let adriana: Person.ID
    /// The secret of RFC 6238, appendix B.
    private let key = TimeCode(secret: Array("12345678901234567890".utf8))

    init() throws {
        site = try TestSite()
        adriana = try site.add("adriana@ceiba.example", name: "Adriana Salcedo")
    }

    private func number(_ sql: SQLText, _ tenant: String = "proware") throws -> Int {
        try site.desk(tenant).read { try $0.first(sql) { $0.int(0) } ?? 0 }
    }

    /// The second step of somebody, with codes for paper.
    @discardableResult
    private func turnOn(_ person: Person.ID) throws -> [RecoveryCode] {
        let codes = try RecoveryCode.makeSet()
        let now = site.clock.now
        try site.desk("proware").write { [key] in
            try $0.turnOnTwoStep(key, step: 0, codes, of: person, at: now)
        }
        return codes
    }

    private func code(_ steps: Int = 0, at instant: Int? = nil) throws -> String {
        try #require(try key.code(step: TimeCode.step(at: instant ?? site.clock.now) + steps))
    }

    private func halfIn() throws -> Browser { try Browser(site, "proware", as: "adriana@ceiba.example") }

    private func isIn(_ browser: Browser) throws -> Bool { try browser.get("/sessions").status == 200 }

    // MARK: Coming in

    @Test(arguments: [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
        (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ])
    func `a code of RFC 6238 lets in at its instant`(_ instant: Int, _ code: String) throws {
        site.clock.now = instant
        try turnOn(adriana)
        let browser = try halfIn()
        #expect(try browser.post("/login/code", ["code": code]).status == 303)
        #expect(try isIn(browser))
    }

    @Test(arguments: [(-2, 422), (-1, 303), (0, 303), (1, 303), (2, 422)])
    func `a step before and a step after count`(_ steps: Int, _ status: Int) throws {
        try turnOn(adriana)
        let browser = try halfIn()
        #expect(try browser.post("/login/code", ["code": code(steps)]).status == status)
        #expect(try isIn(browser) == (status == 303))
    }

    @Test func `the password alone opens nothing but the code's page and the way out`() throws {
        try turnOn(adriana)
        let browser = try halfIn()
        for path in ["/sessions", "/profile/two-step", "/organizations/choose", "/admin/mail", "/login"] {
            let answer = try browser.get(path)
            #expect(answer.status == 303 && answer.field("Location") == "/t/proware/login/code", "\(path)")
        }
        for path in ["/sessions", "/profile/two-step", "/session/stay", "/admin/people/1/two-step"] {
            let answer = try browser.post(path)
            #expect(answer.status == 303 && answer.field("Location") == "/t/proware/login/code", "\(path)")
        }
        let page = try browser.get("/login/code")
        #expect(page.status == 200 && page.text.contains("autocomplete=\"one-time-code\" inputmode=\"numeric\""))
        #expect(!page.text.contains("/sessions\""))
        #expect(try browser.post("/logout").status == 303)
        #expect(browser.token == nil)
    }

    @Test func `the password alone does not say whose account it is`() throws {
        let ceiba = try site.addOrganization("Almacenes La Ceiba")
        let now = site.clock.now
        try site.desk("proware").write { [adriana] in
            try $0.insertMembership(of: adriana, in: ceiba, isManager: false, at: now)
        }
        try turnOn(adriana)
        let browser = try halfIn()
        for page in [
            try browser.get("/login/code"), try browser.get("/login/code?paper=1"), try browser.get("/nowhere"),
        ] {
            for told in ["Adriana", "Salcedo", "adriana@", "Almacenes", "Su cuenta"] {
                #expect(!page.text.contains(told), "\(told)")
            }
        }
        #expect(try browser.post("/login/code", ["code": code()]).status == 303)
        let page = try browser.get("/sessions").text
        #expect(page.contains("Su cuenta: Adriana Salcedo") && page.contains("Almacenes La Ceiba"))
    }

    @Test func `whoever is in, or nobody, has nothing to do at the code's page`() throws {
        #expect(try halfIn().get("/login/code").field("Location") == "/t/proware/")
        #expect(
            try Browser(site, "proware").get("/login/code").field("Location")
                == "/t/proware/login?next=%2Flogin%2Fcode")
    }

    @Test func `the right code gives another token, a later start, and an entry in the trail`() throws {
        try turnOn(adriana)
        let browser = try halfIn()
        let before = try #require(browser.token)
        site.clock.now += 60
        let answer = try browser.post("/login/code", ["code": code(), "next": "/sessions?a=b"])
        #expect(answer.field("Location") == "/t/proware/sessions?a=b")
        #expect(browser.token != before)
        let planted = Browser(site, "proware")
        planted.cookies["sid-proware"] = before
        #expect(try planted.get("/sessions").field("Location") == "/t/proware/login?next=%2Fsessions")
        #expect(try number("SELECT count(*) FROM session") == 1)
        #expect(try number("SELECT count(*) FROM audit WHERE act = 'login.codeAccepted' AND outcome = 'done'") == 1)
    }

    @Test(arguments: ["//evil.example", "https://evil.example", "/\\evil.example"])
    func `the way back stays here`(_ next: String) throws {
        try turnOn(adriana)
        #expect(try halfIn().post("/login/code", ["code": code(), "next": next]).field("Location") == "/t/proware/")
    }

    @Test func `a code is taken once, however many browsers bring it`() throws {
        try turnOn(adriana)
        let one = try halfIn()
        let other = try halfIn()
        let code = try code()
        #expect(try one.post("/login/code", ["code": code]).status == 303)
        let answer = try other.post("/login/code", ["code": code])
        #expect(answer.status == 422 && answer.text.contains("El código no coincide o ya se usó"))
        #expect(!answer.text.contains(code), "a code never comes back")
        #expect(try isIn(one))
        #expect(!(try isIn(other)))
        // Nor the one of the step before, which is older than what was used.
        #expect(try other.post("/login/code", ["code": self.code(-1)]).status == 422)
        #expect(try other.post("/login/code", ["code": self.code(1)]).status == 303)
    }

    @Test func `of two that bring a code at the same time one is right`() async throws {
        try turnOn(adriana)
        let browsers = try (0..<6).map { _ in try halfIn() }
        let code = try code()
        let right = try await withThrowingTaskGroup(of: Int.self) { group in
            for browser in browsers {
                group.addTask { try browser.post("/login/code", ["code": code]).status == 303 ? 1 : 0 }
            }
            return try await group.reduce(0, +)
        }
        #expect(right == 1)
        #expect(try number("SELECT count(*) FROM session WHERE needs_code = 0") == 1)
    }

    @Test func `a clock that was set back brings no code back`() throws {
        try turnOn(adriana)
        let used = try code()
        #expect(try halfIn().post("/login/code", ["code": used]).status == 303)
        let last = try number("SELECT two_step_last FROM person WHERE id = 1")
        site.clock.now -= 3600
        for steps in -1...1 {
            #expect(try halfIn().post("/login/code", ["code": code(steps)]).status == 422)
        }
        #expect(try number("SELECT two_step_last FROM person WHERE id = 1") == last)
        site.clock.now += 3630
        #expect(try halfIn().post("/login/code", ["code": used]).status == 422)
        #expect(try halfIn().post("/login/code", ["code": code(1)]).status == 303)
    }

    @Test func `a code from paper lets in once and tells how many are left`() throws {
        let codes = try turnOn(adriana)
        let browser = try halfIn()
        let typed = codes[3].text.uppercased().replacing("-", with: " ")
        #expect(try browser.post("/login/code", ["code": typed]).status == 303)
        #expect(try browser.get("/").text.contains("Entró con un código de recuperación. Le quedan 9."))
        #expect(!(try browser.get("/").text.contains("Le quedan")))
        #expect(try halfIn().post("/login/code", ["code": codes[3].text]).status == 422)
        #expect(try number("SELECT count(*) FROM recovery_code WHERE used_at IS NOT NULL") == 1)
        #expect(try number("SELECT count(*) FROM audit WHERE act = 'login.recoveryCode'") == 1)
        for code in codes where code.hash != codes[3].hash {
            #expect(try halfIn().post("/login/code", ["code": code.text]).status == 303)
        }
        #expect(try browser.get("/profile/two-step").text.contains("Le quedan 0 códigos"))
    }

    @Test func `a code of somebody else is no code`() throws {
        try turnOn(adriana)
        let other = try site.add("bruno@ceiba.example")
        let codes = try RecoveryCode.makeSet()
        let key = try TimeCode.make()
        try site.desk("proware").write { try $0.turnOnTwoStep(key, step: 0, codes, of: other, at: TestSite.monday) }
        let browser = try halfIn()
        #expect(try browser.post("/login/code", ["code": codes[0].text]).status == 422)
        #expect(try number("SELECT count(*) FROM recovery_code WHERE used_at IS NOT NULL") == 0)
    }

    @Test(arguments: ["", " ", "12345", "1234567", "abcdef", "０００000", String(repeating: "1", count: 41), "1e5"])
    func `what is no code is told so`(_ typed: String) throws {
        try turnOn(adriana)
        let browser = try halfIn()
        let answer = try browser.post("/login/code", ["code": typed])
        #expect(answer.status == 422 && answer.text.contains("code-error"))
        #expect(!(try isIn(browser)))
    }

    @Test func `whoever guesses waits, whichever session he guesses in`() throws {
        try turnOn(adriana)
        for _ in 0..<5 { #expect(try halfIn().post("/login/code", ["code": "000000"]).status == 422) }
        let answer = try halfIn().post("/login/code", ["code": code()])
        #expect(answer.status == 429 && answer.field("Retry-After") != nil)
        site.clock.now += 60
        #expect(try halfIn().post("/login/code", ["code": code()]).status == 303)
        #expect(try number("SELECT count(*) FROM audit WHERE act = 'login.code' AND outcome = 'refused'") == 5)
        #expect(try number("SELECT count(*) FROM attempt WHERE key LIKE 'code:%' AND key NOT LIKE '%address%'") == 0)
    }

    @Test func `a session that ended in between leads to the log-in, and its code is not used up`() throws {
        let codes = try turnOn(adriana)
        let browser = try halfIn()
        let session = try #require(browser.token.flatMap(SecretToken.init))
        let person = adriana
        let now = site.clock.now
        try site.desk("proware").write { connection in
            try connection.endSession(session.hash)
            let keys = try AttemptKeys("code", account: "1", address: "192.0.2.7")
            #expect(throws: Refusal.self) {
                try connection.savepoint {
                    _ = try connection.useCode(codes[0].text, of: person, keys, at: now)
                    throw Refusal.conflict
                }
            }
        }
        #expect(try browser.post("/login/code", ["code": codes[0].text]).field("Location") == "/t/proware/login")
        #expect(try number("SELECT count(*) FROM recovery_code WHERE used_at IS NOT NULL") == 0)
    }
}
