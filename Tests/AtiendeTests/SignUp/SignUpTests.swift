// What comes of a sign-up, and that whoever sends it cannot tell which.

import Dispatch
import SQL
import Synchronization
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct SignUpTests {
    private let site: TestSite
    private static let done = "/t/proware/signup/sent?to=ana%40nandu.example"

    init() throws { site = try TestSite(trusting: "192.0.2.7") }

    // MARK: A new organization

    @Test func `a company comes in as pending, managed by whoever signed it up`() throws {
        try site.add("jefa@proware.example", as: .admin)
        let answer = try site.signUp()
        #expect(answer.status == 303 && answer.field("Location") == Self.done)
        #expect(try site.organizations() == ["900123456-8|Ferretería Ñandú S. A. S.|pending"])
        #expect(try site.people().last == "ana@nandu.example|Ana Ñáñez|customer|invited")
        #expect(try site.memberships() == ["ana@nandu.example|900123456-8|1|active"])
        #expect(try site.lines("SELECT phone, language FROM person").last == "+573001234567|es")
        #expect(
            try site.letterLines() == [
                "link.set ana@nandu.example", "signup.waiting.organization jefa@proware.example",
            ])
        #expect(
            try site.lines("SELECT outcome, subject, after, organization FROM audit WHERE act = 'signup'") == [
                "done|person:2|organization:1|NULL"
            ])
    }

    @Test func `SE-2: the letter brings the log-in and the link, and nothing that was typed`() throws {
        try site.add("jefa@proware.example", as: .admin)
        let typed = [
            "name": "Gane Dinero evil.example", "legalName": "Visite evil.example ya", "street": "evil.example calle",
            "city": "evil.example ciudad", "region": "evil.example r", "neighborhood": "evil.example b",
            "companyEmail": "otro@evil.example",
        ]
        try site.signUp(typed)
        let letters = try site.letters()
        #expect(letters.count == 2)
        for letter in letters { #expect(!(letter.subject + letter.text + letter.html).contains("evil")) }
        #expect(letters[0].text.contains(Applicant.email) && letters[0].token != nil)
        #expect(letters[0].text.contains("72 horas") && letters[0].text.contains("lo estamos revisando"))
        #expect(try site.lines("SELECT recipient_name FROM outbox").first == "")
    }

    @Test func `the link sets the password, and the person comes in and sees that it is under review`() throws {
        try site.signUp()
        #expect(
            try Browser(site, "proware").post("/login", ["email": Applicant.email, "password": Browser.password]).status
                == 422)
        try site.followLastLink()
        let ana = try Browser(site, "proware", as: Applicant.email)
        #expect(try ana.get("/").text.contains("Estamos revisando el registro de su organización"))
        try site.desk("proware").write { try $0.execute("UPDATE organization SET state = 'active'") }
        #expect(!(try ana.get("/").text.contains("Estamos revisando")))
    }

    @Test func `where the contract promises it, a new account is being brought into operation from now on`() throws {
        try site.signUp(at: "seres")
        let ticket = "1|1|newAccount|\(site.clock.now)"
        let tickets: SQLText = "SELECT organization, requester, kind, opened_at FROM ticket"
        #expect(try site.lines(tickets, "seres") == [ticket])
        // Who asks again has one account and one ticket, and gets another link.
        site.clock.now += 600
        try site.signUp(["taxID": Company.nit(7)], at: "seres")
        #expect(try site.lines(tickets, "seres") == [ticket] && site.count("person", "seres") == 1)
        #expect(try site.letterLines("seres") == ["link.set ana@nandu.example", "link.set ana@nandu.example"])
        // Nobody joins a company that is here with a ticket of its own.
        try site.signUp(["email": "beto@nandu.example"], at: "seres")
        #expect(try site.lines(tickets, "seres") == [ticket])
        try site.signUp()
        #expect(try site.count("ticket") == 0, "this contract promises nothing about new accounts")
    }

    @Test func `asking for a password does not mail the name that a stranger typed either`() throws {
        try site.signUp(["name": "Gane Dinero evil.example"])
        site.clock.now += 600
        #expect(try Browser(site, "proware").post("/password/forgot", ["email": Applicant.email]).status == 303)
        #expect(try eventually { try site.count("outbox") == 2 })
        for letter in try site.letters() {
            #expect(!(letter.text + letter.html).contains("evil"))
        }
        #expect(try site.letters().map { $0.token != nil } == [false, true], "the newer link is the one that works")
    }

    // MARK: An organization that is here

    @Test(arguments: [[:], ["isKnown": "on"], ["isKnown": "on", "legalName": "", "street": ""]])
    func `whoever names a known company waits for its manager`(_ changes: [String: String]) throws {
        try site.addCompany(managedBy: "eva@nandu.example")
        try site.add("jefa@proware.example", as: .admin)
        let answer = try site.signUp(changes)
        #expect(answer.status == 303 && answer.field("Location") == Self.done)
        #expect(try site.organizations() == ["900123456-8|Ferretería de Antes S. A.|active"], "nothing was overwritten")
        #expect(try site.memberships().last == "ana@nandu.example|900123456-8|0|pending")
        #expect(
            try site.letterLines() == ["link.set ana@nandu.example", "signup.waiting.person eva@nandu.example"])
        try site.followLastLink()
        let ana = try Browser(site, "proware", as: Applicant.email)
        let home = try ana.get("/").text
        #expect(home.contains("Su solicitud está en revisión") && !home.contains("Ferretería"))
    }

    @Test(arguments: [
        (Organization.State.active, false, "jefa@proware.example"), (.active, true, "eva@nandu.example"),
        (.pending, true, "jefa@proware.example"), (.closed, true, "jefa@proware.example"),
    ])
    func `an admin hears of it where no manager can vouch`(
        _ state: Organization.State, _ isManaged: Bool, _ reader: String
    ) throws {
        try site.addCompany(managedBy: isManaged ? "eva@nandu.example" : nil, state: state)
        try site.add("jefa@proware.example", as: .admin)
        try site.signUp()
        #expect(try site.letterLines().last == "signup.waiting.person \(reader)")
        #expect(try site.memberships().last == "ana@nandu.example|900123456-8|0|pending")
    }

    @Test func `a manager hears once a day that people wait`() throws {
        try site.addCompany(managedBy: "eva@nandu.example")
        func told() throws -> Int { try site.letters().count { $0.kind == "signup.waiting.person" } }
        for name in ["a", "b", "c"] { try site.signUp(["email": "\(name)@nandu.example"]) }
        #expect(try told() == 1)
        site.clock.now += 86_401
        try site.signUp(["email": "d@nandu.example"])
        #expect(try told() == 2)
    }

    @Test func `a company that says it is known and is not makes nobody`() throws {
        let answer = try site.signUp(["isKnown": "on"])
        #expect(answer.status == 303 && answer.field("Location") == Self.done)
        #expect(try site.count("person") == 0 && site.count("organization") == 0)
        #expect(try site.letterLines() == ["signup.unknown ana@nandu.example"])
        #expect(!(try site.letters()[0].text.contains("900")))
    }

    @Test func `the same company is another one with another provider`() throws {
        try site.addCompany(managedBy: "eva@nandu.example", to: "seres")
        try site.add(Applicant.email, to: "seres")
        try site.signUp()
        #expect(try site.memberships() == ["ana@nandu.example|900123456-8|1|active"])
        #expect(try site.count("outbox", "seres") == 0 && site.count("person", "seres") == 2)
    }

    // MARK: An address that is here

    @Test(arguments: [
        (Person.State.active, "signup.known"), (.deactivated, "signup.closed"), (.pending, "signup.closed"),
        (.invited, "link.set"),
    ])
    func `the owner of an address that has an account hears of it, and nothing changes`(
        _ state: Person.State, _ kind: String
    ) throws {
        let id = try site.add(Applicant.email, name: "Ana Vieja", password: state == .invited ? nil : Browser.password)
        try site.desk("proware").write {
            try $0.execute(
                """
                UPDATE person SET state = ?1, deactivated_at = iif(?1 = 'deactivated', 1, NULL) WHERE id = ?2
                """, state, id)
        }
        let before = try site.lines("SELECT * FROM person")
        let answer = try site.signUp(["email": "ANA@Nandu.example"])
        #expect(answer.status == 303 && answer.field("Location") == Self.done)
        #expect(try site.lines("SELECT * FROM person") == before)
        #expect(try site.count("organization") == 0 && site.count("membership") == 0)
        #expect(try site.letterLines() == ["\(kind) ana@nandu.example"])
        #expect(try site.lines("SELECT outcome FROM audit WHERE act = 'signup'") == ["refused"])
    }

    @Test func `no answer tells a known address or company from an unknown one`() throws {
        func seen(_ prepare: (TestSite) throws -> Void, _ changes: [String: String] = [:]) throws -> [String] {
            let site = try TestSite(trusting: "192.0.2.7")
            try prepare(site)
            let browser = Browser(site, "proware")
            let answers = [
                try browser.post("/signup", Applicant.firstStep(changes)),
                try browser.post("/signup", Applicant.form(changes)), try browser.get(Self.done),
            ]
            return answers.map { answer in
                let fields = answer.response.fields.filter { "\($0.name)" != "Set-Cookie" }.map {
                    "\($0.name): \($0.value)"
                }
                let text = answer.text.replacing(/value="[0-9a-f]{32,}"/, with: "")
                return "\(answer.status) \(fields) \(text)"
            }
        }
        let new = try seen { _ in }
        #expect(new.count == 3 && new[2].contains("Le enviamos un enlace a ana@nandu.example; vale 72 horas"))
        #expect(try seen { try $0.addCompany(managedBy: "eva@nandu.example") } == new)
        #expect(try seen { try $0.addCompany(state: .closed) } == new)
        #expect(try seen { try $0.add(Applicant.email) } == new)
        #expect(try seen { try $0.add(Applicant.email, state: .invited, password: nil) } == new)
        #expect(try seen { try $0.add(Applicant.email, as: .admin) } == new)
        let known = try seen({ _ in }, ["isKnown": "on"])
        #expect(try seen({ try $0.addCompany() }, ["isKnown": "on"]) == known)
        #expect(try seen({ try $0.add(Applicant.email) }, ["isKnown": "on"]) == known)
    }

    @Test func `who typed something wrong signs up again, and only the last link counts`() throws {
        try site.signUp(["legalName": "Ferreteria mal escrita", "taxID": Company.nit(7)])
        let first = try #require(try site.letters().last?.token)
        try site.signUp()
        #expect(try site.organizations() == ["900123456-8|Ferretería Ñandú S. A. S.|pending"])
        #expect(try site.people() == ["ana@nandu.example|Ana Ñáñez|customer|invited"])
        let hash = try #require(SecretToken(first)).hash
        let now = site.clock.now
        #expect(try site.desk("proware").read { try $0.link(hash, at: now) } == nil)
        try site.followLastLink()
        try site.signUp(["name": "Otra Persona"])
        #expect(try site.people() == ["ana@nandu.example|Ana Ñáñez|customer|active"], "a password ends that")
    }

    @Test func `who asks again to join the same company only gets another link`() throws {
        try site.addCompany(managedBy: "eva@nandu.example")
        for _ in 1...2 { try site.signUp(["isKnown": "on"]) }
        #expect(try site.count("person") == 2 && site.memberships().last?.hasSuffix("|0|pending") == true)
        #expect(try site.letters().count { $0.kind == "link.set" } == 2)
        #expect(try site.count("one_time_link") == 1)
    }

    // MARK: What nobody may bring about

    @Test func `fields that are not asked for are not looked at`() throws {
        try site.signUp([
            "role": "admin", "state": "active", "level": "3", "is_lead": "1", "password": "girasol-lento-42",
            "organization": "1", "isManager": "on", "id": "7", "distributor": "1", "created_at": "1",
        ])
        #expect(try site.people() == ["ana@nandu.example|Ana Ñáñez|customer|invited"])
        #expect(try site.lines("SELECT id, level, is_lead, password FROM person") == ["1|NULL|0|NULL"])
        #expect(try site.organizations() == ["900123456-8|Ferretería Ñandú S. A. S.|pending"])
    }

    @Test func `line breaks stay in no name and reach no head of a letter`() throws {
        try site.addCompany(managedBy: "eva@nandu.example")
        try site.signUp(["name": "Ana\r\nBcc: x@evil.example", "legalName": "Uno\nDos", "street": "a\u{202E}b"])
        #expect(try site.people().last == "ana@nandu.example|Ana Bcc: x@evil.example|customer|invited")
        for letter in try site.letters() { #expect(!(letter.subject + letter.text).contains("evil")) }
    }

    @Test(arguments: [["email"], ["taxID"], ["email", "taxID"]])
    func `of two that come at once nothing is there twice`(_ same: [String]) throws {
        let forms = (0..<8).map { number in
            var changes = [String: String]()
            if !same.contains("email") { changes["email"] = "ana\(number)@nandu.example" }
            if !same.contains("taxID") { changes["taxID"] = Company.nit(number + 1) }
            return changes
        }
        let site = site
        let statuses = Mutex<[Int]>([])
        DispatchQueue.concurrentPerform(iterations: forms.count) { index in
            let status = (try? site.signUp(forms[index], from: "198.51.100.\(index)").status) ?? 0
            statuses.withLock { $0.append(status) }
        }
        #expect(statuses.withLock { $0 }.allSatisfy { $0 == 303 })
        #expect(try site.count("person") == (same.contains("email") ? 1 : 8))
        #expect(try site.count("organization") == 1)
        #expect(try site.lines("SELECT count(*) FROM membership WHERE is_manager = 1") == ["1"])
    }

    @Test func `a form that is pressed twice is done once`() throws {
        let browser = Browser(site, "proware")
        let form = Applicant.form() + [("key", try Random.identifier())]
        let answers = [try browser.post("/signup", form), try browser.post("/signup", form)]
        #expect(answers.allSatisfy { $0.status == 303 && $0.field("Location") == Self.done })
        #expect(try site.count("outbox") == 1 && site.count("audit") == 2)
    }
}
