// Coming in and going out: who may, what the cookie is, and what whoever guesses is told.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct LoginTests {
    private let site: TestSite

    init() throws {
        site = try TestSite()
        try site.add("adriana@ceiba.example", name: "Adriana Salcedo")
    }

    private func rows(_ table: SQLText, _ tenant: String = "proware") throws -> Int {
        try site.desk(tenant).read { try $0.first("SELECT count(*) FROM " + table) { $0.int(0) } ?? 0 }
    }

    @Test func `the right password opens a session whose token is not in the database`() throws {
        let browser = Browser(site, "proware")
        let answer = try browser.post("/login", ["email": " Adriana@Ceiba.example ", "password": Browser.password])
        #expect(answer.status == 303 && answer.field("Location") == "/t/proware/")
        let token = try #require(browser.token)
        #expect(token.count == 64)
        let hashes = try site.desk("proware").read { try $0.query("SELECT hash FROM session") { $0.blob(0) } }
        #expect(hashes == [try #require(SecretToken(token)).hash])
        #expect(try browser.get("/").text.contains("Adriana Salcedo"))
    }

    @Test func `the cookie is for this host alone, unseen by scripts, and marked over TLS`() throws {
        let plain = try Browser(site, "proware").post(
            "/login", ["email": "adriana@ceiba.example", "password": Browser.password])
        let cookie = try #require(plain.fields("Set-Cookie").first { $0.hasPrefix("sid-proware=") })
        #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("; Path=/;"))
        #expect(!cookie.contains("Domain") && !cookie.contains("Secure"))
        let proxied = try TestSite(trusting: "192.0.2.7")
        try proxied.add("adriana@ceiba.example")
        let secure = try proxied.post(
            "/t/proware/login", ["email": "adriana@ceiba.example", "password": Browser.password],
            ["X-Forwarded-Proto": "https"])
        let hostCookie = try #require(secure.fields("Set-Cookie").first { $0.hasPrefix("__Host-sid-proware=") })
        #expect(hostCookie.contains("; Secure") && hostCookie.contains("; HttpOnly"))
    }

    @Test(arguments: [
        ("adriana@ceiba.example", "girasol-lento-43"), ("nadie@ceiba.example", Browser.password),
        ("invited@ceiba.example", Browser.password), ("gone@ceiba.example", Browser.password),
        ("empty@ceiba.example", Browser.password), ("adriana@ceiba.example' OR 1=1 --", "cualquier-cosa"),
    ])
    func `everything else is told the same`(_ email: String, _ password: String) throws {
        try site.add("invited@ceiba.example", state: .invited)
        try site.add("gone@ceiba.example")
        try site.add("empty@ceiba.example", password: nil)
        try site.desk("proware").write {
            try $0.execute(
                "UPDATE person SET state = 'deactivated', deactivated_at = 1 WHERE email = 'gone@ceiba.example'")
        }
        let answer = try Browser(site, "proware").post("/login", ["email": email, "password": password])
        #expect(answer.status == 422)
        #expect(answer.text.contains("El correo o la contraseña no coinciden"))
        #expect(!answer.fields("Set-Cookie").contains { $0.hasPrefix("sid-") })
        #expect(!answer.text.contains(password), "a password never comes back")
        #expect(try rows("session") == 0)
    }

    @Test func `another tenant knows neither the account nor the session`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        #expect(
            try Browser(site, "seres").post(
                "/login", ["email": "adriana@ceiba.example", "password": Browser.password]
            ).status == 422)
        let token = try #require(browser.token)
        let stolen = Browser(site, "seres")
        stolen.cookies["sid-seres"] = token
        #expect(!(try stolen.get("/").text.contains("Adriana Salcedo")))
    }

    @Test func `logging in takes another token and ends the session from before`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        let before = browser.token
        _ = try browser.post("/login", ["email": "adriana@ceiba.example", "password": Browser.password])
        #expect(browser.token != before && browser.token != nil)
        #expect(try rows("session") == 1)
    }

    @Test func `a token that an attacker planted is not taken over`() throws {
        let browser = Browser(site, "proware")
        let planted = String(repeating: "ab", count: 32)
        browser.cookies["sid-proware"] = planted
        // Its form is sealed with the cookie of a visitor, since there is no such session.
        browser.cookies["form-proware"] = String(repeating: "cd", count: 32)
        let csrf = try FormSeal(secret: String(repeating: "cd", count: 32)).text
        let answer = try browser.post(
            "/login", ["email": "adriana@ceiba.example", "password": Browser.password, "csrf": csrf])
        #expect(answer.status == 303 && browser.token != planted)
    }

    @Test func `going out ends the session wherever its cookie lies`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        let kept = try #require(browser.token)
        #expect(try browser.post("/logout").status == 303)
        #expect(browser.token == nil)
        let replayed = Browser(site, "proware")
        replayed.cookies["sid-proware"] = kept
        #expect(!(try replayed.get("/").text.contains("Adriana Salcedo")))
        #expect(try rows("session") == 0)
    }

    @Test func `deactivation ends every session at once`() throws {
        let browser = try Browser(site, "proware", as: "adriana@ceiba.example")
        try site.desk("proware").write {
            try $0.execute("UPDATE person SET state = 'deactivated', deactivated_at = 1")
        }
        #expect(!(try browser.get("/").text.contains("Adriana Salcedo")))
    }

    @Test(arguments: [
        ("/tickets?page=2", "/t/proware/tickets?page=2"), ("//evil.example", "/t/proware/"),
        ("/\\evil.example", "/t/proware/"), ("https://evil.example/", "/t/proware/"), ("", "/t/proware/"),
        ("/a\r\nSet-Cookie: x=y", "/t/proware/"), ("/" + String(repeating: "a", count: 2000), "/t/proware/"),
    ])
    func `the way back stays within the tenant`(_ next: String, _ location: String) throws {
        let answer = try Browser(site, "proware").post(
            "/login", ["email": "adriana@ceiba.example", "password": Browser.password, "next": next])
        #expect(answer.status == 303 && answer.field("Location") == location)
    }

    @Test func `SE-6: who is idle too long, or in for too long, is out; a clock set back prolongs nothing`() throws {
        try site.add("carlos@seres.example", to: "seres")
        let idle = try Browser(site, "seres", as: "carlos@seres.example")
        site.clock.now += 599
        #expect(try idle.get("/").text.contains("carlos"))
        site.clock.now += 601
        #expect(!(try idle.get("/").text.contains("carlos")))
        let busy = try Browser(site, "seres", as: "carlos@seres.example")
        let start = site.clock.now
        while site.clock.now - start < 168 * 3600 - 500 {
            site.clock.now += 500
            // What was noted of the last visit is there once a later write is.
            try site.desk("seres").write { _ in }
            guard try busy.get("/").text.contains("carlos") else {
                Issue.record("out after \(site.clock.now - start) s of use")
                return
            }
        }
        site.clock.now = start + 168 * 3600
        #expect(!(try busy.get("/").text.contains("carlos")))
    }
}

