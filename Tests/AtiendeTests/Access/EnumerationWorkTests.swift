// Who has an account shows in no answer's time either. Time itself is not measured here: what is compared is the work that
// takes it, from the request to the last thing done for it. Those are the password hashes, with their parameters; the
// transactions in the line of the desk's writer; and the letters that are written, sent or not.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

private struct Work: Hashable {
    var hashes: [String: Int] = [:]
    var writes = 0
    var letters = 0

    static func - (after: Work, before: Work) -> Work {
        let hashes = after.hashes.merging(before.hashes) { $0 - $1 }.filter { $0.value != 0 }
        return Work(hashes: hashes, writes: after.writes - before.writes, letters: after.letters - before.letters)
    }
}

extension TestSite {
    /// What a request causes, also after its answer.
    fileprivate func work(of request: () throws -> Answer) throws -> (Work, Int) {
        let before = try sum()
        let status = try request().status
        #expect(settle())
        return (try sum() - before, status)
    }

    private func sum() throws -> Work {
        let desk = try desk("proware")
        // Stands in line behind whatever nobody waits for.
        try desk.write { _ in }
        return Work(
            hashes: site.hashing.counted, writes: desk.database.statistics.writes,
            letters: site.lettersWritten.load(ordering: .sequentiallyConsistent))
    }
}

@Suite struct EnumerationWorkTests {
    /// Those of the cost that sites of tests hash at.
    private static let quick = "j75"
    /// Each request stands behind one empty write, which is counted with it.
    private static let own = 1

    private func works(
        _ request: (TestSite, String) throws -> Answer, _ prepare: (TestSite) throws -> Void = { _ in }
    ) throws -> Set<Work> {
        var works: Set<Work> = []
        for email in EnumerationTests.addresses {
            let site = try EnumerationTests.makeSite()
            try prepare(site)
            #expect(site.settle())
            works.insert(try site.work { try request(site, email) }.0)
        }
        return works
    }

    @Test(arguments: ["no-es-esta-otra", Browser.password])
    func `a log-in that fails is one hash of the same cost for every address`(_ password: String) throws {
        for email in EnumerationTests.addresses {
            let site = try EnumerationTests.makeSite()
            let (work, status) = try site.work {
                try Browser(site, "proware").post("/login", ["email": email, "password": password])
            }
            #expect(work.hashes == [Self.quick: 1], "\(email)")
            // Counted first, and then told to the trail or, where it opens, made a session: two writes either way.
            #expect(work.writes == Self.own + 2 && work.letters == 0, "\(email)")
            let mayEnter = ["activa@ceiba.example", "elena@proware.example"].contains(email)
            #expect(status == (mayEnter && password == Browser.password ? 303 : 422), "\(email)")
        }
    }

    @Test func `a log-in that has to wait hashes nothing, whoever it is for`() throws {
        let works = try works(
            { try Browser($0, "proware").post("/login", ["email": $1, "password": "no-es-esta-otra"]) },
            { site in
                for email in EnumerationTests.addresses {
                    for _ in 0..<6 {
                        _ = try Browser(site, "proware").post("/login", ["email": email, "password": "no-es-esta"])
                    }
                }
            })
        #expect(works == [Work(writes: Self.own + 1)])
    }

    /// One page is both: who forgot the password, and who forgot the user.
    @Test func `a forgotten password is as much work for an address that nobody has`() throws {
        let works = try works { try Browser($0, "proware").post("/password/forgot", ["email": $1]) }
        #expect(works == [Work(writes: Self.own + 2, letters: 1)])
    }

    @Test func `asking again too soon is as much work for an address that nobody has`() throws {
        let works = try works(
            { try Browser($0, "proware").post("/password/forgot", ["email": $1]) },
            { site in
                for email in EnumerationTests.addresses {
                    _ = try Browser(site, "proware").post("/password/forgot", ["email": email])
                }
            })
        #expect(works == [Work(writes: Self.own + 2, letters: 1)])
    }

    @Test(arguments: [["taxID": Company.nit(900)], ["isKnown": "on", "taxID": Company.nit(901)]])
    func `the first step of a sign-up looks nothing up`(_ fields: [String: String]) throws {
        let works = try works {
            try Browser($0, "proware").post("/signup", Applicant.firstStep(fields.merging(["email": $1]) { $1 }))
        }
        #expect(works == [Work(writes: Self.own)])
    }

    /// With a letter for the address, and one for the admin who may have to decide.
    @Test(arguments: [
        ["taxID": Company.nit(900)], ["isKnown": "on", "taxID": Company.nit(901)], [:], ["isKnown": "on"],
    ])
    func `the second step of a sign-up is as much work for an address that nobody has`(
        _ fields: [String: String]
    ) throws {
        let works = try works(
            { try $0.signUp(fields.merging(["email": $1]) { $1 }) },
            { try $0.addCompany(managedBy: "marta@nandu.example") })
        #expect(works == [Work(writes: Self.own + 2, letters: 2)])
    }

    @Test func `another address is as much work to ask for, whoever has it`() throws {
        var works: Set<Work> = []
        for email in EnumerationTests.addresses {
            let site = try EnumerationTests.makeSite()
            let ana = try Browser(site, "proware", as: "ana@roble.example")
            works.insert(
                try site.work { try ana.post("/profile/email", ["email": email, "current": Browser.password]) }.0)
        }
        // Letters to the address from before and to the new one.
        #expect(works == [Work(hashes: [Self.quick: 1], writes: Self.own + 2, letters: 2)])
    }

    @Test(arguments: ["/password/set", "/email/confirm"])
    func `a link that leads nowhere hashes nothing, whatever it was`(_ path: String) throws {
        let purpose: OneTimeLink.Purpose = path == "/email/confirm" ? .address : .recover
        let other: OneTimeLink.Purpose = path == "/email/confirm" ? .recover : .address
        var (shown, sent): (Set<Work>, Set<Work>) = ([], [])
        for (email, madeFor, seconds) in [
            ("activa@ceiba.example", purpose, purpose.seconds), ("salida@ceiba.example", purpose, 0),
            ("activa@ceiba.example", other, 0), ("", purpose, 0),
        ] {
            let site = try EnumerationTests.makeSite()
            let token = try SecretToken.make()
            let now = site.clock.now
            try site.desk("proware").write { connection in
                guard let person = try connection.person(email: email) else { return }
                try connection.insertLink(
                    token.hash, for: person.id, madeFor, address: "nueva@ceiba.example", at: now)
            }
            site.clock.now += seconds
            let browser = Browser(site, "proware")
            let (first, status) = try site.work { try browser.get("\(path)?token=\(token.text)") }
            #expect(status == 404)
            shown.insert(first)
            let (second, answered) = try site.work {
                try browser.post(
                    path, ["token": token.text, "password": "jirafa-de-papel-7", "again": "jirafa-de-papel-7"])
            }
            #expect(answered == 404)
            sent.insert(second)
        }
        #expect(shown == [Work(writes: Self.own)] && sent == [Work(writes: Self.own + 1)])
    }
}
