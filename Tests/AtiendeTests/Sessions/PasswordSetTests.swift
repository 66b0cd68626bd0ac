// The link for a password: what uses it up, what it changes, and that nothing else gets through.

import Foundation
import SQL
import Synchronization
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct PasswordSetTests {
    private static let password = "jirafa-de-papel-7"
    private let site: TestSite
    private let ana: Person.ID
    private let carlos: Person.ID

    init() throws {
        site = try TestSite()
        let ceiba = try site.addOrganization("Almacenes La Ceiba")
        ana = try site.add("ana@ceiba.example", name: "Ana Quintero", of: ceiba, state: .invited, password: nil)
        carlos = try site.add("carlos@ceiba.example", name: "Carlos Pardo")
    }

    private func form(
        _ token: String, _ password: String = Self.password, again: String? = nil, _ more: [(String, String)] = []
    ) -> [(String, String)] {
        [
            ("token", token), ("password", password), ("again", again ?? password), ("question", "own"),
            ("ownQuestion", "¿Cómo se llama el río?"), ("answer", "  Río   MAGDALENA "),
        ] + more
    }

    private func set(_ form: [(String, String)], _ browser: Browser? = nil) throws -> Answer {
        try (browser ?? Browser(site, "proware")).post("/password/set", form)
    }

    private func logIn(_ email: String, _ password: String) throws -> Int {
        try Browser(site, "proware").post("/login", ["email": email, "password": password]).status
    }

    private func column(_ name: SQLText, of person: Person.ID) throws -> String {
        try site.desk("proware").read {
            try $0.first("SELECT " + name + " FROM person WHERE id = ?", person) { $0.optionalText(0) ?? "" } ?? ""
        }
    }

    private func expectDead(_ answer: Answer, _ comment: Comment? = nil) {
        #expect(answer.status == 404 && answer.text.contains("Este enlace ya se usó o venció. Pida otro"), comment)
        #expect(answer.text.contains("/t/proware/password/forgot"), comment)
    }

    @Test func `SE-2: the first password activates the account and uses up everything sent before`() throws {
        let token = try site.link(.set, for: ana)
        let other = try site.link(.recover, for: ana)
        let browser = Browser(site, "proware")
        let page = try browser.get("/password/set?token=\(token)")
        #expect(page.status == 200 && page.text.contains("name=\"token\" value=\"\(token)\""))
        #expect(page.text.contains("ana@ceiba.example") && page.text.contains("name=\"answer\""))
        let done = try set(form(token), browser)
        #expect(done.status == 303 && done.field("Location") == "/t/proware/login")
        #expect(try browser.get("/login").text.contains("Su contraseña quedó guardada. Entre con ella."))
        #expect(try column("state", of: ana) == "active")
        #expect(try logIn("ana@ceiba.example", Self.password) == 303)
        #expect(try site.count("one_time_link") == 0)
        expectDead(try browser.get("/password/set?token=\(token)"))
        expectDead(try set(form(token)))
        expectDead(try set(form(other)))
        let letter = try #require(try site.letters().last)
        #expect(letter.recipient == "ana@ceiba.example" && letter.subject == "Su contraseña cambió")
        #expect(letter.token == nil)
    }

    @Test func `looking does not use the link up, however often, and no other link carries it`() throws {
        let token = try site.link(.set, for: ana)
        for _ in 0..<3 {
            let page = try site.get("/t/proware/password/set?token=\(token)&lang=en").text
            #expect(page.contains("Create password"))
            #expect(page.ranges(of: token).count == 1)
        }
        #expect(try set(form(token)).status == 303)
    }

    /// The switch would ask for the page again without the link, which no address of a page may carry.
    @Test func `a form that was wrong offers no way to a page that leads nowhere`() throws {
        let token = try site.link(.set, for: ana)
        let wrong = try set(form(token, "corta"))
        #expect(wrong.status == 422 && wrong.text.contains("name=\"token\" value=\"\(token)\""))
        #expect(!wrong.text.contains("/password/set?") && !wrong.text.contains("lang=en"))
        #expect(try site.get("/t/proware/password/forgot").text.contains("/password/forgot?lang=en"))
    }

    @Test func `a link dies on the second, and does not live again when the clock is set back`() throws {
        let token = try site.link(.set, for: ana)
        let recovery = try site.link(.recover, for: carlos)
        let start = site.clock.now
        site.clock.now = start - 1
        expectDead(try set(form(token)), "made in what is now the future")
        site.clock.now = start + 3599
        #expect(try site.get("/t/proware/password/set?token=\(recovery)").status == 200)
        site.clock.now = start + 3600
        expectDead(try site.get("/t/proware/password/set?token=\(recovery)"))
        expectDead(try set(form(recovery)))
        site.clock.now = start + 72 * 3600 - 1
        #expect(try site.get("/t/proware/password/set?token=\(token)").status == 200)
        site.clock.now = start + 72 * 3600
        expectDead(try set(form(token)))
        #expect(try column("password", of: ana) == "")
    }

    @Test func `a newer link replaces the one before`() throws {
        let first = try site.link(.recover, for: carlos)
        let second = try site.link(.recover, for: carlos)
        expectDead(try set(form(first)))
        #expect(try set(form(second)).status == 303)
    }

    @Test(arguments: ["", "abc", String(repeating: "0", count: 64), String(repeating: "A", count: 64), "' OR 1=1 --"])
    func `what is no link is told what a dead one is`(_ token: String) throws {
        let encoded = PercentCoding.encode(queryComponent: token)
        expectDead(try site.get("/t/proware/password/set?token=\(encoded)"))
        expectDead(try set(form(token)))
        expectDead(try site.get("/t/proware/password/set"))
    }

    @Test func `a link for another purpose, of another tenant, or of somebody who left leads nowhere`() throws {
        expectDead(try set(form(try site.link(.address, for: carlos, address: "nueva@ceiba.example"))))
        let abroad = try site.add("ana@ceiba.example", to: "seres")
        let token = try site.link(.recover, for: abroad, "seres")
        expectDead(try set(form(token)))
        let hash = try #require(SecretToken(token)).hash
        let now = site.clock.now
        let (ana, carlos) = (ana, carlos)
        // The same token here belongs to another person: it changes nothing there.
        try site.desk("proware").write { try $0.insertLink(hash, for: carlos, .recover, at: now) }
        #expect(try set(form(token)).status == 303)
        #expect(try Browser(site, "seres", as: "ana@ceiba.example").token != nil)
        #expect(try site.count("one_time_link", "seres") == 1)
        let late = try site.link(.set, for: ana)
        try site.desk("proware").write {
            try $0.execute("UPDATE person SET state = 'deactivated', deactivated_at = 1 WHERE id = ?", ana)
        }
        expectDead(try set(form(late)))
    }

    @Test func `of two forms at once one is done; the same form twice is answered alike`() throws {
        let token = try site.link(.recover, for: carlos)
        let key = try Random.identifier()
        let statuses = Mutex<[Int]>([])
        let forms = [form(token, "jirafa-de-papel-7"), form(token, "jirafa-de-carton-8")]
        DispatchQueue.concurrentPerform(iterations: 2) { index in
            let status = (try? set(forms[index]).status) ?? 0
            statuses.withLock { $0.append(status) }
        }
        #expect(statuses.withLock { $0.sorted() } == [303, 404])
        let again = try site.link(.recover, for: carlos)
        let twice = form(again, Self.password, [("key", key)])
        let browser = Browser(site, "proware")
        #expect(try set(twice, browser).status == 303)
        #expect(try set(twice, browser).status == 303)
        #expect(try site.letters().count == 2)
    }

    @Test func `SE-3: recovering ends every session, asks for no question and changes none`() throws {
        let thief = try Browser(site, "proware", as: "carlos@ceiba.example")
        let token = try site.link(.recover, for: carlos)
        let page = try site.get("/t/proware/password/set?token=\(token)").text
        #expect(!page.contains("name=\"answer\"") && !page.contains("name=\"question\""))
        #expect(try set(form(token)).status == 303)
        #expect(!(try thief.get("/").text.contains("Carlos Pardo")))
        #expect(try column("identity_question", of: carlos) == "")
        #expect(try logIn("carlos@ceiba.example", Browser.password) == 422)
        #expect(try logIn("carlos@ceiba.example", Self.password) == 303)
    }

    @Test func `whoever was kept waiting for wrong passwords need not wait with the new one`() throws {
        for _ in 0..<6 { _ = try logIn("carlos@ceiba.example", "no-es-esta") }
        #expect(try logIn("carlos@ceiba.example", Browser.password) == 429)
        #expect(try set(form(try site.link(.recover, for: carlos))).status == 303)
        #expect(try logIn("carlos@ceiba.example", Self.password) == 303)
    }

    @Test(arguments: [
        ("corta", "corta", "Use 8 caracteres o más"), ("contraseña1", "contraseña1", "Esa contraseña es muy común"),
        ("atiende2026", "atiende2026", "contraseña"), ("quintero-1", "quintero-1", "Esa contraseña se adivina"),
        ("La Ceiba 1", "La Ceiba 1", "Esa contraseña se adivina"), ("proware-99", "proware-99", "Esa contraseña se"),
        (String(repeating: "ñu", count: 43), "", "Use una contraseña más corta"),
        ("jirafa-de-papel-7", "jirafa-de-papel-8", "Las dos contraseñas no son iguales"),
        ("caf\u{E9}-sin-leche", "cafe\u{301}-sin-leche", "Las dos contraseñas no son iguales"),
        ("", "", "Escriba la contraseña nueva"),
    ])
    func `a password that will not do is told why, beside its field, and the link stays`(
        _ password: String, _ again: String, _ words: String
    ) throws {
        let token = try site.link(.set, for: ana)
        let answer = try set(form(token, password, again: again))
        #expect(answer.status == 422 && answer.text.contains(words))
        #expect(answer.text.contains("<title>Error: "))
        #expect(answer.text.contains("¿Cómo se llama el río?"), "nothing typed is lost")
        #expect(password.isEmpty || !answer.text.contains("value=\"\(password)\""), "a password never comes back")
        #expect(try set(form(token)).status == 303)
    }

    @Test func `long passwords count to the last byte, and any character will do`() throws {
        let long = String(repeating: "pájaro azul ", count: 6) + "1"
        #expect(long.utf8.count > 72)
        #expect(try set(form(try site.link(.set, for: ana), long)).status == 303)
        #expect(try logIn("ana@ceiba.example", String(long.dropLast()) + "2") == 422)
        #expect(try logIn("ana@ceiba.example", long) == 303)
        let emoji = "🦒🌋🫖🧭🪁🎺🐙🥝"
        #expect(try set(form(try site.link(.recover, for: ana), emoji)).status == 303)
        #expect(try logIn("ana@ceiba.example", emoji) == 303)
    }

    @Test func `neither password nor answer nor token is kept or logged as it is`() throws {
        let token = try site.link(.set, for: ana)
        _ = try site.get("/t/proware/password/set?token=\(token)")
        #expect(try set(form(token)).status == 303)
        #expect(try column("identity_question", of: ana) == "¿Cómo se llama el río?")
        let answer = try column("identity_answer", of: ana)
        #expect(answer.hasPrefix("$y$") && PasswordHash(text: answer).matches("rio magdalena"))
        let hash = try column("password", of: ana)
        let database = site.tenantFolder("proware") + "/desk.sqlite"
        let kept = try ["", "-wal"].map { try Data(contentsOf: URL(filePath: database + $0)) }
        #expect(kept.contains { $0.range(of: Data("Cómo se llama".utf8)) != nil }, "what is kept is looked at")
        for secret in [Self.password, "magdalena", "MAGDALENA", token] {
            #expect(kept.allSatisfy { $0.range(of: Data(secret.utf8)) == nil }, "\(secret) is in the database")
            #expect(!site.log.text.contains(secret))
        }
        #expect(!site.log.text.contains(hash) && !hash.isEmpty)
        let trail = try site.desk("proware").read {
            try $0.query("SELECT act, actor, subject, outcome FROM audit") {
                "\($0.text(0)) \($0.int(1)) \($0.text(2)) \($0.text(3))"
            }
        }
        #expect(trail == ["password.set \(ana) person:\(ana) done"])
    }

    @Test func `what is wrong is told in the order of the fields`() throws {
        let token = try site.link(.set, for: ana)
        let page = try set([
            ("token", token), ("password", "corta"), ("again", "otra"), ("question", "pet"), ("answer", ""),
        ])
        let told = page.text.matches(of: /<li><a href="#(\w+)">/).map { String($0.1) }
        #expect(told == ["password", "again", "answer"])
    }

    @Test func `a form without its seal does nothing`() throws {
        let token = try site.link(.recover, for: carlos)
        #expect(try set(form(token) + [("csrf", "")]).status == 403)
        #expect(try site.count("one_time_link") == 1)
    }
}
