// What admins do with people, also two at once: nothing is lost, nobody is locked out, nobody gets more than was given.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct PersonAdminTests {
    private let site: TestSite
    private let elena: Browser
    private let elenaID: Person.ID

    init() throws {
        site = try TestSite()
        elenaID = try site.add("elena@proware.example", as: .admin, name: "Elena Marín")
        elena = try Browser(site, "proware", as: "elena@proware.example")
    }

    private func person(_ email: String) throws -> Person? {
        try site.desk("proware").read { try $0.person(email: email) }
    }

    private func letters() throws -> Int {
        try site.desk("proware").read { try $0.first("SELECT count(*) FROM outbox") { $0.int(0) } ?? 0 }
    }

    private func trail(_ act: AuditEntry.Act) throws -> [(before: String, after: String)] {
        try site.desk("proware").write { connection in
            try connection.query("SELECT before, after FROM audit WHERE act = ? ORDER BY id", act) {
                (before: $0.text(0), after: $0.text(1))
            }
        }
    }

    /// The form of a person as its page has it, with what is changed in it.
    private func form(_ id: Person.ID, _ changes: [String: String] = [:]) throws -> [(String, String)] {
        let record = try #require(try site.desk("proware").read { try $0.personRecord(id) })
        let values = PersonForm.values(record)
        var sent = PersonForm.specs.map { ("was-" + $0.id, PersonForm.text(values, $0.id)) }
        for (name, list) in values where changes[name] == nil { sent += list.map { (name, $0) } }
        return sent + changes.map { ($0.key, $0.value) }
    }

    // MARK: Joining the staff

    @Test func `whoever joins the staff leaves every organization, and the trail says which`() throws {
        let (ceiba, roble) = (try site.addOrganization("Almacenes La Ceiba"), try site.addOrganization("El Roble"))
        let ana = try site.add("ana@ceiba.example", name: "Ana Torres", of: ceiba, isManager: true)
        let now = site.clock.now
        try site.desk("proware").write {
            try $0.insertMembership(of: ana, in: roble, isManager: false, isPending: true, at: now)
        }
        let browser = try Browser(site, "proware", as: "ana@ceiba.example")
        #expect(try elena.get("/admin/people/\(ana)").text.contains("deja las suyas"))
        let answer = try elena.post(
            "/admin/people/\(ana)", form(ana, ["role": "technician", "level": "1"]))
        #expect(try answer.status == 303 && person("ana@ceiba.example")?.role == .technician(level: 1))
        #expect(try site.desk("proware").read { try $0.belongings(of: ana) }.isEmpty)
        #expect(try trail(.memberRemoved).map(\.before) == ["Almacenes La Ceiba", "El Roble"])
        #expect(try browser.get("/profile").status == 303)
        // Somebody who stays a customer stays where he is.
        let luis = try site.add("luis@ceiba.example", name: "Luis Gil", of: ceiba)
        #expect(try elena.post("/admin/people/\(luis)", form(luis, ["name": "Luis A. Gil"])).status == 303)
        #expect(try site.desk("proware").read { try $0.belongings(of: luis) }.map(\.organization) == [ceiba])
    }

    // MARK: New

    @Test func `a new person is invited by letter and counts as invited`() throws {
        let ceiba = try site.addOrganization("Almacenes La Ceiba")
        let answer = try elena.post(
            "/admin/people/new",
            [
                "name": "Ana Torres", "email": " Ana@Ceiba.example ", "role": "customer", "phone": "55 1234 5678",
                "organization": "almacenes la ceiba", "isManager": "on",
            ])
        let ana = try #require(try person("ana@ceiba.example"))
        #expect(answer.status == 303 && answer.field("Location") == "/t/proware/people/\(ana.id)")
        #expect(ana.state == .invited && ana.role == .customer)
        let belongings = try site.desk("proware").read { try $0.belongings(of: ana.id) }
        #expect(belongings.map(\.organization) == [ceiba] && belongings.allSatisfy(\.isManager))
        #expect(try letters() == 1 && trail(.personAdded).count == 1 && trail(.memberAdded).count == 1)
        #expect(try elena.get("/people/\(ana.id)").text.contains("Invitación enviada."))
    }

    @Test(
        arguments: [
            (["email": "ana"], "email"), (["email": "ana@ceiba.example\r\nBcc: x@y.example"], "email"),
            (["name": "   "], "name"), (["name": "Soporte Proware"], "name"), (["name": "Ana\u{202E}"], ""),
            (["role": "owner"], "role"), (["role": "technician"], "level"),
            (["role": "technician", "level": "4"], "level"),
            (["phone": "12"], "phone"), (["timeZone": "../../etc/passwd"], "timeZone"),
            (["timeZone": "America/Macondo"], "timeZone"), (["language": "de"], "language"),
            (["organization": "Nadie"], "organization"),
            (["role": "admin", "organization": "Almacenes"], "organization"),
            (["email": "ELENA@proware.example"], "email"),
        ] as [([String: String], String)])
    func `what is wrong is said beside its field, and nothing is kept`(_ change: [String: String], _ field: String)
        throws
    {
        try _ = site.addOrganization("Almacenes")
        var sent = ["name": "Ana Torres", "email": "ana@ceiba.example", "role": "customer"]
        sent.merge(change) { $1 }
        let answer = try elena.post("/admin/people/new", sent.map { ($0.key, $0.value) })
        guard !field.isEmpty else {
            #expect(answer.status == 303)
            return
        }
        #expect(answer.status == 422 && answer.text.contains("id=\"\(field)-error\""), "\(change)")
        #expect(try person("ana@ceiba.example") == nil && letters() == 0)
    }

    @Test func `fields that the form does not have change nothing`() throws {
        let id = try site.add("oscar@proware.example", as: .technician(level: 1))
        let extra = [
            ("state", "deactivated"), ("password", "x"), ("id", "1"), ("two_step_key", "x"), ("changed_at", "0"),
        ]
        #expect(try elena.post("/admin/people/\(id)", form(id) + extra).status == 303)
        #expect(try person("oscar@proware.example")?.state == .active && trail(.personChanged).isEmpty)
    }

    @Test func `of two who give the same address, the second is told beside the field`() throws {
        try site.add("otro@proware.example", as: .admin)
        let second = try Browser(site, "proware", as: "otro@proware.example")
        for (browser, status) in [(elena, 303), (second, 422)] {
            let answer = try browser.post(
                "/admin/people/new", ["name": "Ana Torres", "email": "ana@ceiba.example", "role": "customer"])
            #expect(answer.status == status)
            if status == 422 { #expect(answer.text.contains("Otra persona ya tiene este correo")) }
        }
        #expect(try letters() == 1)
        let id = try site.add("oscar@proware.example", as: .technician(level: 1))
        let taken = try elena.post("/admin/people/\(id)", form(id, ["email": "Ana@ceiba.example"]))
        #expect(taken.status == 422 && taken.text.contains("Otra persona ya tiene este correo"))
    }

    @Test func `sending a form again does it once`() throws {
        let key = try Random.identifier()
        let sent = [("name", "Ana Torres"), ("email", "ana@ceiba.example"), ("role", "customer"), ("key", key)]
        for _ in 0..<2 { #expect(try elena.post("/admin/people/new", sent).status == 303) }
        #expect(try letters() == 1)
    }

    // MARK: Changing

    @Test func `a change is in the trail as it was and as it is, and new rights begin with a new session`() throws {
        let id = try site.add("oscar@proware.example", as: .technician(level: 1), name: "Óscar Gil")
        let oscar = try Browser(site, "proware", as: "oscar@proware.example")
        #expect(try elena.post("/admin/people/\(id)", form(id, ["phone": "55 1234 5678"])).status == 303)
        #expect(try oscar.get("/people").status == 200)
        let changes = ["level": "2", "lead": "on", "skills": "support", "name": "Óscar Gil Rojas"]
        #expect(try elena.post("/admin/people/\(id)", form(id, changes)).status == 303)
        let last = try #require(try trail(.personChanged).last)
        #expect(last.before == "Nombre completo: Óscar Gil; Nivel: Nivel 1; Es líder: No; Sabe de: Sin dato")
        #expect(last.after == "Nombre completo: Óscar Gil Rojas; Nivel: Nivel 2; Es líder: Sí; Sabe de: Soporte")
        #expect(try oscar.get("/people").status == 303)
        let record = try #require(try site.desk("proware").read { try $0.personRecord(id) })
        #expect(record.skills == ["support"] && record.person.isLead && record.person.role == .technician(level: 2))
    }

    @Test func `a form that is out of date says what changed, and overwrites nothing`() throws {
        try site.add("otro@proware.example", as: .admin)
        let other = try Browser(site, "proware", as: "otro@proware.example")
        let id = try site.add("oscar@proware.example", as: .technician(level: 1), name: "Óscar Gil")
        let stale = try form(id, ["phone": "55 1234 5678"])
        #expect(try other.post("/admin/people/\(id)", form(id, ["name": "Óscar Gil Rojas"])).status == 303)
        let answer = try elena.post("/admin/people/\(id)", stale)
        #expect(answer.status == 422 && answer.text.contains("«Óscar Gil Rojas»"))
        #expect(
            answer.text.contains("55 1234 5678") && answer.text.contains("name=\"was-name\" value=\"Óscar Gil Rojas\""))
        let kept = try #require(try person("oscar@proware.example"))
        #expect(kept.name == "Óscar Gil Rojas" && kept.phone.isEmpty)
    }

    @Test func `another address makes former links worthless, and a new invitation goes there`() throws {
        _ = try elena.post(
            "/admin/people/new", ["name": "Ana Torres", "email": "ana@ceiba.example", "role": "customer"])
        let id = try #require(try person("ana@ceiba.example")).id
        #expect(try elena.post("/admin/people/\(id)", form(id, ["email": "ana.torres@ceiba.example"])).status == 303)
        let links = try site.desk("proware").read {
            try $0.first("SELECT count(*) FROM one_time_link WHERE person = ?", id) { $0.int(0) }
        }
        #expect(try links == 1 && letters() == 2)
        #expect(try elena.post("/admin/people/\(id)/invitation").status == 303 && letters() == 3)
    }

    // MARK: Leaving

    @Test func `whoever is deactivated is out at once, and stays in the history`() throws {
        let ceiba = try site.addOrganization("Almacenes La Ceiba")
        let id = try site.add("ana@ceiba.example", of: ceiba)
        let ana = try Browser(site, "proware", as: "ana@ceiba.example")
        #expect(try elena.post("/admin/people/\(id)/deactivation").status == 303)
        #expect(try ana.get("/organization").status == 303)
        #expect(
            try Browser(site, "proware").post("/login", ["email": "ana@ceiba.example", "password": Browser.password])
                .status == 422)
        #expect(try elena.get("/people/\(id)").text.contains("Almacenes La Ceiba"))
        #expect(try elena.post("/admin/people/\(id)/deactivation").status == 409)
        #expect(try elena.post("/admin/people/\(id)/reactivation").status == 303)
        #expect(
            try trail(.personDeactivated).map(\.before) == ["Activo"]
                && trail(.personReactivated).map(\.after) == ["Activo"])
        _ = try Browser(site, "proware", as: "ana@ceiba.example")
    }

    @Test func `the last admin keeps the desk, and nobody shuts himself out`() throws {
        #expect(try elena.post("/admin/people/\(elenaID)/deactivation").status == 409)
        let answer = try elena.post("/admin/people/\(elenaID)", form(elenaID, ["role": "technician", "level": "1"]))
        #expect(answer.status == 422 && answer.text.contains("último administrador"))
        // One who cannot come in does not count.
        let invited = try site.add("otro@proware.example", as: .admin, state: .invited, password: nil)
        #expect(try elena.post("/admin/people/\(elenaID)", form(elenaID, ["role": "customer"])).status == 422)
        _ = invited
    }

    @Test func `two admins who deactivate each other leave one`() throws {
        let other = try site.add("otro@proware.example", as: .admin)
        let browser = try Browser(site, "proware", as: "otro@proware.example")
        #expect(try elena.post("/admin/people/\(other)/deactivation").status == 303)
        #expect(
            try browser.post("/admin/people/\(elenaID)/deactivation").status != 303
                || person("elena@proware.example")?.state == .active)
        #expect(try person("elena@proware.example")?.state == .active)
        // In the writer, one after the other: the second is the last.
        try site.desk("proware").write { try $0.reactivate(other, at: 9) }
        try site.desk("proware").write { try $0.deactivate(other, at: 10) }
        #expect(try site.desk("proware").read { try $0.hasActiveAdmin(besides: elenaID) } == false)
    }

    // MARK: Memberships

    @Test func `memberships are added, changed and removed, each in the trail`() throws {
        let ceiba = try site.addOrganization("Almacenes La Ceiba")
        let id = try site.add("ana@ceiba.example")
        let path = "/admin/people/\(id)/memberships"
        #expect(try elena.post(path, ["organization": "nadie"]).status == 422)
        #expect(try elena.post(path, ["organization": "Almacenes La Ceiba"]).status == 303)
        #expect(try elena.post(path + "/\(ceiba)/manager", ["isManager": "on"]).status == 303)
        let ana = try Browser(site, "proware", as: "ana@ceiba.example")
        #expect(try ana.get("/organization/people").status == 200)
        #expect(try elena.post(path + "/\(ceiba)/removal").status == 303)
        #expect(try ana.get("/organization").status != 200)
        #expect(try elena.post(path + "/\(ceiba)/removal").status == 404)
        #expect(try elena.post(path + "/999/manager", ["isManager": "on"]).status == 404)
        #expect(try trail(.memberAdded).count == 1 && trail(.memberRemoved).count == 1)
        let staff = try site.add("oscar@proware.example", as: .technician(level: 1))
        #expect(
            try elena.post("/admin/people/\(staff)/memberships", ["organization": "Almacenes La Ceiba"]).status == 422)
    }
}
