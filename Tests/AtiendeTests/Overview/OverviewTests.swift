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
}
