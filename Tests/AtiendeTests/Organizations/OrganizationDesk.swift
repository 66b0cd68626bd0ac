// A site with two tenants, staff, and two customer companies, for the tests of organizations.

import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

struct OrganizationDesk {
    let site: TestSite
    let ceiba: Organization.ID
    let nandu: Organization.ID
    let admin: Browser
    let technician: Browser
    /// Manages La Ceiba.
    let ana: Browser
    /// Manages Ñandú.
    let beto: Browser

    init() throws {
        site = try TestSite()
        let now = site.clock.now
        let (ceiba, nandu) = try site.desk("proware").write { connection in
            (
                try connection.insert(Company.details(1, "Almacenes La Ceiba"), state: .active, at: now),
                try connection.insert(Company.details(2, "Ferretería Ñandú"), state: .active, at: now)
            )
        }
        self.ceiba = ceiba
        self.nandu = nandu
        try site.add("elena@proware.example", as: .admin, name: "Elena Ríos")
        try site.add("tomas@proware.example", as: .technician(level: 1), name: "Tomás Gil")
        try site.add("ana@ceiba.example", name: "Ana Mora", of: ceiba, isManager: true)
        try site.add("beto@nandu.example", name: "Beto Paz", of: nandu, isManager: true)
        admin = try Browser(site, "proware", as: "elena@proware.example")
        technician = try Browser(site, "proware", as: "tomas@proware.example")
        ana = try Browser(site, "proware", as: "ana@ceiba.example")
        beto = try Browser(site, "proware", as: "beto@nandu.example")
    }

    func organization(_ id: Organization.ID) throws -> OrganizationRecord {
        try #require(try site.desk("proware").read { try $0.organization(id) })
    }

    func agreement(_ id: Organization.ID) throws -> AgreementRecord? {
        try site.desk("proware").read { try $0.agreement(of: id) }
    }

    /// Of what is there once all that was asked to be written is.
    func count(_ sql: String) throws -> Int {
        let desk = try site.desk("proware")
        try desk.write { _ in }
        return try desk.read { try $0.first(SQLText(verbatim: sql)) { $0.int(0) } } ?? -1
    }

    /// The acts of the trail of an organization, once all that was asked to be written is there.
    func acts(_ id: Organization.ID) throws -> [String] {
        let desk = try site.desk("proware")
        try desk.write { _ in }
        return try desk.read {
            try $0.query("SELECT act FROM audit WHERE subject = ? ORDER BY id", "organization:\(id)") { $0.text(0) }
        }
    }

    func sign(
        _ id: Organization.ID, _ plan: String = "emprendedor", from start: String = "2026-01-15", months: String = "12",
        renews: Bool = true
    ) throws -> Answer {
        var form = [("plan", plan), ("startsOn", start), ("months", months)]
        if renews { form.append(("renews", "on")) }
        return try admin.post("/admin/organizations/\(id)/agreement", form)
    }
}
