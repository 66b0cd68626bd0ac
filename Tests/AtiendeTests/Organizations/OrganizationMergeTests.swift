// Two organizations become one: all of it moves at once, nobody loses rights, and no circle comes about.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct OrganizationMergeTests {
    private let desk: OrganizationDesk

    init() throws { desk = try OrganizationDesk() }

    private func merge(_ id: Organization.ID, _ other: String) throws -> Answer {
        try desk.admin.post("/admin/organizations/\(id)/merge", ["into": other])
    }

    @Test func `what will move is shown before it moves`() throws {
        _ = try desk.sign(desk.ceiba)
        _ = try desk.admin.post("/organizations/\(desk.ceiba)/notes", ["note": "Uno"])
        let found = try desk.admin.get("/admin/organizations/\(desk.ceiba)/merge?q=nandu").text
        #expect(found.contains("merge?into=\(desk.nandu)"))
        let page = try desk.admin.get("/admin/organizations/\(desk.ceiba)/merge?into=\(desk.nandu)").text
        #expect(page.contains("¿Unir Almacenes La Ceiba a Ferretería Ñandú?"))
        let counts = page.matches(of: /<dt>([^<]*)<\/dt><dd>(\d+)<\/dd>/).map { "\($0.1) \($0.2)" }
        #expect(counts == ["Personas 1", "Tickets 0", "Notas 1", "Contratos 1", "Organizaciones que atiende 0"])
        #expect(try desk.organization(desk.ceiba).state == .active)
    }

    @Test func `people, notes, agreements and organizations below move; who was in stays in`() throws {
        let now = desk.site.clock.now
        let below = try desk.site.desk("proware").write { connection in
            let below = try connection.insert(Company.details(3, "Debajo"), state: .active, at: now)
            try connection.setDistributor(desk.ceiba, of: below, at: now)
            return below
        }
        _ = try desk.sign(desk.ceiba)
        _ = try desk.admin.post("/organizations/\(desk.ceiba)/notes", ["note": "Nota de antes"])
        #expect(try merge(desk.ceiba, "\(desk.nandu)").field("Location") == "/t/proware/organizations/\(desk.nandu)")
        let page = try desk.admin.get("/organizations/\(desk.nandu)").text
        for text in ["Ana Mora", "Beto Paz", "Nota de antes", "Emprendedor", "Debajo</a>"] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(try desk.organization(below).distributor == desk.nandu)
        let merged = try desk.admin.get("/organizations/\(desk.ceiba)").text
        #expect(merged.contains("Unida a Ferretería Ñandú") && !merged.contains("/admin/organizations/\(desk.ceiba)"))
        #expect(try desk.ana.get("/organization/agreement").text.contains("Ferretería Ñandú"))
        #expect(try desk.acts(desk.ceiba).contains("organization.merge"))
        #expect(try desk.acts(desk.nandu).contains("organization.merge"))
        // Its number is free, and nothing of it is changed any more.
        for path in ["edit", "merge", "agreement", "distributor"] {
            #expect(try desk.admin.get("/admin/organizations/\(desk.ceiba)/\(path)").status == 404)
        }
        let again = Company.form(["taxID": Company.nit(1)])
        #expect(try desk.admin.post("/admin/organizations/new", again).status == 303)
    }

    @Test func `the agreement of the one that stays counts`() throws {
        _ = try desk.sign(desk.nandu, "empresarial")
        _ = try desk.sign(desk.ceiba)
        _ = try merge(desk.ceiba, "\(desk.nandu)")
        #expect(try desk.agreement(desk.nandu)?.plan == "empresarial")
        #expect(try desk.count("SELECT count(*) FROM agreement WHERE organization = \(desk.nandu)") == 2)
        #expect(try desk.count("SELECT count(*) FROM agreement_term") == 1)
    }

    /// In the one that goes: manager, active; in the one that stays; what comes of it.
    @Test(arguments: [
        (true, true, false, true, "1 active"), (false, true, true, true, "1 active"),
        (false, true, false, true, "0 active"),
        // A request that nobody approved gives no rights.
        (true, false, false, true, "0 active"), (false, true, true, false, "0 active"),
        (true, false, false, false, "1 pending"),
    ])
    func `somebody in both is a manager if an active membership says so`(
        _ wasManager: Bool, _ wasActive: Bool, _ isManager: Bool, _ isActive: Bool, _ expected: String
    ) throws {
        let now = desk.site.clock.now
        let person = try desk.site.add("dora@ceiba.example")
        try desk.site.desk("proware").write { connection in
            try connection.insertMembership(
                of: person, in: desk.ceiba, isManager: wasManager, isPending: !wasActive, at: now)
            try connection.insertMembership(
                of: person, in: desk.nandu, isManager: isManager, isPending: !isActive, at: now)
        }
        #expect(try merge(desk.ceiba, "\(desk.nandu)").status == 303)
        let kept = try desk.site.desk("proware").read {
            try $0.query("SELECT is_manager || ' ' || state FROM membership WHERE person = ?", person) { $0.text(0) }
        }
        #expect(kept == [expected])
    }

    @Test func `merging into itself, into what was merged, or into what is below is refused`() throws {
        let now = desk.site.clock.now
        let (third, closed) = try desk.site.desk("proware").write { connection in
            let third = try connection.insert(Company.details(3, "Tercera"), state: .active, at: now)
            try connection.setDistributor(desk.nandu, of: third, at: now)
            try connection.setDistributor(desk.ceiba, of: desk.nandu, at: now)
            return (third, try connection.insert(Company.details(4, "Cerrada"), state: .closed, at: now))
        }
        let cases = [
            (desk.ceiba, "Es la misma organización"), (desk.nandu, "está debajo de esta"),
            (third, "está debajo de esta"), (closed, "no está activa"),
        ]
        for (other, words) in cases {
            let answer = try merge(desk.ceiba, "\(other)")
            #expect(answer.status == 422 && answer.text.contains(words))
            let preview = try desk.admin.get("/admin/organizations/\(desk.ceiba)/merge?into=\(other)")
            #expect(preview.status == 422 && preview.text.contains(words))
        }
        for wrong in ["", "0", "x"] { #expect(try merge(desk.ceiba, wrong).status == 404) }
        #expect(try merge(desk.ceiba, "999").status == 409)
        // Up the chain is fine: what was below the one that goes is below the one that stays.
        #expect(try merge(desk.nandu, "\(desk.ceiba)").status == 303)
        #expect(try desk.organization(third).distributor == desk.ceiba)
        #expect(try merge(third, "\(desk.nandu)").text.contains("ya se unió a otra"))
    }
}
