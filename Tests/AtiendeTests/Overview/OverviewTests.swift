// The first page of the administration: what waits.

import SQL
import Testing

@testable import Atiende

@Suite struct OverviewTests {
    @Test func `what waits is counted, and nothing is said where nothing waits`() throws {
        let site = try TestSite()
        try site.add("elena@proware.example", as: .admin)
        let admin = try Browser(site, "proware", as: "elena@proware.example")
        #expect(try admin.get("/admin").text.contains("Nada espera por usted."))
        let one = try site.addOrganization("Uno")
        try site.add("p1@x.example", state: .pending)
        try site.add("p2@x.example", state: .pending)
        try site.add("i1@x.example", state: .invited)
        let letter = try site.enqueue(site.letter())
        try site.desk("proware").write { connection in
            try connection.execute("UPDATE organization SET state = 'pending' WHERE id = ?", one)
            try connection.markHopeless(letter, "no address")
        }
        let text = try admin.get("/admin").text
        for words in [
            "1 organización por aprobar", "2 personas por aprobar", "1 invitación sin usar",
            "1 correo que no se pudo enviar", "/t/proware/organizations", "/t/proware/admin/audit",
        ] { #expect(text.contains(words), "\(words)") }
    }

    @Test func `FP-11 an agreement whose last day for a notice is near waits for the admin`() throws {
        let site = try TestSite(tenants: [])
        let lines = try Demo.make(in: site.installation, at: site.clock.now).split(separator: "\n")
            .map { $0.split(separator: "\t").map(String.init) }
        let line = try #require(lines.first { $0[0] == "proware" && $0[1] == "admin" })
        let admin = try Browser(site, "proware", as: line[2], password: line[3])
        #expect(try admin.get("/admin").text.contains("1 contrato por vencer: revise si se renueva"))
        #expect(try admin.get("/organizations?ending=1").text.contains("Almacenes La Ceiba"))
        // Its term is over, and the next one has begun.
        site.clock.now += 30 * 86_400
        let later = try Browser(site, "proware", as: line[2], password: line[3])
        #expect(try !later.get("/admin").text.contains("contrato por vencer"))
    }
}
