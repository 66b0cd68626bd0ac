// The pages of organizations: who may see and change what, searches, notes, states, distributors.

import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct OrganizationRoutesTests {
    private let desk: OrganizationDesk
    private static let attack = "<script>alert(1)</script>\"'&"

    init() throws { desk = try OrganizationDesk() }

    // MARK: Access

    @Test func `customers see no list and no organization, not even their own`() throws {
        for path in ["/organizations", "/organizations/\(desk.ceiba)", "/organizations/\(desk.ceiba)/agreement/file"] {
            #expect(try desk.ana.get(path).status == 404)
        }
        #expect(try desk.ana.post("/organizations/\(desk.ceiba)/notes", ["note": "x"]).status == 404)
        #expect(try Browser(desk.site, "proware").get("/organizations").status == 303)
    }

    @Test func `technicians look and note, and change nothing else`() throws {
        #expect(try desk.technician.get("/organizations").status == 200)
        let page = try desk.technician.get("/organizations/\(desk.ceiba)")
        #expect(page.status == 200 && !page.text.contains("/admin/organizations"))
        let id = desk.ceiba
        let paths = [
            "new", "\(id)/edit", "\(id)/close", "\(id)/reopen", "\(id)/approve", "\(id)/decline", "\(id)/distributor",
            "\(id)/merge", "\(id)/agreement", "\(id)/agreement/notice",
        ]
        for path in paths {
            #expect(try desk.technician.post("/admin/organizations/" + path, Company.form()).status == 404)
        }
        #expect(try desk.technician.get("/admin/organizations/export").status == 404)
        #expect(try desk.organization(id).details.legalName == "Almacenes La Ceiba")
    }

    @Test func `another tenant's organization with the same number is not there`() throws {
        try desk.site.add("eva@seres.example", to: "seres", as: .admin)
        let eva = try Browser(desk.site, "seres", as: "eva@seres.example")
        #expect(try eva.get("/organizations/\(desk.ceiba)").status == 404)
        #expect(try !eva.get("/organizations").text.contains("Ceiba"))
        #expect(try eva.post("/organizations/\(desk.ceiba)/notes", ["note": "x"]).status == 404)
        #expect(try desk.count("SELECT count(*) FROM organization_note") == 0)
    }

    @Test(arguments: ["0", "01", "-1", "999", "1x", "9999999999999999"])
    func `a number that is none is not found`(_ id: String) throws {
        #expect(try desk.admin.get("/organizations/\(id)").status == 404)
        #expect(try desk.admin.get("/admin/organizations/\(id)/edit").status == 404)
    }

    @Test func `who looks at an organization is kept`() throws {
        _ = try desk.technician.get("/organizations/\(desk.ceiba)")
        #expect(try desk.acts(desk.ceiba) == ["organization.read"])
    }

    // MARK: The list

    @Test(arguments: [
        ("ceiba", ["Ceiba"]), ("CEI", ["Ceiba"]), ("nandu", ["Ñandú"]), ("ÑANDÚ ferre", ["Ñandú"]),
        ("cali", ["Ceiba", "Ñandú"]), ("la cali", ["Ceiba"]), ("nadie", []), ("900000001", ["Ceiba"]),
        ("900.000.002", ["Ñandú"]), ("a@b.example", ["Ceiba", "Ñandú"]), ("\"", ["Ceiba", "Ñandú"]),
        ("ceiba\" OR nandu", []), ("NEAR(ceiba nandu)", []), ("*", ["Ceiba", "Ñandú"]), ("words:ceiba", []),
        ("ceiba AND", []), ("-ceiba", ["Ceiba"]),
    ])
    func `a search finds beginnings of words, accents or none, and takes nothing for an operator`(
        _ typed: String, _ found: [String]
    ) throws {
        let text = try desk.technician.get(
            "/organizations?q=" + PercentCoding.encode(queryComponent: typed)
        ).text
        for name in ["Ceiba", "Ñandú"] {
            #expect(text.contains(name + "</a>") == found.contains(name), "\(typed): \(name)")
        }
    }

    @Test func `a tax number is found as it is written and without its separators`() throws {
        let number = Company.nit(2)
        for typed in [number, number.filter { $0 != "-" }, "900.000.002-" + number.suffix(1)] {
            let text = try desk.admin.get("/organizations?q=\(typed)").text
            #expect(text.contains("Ñandú</a>") && !text.contains("Ceiba</a>"), "\(typed)")
        }
    }

    @Test func `the list has states, pages and the number of people`() throws {
        let now = desk.site.clock.now
        try desk.site.desk("proware").write { connection in
            for number in 10..<60 {
                _ = try connection.insert(Company.details(number, "Zeta \(number)"), state: .active, at: now)
            }
        }
        let first = try desk.admin.get("/organizations").text
        #expect(first.contains("1 a 50 de 52") && first.contains("Ferretería Ñandú</a>") && !first.contains("Zeta 59<"))
        #expect(try desk.admin.get("/organizations?page=2").text.contains("Zeta 59</a>"))
        #expect(try desk.admin.get("/organizations?state=closed").text.contains("No hay") == false)
        #expect(try desk.admin.get("/organizations?state=closed").text.contains("Todavía no hay organizaciones aquí"))
        #expect(try desk.admin.get("/organizations?state=other").status == 404)
        #expect(try desk.admin.get("/organizations?lang=en").text.contains("Contract ending soon"))
    }

    @Test func `nothing that somebody wrote becomes markup`() throws {
        let evil = Company.form([
            "legalName": Self.attack, "street": Self.attack, "neighborhood": Self.attack, "city": Self.attack,
            "region": Self.attack,
        ])
        let answer = try desk.admin.post("/admin/organizations/new", evil)
        #expect(answer.status == 303)
        let path = try #require(answer.field("Location"))
        _ = try desk.admin.post(path + "/notes", ["note": Self.attack])
        let id = try #require(path.split(separator: "/").last)
        let pages = [
            path, "/organizations", "/organizations?q=script", "/admin/organizations/\(id)/edit",
            "/admin/organizations/\(id)/merge?q=ceiba", "/admin/organizations/\(id)/merge?into=\(desk.ceiba)",
            "/admin/organizations/\(desk.ceiba)/distributor?q=script", "/admin/organizations/\(id)/agreement",
            "/organizations?q=%3Cscript%3E&plan=%22%3E%3Cscript%3E&ending=%3Cscript%3E",
        ]
        for page in pages {
            let text = try desk.admin.get(page).text
            #expect(!text.contains("<script>") && !text.contains("\"'&\""), "\(page)")
        }
        _ = try desk.sign(try #require(Organization.ID(String(id))))
        #expect(try !desk.admin.get(path + "/agreement/file").text.contains("<script>"))
        // A formula in a cell is text.
        #expect(try desk.admin.get("/admin/organizations/export").text.contains("\"<script>alert(1)</script>\"\"'&\""))
    }

    // MARK: Writing

    @Test func `a new organization is on the list and in the trail`() throws {
        let answer = try desk.admin.post("/admin/organizations/new", Company.form())
        #expect(answer.status == 303)
        let page = try desk.admin.get(try #require(answer.field("Location")))
        for text in ["900.123.456-8", "contacto@nandu.example", "La organización está en la lista", "+52 55 5555 0101"]
        {
            #expect(page.text.contains(text), "\(text)")
        }
        #expect(try desk.count("SELECT count(*) FROM audit WHERE act = 'organization.add'") == 1)
    }

    @Test func `a tax number of another organization is told beside the field, nothing is lost`() throws {
        for path in ["/admin/organizations/new", "/admin/organizations/\(desk.nandu)/edit"] {
            let changed = try desk.organization(desk.nandu).changedAt
            let answer = try desk.admin.post(
                path, Company.form(["taxID": Company.nit(1)]) + [("changed", String(changed))])
            #expect(answer.status == 422)
            #expect(answer.text.contains("Ya hay una organización con ese número"))
            #expect(answer.text.contains("Calle 93 11-28"))
        }
    }

    @Test func `a form that somebody else was faster than is not taken, however often it is sent`() throws {
        let path = "/admin/organizations/\(desk.ceiba)/edit"
        let form = Company.form() + [("changed", String(try desk.organization(desk.ceiba).changedAt))]
        #expect(try desk.admin.post(path, form).status == 303)
        let stale = Company.form(["legalName": "Otra"]) + [form[form.count - 1]]
        for _ in 0..<2 {
            let answer = try desk.admin.post(path, stale)
            #expect(answer.status == 422 && answer.text.contains("Otra persona cambió estos datos"))
            let shown = answer.text.firstMatch(of: /name="changed" value="(\d+)"/).map { String($0.1) }
            #expect(shown == stale.last?.1)
        }
        for missing in ["", "x", "99999999999999999999"] {
            #expect(try desk.admin.post(path, Company.form() + [("changed", missing)]).status == 422)
        }
        #expect(try desk.organization(desk.ceiba).details.legalName == "Ferretería Ñandú S. A. S.")
    }

    @Test func `notes need words, keep their lines and tell who wrote them`() throws {
        let path = "/organizations/\(desk.ceiba)"
        #expect(try desk.technician.post(path + "/notes", ["note": " \r\n "]).status == 422)
        #expect(try desk.technician.post(path + "/notes", ["note": "Uno\r\nDos"]).status == 303)
        let text = try desk.admin.get(path).text
        #expect(text.contains("Uno\nDos") && text.contains("Tomás Gil"))
        #expect(try desk.acts(desk.ceiba).contains("note.add"))
        #expect(try !desk.admin.get("/organizations/\(desk.nandu)").text.contains("Uno"))
    }

    // MARK: States

    @Test func `people of a closed organization do not come in for it until it opens again`() throws {
        #expect(try desk.ana.get("/organization/agreement").status == 200)
        #expect(try desk.admin.post("/admin/organizations/\(desk.ceiba)/close").status == 303)
        #expect(try desk.ana.get("/organization/agreement").status == 404)
        #expect(try desk.admin.post("/admin/organizations/\(desk.ceiba)/close").status == 409)
        #expect(try desk.admin.post("/admin/organizations/\(desk.ceiba)/approve").status == 409)
        #expect(try desk.admin.post("/admin/organizations/\(desk.ceiba)/reopen").status == 303)
        #expect(try desk.ana.get("/organization/agreement").status == 200)
    }

    @Test(arguments: [("approve", Organization.State.active, 1), ("decline", .closed, 0)])
    func `a new organization is taken on or not, and its managers hear of it`(
        _ action: String, _ state: Organization.State, _ active: Int
    ) throws {
        let now = desk.site.clock.now
        let id = try desk.site.desk("proware").write { connection in
            let id = try connection.insert(Company.details(9, "Nueva"), state: .pending, at: now)
            for (email, isManager) in [("jefa@nueva.example", true), ("otra@nueva.example", false)] {
                let person = try connection.insert(
                    NewPerson(email: email, name: "Jefa", role: .customer, state: .pending), at: now)
                try connection.insertMembership(
                    of: person, in: id, isManager: isManager, isPending: true, at: now)
            }
            return id
        }
        #expect(try desk.admin.get("/organizations/\(id)").text.contains("/admin/organizations/\(id)/approve"))
        #expect(try desk.admin.post("/admin/organizations/\(id)/\(action)").status == 303)
        #expect(try desk.organization(id).state == state)
        let letters = try desk.site.desk("proware").read {
            try $0.query("SELECT recipient_address FROM outbox ORDER BY id") { $0.text(0) }
        }
        #expect(letters == ["jefa@nueva.example"])
        #expect(
            try desk.count("SELECT count(*) FROM membership WHERE organization = \(id) AND state = 'active'") == active)
        #expect(try desk.count("SELECT count(*) FROM person WHERE state = 'invited'") == active)
        #expect(try desk.admin.post("/admin/organizations/\(id)/\(action)").status == 409)
    }

    // MARK: Distributors

    @Test func `a distributor is chosen by search, and never in a circle`() throws {
        let now = desk.site.clock.now
        let third = try desk.site.desk("proware").write {
            try $0.insert(Company.details(3, "Tercera"), state: .active, at: now)
        }
        func choose(_ id: Organization.ID, _ distributor: String) throws -> Answer {
            try desk.admin.post("/admin/organizations/\(id)/distributor", ["organization": distributor])
        }
        let found = try desk.admin.get("/admin/organizations/\(desk.nandu)/distributor?q=ceiba").text
        #expect(found.contains("value=\"\(desk.ceiba)\""))
        #expect(try choose(desk.nandu, "\(desk.ceiba)").status == 303)
        #expect(try choose(third, "\(desk.nandu)").status == 303)
        for wrong in [desk.ceiba, desk.nandu, third] {
            let answer = try choose(desk.ceiba, "\(wrong)")
            #expect(answer.status == 422 && answer.text.contains("está debajo de esta, o es la misma"))
        }
        #expect(try choose(third, "999").status == 422)
        #expect(try choose(third, "1 OR 1").status == 404)
        #expect(try desk.admin.get("/organizations/\(desk.ceiba)").text.contains("Ferretería Ñandú</a>"))
        #expect(try choose(desk.nandu, "").status == 303)
        #expect(try desk.organization(desk.nandu).distributor == nil)
        #expect(try choose(desk.ceiba, "\(third)").status == 303)
    }

    @Test func `a table can be read again, with its filters`() throws {
        let answer = try desk.admin.get("/admin/organizations/export?q=ceiba")
        #expect(answer.field("Content-Disposition")?.contains("proware-organizaciones-2026-11-16.csv") == true)
        guard case .bytes(let bytes, _) = answer.response.body else { throw Refusal.notFound }
        let rows = try CSVReader.rows(of: bytes).rows
        #expect(rows.count == 2 && rows[0].fields[1] == "RFC o NIT" && rows[1].fields[2] == "Almacenes La Ceiba")
        #expect(try desk.count("SELECT count(*) FROM audit WHERE act = 'export'") == 1)
    }
}
