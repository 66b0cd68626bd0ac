// Two tenants with the same people, the same numbers and a row of everything, for tests that walk all routes.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

struct PopulatedSite {
    static let tenants = ["proware", "seres"]
    /// The numbers that stand for parameters of paths: rows of both tenants have them.
    static let numbers = 1...4

    enum Kind: String, CaseIterable {
        case admin, technician, lead, manager, customer
        /// Of the second organization.
        case other
        /// Signed up the third one, which nobody approved.
        case founder

        var email: String { "\(rawValue)@ceiba.example" }
    }

    let site: TestSite

    /// - Parameter mark: Stands in what people wrote in a tenant, followed by the tenant's name.
    init(mark: String = "marca-") throws {
        site = try TestSite()
        for tenant in Self.tenants { try Self.fill(site, tenant, mark + tenant) }
    }

    func browser(_ kind: Kind, _ tenant: String = "proware") throws -> Browser {
        try Browser(site, tenant, as: kind.email)
    }

    private static func fill(_ site: TestSite, _ tenant: String, _ mark: String) throws {
        let now = site.clock.now
        let organizations = try site.desk(tenant).write { connection in
            try (1...3).map {
                try connection.insert(
                    Company.details($0, "Empresa \($0) \(mark)"), state: $0 == 3 ? .pending : .active, at: now)
            }
        }
        try site.add(Kind.admin.email, to: tenant, as: .admin, name: "Elena \(mark)")
        try site.add(Kind.technician.email, to: tenant, as: .technician(level: 1), name: "Tomás \(mark)")
        try site.add(Kind.lead.email, to: tenant, as: .technician(level: 3), name: "Lía \(mark)", isLead: true)
        try site.add(Kind.manager.email, to: tenant, name: "Ana \(mark)", of: organizations[0], isManager: true)
        try site.add(Kind.customer.email, to: tenant, name: "Caro \(mark)", of: organizations[0])
        try site.add(Kind.other.email, to: tenant, name: "Otto \(mark)", of: organizations[1], isManager: true)
        try site.add(Kind.founder.email, to: tenant, name: "Fermín \(mark)", of: organizations[2], isManager: true)
        try site.desk(tenant).write { connection in
            for (person, kind) in [(6, Kind.other), (7, .founder)] {
                let draft = MembershipOffer.Draft(
                    organization: organizations[0], name: "Invitado \(mark)", email: kind.email,
                    person: Person.ID(rawValue: person), manager: Person.ID(rawValue: 4))
                _ = try connection.offer(draft, at: now)
            }
        }
        let admin = try Browser(site, tenant, as: Kind.admin.email)
        let plan = try #require(Contract.named(tenant)?.plans.first?.key)
        for number in 1...2 {
            #expect(try admin.post("/organizations/\(number)/notes", ["note": "Nota \(mark)"]).status == 303)
            let terms = [("plan", "\(plan)"), ("startsOn", "2026-01-15"), ("months", "12"), ("renews", "on")]
            #expect(try admin.post("/admin/organizations/\(number)/agreement", terms).status == 303)
        }
        try fillTickets(site, tenant, mark)
        #expect(try admin.upload("/admin/people/import", Array(people(mark).utf8)).status == 303)
        try site.desk(tenant).write { connection in
            let owner = Person.ID(rawValue: 1)
            for _ in 1...2 {
                _ = try connection.keepImport(
                    of: .organizations, Array(companies(mark).utf8), [1], name: "lista \(mark).csv", by: owner,
                    at: now)
            }
        }
        // A fourth organization, with its letters, and, where the contract promises a new account in time, a ticket.
        #expect(try site.signUp(["name": "Nora \(mark)"], at: tenant).status == 303)
        let joining = [
            "name": "Julia \(mark)", "email": "julia@ceiba.example", "isKnown": "on", "taxID": Company.nit(1),
        ]
        #expect(try site.signUp(joining, at: tenant).status == 303)
        try site.desk(tenant).write { connection in
            for person in 1...7 {
                let fields = JSON.array([.array([.string("0"), .string("a"), .string("Qué"), .string(mark)])])
                try connection.execute(
                    "INSERT INTO draft (person, path, title, fields, at) VALUES (?, '/profile', ?, ?, ?)", person, mark,
                    String(decoding: fields.bytes(), as: UTF8.self), now)
            }
        }
    }

    /// A ticket of each organization, and one that its requester keeps to himself; their folios are the same everywhere.
    private static func fillTickets(_ site: TestSite, _ tenant: String, _ mark: String) throws {
        let kind = try #require(Contract.named(tenant)?.kinds.first?.key)
        for (who, isPrivate) in [(Kind.customer, ""), (.other, ""), (.manager, "on"), (.founder, "")] {
            let browser = try Browser(site, tenant, as: who.email)
            let form = [
                ("subject", "Asunto \(who) \(mark)"), ("description", "Qué pasó \(who) \(mark)"), ("kind", kind),
                ("severity", "critical"), ("service", "Parte \(mark)"), ("isPrivate", isPrivate),
            ]
            #expect(try browser.post("/tickets/new", form).status == 303, "\(who)")
        }
        try site.desk(tenant).write { try $0.execute("UPDATE ticket SET folio = 'PRW' || substr(folio, 4)") }
    }

    private static func people(_ mark: String) -> String { "nombre,correo\nInés \(mark),ines@ceiba.example\n" }

    private static func companies(_ mark: String) -> String {
        "Razón social,PAÍS,RFC o NIT,Calle y número,Ciudad o municipio,Estado o departamento,Código postal,"
            + "Correo de la empresa,Teléfono de la empresa\n"
            + "Importada \(mark),Colombia,\(Company.nit(77)),Calle 1,Cali,Valle,760001,a@b.example,6015550123\n"
    }

    // MARK: Walking

    /// The paths of a route, with every number for its parameters.
    static func paths(_ route: Route) -> [String] {
        let pattern = "\(route.pattern)"
        guard pattern.contains("{") else { return [pattern] }
        return numbers.map { number in
            pattern.replacing("{folio}", with: "PRW-2026-00000\(number)").replacing(/\{[^}]*\}/, with: "\(number)")
        }
    }

    /// All that is stored, but for what visiting alone leaves behind.
    func contents(
        _ tenant: String, but seen: Set<String> = ["audit", "session", "sqlite_sequence", "heartbeat", "attempt"]
    ) throws -> [String] {
        try site.desk(tenant).write { connection in
            let tables = try connection.query(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' ORDER BY name"
            ) { $0.text(0) }
            return try tables.filter { !seen.contains($0) }.flatMap { table in
                try connection.query(SQLText(verbatim: "SELECT * FROM \"\(table)\"")) { row in
                    table + (0..<row.columnCount).map { "|" + (row.optionalText($0) ?? "NULL") }.joined()
                }
            }
        }
    }
}

extension Answer {
    /// What a browser reads as a page.
    var isPage: Bool { type.hasPrefix("text/html") }

    var type: String {
        switch response.body {
        case .bytes(_, let type): "\(type)"
        case .stream(let stream): "\(stream.type)"
        default: ""
        }
    }

    /// The whole body, also one that goes out piece by piece.
    func whole() throws -> String {
        guard case .stream(let stream) = response.body else { return text }
        var bytes: [UInt8] = []
        while let piece = try stream.next() { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The fields with their names, as they go out.
    var head: [String] { response.fields.map { "\($0.name): \($0.value)" } }
}
