// Asking for another password: what is told tells nothing of who has an account.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

extension TestSite {
    /// Until what nobody waits for is done: letters are sent after the answer.
    func settle() -> Bool { eventually { site.hashing.load == 0 } }
}

@Suite struct PasswordForgotTests {
    private let site: TestSite

    init() throws {
        site = try TestSite()
        try site.add("ana@ceiba.example", name: "Ana Quintero")
        try site.add("nueva@ceiba.example", state: .invited, password: nil)
        try site.add("espera@ceiba.example", state: .pending, password: nil)
        let gone = try site.add("fue@ceiba.example")
        try site.desk("proware").write {
            try $0.execute("UPDATE person SET state = 'deactivated', deactivated_at = 1 WHERE id = ?", gone)
        }
    }

    private func ask(_ email: String, _ fields: KeyValuePairs<String, String> = [:]) throws -> Answer {
        let answer = try Browser(site, "proware").post("/password/forgot", ["email": email], fields)
        #expect(site.settle())
        return answer
    }

    @Test(arguments: [
        ("ana@ceiba.example", ["link.recover"]), (" ANA@Ceiba.Example ", ["link.recover"]),
        ("nueva@ceiba.example", ["link.set"]), ("espera@ceiba.example", []), ("fue@ceiba.example", []),
        ("nadie@ceiba.example", []),
    ])
    func `SE-4: every address is answered alike; whoever may come in gets a letter`(
        _ email: String, _ kinds: [String]
    ) throws {
        let browser = Browser(site, "proware")
        let answer = try browser.post("/password/forgot", ["email": email])
        #expect(answer.status == 303 && answer.field("Location") == "/t/proware/password/forgot/sent")
        #expect(answer.fields("Set-Cookie").isEmpty)
        let page = try browser.get("/password/forgot/sent")
        #expect(page.status == 200 && page.text.contains("Si ese correo tiene cuenta, le llegará un enlace"))
        #expect(site.settle())
        let letters = try site.letters()
        #expect(letters.map(\.kind) == kinds)
        #expect(letters.allSatisfy { $0.recipient == email.lowercased().trimmingSpaces })
    }

    @Test func `the link in the letter works, wherever the request said that it came from`() throws {
        let answer = try ask(
            "ana@ceiba.example",
            ["Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"])
        #expect(answer.status == 303)
        let letter = try #require(try site.letters().last)
        #expect(letter.url?.hasPrefix("http://127.0.0.1:8080/t/proware/password/set?token=") == true)
        #expect(!letter.html.contains("evil") && !letter.text.contains("evil"))
        let set = try Browser(site, "proware").post(
            "/password/set",
            ["token": letter.token ?? "", "password": "jirafa-de-papel-7", "again": "jirafa-de-papel-7"])
        #expect(set.status == 303)
    }

    @Test(arguments: [
        "", "ana", "ana@", "@ceiba.example", "ana@ceiba.example\r\nBcc: todos@ceiba.example",
        "ana@ceiba.example,otro@ceiba.example", "aña@ceiba.example", String(repeating: "a", count: 300) + "@x.example",
    ])
    func `what is no address is told so, and nothing is sent`(_ email: String) throws {
        let answer = try ask(email)
        #expect(answer.status == 422 && answer.text.contains("id=\"email-error\""))
        #expect(try site.letters().isEmpty)
    }

    @Test func `one letter in two minutes and five in an hour, without a word about it`() throws {
        func letters(after seconds: Int) throws -> Int {
            site.clock.now += seconds
            #expect(try ask("ana@ceiba.example").status == 303)
            return try site.letters().count
        }
        #expect(try letters(after: 0) == 1)
        #expect(try letters(after: 119) == 1)
        #expect(try letters(after: 1) == 2)
        #expect(try [120, 120, 120].map(letters) == [3, 4, 5])
        #expect(try letters(after: 120) == 5)
        #expect(try letters(after: 3600 - 601) == 5, "the first is an hour old, less a second")
        #expect(try letters(after: 1) == 6)
    }

    @Test func `one address that asks for many has to wait; others do not`() throws {
        for number in 0..<20 { #expect(try ask("nadie\(number)@ceiba.example").status == 303) }
        let answer = try ask("ana@ceiba.example")
        #expect(answer.status == 429 && answer.field("Retry-After") == "1")
        #expect(answer.text.contains("Demasiados intentos. Pruebe de nuevo a las"))
        #expect(try site.letters().isEmpty)
        let elsewhere = try site.send(
            "POST", "/t/proware/password/forgot",
            fields: [("Cookie", "form-proware=" + String(repeating: "5a", count: 32))],
            form: "email=ana%40ceiba.example&csrf="
                + FormSeal(secret: String(repeating: "5a", count: 32)).text,
            from: .internet(#require(IPAddress("198.51.100.9"))))
        #expect(elsewhere.status == 303)
    }

    @Test func `SE-4: the page says how to reach support to whoever forgot the user`() throws {
        let page = try site.get("/t/proware/password/forgot")
        #expect(page.status == 200 && page.text.contains("id=\"user\""))
        let mail = try #require(try site.desk("proware").provider.channels.first { $0.kind == .mail })
        #expect(page.text.contains("mailto:" + mail.address))
    }
}
