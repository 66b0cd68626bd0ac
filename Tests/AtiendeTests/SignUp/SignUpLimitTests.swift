// How much strangers may cause with sign-ups, and how those are forgotten that nobody finished.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct SignUpLimitTests {
    private let site: TestSite

    init() throws { site = try TestSite(trusting: "192.0.2.7") }

    // MARK: Caps

    @Test func `one address of the net is asked to wait, and says until when`() throws {
        var statuses: [Int] = []
        for number in 1...20 {
            statuses.append(
                try site.signUp(["email": "a\(number)@nandu.example", "taxID": Company.nit(number)]).status)
        }
        #expect(statuses == Array(repeating: 303, count: 20))
        try site.signUp(["email": "b@nandu.example"])
        let answer = try site.signUp(["email": "c@nandu.example", "name": "Carlos Ruiz"])
        #expect(answer.status == 429 && answer.field("Retry-After") == "1" || answer.field("Retry-After") == "2")
        #expect(answer.text.contains("Demasiados intentos") && answer.text.contains("Carlos Ruiz"))
        #expect(answer.text.contains("Ferretería Ñandú"), "nothing typed is lost")
        #expect(try site.lines("SELECT count(*) FROM person WHERE email LIKE 'c@%'") == ["0"])
        #expect(try site.signUp(["email": "c@nandu.example"], from: "203.0.113.9").status == 303)
        site.clock.now += 1000
        #expect(try site.signUp(["email": "d@nandu.example"]).status == 303)
    }

    @Test func `no mailbox is filled, from however many addresses, and the answer is the same`() throws {
        for number in 1...6 {
            #expect(try site.signUp(from: "198.51.100.\(number)").status == 303)
        }
        #expect(try site.count("outbox") == SignUpLimits.letters)
        // The last link that was sent still works.
        try site.followLastLink()
        site.clock.now += SignUpLimits.letterSeconds + 1
        #expect(try site.signUp(from: "198.51.100.7").status == 303)
        #expect(try site.letterLines().last == "signup.known ana@nandu.example")
    }

    @Test func `a tenant takes so many in an hour, from however many addresses`() throws {
        let start = site.clock.now
        for number in 1...SignUpLimits.ofTenant {
            let changes = ["email": "a\(number)@nandu.example", "isKnown": "on"]
            #expect(try site.signUp(changes, from: "198.51.100.\(number)").status == 303)
            site.clock.now += 1
        }
        let answer = try site.signUp(["email": "b@nandu.example"], from: "203.0.113.1")
        #expect(answer.status == 429 && answer.field("Retry-After") == "\(3600 - SignUpLimits.ofTenant)")
        #expect(try site.signUp(["email": "b@nandu.example"], at: "seres", from: "203.0.113.2").status == 303)
        site.clock.now = start + 3600
        #expect(try site.signUp(["email": "b@nandu.example"], from: "203.0.113.3").status == 303)
    }

    @Test func `a clock that was set back locks nobody out`() throws {
        for number in 1...5 { try site.signUp(["email": "a\(number)@nandu.example"]) }
        site.clock.now -= 40 * 86_400
        #expect(try site.signUp().status == 303)
        #expect(try site.people().last?.hasPrefix(Applicant.email) == true)
    }

    // MARK: Forgetting

    /// What a sign-up of somebody else, thirty days later, leaves of those before.
    private func peopleAfterThirtyDays() throws -> [String] {
        site.clock.now += SignUpLimits.memorySeconds + 1
        try site.signUp(["email": "despues@roble.example", "isKnown": "on", "taxID": Company.nit(99)])
        return try site.lines("SELECT email FROM person ORDER BY id")
    }

    @Test func `after thirty days nothing is left of a sign-up whose link nobody followed`() throws {
        try site.signUp()
        site.clock.now += SignUpLimits.memorySeconds - 60
        try site.signUp(["email": "otra@roble.example", "taxID": Company.nit(5)])
        #expect(try site.count("person") == 2, "thirty days are not over")
        site.clock.now += 120
        try site.signUp(["email": "mas@roble.example", "isKnown": "on", "taxID": Company.nit(99)])
        #expect(try site.lines("SELECT email FROM person") == ["otra@roble.example"])
        #expect(try site.organizations().count == 1 && site.count("membership") == 1)
        #expect(try site.count("one_time_link") == 1 && site.count("sign_up") == 1)
        let searches: [String] = try site.lines(
            """
            SELECT (SELECT count(*) FROM person_search WHERE words MATCH 'nandu'),
                (SELECT count(*) FROM organization_search WHERE words MATCH '900123456')
            """)
        #expect(searches == ["0|0"])
        // Both may come again.
        #expect(try site.signUp().status == 303)
        #expect(try site.memberships().last == "ana@nandu.example|900123456-8|1|active")
    }

    @Test func `somebody with a password stays, however long the approval takes`() throws {
        try site.signUp()
        try site.followLastLink()
        #expect(try peopleAfterThirtyDays() == [Applicant.email])
        #expect(try site.organizations().count == 1 && site.count("sign_up") == 0)
    }

    @Test func `somebody who was approved stays, and so does who was invited`() throws {
        try site.addCompany(managedBy: "eva@nandu.example")
        try site.signUp()
        try site.desk("proware").write { try $0.execute("UPDATE membership SET state = 'active'") }
        try site.add("invitado@roble.example", state: .invited, password: nil)
        #expect(try peopleAfterThirtyDays() == ["eva@nandu.example", Applicant.email, "invitado@roble.example"])
    }

    @Test func `a company stays while somebody else waits for it`() throws {
        try site.signUp()
        site.clock.now += 60
        try site.signUp(["email": "beto@nandu.example"])
        try site.followLastLink()
        #expect(try peopleAfterThirtyDays() == ["beto@nandu.example"])
        #expect(try site.memberships() == ["beto@nandu.example|900123456-8|0|pending"])
    }

    @Test func `whom anything refers to stays whole, and keeps nobody else`() throws {
        try site.signUp()
        let now = site.clock.now
        try site.desk("proware").write {
            try $0.execute("INSERT INTO organization_note (organization, author, at, body) VALUES (1, 1, ?, 'x')", now)
        }
        for number in 1...9 {
            try site.signUp(
                ["email": "z\(number)@roble.example", "taxID": Company.nit(number)], from: "203.0.113.\(number)")
        }
        _ = try peopleAfterThirtyDays()
        #expect(try peopleAfterThirtyDays() == [Applicant.email])
        #expect(try site.memberships() == ["ana@nandu.example|900123456-8|1|active"])
        #expect(try site.lines("SELECT count(*) FROM person_search WHERE words MATCH 'ana'") == ["1"])
    }
}
