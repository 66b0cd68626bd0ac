// The list of people: whoever is sought is found, whatever is typed is text, and nobody sees another desk's.

import Markup
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct PeopleListTests {
    private let site: TestSite
    private let elena: Browser

    init() throws {
        site = try TestSite()
        try site.add("elena@proware.example", as: .admin, name: "Elena Marín")
        elena = try Browser(site, "proware", as: "elena@proware.example")
    }

    private func list(_ query: String) throws -> String {
        let answer = try elena.get("/people" + (query.isEmpty ? "" : "?" + query))
        try #require(answer.status == 200, "\(query): \(answer.status)")
        return answer.text
    }

    private func search(_ text: String, _ more: String = "") throws -> String {
        try list("q=" + PercentCoding.encode(queryComponent: text) + more)
    }

    @Test(arguments: [
        "\"", "*", "NEAR(", "%_", "(", ")", "-", ":", "\" * NEAR( %_ ( ) - :", "a AND", "OR", "NOT", "words:x",
        "{words}: x", "^x", "x + y", "'; DROP TABLE person; --", "\u{E000}admin", "\\",
        String(repeating: "x ", count: 4_000),
    ])
    func `what is typed is text and no query`(_ text: String) throws {
        #expect(try search(text).contains("Nadie coincide"), "\(text)")
    }

    @Test func `accents, case and order do not matter, and beginnings are enough`() throws {
        try site.add("nunez@ceiba.example", name: "José Núñez Ávila")
        for text in ["jose nunez", "NÚÑEZ José", "av nu", "nunez@ceiba", "nunez@ceiba.example", "jose \"nunez"] {
            #expect(try search(text).contains("José Núñez Ávila"), "\(text)")
        }
        for text in ["ose", "nunez lopez", "nuñezz"] {
            #expect(try !search(text).contains("José Núñez Ávila"), "\(text)")
        }
    }

    @Test func `filters narrow alone, together and with words`() throws {
        let ceiba = try site.addOrganization("Almacenes La Ceiba")
        try site.add("ana@ceiba.example", name: "Ana Torres", of: ceiba)
        try site.add("ines@ceiba.example", name: "Inés Torres", of: ceiba, state: .invited)
        try site.add("oscar@proware.example", as: .technician(level: 2), name: "Óscar Torres", isLead: true)
        for (query, names) in [
            ("role=customer", ["Ana", "Inés"]), ("role=technician", ["Óscar"]), ("role=technician&level=2", ["Óscar"]),
            ("level=1", []), ("state=invited", ["Inés"]), ("organization=\(ceiba)", ["Ana", "Inés"]),
            ("organization=\(ceiba)&state=active", ["Ana"]), ("q=torres&role=technician", ["Óscar"]),
            ("q=torres&organization=\(ceiba)&state=invited", ["Inés"]), ("q=torres", ["Ana", "Inés", "Óscar"]),
            ("organization=999", []), ("role=x&state=y&level=9&organization=-1&q=torres", ["Ana", "Inés", "Óscar"]),
        ] {
            let text = try list(query)
            for name in ["Ana", "Inés", "Óscar"] {
                #expect(text.contains("\(name) Torres") == names.contains(name), "\(query) \(name)")
            }
        }
        #expect(try list("role=technician").contains("Líder"))
        // A change of role or state is found at once.
        let ana = try site.desk("proware").read { try $0.person(email: "ana@ceiba.example") }
        let id = try #require(ana).id
        try site.desk("proware").write { try $0.deactivate(id, at: 5) }
        #expect(try list("q=torres&state=deactivated").contains("Ana Torres"))
        #expect(try !list("q=torres&state=active").contains("Ana Torres"))
    }

    @Test func `every person of a long list stands on one page, whichever way it is found`() throws {
        let organization = try site.addOrganization("Grupo Ceiba")
        try site.desk("proware").write { connection in
            for number in 0..<620 {
                let id = try connection.insert(
                    NewPerson(
                        email: "p\(number)@ceiba.example", name: "Persona \(number % 7) Número\(number)",
                        role: .customer, state: .active), at: 1)
                try connection.insertMembership(of: id, in: organization, isManager: false, at: 1)
            }
        }
        for query in ["", "role=customer", "q=persona", "organization=\(organization)", "state=active&role=customer"] {
            var seen: [String] = []
            for page in 1...13 {
                let text = try list((query.isEmpty ? "" : query + "&") + "page=\(page)")
                seen += text.matches(of: /p\d+@ceiba\.example/).map { String($0.output) }
            }
            #expect(seen.count == 620 && Set(seen).count == 620, "\(query): \(seen.count)")
        }
        #expect(try elena.get("/people?q=%00").status == 404 && elena.get("/people?q=%FF").status == 404)
        #expect(try elena.get("/people?page=0").status == 404 && elena.get("/people?page=x").status == 404)
    }

    @Test func `few are in order of their names, accents aside`() throws {
        for name in ["Zoe Díaz", "Álvaro Díaz", "ana Díaz"] {
            try site.add("\(name.folded.prefix(3))@ceiba.example", name: name)
        }
        let text = try search("diaz")
        let places = try ["Álvaro Díaz", "ana Díaz", "Zoe Díaz"].map {
            try #require(text.firstRange(of: $0)).lowerBound
        }
        #expect(places == places.sorted())
    }

    @Test func `who was here last says so after the session is over`() throws {
        let id = try site.add("ana@ceiba.example", name: "Ana Torres")
        #expect(try list("q=torres").contains("Nunca"))
        _ = try Browser(site, "proware", as: "ana@ceiba.example")
        try site.desk("proware").write { try $0.endSessions(of: id) }
        #expect(try list("q=torres").contains("hoy 10:00"))
    }

    @Test(arguments: [
        "<script>alert(1)</script> X", "\"><img src=x onerror=alert(1)>", "</title><script>alert(1)</script>X",
        "{{name}} ${7*7}", "'><svg onload=alert(1)>", "=cmd|' /C calc'!A0",
    ])
    func `a name is text in the list, on its page, in its title and in the file`(_ name: String) throws {
        let id = try site.add("xss@ceiba.example", name: name)
        for path in ["/people", "/people/\(id)", "/admin/people/\(id)", "/people?q=xss"] {
            let text = try elena.get(path).text
            for markup in ["<script>alert", "<img src=x", "<svg onload", "</title><script"] {
                #expect(!text.contains(markup), "\(path) \(markup)")
            }
        }
        let table = try CSVReader.rows(of: try elena.get("/admin/people/export").bytes()).rows
        #expect(table.contains { $0.fields.first == name })
        let query = PercentCoding.encode(queryComponent: name)
        #expect(try !elena.get("/people?q=\(query)").text.contains("<script>alert"))
    }

    @Test func `staff sees everybody, others see that there is nothing`() throws {
        let organization = try site.addOrganization("Almacenes La Ceiba")
        let ana = try site.add("ana@ceiba.example", of: organization, isManager: true)
        try site.add("oscar@proware.example", as: .technician(level: 1))
        let customer = try Browser(site, "proware", as: "ana@ceiba.example")
        let technician = try Browser(site, "proware", as: "oscar@proware.example")
        #expect(try technician.get("/people").status == 200 && technician.get("/people/\(ana)").status == 200)
        #expect(try !technician.get("/people/\(ana)").text.contains("/admin/people"))
        for path in ["/people", "/people/\(ana)"] { #expect(try customer.get(path).status == 404) }
        for path in [
            "/admin/people/new", "/admin/people/\(ana)", "/admin/people/import", "/admin/people/export",
            "/admin/people/import/template", "/admin/people/imports/1",
        ] {
            #expect(try customer.get(path).status == 404 && technician.get(path).status == 404, "\(path)")
        }
        for path in ["new", "import", "imports/1", "\(ana)", "\(ana)/deactivation", "\(ana)/memberships"] {
            #expect(try customer.post("/admin/people/" + path).status == 404, "\(path)")
            #expect(try technician.post("/admin/people/" + path).status == 404, "\(path)")
        }
        for path in ["/people/0", "/people/01", "/people/999", "/people/9999999999999999", "/people/x"] {
            #expect(try elena.get(path).status == 404, "\(path)")
        }
    }

    @Test func `reading a customer's page is in the trail of the organization`() throws {
        let organization = try site.addOrganization("Almacenes La Ceiba")
        let ana = try site.add("ana@ceiba.example", of: organization)
        _ = try elena.get("/people/\(ana)")
        let count = try site.desk("proware").write { connection in
            try connection.first(
                "SELECT count(*) FROM audit WHERE act = 'person.read' AND subject = ? AND organization = ?",
                "person:\(ana)", organization
            ) { $0.int(0) }
        }
        #expect(count == 1)
    }

    @Test func `a desk's people stay its own, also under equal numbers`() throws {
        let ours = try site.add("secreto@ceiba.example", name: "Canario Propio")
        try site.add("marta@seres.example", to: "seres", as: .admin)
        let theirs = try site.add("otra@seres.example", to: "seres", name: "Otra Persona")
        #expect(ours == theirs)
        let marta = try Browser(site, "seres", as: "marta@seres.example")
        for path in ["/people", "/people?q=canario", "/people/\(ours)", "/admin/people/\(ours)"] {
            #expect(try !marta.get(path).text.contains("Canario"), "\(path)")
        }
        #expect(try !String(decoding: marta.get("/admin/people/export").bytes(), as: UTF8.self).contains("Canario"))
        _ = try marta.post("/admin/people/\(theirs)/deactivation")
        #expect(try site.desk("proware").read { try $0.person(ours)?.state } == .active)
        #expect(try site.desk("seres").read { try $0.person(theirs)?.state } == .deactivated)
    }
}

extension Answer {
    /// The whole body, also of a table that is made while it is sent.
    func bytes() throws -> [UInt8] {
        guard case .stream(let stream) = response.body else { return Array(text.utf8) }
        var bytes: [UInt8] = []
        while let piece = try stream.next() { bytes += piece }
        return bytes
    }
}
