// Another e-mail address: asked for with the password, confirmed from the new address.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct AddressChangeTests {
    private let site: TestSite
    private let ana: Person.ID

    init() throws {
        site = try TestSite()
        ana = try site.add("ana@ceiba.example", name: "Ana Quintero")
        try site.add("carlos@ceiba.example")
    }

    private func ask(_ browser: Browser, _ email: String, current: String = Browser.password) throws -> Answer {
        try browser.post("/profile/email", ["email": email, "current": current])
    }

    private func email() throws -> String? { try site.desk("proware").read { try $0.person(ana)?.email } }

    @Test func `the new address gets a link, the present one a notice; the change waits for the link`() throws {
        let browser = try Browser(site, "proware", as: "ana@ceiba.example")
        let other = try Browser(site, "proware", as: "ana@ceiba.example")
        #expect(try ask(browser, " Ana@Roble.example").status == 303)
        let letters = try site.letters()
        #expect(letters.map(\.kind) == ["account.moving", "link.address"])
        #expect(letters.map(\.recipient) == ["ana@ceiba.example", "ana@roble.example"])
        #expect(letters[0].text.contains("El nuevo sería ana@roble.example.") && letters[0].token == nil)
        #expect(try email() == "ana@ceiba.example")
        let token = try #require(letters[1].token)
        let page = try browser.get("/email/confirm?token=\(token)")
        #expect(page.status == 200 && page.text.contains("Desde ahora entrará con ana@roble.example."))
        #expect(try email() == "ana@ceiba.example")
        let done = try browser.post("/email/confirm", ["token": token])
        #expect(done.status == 303 && done.field("Location") == "/t/proware/")
        #expect(try email() == "ana@roble.example")
        #expect(try browser.get("/").text.contains("Ana Quintero"))
        #expect(!(try other.get("/").text.contains("Ana Quintero")))
        #expect(try browser.post("/email/confirm", ["token": token]).status == 404)
        #expect(try site.letters().last?.recipient == "ana@ceiba.example")
        #expect(try Browser(site, "proware", as: "ana@roble.example").token != nil)
        let found = try site.desk("proware").read {
            try $0.first("SELECT count(*) FROM person_search WHERE words MATCH 'roble'") { $0.int(0) }
        }
        #expect(found == 1)
    }

    @Test func `the link works for whoever is not in, and leaves another person's session alone`() throws {
        let token = try site.link(.address, for: ana, address: "ana@roble.example")
        let browser = try Browser(site, "proware", as: "carlos@ceiba.example")
        #expect(try browser.post("/email/confirm", ["token": token]).field("Location") == "/t/proware/login")
        #expect(try browser.get("/").text.contains("carlos"))
        #expect(try email() == "ana@roble.example")
    }

    @Test func `an address that somebody else has is told like any other, and no link is sent`() throws {
        let browser = try Browser(site, "proware", as: "ana@ceiba.example")
        let free = try ask(browser, "libre@roble.example")
        let taken = try ask(browser, "carlos@ceiba.example")
        #expect(free.status == taken.status && free.field("Location") == taken.field("Location"))
        #expect(
            try site.letters().map(\.recipient) == ["ana@ceiba.example", "libre@roble.example", "ana@ceiba.example"])
    }

    @Test func `an address that was taken meanwhile stays where it is`() throws {
        let token = try site.link(.address, for: ana, address: "ana@roble.example")
        let recovery = try site.link(.recover, for: ana)
        try site.add("ana@roble.example")
        let answer = try Browser(site, "proware").post("/email/confirm", ["token": token])
        #expect(answer.status == 404 && answer.text.contains("Este enlace ya se usó o venció. Pida otro"))
        #expect(try email() == "ana@ceiba.example")
        #expect(try site.get("/t/proware/password/set?token=\(recovery)").status == 200, "nothing was taken away")
        #expect(try site.letters().isEmpty)
    }

    @Test(arguments: [
        ("ana@ceiba.example", Browser.password, "Ese ya es su correo"), ("ana", Browser.password, "Escriba un correo"),
        ("ana@roble.example\r\nBcc: x@y.example", Browser.password, "carácter"),
        ("ana@roble.example", "no-es-esta", "La contraseña actual no coincide"),
        ("ana@roble.example", "", "Escriba la contraseña actual"),
    ])
    func `what will not do is told beside its field`(_ email: String, _ current: String, _ words: String) throws {
        let browser = try Browser(site, "proware", as: "ana@ceiba.example")
        let answer = try ask(browser, email, current: current)
        #expect(answer.status == 422 && answer.text.contains(words))
        #expect(try site.letters().isEmpty)
    }

    @Test func `a link for a password confirms no address`() throws {
        let token = try site.link(.recover, for: ana)
        #expect(try site.get("/t/proware/email/confirm?token=\(token)").status == 404)
        #expect(try Browser(site, "proware").post("/email/confirm", ["token": token]).status == 404)
        #expect(try site.count("one_time_link") == 1)
    }
}
