// Forms of other sites, of other people and of nobody.

import Testing

@testable import Atiende

@Suite struct FormSealTests {
    @Test func `a seal fits its own secret alone, looks different on each page, and nothing else fits`() throws {
        let secret = String(repeating: "5a", count: 32)
        let seal = try FormSeal(secret: secret)
        let texts = try (0..<100).map { _ in try FormSeal(secret: secret).text }
        #expect(Set(texts).count == 100)
        #expect(texts.allSatisfy(seal.matches))
        let other = try FormSeal(secret: String(repeating: "5b", count: 32))
        #expect(!other.matches(texts[0]))
        for wrong in [
            "", "0", String(repeating: "0", count: 64), String(texts[0].dropLast()), texts[0] + "0",
            texts[0].uppercased() + "g",
        ] {
            #expect(!seal.matches(wrong))
        }
    }

    @Test func `a form without its seal, or with another person's, is refused and does nothing`() throws {
        let site = try TestSite()
        try site.add("adriana@ceiba.example")
        try site.add("bruno@ceiba.example")
        let adriana = try Browser(site, "proware", as: "adriana@ceiba.example")
        let bruno = try Browser(site, "proware", as: "bruno@ceiba.example")
        let forged = try bruno.csrf()
        for csrf in ["", "x", String(repeating: "0", count: 64), forged] {
            #expect(try adriana.post("/logout", ["csrf": csrf]).status == 403)
        }
        #expect(try adriana.get("/").text.contains("adriana"))
        #expect(try adriana.post("/logout", [:], ["Sec-Fetch-Site": "cross-site"]).status == 403)
        #expect(try adriana.post("/logout", [:], ["Origin": "https://evil.example"]).status == 403)
        #expect(try adriana.post("/logout").status == 303)
    }

    @Test func `whoever logs in needs the seal of the page that he saw`() throws {
        let site = try TestSite()
        try site.add("adriana@ceiba.example")
        let browser = Browser(site, "proware")
        let form: KeyValuePairs = ["email": "adriana@ceiba.example", "password": Browser.password, "csrf": "x"]
        #expect(try browser.post("/login", form).status == 403)
        let page = try browser.get("/login")
        #expect(page.fields("Set-Cookie").contains { $0.hasPrefix("form-proware=") })
        #expect(try browser.get("/login").fields("Set-Cookie").isEmpty, "one cookie does for all forms")
    }
}
