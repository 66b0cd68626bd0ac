// Calls and visits that the staff writes down, with when they came in.

import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct LoggedTicketTests {
    private let work: WorkSite
    private let lucia: Browser

    init() throws {
        work = try WorkSite()
        lucia = try work.browser("lucia")
    }

    private func form(_ changes: [String: String] = [:]) -> [(String, String)] {
        let form = [
            "organization": "\(work.tickets.organization)", "requester": "\(work.ana)", "channel": "phone",
            "cameOn": "2026-11-16", "cameAt": "9:15", "subject": "No entra a la cuenta", "description": "Lo dijo así.",
            "kind": work.kind, "severity": "high", "level": "",
        ]
        return form.merging(changes) { $1 }.map { ($0.key, $0.value) }
    }

    @Test func `a call becomes a ticket that counts from when it came in`() throws {
        let found = try lucia.get("/desk/new?q=ceiba").text
        #expect(found.contains("/desk/new?organization=\(work.tickets.organization)"))
        let person = try lucia.get("/desk/new?q=ana+r%C3%ADos").text
        #expect(person.contains("Ana Ríos · Almacenes La Ceiba") && person.contains("requester=\(work.ana)"))
        #expect(try !lucia.get("/desk/new?q=lucia").text.contains("Lucía Arango ·"))
        #expect(try lucia.get("/desk/new?organization=\(work.tickets.organization)").text.contains("Ana Ríos"))
        let answer = try lucia.post("/desk/new", form())
        let location = try #require(answer.field("Location"))
        let folio = try #require(Folio(location.split(separator: "/").last ?? ""))
        let ticket = try work.read(folio)
        #expect(ticket.openedAt == (try work.tickets.at("2026-11-16 9:15")) && ticket.channel == .phone)
        #expect(ticket.requester == work.ana && ticket.level == 1 && ticket.organization == work.tickets.organization)
        #expect(try lucia.get(location).text.contains("Lo dijo por teléfono; lo registró Lucía Arango"))
    }

    @Test func `straight to the third level, and without anybody who asked`() throws {
        let answer = try lucia.post("/desk/new", form(["level": "3", "requester": ""]))
        let folio = try #require(Folio(answer.field("Location")?.split(separator: "/").last ?? ""))
        #expect(try work.read(folio).level == 3 && work.read(folio).requester == nil)
        #expect(try lucia.get("/desk/\(folio)").status == 200)
    }

    @Test(arguments: [
        ["cameAt": "24:00"], ["cameAt": "9"], ["cameAt": "9:5"], ["cameAt": "x"], ["cameOn": "2026-02-30"],
        ["cameAt": "23:59"], ["cameOn": "2025-01-01"], ["channel": "pigeon"], ["kind": "x"], ["severity": "x"],
        ["level": "4"], ["requester": "999"], ["subject": ""], ["description": ""],
    ])
    func `what is wrong is said beside its field, and what was typed stays`(_ changes: [String: String]) throws {
        let answer = try lucia.post("/desk/new", form(changes))
        #expect(answer.status == 422 && answer.text.contains("aria-invalid") || answer.text.contains("wrong"))
        #expect(answer.text.contains("No entra a la cuenta") || changes["subject"] != nil)
        #expect(try work.site.count("ticket") == 0)
    }

    @Test func `files come with it, and are kept while something else is wrong`() throws {
        let wrong = try lucia.upload(
            "/desk/new", form(["subject": "", "category": "calls"]), files: [("grabación.txt", Array("aló".utf8))])
        #expect(wrong.status == 422 && wrong.text.contains("grabación.txt"))
        let token = try #require(wrong.text.firstMatch(of: /name="kept" value="([^"]+)"/)?.1)
        let answer = try lucia.post("/desk/new", form(["category": "calls", "kept": String(token)]))
        let location = try #require(answer.field("Location"))
        #expect(try lucia.get(location).text.contains("grabación.txt"))
        let folio = try #require(Folio(location.split(separator: "/").last ?? ""))
        let ticket = try work.read(folio)
        #expect(try work.tickets.desk.read { try $0.details(of: ticket.id).category } == "calls")
        // Taken back before it is sent.
        let again = try lucia.upload("/desk/new", form(["subject": ""]), files: [("otra.txt", [65])])
        let other = try #require(again.text.firstMatch(of: /name="kept" value="([^"]+)"/)?.1)
        let left = try lucia.post("/desk/new", form(["kept": String(other), "remove": String(other)]))
        #expect(left.status == 200 && !left.text.contains("otra.txt") && left.text.contains("No entra a la cuenta"))
        #expect(try lucia.post("/desk/new", form(["category": "x"])).status == 422)
    }

    @Test(arguments: [("servers", "", 3), ("servers", "2", 2), ("stamping", "", 1), ("", "", 1)])
    func `FP-7: some categories go straight to the third level, unless another is chosen`(
        _ category: String, _ level: String, _ expected: Int
    ) throws {
        let contract = try #require(Contract.named("factupronto"))
        try work.site.installation.create(
            #require(Slug(rawValue: "timbres")), name: "Timbres", from: contract, timeZone: "America/Mexico_City")
        let organization = try work.site.addOrganization("Abarrotes Luz", to: "timbres")
        try work.site.add("eva@timbres.example", to: "timbres", as: .technician(level: 1))
        let eva = try Browser(work.site, "timbres", as: "eva@timbres.example")
        let kind = try #require(contract.kinds.first { $0.severity == nil && $0.level == 1 })
        let severity = try #require(
            contract.severities.first { s in !contract.kinds.contains { $0.severity == s.severity } })
        let changes = [
            "organization": "\(organization)", "requester": "", "kind": kind.key,
            "severity": severity.severity.rawValue,
            "category": category, "level": level, "cameAt": "0:05",
        ]
        #expect(try eva.post("/desk/new", form(changes)).status == 303)
        let levels = try work.site.desk("timbres").read { try $0.query("SELECT level FROM ticket") { $0.int(0) } }
        #expect(levels == [expected])
    }

    @Test func `organizations that are not there or not active have no form`() throws {
        for id in ["999", "x", "0", ""] {
            #expect(try lucia.post("/desk/new", form(["organization": id])).status == 404)
        }
    }

    @Test func `an hour that the clock skips is refused, one that it shows twice is asked for`() throws {
        let site = work.site
        let contract = try #require(Contract.named("ingressio"))
        try site.installation.create(
            #require(Slug(rawValue: "juarez")), name: "Juárez", from: contract, timeZone: "America/Ciudad_Juarez")
        let organization = try site.addOrganization("Maquilas del Norte", to: "juarez")
        try site.add("eva@juarez.example", to: "juarez", as: .technician(level: 1))
        let eva = try Browser(site, "juarez", as: "eva@juarez.example")
        let kind = try #require(contract.kinds.first { $0.severity == nil })
        let severity = try #require(
            contract.severities.first { s in !contract.kinds.contains { $0.severity == s.severity } })
        func form(_ on: String, _ at: String, _ which: String = "") -> [(String, String)] {
            [
                ("organization", "\(organization)"), ("channel", "phone"), ("cameOn", on), ("cameAt", at),
                ("subject", "Asunto"), ("description", "Texto"), ("kind", kind.key),
                ("severity", severity.severity.rawValue), ("which", which),
            ]
        }
        let skipped = try eva.post("/desk/new", form("2026-03-08", "2:30"))
        #expect(skipped.status == 422 && skipped.text.contains("el reloj salta"))
        let twice = try eva.post("/desk/new", form("2026-11-01", "1:30"))
        #expect(twice.status == 422 && twice.text.contains("ocurre dos veces"))
        var opened: [Int] = []
        for which in ["first", "last"] {
            #expect(try eva.post("/desk/new", form("2026-11-01", "1:30", which)).status == 303)
        }
        opened = try site.desk("juarez").read { try $0.query("SELECT opened_at FROM ticket ORDER BY id") { $0.int(0) } }
        #expect(opened.count == 2 && opened[1] - opened[0] == 3600)
    }
}
