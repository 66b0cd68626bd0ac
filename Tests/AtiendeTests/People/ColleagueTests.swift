// Who manages an organization sees and changes its people, and nobody else's.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct ColleagueTests {
    private let site: TestSite
    private let ceiba: Organization.ID
    private let other: Organization.ID
    private let adriana: Browser
    private let adrianaID: Person.ID
    private let path = "/organization/people"

    init() throws {
        site = try TestSite()
        ceiba = try site.addOrganization("Almacenes La Ceiba")
        other = try site.addOrganization("Otra Empresa")
        adrianaID = try site.add("adriana@ceiba.example", name: "Adriana Salcedo", of: ceiba, isManager: true)
        adriana = try Browser(site, "proware", as: "adriana@ceiba.example")
    }

    private func member(_ id: Person.ID, of organization: Organization.ID? = nil) throws -> Colleague? {
        try site.desk("proware").read { try $0.colleague(id, in: organization ?? ceiba) }
    }

    private func letters() throws -> [String] {
        try site.desk("proware").read { connection in
            try connection.query("SELECT recipient_address || ' ' || kind FROM outbox ORDER BY id") { $0.text(0) }
        }
    }

    private func invite(_ email: String, name: String = "Inés Rojas") throws -> Answer {
        try adriana.post(path, ["name": name, "email": email])
    }

    @Test func `whoever is invited is told by letter, and belongs here alone`() throws {
        let answer = try adriana.post(
            path,
            [
                "name": "Inés Rojas", "email": "ines@ceiba.example", "role": "admin", "organization": "\(other)",
                "isManager": "on", "state": "active", "level": "3",
            ])
        #expect(answer.status == 303)
        let found = try site.desk("proware").read { try $0.person(email: "ines@ceiba.example") }
        let ines = try #require(found)
        #expect(ines.role == .customer && ines.state == .invited)
        #expect(try letters() == ["ines@ceiba.example link.set"])
        #expect(try adriana.get(path).text.contains("Inés Rojas"))
        #expect(try member(ines.id) == nil, "not before she accepts")
        let token = try #require(try site.letters().last?.token)
        let form = [
            ("token", token), ("password", Browser.password), ("again", Browser.password), ("question", "pet"),
            ("answer", "Colegio Río Verde"),
        ]
        #expect(try Browser(site, "proware").post("/password/set", form).status == 303)
        #expect(try member(ines.id)?.isManager == false && member(ines.id, of: other) == nil)
    }

    @Test(arguments: ["", "x", "Soporte", "<script>alert(1)</script>"])
    func `a name is read like everywhere`(_ name: String) throws {
        let answer = try invite("ines@ceiba.example", name: name)
        #expect(answer.status == (name.contains("script") || name == "x" ? 303 : 422))
        #expect(try !adriana.get(path).text.contains("<script>alert"))
    }

    @Test func `people of other organizations are not there`() throws {
        let luis = try site.add("luis@otra.example", name: "Luis Canario", of: other)
        for action in ["approval", "refusal", "manager", "removal"] {
            #expect(try adriana.post(path + "/\(luis)/\(action)", ["isManager": "on"]).status == 404, "\(action)")
            #expect(try adriana.post(path + "/999/\(action)").status == 404, "\(action)")
        }
        #expect(try member(luis, of: other)?.isManager == false)
        for page in [path, "/organization"] { #expect(try !adriana.get(page).text.contains("Canario")) }
    }

    @Test func `who does not manage sees the organization and changes nothing`() throws {
        let ines = try site.add("ines@ceiba.example", name: "Inés Rojas", of: ceiba)
        let browser = try Browser(site, "proware", as: "ines@ceiba.example")
        let page = try browser.get("/organization")
        #expect(page.status == 200 && page.text.contains("Adriana Salcedo") && !page.text.contains("adriana@ceiba"))
        #expect(try browser.get(path).status == 404 && browser.post(path).status == 404)
        for action in ["approval", "refusal", "manager", "removal"] {
            #expect(try browser.post(path + "/\(ines)/\(action)", ["isManager": "on"]).status == 404)
        }
        #expect(try member(ines)?.isManager == false)
        try site.add("elena@proware.example", as: .admin)
        #expect(try Browser(site, "proware", as: "elena@proware.example").get(path).status == 404)
    }

    @Test(
        arguments: [
            ("CO", "900123456-8", "+576017456620", "+573152240987;ext=12", "NIT", "900.123.456-8"),
            ("MX", "SAT970701NN3", "+525541203377", "", "RFC", "SAT970701NN3"),
            // One that was kept in another form is shown as it is.
            ("CO", "sin número", "1234", "", "NIT", "sin número"),
        ])
    func `numbers are shown as people write them`(
        _ country: String, _ taxID: String, _ phone: String, _ other: String, _ label: String, _ shown: String
    ) throws {
        try site.desk("proware").database.write { connection in
            try connection.execute(
                "UPDATE organization SET country = ?, tax_id = ?, phone = ?, other_phone = ? WHERE id = ?", country,
                taxID, phone, other, ceiba)
        }
        let page = try adriana.get("/organization").text
        #expect(page.contains("<dt>\(label)</dt><dd>\(shown)</dd>"))
        let phones = [phone, other].filter { !$0.isEmpty }.map(PhoneNumber.shown).joined(separator: ", ")
        #expect(page.contains("<dt>Teléfono</dt><dd>\(phones)</dd>"))
        if country == "MX" { #expect(phones == "+52 55 4120 3377") }
        if !other.isEmpty { #expect(phones == "+57 601 745 6620, +57 315 224 0987 ext. 12") }
    }

    @Test func `an organization keeps somebody who manages it`() throws {
        #expect(try adriana.post(path + "/\(adrianaID)/removal").status == 422)
        #expect(try adriana.post(path + "/\(adrianaID)/manager").status == 422)
        let ines = try site.add("ines@ceiba.example", of: ceiba, state: .invited, password: nil)
        // One who cannot come in does not count.
        #expect(try adriana.post(path + "/\(ines)/manager", ["isManager": "on"]).status == 303)
        #expect(try adriana.post(path + "/\(adrianaID)/removal").status == 422)
        let luis = try site.add("luis@ceiba.example", of: ceiba, isManager: true)
        #expect(try adriana.post(path + "/\(adrianaID)/manager").status == 303)
        #expect(try adriana.get(path).status == 404)
        #expect(try member(luis)?.isManager == true && member(adrianaID)?.isManager == false)
    }

    @Test func `removing ends what one sees there, and only there`() throws {
        let ines = try site.add("ines@ceiba.example", of: ceiba)
        let browser = try Browser(site, "proware", as: "ines@ceiba.example")
        try site.desk("proware").write { [other] in
            try $0.insertMembership(of: ines, in: other, isManager: false, at: 1)
        }
        #expect(try adriana.post(path + "/\(ines)/removal").status == 303)
        #expect(try browser.get("/organization").status != 200)
        #expect(try member(ines) == nil && member(ines, of: other) != nil)
        #expect(
            try Browser(site, "proware", as: "ines@ceiba.example").get("/organization").text.contains("Otra Empresa"))
    }

    @Test func `whoever waits is let in or not, once, and reads so`() throws {
        for (email, action, hasPassword, letter) in [
            ("a@ceiba.example", "approval", true, "member.text"), ("b@ceiba.example", "approval", false, "link.set"),
            ("c@ceiba.example", "refusal", true, "member.declined"),
        ] {
            let id = try site.add(
                email, state: .pending, password: hasPassword ? Browser.password : nil)
            try site.desk("proware").write { [ceiba] in
                try $0.insertMembership(of: id, in: ceiba, isManager: true, isPending: true, at: 1)
            }
            #expect(try adriana.get(path).text.contains("Por aprobar"))
            #expect(try adriana.post(path + "/\(id)/\(action)").status == 303)
            #expect(try letters().last == "\(email) \(letter)")
            #expect(try member(id)?.isPending == (action == "refusal" ? nil : false))
            #expect(try member(id)?.isManager != true)
            #expect(try adriana.post(path + "/\(id)/\(action)").status == (action == "refusal" ? 404 : 409))
            if action == "approval", hasPassword { _ = try Browser(site, "proware", as: email) }
        }
    }
}
