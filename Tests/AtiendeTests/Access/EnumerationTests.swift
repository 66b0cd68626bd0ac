// Who has an account is told to nobody: the same status, head and body for an address that is known and one that is not.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct EnumerationTests {
    /// One account in each state, and one address that nobody has.
    static let addresses = [
        "activa@ceiba.example", "invitada@ceiba.example", "espera@ceiba.example", "salida@ceiba.example",
        "elena@proware.example", "nadie@ceiba.example",
    ]

    static func makeSite() throws -> TestSite {
        let site = try TestSite()
        let ceiba = try site.addOrganization("Almacenes La Ceiba")
        try site.add("elena@proware.example", as: .admin)
        try site.add("ana@roble.example", of: ceiba, isManager: true)
        try site.add("activa@ceiba.example", of: ceiba)
        try site.add("invitada@ceiba.example", state: .invited, password: nil)
        try site.add("espera@ceiba.example", state: .pending)
        try site.add("salida@ceiba.example")
        try site.desk("proware").write {
            try $0.execute(
                "UPDATE person SET state = 'deactivated', deactivated_at = 1 WHERE email = 'salida@ceiba.example'")
        }
        return site
    }

    /// What a stranger can compare, without what is drawn by lot and without what he typed himself.
    private func seen(_ answer: Answer, typed email: String) -> String {
        let text = (answer.head.filter { !$0.hasPrefix("Set-Cookie: form-") } + [answer.text]).joined(separator: "\n")
            .replacing(/[0-9a-f]{32,64}/, with: "#")
            .replacing(email, with: "@").replacing(PercentCoding.encode(queryComponent: email), with: "@")
        return "\(answer.status) \(text)"
    }

    @Test(arguments: [
        ("/login", ["password": "no-es-esta-otra"]), ("/password/forgot", [:]),
        ("/signup", ["taxID": Company.nit(900)]), ("/signup", ["isKnown": "on", "taxID": Company.nit(901)]),
    ])
    func `strangers are told the same of every address`(_ path: String, _ fields: [String: String]) throws {
        var answers: Set<String> = []
        for email in Self.addresses {
            // Each on its own site: counters are not what is compared here.
            let site = try Self.makeSite()
            let form =
                path == "/signup"
                ? Applicant.form(fields.merging(["email": email]) { $1 })
                : fields.map { ($0.key, $0.value) } + [("email", email)]
            let browser = Browser(site, "proware")
            _ = try browser.get(path)
            answers.insert(seen(try browser.post(path, form), typed: email))
        }
        #expect(answers.count == 1)
    }

    @Test(arguments: ["/login", "/password/forgot"])
    func `the brake comes for an unknown address as for a known one`(_ path: String) throws {
        var rows: Set<[Int]> = []
        for email in Self.addresses {
            let site = try Self.makeSite()
            let browser = Browser(site, "proware")
            rows.insert(
                try (0..<14).map { _ in
                    try browser.post(path, ["email": email, "password": "no-es-esta-otra"]).status
                })
        }
        #expect(rows.count == 1 && (path != "/login" || rows.first?.contains(429) == true), "\(rows)")
    }

    @Test func `whoever asks for another address is told the same of every one`() throws {
        var answers: Set<String> = []
        for email in Self.addresses {
            let site = try Self.makeSite()
            let ana = try Browser(site, "proware", as: "ana@roble.example")
            let answer = try ana.post("/profile/email", ["email": email, "current": Browser.password])
            let page = try ana.get("/profile/email")
            answers.insert(seen(answer, typed: email) + seen(page, typed: email))
        }
        #expect(answers.count == 1)
    }

    @Test func `a tax number of a known company is told like any other`() throws {
        var answers: Set<String> = []
        for state in [Organization.State.active, .pending, .closed, nil] {
            for known in ["on", ""] {
                let site = try Self.makeSite()
                if let state { try site.addCompany(state: state) }
                let answer = try site.signUp(["taxID": Applicant.nit, "isKnown": known])
                answers.insert(seen(answer, typed: Applicant.email))
            }
        }
        #expect(answers.count == 1)
    }

    /// Customers find nothing out about staff either: what is theirs is not found, never forbidden.
    @Test func `what is not there and what is not for oneself look the same`() throws {
        let populated = try PopulatedSite()
        let customer = try populated.browser(.customer)
        func seen(_ path: String) throws -> String {
            let answer = try customer.get(path)
            return "\(answer.status) \(answer.text)".replacing(path, with: "@").replacing(/[0-9a-f]+/, with: "#")
        }
        for (there, nowhere) in [("/people/1", "/people/99"), ("/organizations/2", "/organizations/99")] {
            #expect(try seen(there) == seen(nowhere))
        }
    }
}
