// Links that letters bring: used twice, late, by others; and the secret in whatever keeps it.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct LinkAttackTests {
    private let site: TestSite
    private let ana: Person.ID
    private let admin: Browser

    init() throws {
        site = try TestSite()
        ana = try site.add("ana@ceiba.example", name: "Ana Mora")
        try site.add("elena@proware.example", as: .admin, name: "Elena Ríos")
        admin = try Browser(site, "proware", as: "elena@proware.example")
    }

    private func forgot(_ email: String = "ana@ceiba.example") throws -> String {
        let before = try site.letters().count
        #expect(try Browser(site, "proware").post("/password/forgot", ["email": email]).status == 303)
        #expect(try eventually { try site.letters().count > before })
        return try #require(try site.letters().last?.token)
    }

    private func set(_ token: String, _ password: String = "jirafa-de-papel-7") throws -> Int {
        try Browser(site, "proware").post(
            "/password/set", ["token": token, "password": password, "again": password]
        ).status
    }

    /// Whether any table of the desk holds a text.
    private func isKept(_ text: String) throws -> Bool {
        try site.desk("proware").write { connection in
            let tables = try connection.query(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
            ) { $0.text(0) }
            return try tables.contains { table in
                try connection.query(SQLText(verbatim: "SELECT * FROM \"\(table)\"")) { row in
                    (0..<row.columnCount).contains { row.optionalText($0)?.contains(text) == true }
                }.contains(true)
            }
        }
    }

    @Test func `a link that was used opens nothing, and its letter keeps no secret`() throws {
        let token = try forgot()
        let number = try site.letters().count
        // An admin can follow it from the page of the letter as long as it leads anywhere.
        #expect(try admin.get("/admin/mail/\(number)").text.contains(token))
        #expect(try isKept(token))
        #expect(try set(token) == 303)
        #expect(try set(token, "otra-jirafa-lenta-8") == 404)
        #expect(try !isKept(token))
        let letter = try site.letters()[number - 1]
        #expect(letter.token == nil && letter.text.contains("token=…") && letter.html.contains("token=…"))
        #expect(try !admin.get("/admin/mail/\(number)").text.contains(token))
        #expect(try !admin.get("/admin/mail/\(number)/file").text.contains(token.prefix(32)))
        #expect(!site.log.text.contains(token))
    }

    @Test func `a newer link takes the secret out of the letter before`() throws {
        let first = try forgot()
        site.clock.now += 1800
        let second = try forgot()
        #expect(first != second)
        #expect(try !isKept(first) && isKept(second))
        #expect(try set(first) == 404 && set(second) == 303)
    }

    @Test func `what has expired is forgotten with the next letter of anybody`() throws {
        let token = try forgot()
        site.clock.now += 3601
        #expect(try set(token) == 404)
        _ = try forgot("elena@proware.example")
        #expect(try !isKept(token))
    }

    @Test func `what has expired is forgotten by itself, on the second`() throws {
        let (token, number) = (try forgot(), try site.letters().count)
        site.clock.now += OneTimeLink.Purpose.recover.seconds - 1
        site.site.postman.makeRound()
        #expect(try isKept(token))
        site.clock.now += 1
        site.site.postman.makeRound()
        #expect(try !isKept(token) && site.count("one_time_link") == 0)
        #expect(try site.letters()[number - 1].text.contains("token=…"))
    }

    @Test func `however many have expired, one round forgets them all`() throws {
        let now = site.clock.now
        try site.desk("proware").write { connection in
            for number in 0..<50 {
                let person = try connection.insert(
                    NewPerson(email: "p\(number)@ceiba.example", name: "P", role: .customer), at: now)
                try connection.insertLink(SecretToken.make().hash, for: person, .recover, at: now)
            }
        }
        let kept = try site.link(.set, for: ana)
        site.clock.now += 3600
        site.site.postman.makeRound()
        #expect(try site.count("one_time_link") == 1 && set(kept) != 404)
    }

    @Test func `whatever ends links ends all of a person, with their letters`() throws {
        let token = try forgot()
        #expect(try admin.post("/admin/people/\(ana)/deactivation").status == 303)
        #expect(try !isKept(token) && set(token) == 404)
    }

    @Test func `a sign-up that is forgotten leaves no secret either`() throws {
        #expect(try site.signUp().status == 303)
        let token = try #require(try site.letters().compactMap(\.token).last)
        #expect(try isKept(token))
        site.clock.now += SignUpLimits.memorySeconds + 1
        #expect(try site.signUp(["email": "otra@nandu.example", "taxID": Company.nit(5)]).status == 303)
        #expect(try site.count("person WHERE email = 'ana@nandu.example'") == 0)
        #expect(try !isKept(token))
    }

    @Test func `a link is one person's, one purpose's and one tenant's`() throws {
        let recover = try site.link(.recover, for: ana)
        let address = try site.link(.address, for: ana, address: "nueva@ceiba.example")
        #expect(try set(address) == 404)
        #expect(try Browser(site, "proware").post("/email/confirm", ["token": recover]).status == 404)
        #expect(try site.get("/t/seres/password/set?token=\(recover)").status == 404)
        // Another person's field beside it changes nothing.
        let form: KeyValuePairs = [
            "token": recover, "password": "jirafa-de-papel-7", "again": "jirafa-de-papel-7", "person": "2",
            "email": "elena@proware.example", "username": "elena@proware.example",
        ]
        #expect(try Browser(site, "proware").post("/password/set", form).status == 303)
        _ = try Browser(site, "proware", as: "elena@proware.example")
        // A new password takes every other link away.
        #expect(try Browser(site, "proware").post("/email/confirm", ["token": address]).status == 404)
    }

    @Test(arguments: [
        "", "0", String(repeating: "0", count: 64), String(repeating: "a", count: 2000), "'", "%", "\0",
    ])
    func `what is no link is told like one that was used`(_ token: String) throws {
        let used = try site.link(.recover, for: ana)
        #expect(try set(used) == 303)
        let query = PercentCoding.encode(queryComponent: token)
        func heading(_ answer: Answer) -> String? {
            answer.text.firstMatch(of: /<h1[^>]*>[^<]*/).map { String($0.output) }
        }
        for path in ["/password/set", "/email/confirm"] {
            let answer = try site.get("/t/proware\(path)?token=\(query)")
            #expect(answer.status == 404)
            let known = try site.get("/t/proware\(path)?token=\(used)")
            #expect(heading(answer) != nil && heading(answer) == heading(known))
        }
    }

    @Test func `the page of a link tells nobody else of it`() throws {
        let token = try site.link(.recover, for: ana)
        let page = try site.get("/t/proware/password/set?token=\(token)")
        #expect(page.text.ranges(of: token).count == 1, "in the hidden field alone")
        for match in page.text.matches(of: /(href|src)="([^"]*)"/) { #expect(!match.2.contains(token)) }
        #expect(!site.log.text.contains(token))
        let answer = try Browser(site, "proware").get("/profile?token=\(token)")
        #expect(answer.status == 303)
    }
}
