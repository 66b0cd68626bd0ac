// One tenant attacks another, and within one tenant an organization attacks another: numbers are equal everywhere, so
// that whatever is not asked for by its owner is found by whoever guesses it.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct AccessSuiteTests {
    @Test func `no page of a tenant, or of an organization, shows anything of another`() throws {
        let populated = try PopulatedSite(mark: "CANARIO-")
        let own = "CANARIO-proware"
        var shown = 0
        for kind in PopulatedSite.Kind.allCases {
            let browser = try populated.browser(kind)
            // Both sessions at once, as in one browser.
            browser.cookies.merge(try populated.browser(.admin, "seres").cookies) { first, _ in first }
            for route in Routes.tenant where route.method == .get {
                for path in PopulatedSite.paths(route) {
                    let answer = try browser.get(path)
                    let text = try answer.whole() + answer.head.joined(separator: "\n")
                    #expect(!text.contains("CANARIO-seres"), "\(kind) \(path)")
                    shown += text.contains(own) ? 1 : 0
                    guard [.manager, .customer, .other, .founder].contains(kind) else { continue }
                    let organization = [.manager, .customer].contains(kind) ? 1 : kind == .other ? 2 : 3
                    #expect(!text.contains("Nota CANARIO"), "\(kind) \(path): a note of the staff's")
                    for other in 1...4 where other != organization {
                        // Whoever is asked to belong to one is told to which.
                        if other == 1, path == "/organizations/choose" { continue }
                        #expect(!text.contains("Empresa \(other) "), "\(kind) \(path)")
                    }
                }
            }
        }
        #expect(shown > 60, "the walk sees pages with content: \(shown)")
    }

    @Test func `the cookie of one tenant is nobody's at another, whatever it is called there`() throws {
        let populated = try PopulatedSite()
        for kind in PopulatedSite.Kind.allCases {
            let thief = Browser(populated.site, "seres")
            let token = try #require(try populated.browser(kind).token)
            thief.cookies = ["sid-seres": token, "sid-proware": token, "form-seres": token]
            for path in ["/profile", "/admin", "/organization", "/people/1"] {
                #expect(try thief.get(path).field("Location")?.hasPrefix("/t/seres/login") == true, "\(kind) \(path)")
            }
        }
    }

    /// Forms whose fields name rows, with the numbers of rows that are not there, are of others, or are no numbers.
    @Test(arguments: [
        ("/admin/people/5/memberships", "organization"), ("/admin/organizations/1/distributor", "organization"),
        ("/admin/organizations/1/merge", "into"), ("/organizations/choose", "organization"),
        ("/organization/agreement", "agreement"), ("/admin/people/new", "organization"),
    ])
    func `a field that names a row takes only one that the sender may name`(_ path: String, _ field: String) throws {
        let populated = try PopulatedSite()
        let isOwn = path.hasPrefix("/organization")
        let browser = try populated.browser(isOwn ? .manager : .admin)
        let before = try populated.contents("proware", but: Self.traces)
        let elsewhere = try populated.contents("seres")
        let strangers = isOwn ? ["2", "3", "4"] : []
        let names = ["name": "Luz Ardila", "email": "luz@ceiba.example", "role": "customer"]
        for value in strangers + ["99", "0", "-1", "+1", "01", "1 OR 1=1", "1,2", "99999999999999999999", "١"] {
            let answer = try browser.post(path, [(field, value)] + names.map { ($0.key, $0.value) })
            #expect((400..<500).contains(answer.status), "\(value): \(answer.status)")
        }
        #expect(try populated.contents("proware", but: Self.traces) == before)
        #expect(try populated.contents("seres") == elsewhere)
    }

    private static let traces: Set = [
        "audit", "session", "sqlite_sequence", "heartbeat", "attempt", "submission",
    ]

    @Test func `who manages one organization changes nobody of another`() throws {
        let populated = try PopulatedSite()
        let other = try populated.browser(.other)
        let before = try populated.contents("proware")
        for action in ["approval", "refusal", "manager", "removal"] {
            for person in [1, 2, 3, 4, 5, 7, 8, 9, 99] {
                let answer = try other.post("/organization/people/\(person)/\(action)", ["isManager": "on"])
                #expect(answer.status == 404, "\(action) \(person): \(answer.status)")
            }
        }
        #expect(try populated.contents("proware") == before)
    }

    @Test func `a session or a draft is nobody else's to end`() throws {
        let populated = try PopulatedSite()
        let customer = try populated.browser(.customer)
        let before = try populated.contents("proware")
        for draft in [1, 2, 3, 4, 6, 7] {
            #expect(try customer.post("/drafts/\(draft)/discard").status == 404)
        }
        let hashes = try populated.site.lines("SELECT hex(hash) FROM session WHERE person = 1")
        for hash in hashes {
            for id in [hash, hash.lowercased(), "1"] {
                #expect(try customer.post("/sessions/\(id)").status == 404)
            }
        }
        #expect(try populated.contents("proware") == before)
        #expect(try populated.site.lines("SELECT hex(hash) FROM session WHERE person = 1") == hashes)
    }

    /// What no form of theirs asks for, in every form that they may send.
    @Test(arguments: [PopulatedSite.Kind.customer, .manager, .technician])
    func `fields that a form does not ask for change nothing`(_ kind: PopulatedSite.Kind) throws {
        let populated = try PopulatedSite()
        let browser = try populated.browser(kind)
        let sql: SQLText = """
            SELECT p.id, p.role, p.level, p.is_lead, p.state, m.organization, m.is_manager, m.state FROM person AS p
            JOIN membership AS m ON m.person = p.id ORDER BY p.id
            """
        let rights = { try populated.site.lines(sql) + (try populated.site.lines("SELECT role, level FROM person")) }
        let before = try rights()
        let extra = [
            ("role", "admin"), ("level", "3"), ("isLead", "on"), ("is_lead", "1"), ("state", "active"),
            ("is_manager", "1"), ("organization", "2"), ("organizations", "2"), ("person", "1"), ("id", "1"),
            ("tenant", "seres"), ("admin", "1"), ("name", "Otro Nombre"), ("email", "otro@ceiba.example"),
            ("skills", "x"), ("_method", "DELETE"),
        ]
        let skipped: Set = ["/logout", "/organization/people"]
        for route in Routes.tenant where route.method == .post && !skipped.contains("\(route.pattern)") {
            guard !"\(route.pattern)".hasPrefix("/organization/people") else { continue }
            for path in PopulatedSite.paths(route) { _ = try browser.post(path, extra) }
        }
        #expect(try rights() == before)
        #expect(try populated.site.lines("SELECT count(*) FROM person WHERE email LIKE 'otro@%'") == ["0"])
    }

    // MARK: An organization that is not approved

    @Test func `whoever signed an organization up sees his own, and manages nobody before it is approved`() throws {
        let populated = try PopulatedSite()
        let founder = try populated.browser(.founder)
        #expect(try founder.get("/").text.contains("Su organización"))
        #expect(try founder.get("/profile").status == 200)
        #expect(try founder.get("/organization").text.contains("Empresa 3 "))
        #expect(try !founder.get("/organization").text.contains("/organization/people"))
        let before = try populated.contents("proware")
        for route in Routes.tenant where route.admission == .manager {
            for path in PopulatedSite.paths(route) {
                let form = [("name", "Luz Ardila"), ("email", "luz@ceiba.example"), ("agreement", "1")]
                let answer = route.method == .get ? try founder.get(path) : try founder.post(path, form)
                #expect(answer.status == 404, "\(path)")
            }
        }
        #expect(try populated.contents("proware") == before)
        // From the approval on, without a new session.
        #expect(try populated.browser(.admin).post("/admin/organizations/3/approve").status == 303)
        #expect(try founder.get("/organization/people").status == 200)
        // And no longer once it is closed.
        #expect(try populated.browser(.admin).post("/admin/organizations/3/close").status == 303)
        #expect(try founder.get("/organization/people").status == 404)
        #expect(try founder.get("/organization").status == 404)
    }

    /// Anybody may sign up a company in another's name; joined to the real one, he would manage its people.
    @Test func `whoever signed up what is merged into an organization waits for the people of that one`() throws {
        let populated = try PopulatedSite()
        let founder = try populated.browser(.founder)
        #expect(try populated.browser(.admin).post("/admin/organizations/3/merge", ["into": "1"]).status == 303)
        #expect(
            try populated.site.lines("SELECT organization, is_manager, state FROM membership WHERE person = 7")
                == ["1|0|pending"])
        for path in ["/organization", "/organization/people", "/organization/agreement", "/organization/accesses"] {
            #expect(try founder.get(path).status == 404, "\(path)")
        }
        #expect(try populated.browser(.manager).post("/organization/people/7/approval").status == 303)
        #expect(try populated.browser(.founder).get("/organization").status == 200)
    }
}
