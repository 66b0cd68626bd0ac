// Links that letters bring: what the letter says, what the database keeps.

import Markup
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct LinkLetterTests {
    private let site: TestSite
    private let ana: Person.ID

    init() throws {
        site = try TestSite(tenantRoutes: [
            .post("/test/invite", for: .anyone) { visit, request throws(Refusal) in
                guard case .form(let form) = request.body else { throw .forbidden }
                let desk = try visit.tenantDesk()
                guard let person = try desk.read({ try $0.person(email: form["email"] ?? "") }) else { throw .notFound }
                let link =
                    switch form["purpose"] {
                    case "recover": try visit.recovery(for: person)
                    case "address":
                        try visit.confirmation(of: Self.newAddress(), for: person)
                    default: try visit.invitation(to: person, reasons: ["Marta Gil le abrió una cuenta."])
                    }
                return try .file(form) { connection in
                    try connection.send(link, to: person.id, at: visit.now)
                    if form["fails"] != nil { throw Refusal.conflict }
                    return "/"
                }
            }
        ])
        ana = try site.add("ana@ceiba.example", name: "Ana Lucía <b>", state: .invited, password: nil)
    }

    private static func newAddress() throws(Refusal) -> EmailAddress {
        guard let address = EmailAddress("ana@roble.example") else { throw .notFound }
        return address
    }

    @Test func `an invitation names the account and brings a link whose hash alone is kept`() throws {
        let answer = try Browser(site, "proware").post(
            "/test/invite", ["email": "ana@ceiba.example"],
            ["Host": "evil.example", "X-Forwarded-Host": "evil.example"])
        #expect(answer.status == 303)
        let letter = try #require(try site.letters().last)
        #expect(letter.kind == "link.set" && letter.recipient == "ana@ceiba.example" && letter.language == "es")
        #expect(letter.text.contains("Marta Gil le abrió una cuenta."))
        #expect(letter.text.contains("Su usuario es ana@ceiba.example."))
        #expect(letter.text.contains("Sirve una sola vez y vence en 72 horas."))
        #expect(!letter.html.contains("<b>") && !letter.text.contains("evil") && !letter.html.contains("evil"))
        let token = try #require(letter.token)
        #expect(letter.url == "http://127.0.0.1:8080/t/proware/password/set?token=\(token)")
        let now = site.clock.now
        let link = try site.desk("proware").read {
            try $0.link(try #require(SecretToken(token)).hash, at: now)
        }
        #expect(link?.person == ana && link?.purpose == .set && link?.address == nil)
        let trail = try site.desk("proware").read {
            try $0.query("SELECT act, subject, after FROM audit") { "\($0.text(0)) \($0.text(1)) \($0.text(2))" }
        }
        #expect(trail == ["link.send person:\(ana) set"])
    }

    @Test func `each purpose has its words, its page and its time`() throws {
        let browser = Browser(site, "proware")
        _ = try browser.post("/test/invite", ["email": "ana@ceiba.example", "purpose": "recover"])
        _ = try browser.post("/test/invite", ["email": "ana@ceiba.example", "purpose": "address"])
        let letters = try site.letters()
        #expect(letters.map(\.kind) == ["link.recover", "link.address"])
        #expect(letters.map(\.recipient) == ["ana@ceiba.example", "ana@roble.example"])
        #expect(letters.allSatisfy { $0.text.contains("vence en 1 hora.") })
        #expect(letters[1].url?.hasPrefix("http://127.0.0.1:8080/t/proware/email/confirm?token=") == true)
    }

    @Test func `who chose a language reads that one`() throws {
        try site.desk("proware").write { try $0.execute("UPDATE person SET language = 'en'") }
        _ = try Browser(site, "proware").post("/test/invite", ["email": "ana@ceiba.example"])
        let letter = try #require(try site.letters().last)
        #expect(letter.language == "en" && letter.text.contains("It works once and expires in 72 hours."))
    }

    @Test func `nothing is left of a link whose cause was taken back`() throws {
        _ = try Browser(site, "proware").post("/test/invite", ["email": "ana@ceiba.example", "fails": "1"])
        #expect(try site.letters().isEmpty)
        #expect(try site.count("one_time_link") == 0)
        #expect(try site.count("audit") == 0)
    }
}
