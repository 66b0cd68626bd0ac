// Agreements: a plan is signed as it is on that day, accepted and downloaded byte for byte, and seen before it ends.

import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct AgreementRoutesTests {
    private let desk: OrganizationDesk

    init() throws { desk = try OrganizationDesk() }

    private func bytes(_ answer: Answer) throws -> [UInt8] {
        guard case .bytes(let bytes, _) = answer.response.body else { throw Refusal.notFound }
        return bytes
    }

    private func days(_ count: Int) { desk.site.clock.now += count * 86_400 }

    private func ending(_ path: String = "/organizations?ending=1") throws -> Bool {
        try desk.admin.get(path).text.contains("Almacenes La Ceiba</a>")
    }

    /// The session lasts less than what these tests wait.
    private func newAdmin() throws -> Browser {
        try Browser(desk.site, "proware", as: "elena@proware.example")
    }

    // MARK: Signing

    @Test func `what is signed is kept with its document, and downloaded as it was`() throws {
        #expect(try desk.sign(desk.ceiba).status == 303)
        let agreement = try #require(try desk.agreement(desk.ceiba))
        #expect(agreement.plan == "emprendedor" && agreement.planVersion == 1 && agreement.term.months == 12)
        let file = try desk.ana.get("/organization/agreement/file")
        #expect(file.field("Content-Disposition")?.hasPrefix("attachment") == true)
        #expect(try Digest.sha256(bytes(file)) == agreement.sha256)
        let byStaff = try desk.technician.get("/organizations/\(desk.ceiba)/agreement/file")
        #expect(try bytes(byStaff) == bytes(file))
        for words in [
            "Almacenes La Ceiba, NIT 900.000.001-", "jueves 15 de enero de 2026", "12 meses", "Emprendedor",
            "jueves 14 de enero de 2027", "lunes 14 de diciembre de 2026",
        ] { #expect(file.text.contains(words), "\(words)") }
        #expect(!file.text.contains("Empresarial"))
        #expect(try desk.acts(desk.ceiba).contains("agreement.sign"))
    }

    @Test func `the document does not follow later changes of the organization`() throws {
        _ = try desk.sign(desk.ceiba)
        let before = try bytes(desk.ana.get("/organization/agreement/file"))
        let changed = try desk.organization(desk.ceiba).changedAt
        let form = Company.form() + [("changed", String(changed))]
        #expect(try desk.admin.post("/admin/organizations/\(desk.ceiba)/edit", form).status == 303)
        #expect(try bytes(desk.ana.get("/organization/agreement/file")) == before)
    }

    @Test(arguments: [
        ("gold", "2026-01-15", "12", "Elija el plan"), ("", "2026-01-15", "12", "Elija el plan"),
        ("emprendedor", "2026-02-30", "12", "Escriba una fecha que exista"),
        ("emprendedor", "1999-12-31", "12", "Escriba una fecha que exista"),
        ("emprendedor", "9999-12-31", "12", "Escriba una fecha que exista"),
        ("emprendedor", "2026-01-15", "0", "Escriba un número de meses, de 1 a 120"),
        ("emprendedor", "2026-01-15", "121", "Escriba un número de meses, de 1 a 120"),
        ("emprendedor", "2026-01-15", "999999999999", "Escriba un número de meses, de 1 a 120"),
        ("emprendedor", "2026-01-15", "-1", "Escriba un número de meses, de 1 a 120"),
    ])
    func `what cannot be signed is told`(_ plan: String, _ start: String, _ months: String, _ words: String) throws {
        let answer = try desk.sign(desk.ceiba, plan, from: start, months: months)
        #expect(answer.status == 422 && answer.text.contains(words))
        #expect(try desk.agreement(desk.ceiba) == nil)
    }

    @Test func `another plan counts from its signing, the former one can still be fetched`() throws {
        _ = try desk.sign(desk.ceiba)
        let first = try #require(try desk.agreement(desk.ceiba))
        let document = try bytes(desk.ana.get("/organization/agreement/file"))
        _ = try desk.sign(desk.ceiba, "empresarial", from: "2026-11-16")
        #expect(try desk.agreement(desk.ceiba)?.plan == "empresarial")
        let path = "/organizations/\(desk.ceiba)/agreement/file?number="
        #expect(try bytes(desk.admin.get(path + "\(first.id)")) == document)
        // Not under another organization's path, nor with a number that is none.
        #expect(try desk.admin.get("/organizations/\(desk.nandu)/agreement/file?number=\(first.id)").status == 404)
        for wrong in ["0", "99", "x", ""] { #expect(try desk.admin.get(path + wrong).status == 404) }
    }

    // MARK: Accepting

    @Test func `a manager accepts what was shown, once, and it is told who did`() throws {
        _ = try desk.sign(desk.ceiba)
        let number = try #require(try desk.agreement(desk.ceiba)).id
        let page = try desk.ana.get("/organization/agreement").text
        #expect(page.contains("name=\"agreement\" value=\"\(number)\"") && page.contains("Emprendedor"))
        for wrong in ["", "0", "\(number + 1)", "x"] {
            #expect(try desk.ana.post("/organization/agreement", ["agreement": wrong]).status == 422)
        }
        #expect(try desk.ana.post("/organization/agreement", ["agreement": "\(number)"]).status == 303)
        #expect(try desk.ana.post("/organization/agreement", ["agreement": "\(number)"]).status == 422)
        let agreement = try #require(try desk.agreement(desk.ceiba))
        #expect(agreement.acceptedBy == "Ana Mora" && agreement.acceptedAt == desk.site.clock.now)
        #expect(try desk.acts(desk.ceiba).contains("agreement.accept"))
        #expect(try desk.admin.get("/organizations/\(desk.ceiba)").text.contains("Ana Mora, hoy 10:00"))
    }

    @Test func `nobody accepts or sees the agreement of another organization`() throws {
        _ = try desk.sign(desk.ceiba)
        let number = try #require(try desk.agreement(desk.ceiba)).id
        #expect(try desk.beto.post("/organization/agreement", ["agreement": "\(number)"]).status == 422)
        #expect(try desk.beto.get("/organization/agreement/file").status == 404)
        #expect(try !desk.beto.get("/organization/agreement").text.contains("Emprendedor"))
        #expect(try desk.agreement(desk.ceiba)?.acceptedAt == nil)
        #expect(try desk.admin.get("/organization/agreement").status == 404)
    }

    @Test func `whoever does not manage reads it and accepts nothing`() throws {
        try desk.site.add("luz@ceiba.example", of: desk.ceiba)
        let luz = try Browser(desk.site, "proware", as: "luz@ceiba.example")
        _ = try desk.sign(desk.ceiba)
        let number = try #require(try desk.agreement(desk.ceiba)).id
        let page = try luz.get("/organization/agreement").text
        #expect(page.contains("Lo acepta un encargado") && !page.contains("name=\"agreement\""))
        #expect(try luz.post("/organization/agreement", ["agreement": "\(number)"]).status == 404)
        #expect(try luz.get("/organization/agreement/file").status == 200)
    }

    // MARK: Its end

    @Test func `a month before the last day for a notice the admin sees it`() throws {
        // Ends on 14 January 2027: notice by 14 December, seen from 14 November on; today is 16 November.
        _ = try desk.sign(desk.ceiba)
        _ = try desk.sign(desk.nandu, from: "2026-01-20")
        #expect(try ending())
        #expect(try !desk.admin.get("/organizations?ending=1").text.contains("Ñandú</a>"))
        let page = try desk.admin.get("/organizations/\(desk.ceiba)").text
        #expect(page.contains("hay que avisar a más tardar el 14 de diciembre de 2026"))
        let soon = try desk.site.desk("proware").read {
            try $0.agreementsEnding(by: #require(CivilDate("2026-12-14")), limit: 10)
        }
        #expect(soon.map(\.name) == ["Almacenes La Ceiba"] && soon.first?.endsOn == CivilDate("2027-01-14"))
    }

    @Test func `a term that renewed by itself is the next one, in the list and on the page`() throws {
        _ = try desk.sign(desk.ceiba, from: "2024-01-15")
        #expect(try desk.count("SELECT count(*) FROM agreement_term WHERE ends_on = '2027-01-14'") == 1)
        days(365)
        let admin = try newAdmin()
        #expect(try admin.get("/organizations").text.contains("14 de enero de 2028"))
        #expect(try admin.get("/organizations/\(desk.ceiba)").text.contains("14 de enero de 2028"))
        #expect(try desk.count("SELECT count(*) FROM agreement_term WHERE ends_on = '2028-01-14'") == 1)
    }

    @Test func `a notice ends it with its term, a second one and one of tomorrow are not taken`() throws {
        _ = try desk.sign(desk.ceiba)
        let path = "/admin/organizations/\(desk.ceiba)/agreement/notice"
        for (side, day) in [("customer", "2026-11-17"), ("nobody", "2026-11-16"), ("customer", "x"), ("", "")] {
            #expect(try desk.admin.post(path, ["side": side, "day": day]).status == 422)
        }
        #expect(try desk.admin.post(path, ["side": "customer", "day": "2026-11-16"]).status == 303)
        #expect(try desk.admin.post(path, ["side": "provider", "day": "2026-11-15"]).status == 404)
        let agreement = try #require(try desk.agreement(desk.ceiba))
        #expect(agreement.term.endsOn == CivilDate("2027-01-14") && agreement.noticeBy == .customer)
        #expect(try desk.admin.get("/organizations/\(desk.ceiba)").text.contains("El contrato termina el 14 de enero"))
        days(60)
        let admin = try newAdmin()
        #expect(try admin.get("/organizations").text.contains("Terminó el 14 de enero de 2027"))
        #expect(try !admin.get("/organizations?ending=1").text.contains("Ceiba</a>"))
        // What is over is not accepted any more.
        let ana = try Browser(desk.site, "proware", as: "ana@ceiba.example")
        #expect(try ana.post("/organization/agreement", ["agreement": "\(agreement.id)"]).status == 422)
    }

    @Test func `without an agreement there is nothing to fetch, to accept or to end`() throws {
        #expect(try desk.ana.get("/organization/agreement").text.contains("todavía no tiene contrato"))
        #expect(try desk.ana.get("/organization/agreement/file").status == 404)
        #expect(try desk.admin.get("/admin/organizations/\(desk.ceiba)/agreement/notice").status == 404)
        #expect(try desk.admin.get("/organizations/\(desk.ceiba)/agreement/file").status == 404)
    }
}
