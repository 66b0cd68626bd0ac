// Every route × every kind of person, from the table of routes itself: a new route cannot be forgotten.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

/// A desk with one person of each kind, and another with the same people and the same numbers.
private struct Crowd {
    enum Kind: String, CaseIterable {
        case customer, otherCustomer, manager, technician, lead, admin

        /// What this kind may use: the table that the code is held against.
        var mayUse: Set<Admission> {
            let everybody: Set<Admission> = [.anyone, .password, .twoStep, .leaving, .signedIn]
            switch self {
            case .customer, .otherCustomer: return everybody.union([.customer])
            case .manager: return everybody.union([.customer, .manager])
            case .technician: return everybody.union([.staff])
            case .lead: return everybody.union([.staff, .lead])
            case .admin: return everybody.union([.staff, .lead, .admin])
            }
        }

        var email: String { "\(rawValue)@ceiba.example".lowercased() }
    }

    let site: TestSite

    init() throws {
        site = try TestSite()
        for tenant in ["proware", "seres"] {
            let ceiba = try site.addOrganization("Almacenes La Ceiba", to: tenant)
            let roble = try site.addOrganization("Transportes El Roble", to: tenant)
            try site.add(Kind.customer.email, to: tenant, of: ceiba)
            try site.add(Kind.otherCustomer.email, to: tenant, of: roble)
            try site.add(Kind.manager.email, to: tenant, of: ceiba, isManager: true)
            try site.add(Kind.technician.email, to: tenant, as: .technician(level: 1))
            try site.add(Kind.lead.email, to: tenant, as: .technician(level: 3), isLead: true)
            try site.add(Kind.admin.email, to: tenant, as: .admin)
        }
    }

    func browser(_ kind: Kind, _ tenant: String = "proware") throws -> Browser {
        try Browser(site, tenant, as: kind.email)
    }

    /// How often somebody was turned away so far.
    func refusals(_ tenant: String = "proware") throws -> Int {
        try site.desk(tenant).write {
            try $0.first("SELECT count(*) FROM audit WHERE act = 'access'") { $0.int(0) } ?? 0
        }
    }

    /// All that is stored, but for what visiting alone leaves behind.
    func contents(_ tenant: String = "proware") throws -> [String] {
        let seen: Set<String> = ["audit", "session", "sqlite_sequence", "heartbeat", "attempt"]
        return try site.desk(tenant).write { connection in
            let tables = try connection.query(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' ORDER BY name"
            ) { $0.text(0) }
            return try tables.filter { !seen.contains($0) }.flatMap { table in
                try connection.query(SQLText(verbatim: "SELECT * FROM \"\(table)\"")) { row in
                    var line = table
                    for column in 0..<row.columnCount {
                        line += "|" + (row.optionalText(column) ?? "NULL")
                    }
                    return line
                }
            }
        }
    }
}

extension Route: CustomTestStringConvertible {
    public var testDescription: String { "\(method.name) \(pattern)" }

    /// A path of this route: every parameter is a number that exists in both tenants.
    fileprivate var path: String {
        "\(pattern)".replacing(/\{[^}]*\}/, with: "1")
    }
}

@Suite struct RouteWalkTests {
    private static let crowd = Result { try Crowd() }
    private let crowd: Crowd

    init() throws { crowd = try Self.crowd.get() }

    private func send(_ browser: Browser, _ route: Route, csrf: String? = nil) throws -> Answer {
        guard route.method == .post else { return try browser.get(route.path) }
        return try browser.post(route.path, csrf.map { [("csrf", $0)] } ?? [])
    }

    @Test(arguments: Routes.tenant)
    func `nobody who is not in gets past the log-in`(_ route: Route) throws {
        let stranger = Browser(crowd.site, "proware")
        // A session of another tenant is none here, whatever it is called.
        let foreign = Browser(crowd.site, "proware")
        foreign.cookies["sid-proware"] = try crowd.browser(.admin, "seres").token
        for browser in [stranger, foreign] {
            let answer = try send(browser, route)
            let isSentAway = answer.status == 303 && answer.field("Location")?.hasPrefix("/t/proware/login") == true
            #expect(route.admission == .anyone || isSentAway, "\(answer.status)")
        }
    }

    @Test(arguments: Routes.tenant)
    func `each kind of person gets where it may, and finds nothing elsewhere`(_ route: Route) throws {
        // These two are for whoever is on the way in, or out.
        guard route.admission != .code, route.admission != .leaving else { return }
        for kind in Crowd.Kind.allCases {
            let browser = try crowd.browser(kind)
            let before = try crowd.refusals()
            // A form that is not sealed shows who gets as far as the seal, and changes nothing.
            let answer = try send(browser, route, csrf: "x")
            let wasRefused = try crowd.refusals() > before
            if kind.mayUse.contains(route.admission) {
                #expect(answer.field("Location")?.contains("/login") != true, "\(kind)")
                #expect(route.method != .post || answer.status == 403, "\(kind): \(answer.status)")
            } else {
                #expect(answer.status == 404 && wasRefused, "\(kind): \(answer.status)")
                #expect(answer.text.contains("No encontramos esta página"))
            }
        }
    }

    @Test func `looking at every page as everybody changes nothing`() throws {
        let crowd = try Crowd()
        let before = try crowd.contents()
        for kind in Crowd.Kind.allCases {
            let browser = try crowd.browser(kind)
            for route in Routes.tenant where route.method == .get {
                let status = try browser.get(route.path).status
                #expect(status < 500, "\(kind) \(route.pattern): \(status)")
            }
        }
        #expect(try crowd.contents() == before)
        #expect(try crowd.contents("seres").count == before.count)
    }

    @Test(arguments: Routes.tenant.filter { $0.method == .post })
    func `a form of another site does nothing, whoever is in`(_ route: Route) throws {
        for kind in [Crowd.Kind.customer, .admin] {
            let browser = try crowd.browser(kind)
            for fields in [["Sec-Fetch-Site": "cross-site"], ["Origin": "https://evil.example"]] as [KeyValuePairs] {
                #expect(try browser.post(route.path, [], fields).status == 403)
            }
        }
    }
}