@Suite struct GuessingTests {
    private let site: TestSite

    init() throws {
        site = try TestSite()
        try site.add("adriana@ceiba.example", name: "Adriana Salcedo")
    }

    private func attempt(_ email: String, _ password: String, from address: String = "192.0.2.7") throws -> Answer {
        let secret = String(repeating: "5a", count: 32)
        let form = [
            ("email", email), ("password", password), ("csrf", try FormSeal(secret: secret).text),
            ("key", try Random.identifier()),
        ].map { $0.0 + "=" + PercentCoding.encode(queryComponent: $0.1) }.joined(separator: "&")
        return try site.send(
            "POST", "/t/proware/login", ["Cookie": "form-proware=" + secret], form: form,
            from: .internet(#require(IPAddress(address))))
    }

    @Test func `who guesses waits longer and longer, and the owner comes in from elsewhere`() throws {
        var waits: [Int] = []
        for _ in 0..<12 {
            let answer = try attempt("adriana@ceiba.example", "wrong")
            if answer.status == 429 {
                let seconds = try #require(answer.field("Retry-After").flatMap(Int.init))
                waits.append(seconds)
                #expect(answer.text.contains("Demasiados intentos. Pruebe de nuevo a las"))
                site.clock.now += seconds
            }
        }
        #expect(waits == waits.sorted() && waits.count >= 3 && (waits.last ?? 0) >= 8)
        #expect(try attempt("adriana@ceiba.example", Browser.password, from: "198.51.100.9").status == 303)
    }

    @Test func `the right password is not looked at before the wait is over`() throws {
        for _ in 0..<5 { #expect(try attempt("adriana@ceiba.example", "wrong").status == 422) }
        #expect(try attempt("adriana@ceiba.example", Browser.password).status == 429)
        site.clock.now += 2
        #expect(try attempt("adriana@ceiba.example", Browser.password).status == 303)
        #expect(try attempt("adriana@ceiba.example", "wrong").status == 422, "success begins anew")
    }

    @Test func `one address cannot try many accounts, whether they exist or not`() throws {
        for number in 0..<20 { #expect(try attempt("nadie\(number)@ceiba.example", "wrong").status == 422) }
        #expect(try attempt("nadie21@ceiba.example", "wrong").status == 429)
        #expect(try attempt("adriana@ceiba.example", "wrong").status == 429)
        #expect(try attempt("adriana@ceiba.example", "wrong", from: "2001:db8::1").status == 422)
    }

    @Test func `one subscriber of IPv6 is one address`() throws {
        for number in 1...20 {
            #expect(try attempt("nadie\(number)@ceiba.example", "wrong", from: "2001:db8::\(number)").status == 422)
        }
        #expect(try attempt("nadie@ceiba.example", "wrong", from: "2001:db8::ffff").status == 429)
        #expect(try attempt("nadie@ceiba.example", "wrong", from: "2001:db8:0:1::1").status == 422)
    }

    @Test func `a clock that was set back keeps nobody waiting`() throws {
        for _ in 0..<6 { _ = try attempt("adriana@ceiba.example", "wrong") }
        site.clock.now -= 7200
        #expect(try attempt("adriana@ceiba.example", Browser.password).status == 303)
    }
}
