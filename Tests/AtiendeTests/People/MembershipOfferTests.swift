// Nobody belongs to an organization that did not want to, and nobody learns from asking who has an account.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

/// A company that asks, another one, and people of every kind whose addresses may be asked.
private struct AskingSite {
    static let people = "/organization/people"
    static let known = [
        "luis@otra.example", "nadie@otra.example", "invitado@otra.example", "espera@otra.example", "gone@otra.example",
        "pendiente@otra.example", "oscar@proware.example", "elena@proware.example",
    ]

    let site: TestSite
    let ceiba: Organization.ID
    let otra: Organization.ID
    let adriana: Browser

    init() throws {
        site = try TestSite()
        ceiba = try site.addOrganization("Almacenes La Ceiba")
        otra = try site.addOrganization("Otra Empresa")
        try site.add("adriana@ceiba.example", name: "Adriana Salcedo", of: ceiba, isManager: true)
        try site.add("beto@otra.example", name: "Beto Paz", of: otra, isManager: true)
        try site.add("luis@otra.example", name: "Luis Canario", of: otra)
        try site.add("nadie@otra.example", name: "Noel Canario")
        try site.add("invitado@otra.example", name: "Iván Canario", of: otra, state: .invited, password: nil)
        try site.add("pendiente@otra.example", name: "Paz Canario", state: .pending)
        try site.add("oscar@proware.example", as: .technician(level: 1), name: "Óscar Canario")
        try site.add("elena@proware.example", as: .admin, name: "Elena Canario")
        let waiting = try site.add("espera@otra.example", name: "Eva Canario")
        let gone = try site.add("gone@otra.example", name: "Gil Canario", of: otra)
        try site.desk("proware").write { [otra] connection in
            try connection.insertMembership(of: waiting, in: otra, isManager: false, isPending: true, at: 1)
            try connection.deactivate(gone, at: 5)
        }
        adriana = try Browser(site, "proware", as: "adriana@ceiba.example")
    }

    func invite(_ email: String, name: String = "Inés Rojas", by browser: Browser? = nil) throws -> Answer {
        try (browser ?? adriana).post(Self.people, ["name": name, "email": email])
    }

    /// The page of the people, without what differs between two looks.
    func list(_ browser: Browser? = nil) throws -> String {
        let answer = try (browser ?? adriana).get(Self.people)
        #expect(answer.status == 200)
        return answer.text.replacing(/name="(key|csrf)" value="[^"]*"/, with: "")
    }

    func offers(of email: String) throws -> [ReceivedOffer] {
        let now = site.clock.now
        return try site.desk("proware").read { connection in
            guard let person = try connection.person(email: email) else { return [] }
            return try connection.receivedOffers(of: person.id, at: now)
        }
    }

    func offer(of email: String) throws -> MembershipOffer.ID { try #require(try offers(of: email).first).id }

    func organizations(of email: String) throws -> [Organization.ID] {
        try site.desk("proware").read { connection in
            guard let person = try connection.person(email: email) else { return [] }
            return try connection.activeMemberships(of: person.id).map(\.organization)
        }
    }

    func acts() throws -> [String] {
        try site.lines("SELECT act FROM audit WHERE act LIKE 'member.%' ORDER BY id")
    }

    func setPassword(_ token: String) throws -> Answer {
        try Browser(site, "proware").post(
            "/password/set",
            [
                "token": token, "password": "jirafa-de-papel-7", "again": "jirafa-de-papel-7", "question": "pet",
                "answer": "Colegio Río Verde",
            ])
    }
}

@Suite struct MembershipOfferTests {
    private let asking: AskingSite
    private var site: TestSite { asking.site }

    init() throws { asking = try AskingSite() }

    // MARK: Who has an account

    /// All that a manager is told and sees while he asks one address again and again.
    private func transcript(_ email: String, declining: Bool = false) throws -> [String] {
        let asking = try AskingSite()
        var told: [String] = []
        func tell(_ answer: Answer) { told.append("\(answer.status) \(answer.field("Location") ?? "")") }
        func look() throws { told.append(try asking.list().replacing(email, with: "X@x.example")) }
        tell(try asking.invite(email))
        try look()
        try look()
        if declining {
            let luis = try Browser(asking.site, "proware", as: email)
            #expect(try luis.post("/offers/\(asking.offer(of: email))/refusal").status == 303)
        }
        tell(try asking.invite(email, name: "Otro Nombre"))
        try look()
        asking.site.clock.now += 3_600
        tell(try asking.invite(email))
        try look()
        for path in ["/organization/offers/1/withdrawal", "/organization/offers/1/withdrawal"] {
            tell(try asking.adriana.post(path))
        }
        try look()
        tell(try asking.invite(email))
        try look()
        let manager = try Browser(asking.site, "proware", as: "adriana@ceiba.example")
        asking.site.clock.now += MembershipOffer.seconds
        let again = try Browser(asking.site, "proware", as: "adriana@ceiba.example")
        told.append(try asking.list(again).replacing(email, with: "X@x.example"))
        _ = manager
        return told
    }

    @Test func `every address is told, listed, withdrawn and forgotten like any other`() throws {
        let unknown = try transcript("ines@ceiba.example")
        #expect(unknown[0] == "303 /t/proware/organization/people")
        #expect(unknown[1].contains("Inés Rojas") && unknown[1].contains("Invitado"))
        #expect(unknown[4].contains("Otro Nombre") && !unknown[4].contains("Inés Rojas"))
        #expect(unknown[7] == unknown[0] && unknown[8].hasPrefix("404") && !unknown[9].contains("X@x.example"))
        #expect(unknown.last?.contains("X@x.example") == false)
        for email in AskingSite.known {
            let told = try transcript(email)
            for (index, line) in told.enumerated() { #expect(line == unknown[index], "\(email), step \(index)") }
            #expect(!told.joined().contains("Canario") && !told.joined().contains("Otra Empresa"))
        }
        #expect(try transcript("luis@otra.example", declining: true) == unknown)
    }

    @Test func `a letter goes only to whoever can do something with it`() throws {
        for email in AskingSite.known { #expect(try asking.invite(email).status == 303) }
        #expect(
            try site.letters().map { "\($0.recipient) \($0.kind)" } == [
                "luis@otra.example member.offer", "nadie@otra.example member.offer", "invitado@otra.example link.set",
                "espera@otra.example member.offer",
            ])
        let notice = try #require(try site.letters().first)
        #expect(notice.text.contains("Adriana Salcedo") && notice.text.contains("Almacenes La Ceiba"))
        #expect(notice.url?.hasSuffix("/t/proware/organizations/choose") == true)
        // Whoever has no password proved nothing: the name of the account may be a stranger's.
        #expect(try !site.letters()[2].text.contains("Iván Canario"))
        for email in AskingSite.known { #expect(try !asking.organizations(of: email).contains(asking.ceiba)) }
    }

    @Test func `asking again sends another letter after a while alone`() throws {
        for wait in [0, 0, MembershipOffer.letterGap - 1, 1, 5] {
            site.clock.now += wait
            #expect(try asking.invite("luis@otra.example").status == 303)
        }
        #expect(try site.letters().count == 2 && asking.offers(of: "luis@otra.example").count == 1)
        let form = [("name", "Inés Rojas"), ("email", "ines@ceiba.example"), ("key", try Random.identifier())]
        for _ in 1...2 { #expect(try asking.adriana.post(AskingSite.people, form).status == 303) }
        #expect(try site.letters().count == 3 && site.count("membership_offer") == 2)
    }

    @Test func `an organization asks so many and no more, also by withdrawing`() throws {
        let now = site.clock.now
        try site.desk("proware").write { [asking] connection in
            for number in 1...MembershipOffer.most {
                let draft = MembershipOffer.Draft(
                    organization: asking.ceiba, name: "P", email: "p\(number)@x.example",
                    person: Person.ID(rawValue: 1), manager: Person.ID(rawValue: 1))
                _ = try connection.offer(draft, at: now)
            }
        }
        for email in ["ines@ceiba.example", "luis@otra.example", "oscar@proware.example"] {
            #expect(try asking.invite(email).status == 422)
        }
        #expect(try asking.adriana.post("/organization/offers/7/withdrawal").status == 303)
        #expect(try asking.invite("ines@ceiba.example").status == 422)
        #expect(try asking.invite("p7@x.example").status == 303, "one that counts already")
        #expect(try site.count("person WHERE email = 'ines@ceiba.example'") == 0)
        site.clock.now += MembershipOffer.seconds
        let later = try Browser(site, "proware", as: "adriana@ceiba.example")
        #expect(try asking.invite("ines@ceiba.example", by: later).status == 303)
        #expect(try site.count("membership_offer") == 1, "what ended is forgotten")
    }

    @Test func `whoever is in the list already is not asked`() throws {
        try site.add("ana@ceiba.example", of: asking.ceiba)
        let waiting = try site.add("eva@ceiba.example")
        try site.desk("proware").write { [asking] in
            try $0.insertMembership(of: waiting, in: asking.ceiba, isManager: false, isPending: true, at: 1)
        }
        for email in ["ana@ceiba.example", "eva@ceiba.example", "ADRIANA@ceiba.example"] {
            let answer = try asking.invite(email)
            #expect(answer.status == 422 && answer.text.contains("ya está en la lista"))
        }
        #expect(try site.count("membership_offer") == 0 && site.letters().isEmpty)
    }

    // MARK: Answering

    @Test func `whoever accepts belongs there from then on, and is seen by his own name`() throws {
        _ = try asking.invite("luis@otra.example", name: "Quien Sea")
        let luis = try Browser(site, "proware", as: "luis@otra.example")
        #expect(try luis.get("/").text.contains("/organizations/choose"))
        let page = try luis.get("/organizations/choose").text
        #expect(page.contains("Almacenes La Ceiba") && page.contains("Adriana Salcedo"))
        let path = "/offers/\(try asking.offer(of: "luis@otra.example"))/acceptance"
        let form = [("key", try Random.identifier())]
        for _ in 1...2 {
            #expect(try luis.post(path, form).field("Location") == "/t/proware/organizations/choose")
        }
        #expect(try luis.post(path).status == 404, "it ended")
        #expect(try asking.organizations(of: "luis@otra.example") == [asking.ceiba, asking.otra])
        #expect(try asking.acts() == ["member.offer", "member.accept"])
        let list = try asking.list()
        #expect(list.contains("Luis Canario") && !list.contains("Quien Sea") && !list.contains("Invitado"))
        #expect(try luis.get("/organization").text.contains("Otra Empresa"), "he stays where he was")
    }

    @Test func `whoever was in none is in the one that he accepts, also after he was removed from it`() throws {
        for _ in 1...2 {
            _ = try asking.invite("nadie@otra.example")
            let noel = try Browser(site, "proware", as: "nadie@otra.example")
            #expect(try noel.get("/organization").status == 404)
            let offer = try asking.offer(of: "nadie@otra.example")
            #expect(try noel.post("/offers/\(offer)/acceptance").field("Location") == "/t/proware/")
            #expect(try noel.get("/organization").text.contains("Almacenes La Ceiba"))
            let id = try #require(try site.desk("proware").read { try $0.person(email: "nadie@otra.example") }).id
            #expect(try asking.adriana.post(AskingSite.people + "/\(id)/removal").status == 303)
            site.clock.now += MembershipOffer.letterGap
        }
        #expect(try site.letters().count == 2)
    }

    @Test func `whoever declines is left alone, and may be asked again`() throws {
        _ = try asking.invite("luis@otra.example")
        let luis = try Browser(site, "proware", as: "luis@otra.example")
        let offer = try asking.offer(of: "luis@otra.example")
        #expect(try luis.post("/offers/\(offer)/refusal").status == 303)
        #expect(try !luis.get("/organizations/choose").text.contains("La Ceiba"))
        for answer in ["acceptance", "refusal"] { #expect(try luis.post("/offers/\(offer)/\(answer)").status == 404) }
        #expect(try asking.organizations(of: "luis@otra.example") == [asking.otra])
        _ = try asking.invite("luis@otra.example")
        #expect(try luis.post("/offers/\(offer)/acceptance").status == 303)
        #expect(try asking.acts() == ["member.offer", "member.decline", "member.offer", "member.accept"])
    }

    @Test func `a first password set with its letter accepts, and the page says so`() throws {
        _ = try asking.invite("ines@ceiba.example")
        #expect(try asking.organizations(of: "ines@ceiba.example").isEmpty)
        let token = try #require(try site.letters().last?.token)
        let page = try site.get("/t/proware/password/set?token=\(token)").text
        #expect(page.contains("acepta pertenecer a Almacenes La Ceiba"))
        #expect(try asking.setPassword(token).status == 303)
        #expect(try asking.organizations(of: "ines@ceiba.example") == [asking.ceiba])
        #expect(try asking.acts() == ["member.offer", "member.accept"])
        #expect(try asking.list().contains("Activo") && site.count("membership_offer") == 0)
    }

    @Test func `of two organizations that ask a newcomer, the letter that he follows counts; the other waits`() throws {
        let beto = try Browser(site, "proware", as: "beto@otra.example")
        _ = try asking.invite("ines@ceiba.example")
        _ = try asking.invite("ines@ceiba.example", name: "Inés de Otra", by: beto)
        #expect(try !asking.list(beto).contains("Inés Rojas"), "what another one typed is not shown")
        let tokens = try site.letters().map(\.token)
        let second = try #require(tokens.last ?? nil)
        #expect(try asking.setPassword(second).status == 303)
        #expect(try asking.organizations(of: "ines@ceiba.example") == [asking.otra])
        let ines = try Browser(site, "proware", as: "ines@ceiba.example", password: "jirafa-de-papel-7")
        #expect(
            try ines.post("/offers/\(asking.offer(of: "ines@ceiba.example"))/acceptance").status == 303)
        #expect(try asking.organizations(of: "ines@ceiba.example") == [asking.ceiba, asking.otra])
    }

    // MARK: What ends an offer

    @Test func `what was withdrawn or is over leads nowhere`() throws {
        for email in ["ines@ceiba.example", "luis@otra.example"] { _ = try asking.invite(email) }
        let token = try #require(try site.letters().first?.token)
        let luis = try Browser(site, "proware", as: "luis@otra.example")
        for id in 1...2 { #expect(try asking.adriana.post("/organization/offers/\(id)/withdrawal").status == 303) }
        #expect(try asking.setPassword(token).status == 404)
        #expect(try luis.post("/offers/2/acceptance").status == 404)
        #expect(try luis.get("/organizations/choose").text.contains("La Ceiba") == false)
        _ = try asking.invite("luis@otra.example")
        site.clock.now += MembershipOffer.seconds
        let later = try Browser(site, "proware", as: "luis@otra.example")
        #expect(try later.post("/offers/2/acceptance").status == 404)
        #expect(try !later.get("/").text.contains("/organizations/choose"))
    }

    @Test func `the link of somebody whom others await outlives the withdrawal`() throws {
        _ = try asking.invite("invitado@otra.example")
        let token = try #require(try site.letters().last?.token)
        #expect(try asking.adriana.post("/organization/offers/1/withdrawal").status == 303)
        #expect(try asking.setPassword(token).status == 303)
        #expect(try asking.organizations(of: "invitado@otra.example") == [asking.otra])
    }

    @Test func `nobody answers for others, and nobody withdraws of others`() throws {
        _ = try asking.invite("luis@otra.example")
        let beto = try Browser(site, "proware", as: "beto@otra.example")
        try site.add("luis@otra.example", to: "seres")
        let elsewhere = try Browser(site, "seres", as: "luis@otra.example")
        for browser in [beto, asking.adriana, elsewhere, try Browser(site, "proware", as: "oscar@proware.example")] {
            for answer in ["acceptance", "refusal"] {
                for id in ["1", "999", "0", "x"] {
                    #expect(try browser.post("/offers/\(id)/\(answer)").status == 404)
                }
            }
        }
        #expect(try beto.post("/organization/offers/1/withdrawal").status == 404)
        let luis = try Browser(site, "proware", as: "luis@otra.example")
        #expect(try luis.post("/organization/offers/1/withdrawal").status == 404)
        #expect(try asking.offers(of: "luis@otra.example").count == 1 && site.count("membership_offer", "seres") == 0)
    }

    @Test(arguments: ["staff", "closed", "deactivated"])
    func `what was offered before waits for whoever may have it`(_ event: String) throws {
        _ = try asking.invite("luis@otra.example")
        let id = try #require(try site.desk("proware").read { try $0.person(email: "luis@otra.example") }).id
        let offer = try asking.offer(of: "luis@otra.example")
        let sql: SQLText =
            switch event {
            case "staff": "UPDATE person SET role = 'admin' WHERE email = 'luis@otra.example'"
            case "closed": "UPDATE organization SET state = 'closed' WHERE id = 1"
            default: "UPDATE person SET state = 'deactivated', deactivated_at = 1 WHERE email = 'luis@otra.example'"
            }
        let now = site.clock.now
        let received = try site.desk("proware").write { connection in
            try connection.execute(sql)
            return try connection.receivedOffer(offer, of: id, at: now)
        }
        #expect(received == nil)
    }

    @Test func `an admin who adds somebody ends the offer`() throws {
        _ = try asking.invite("luis@otra.example", name: "Quien Sea")
        let elena = try Browser(site, "proware", as: "elena@proware.example")
        let id = try #require(try site.desk("proware").read { try $0.person(email: "luis@otra.example") }).id
        #expect(try elena.get("/people/\(id)").text.contains("Invitaciones por aceptar"))
        let form = ["organization": "Almacenes La Ceiba"] as KeyValuePairs
        #expect(try elena.post("/admin/people/\(id)/memberships", form).status == 303)
        #expect(try asking.list().contains("Luis Canario") && !asking.list().contains("Quien Sea"))
    }

    @Test func `offers go with an organization that is merged`() throws {
        for email in ["nadie@otra.example", "luis@otra.example", "espera@otra.example"] { _ = try asking.invite(email) }
        let beto = try Browser(site, "proware", as: "beto@otra.example")
        _ = try asking.invite("nadie@otra.example", name: "Dos Veces", by: beto)
        let elena = try Browser(site, "proware", as: "elena@proware.example")
        let merge = "/admin/organizations/\(asking.ceiba)/merge"
        #expect(try elena.post(merge, ["into": "\(asking.otra)"]).status == 303)
        // Two of them are there already.
        #expect(try site.lines("SELECT organization || ' ' || name FROM membership_offer") == ["2 Dos Veces"])
        let noel = try Browser(site, "proware", as: "nadie@otra.example")
        let offer = try asking.offer(of: "nadie@otra.example")
        #expect(try noel.post("/offers/\(offer)/acceptance").status == 303)
        #expect(try asking.organizations(of: "nadie@otra.example") == [asking.otra])
    }
}
