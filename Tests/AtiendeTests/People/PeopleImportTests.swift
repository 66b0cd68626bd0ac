// People by file: every fault is named with its row, one fault keeps all out, and what goes out comes in again.

import Markup
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct PeopleImportTests {
    private let site: TestSite
    private let elena: Browser

    init() throws {
        site = try TestSite()
        try site.add("elena@proware.example", as: .admin, name: "Elena Marín")
        elena = try Browser(site, "proware", as: "elena@proware.example")
    }

    private func count(_ tenant: String = "proware") throws -> Int {
        try site.desk(tenant).read { try $0.first("SELECT count(*) FROM person") { $0.int(0) } ?? 0 }
    }

    /// Sends a file and confirms it where it is good.
    @discardableResult
    private func takeIn(_ content: [UInt8], by browser: Browser? = nil, inviting: Bool = false) throws -> Answer {
        let browser = browser ?? elena
        let sent = try browser.upload("/admin/people/import", content)
        guard sent.status == 303, let place = sent.field("Location") else { return sent }
        #expect(try browser.get(place).status == 200)
        return try browser.post(place, inviting ? [("invites", "on")] : [])
    }

    private func takeIn(_ text: String) throws -> Answer { try takeIn(Array(text.utf8)) }

    @Test(arguments: [
        ("", "Elija un archivo"), ("nombre,correo\n", "solo tiene los nombres"),
        ("nombre,correo", "solo tiene los nombres"),
        ("nombre\nAna\n", "Falta la columna «correo»"), ("nombre,correo,sueldo\nAna,a@b.example,1\n", "«sueldo»"),
        ("nombre,correo,name\nAna,a@b.example,Ana\n", "dos veces"), ("nombre,correo\nAna\n", "Fila 2"),
        ("nombre,correo\n\"Ana,a@b.example\n", "comillas"),
        ("nombre,correo\nAna,a@b.example\nAna,ana@\n", "correo"),
        ("nombre,correo\nAna,a@b.example\nInés,A@B.example\n", "ya está en la fila 2"),
        ("nombre,correo\nAna,elena@PROWARE.example\n", "Otra persona ya tiene este correo"),
        ("name,email,organizations\nAna,a@b.example,Nadie\n", "Nadie: No hay una organización"),
        ("name,email,role\nAna,a@b.example,jefe\n", "Escriba cliente, técnico o administrador"),
        ("name,email,role,level\nAna,a@b.example,technician,4\n", "Elija el nivel"),
        ("name,email,level\nAna,a@b.example,2\n", "solo de un técnico"),
        ("name,email\n" + String(repeating: "a", count: 121) + ",a@b.example\n", "hasta 120 caracteres"),
        ("name,email\nSoporte,a@b.example\n", "equipo de soporte"),
        ("name,email,time zone\nAna,a@b.example,America/Macondo\n", "esta no existe"),
        ("name,email,phone\nAna,a@b.example,12\n", "10 dígitos"),
        ("name,email,language\nAna,a@b.example,de\n", "es, en"),
    ])
    func `a faulty file takes nobody in`(_ file: String, _ words: String) throws {
        let before = try count()
        let answer = try takeIn(file)
        #expect(answer.status == 422 && answer.text.contains(words), "\(file.prefix(60))")
        #expect(try count() == before)
    }

    @Test func `every fault names its row and its column`() throws {
        let answer = try takeIn(
            "correo;nombre;función\nana@ceiba.example;Ana;cliente\nmalo;;jefe\n\notra@ceiba.example;Inés;cliente\nana@ceiba.example;x;\n"
        )
        #expect(answer.status == 422 && answer.text.contains("Hay 4 datos"))
        for (row, column) in [("3", "correo"), ("3", "nombre"), ("3", "función"), ("6", "correo")] {
            let place = try Regex("<th[^>]*>\(row)</th><td[^>]*><span>\(column)</span>")
            #expect(answer.text.contains(place), "\(row) \(column)")
        }
        #expect(try count() == 1)
    }

    @Test func `a good file is taken in as a whole, with invitations or without`() throws {
        let ceiba = try site.addOrganization("Almacenes La Ceiba")
        _ = try site.addOrganization("Grupo Ceiba")
        let answer = try takeIn(
            Array(
                """
                Correo;NOMBRE;función;nivel;líder;organizaciones;administra;idioma
                ana@ceiba.example;Ana Núñez;;;;Grupo Ceiba | almacenes la ceiba;ALMACENES LA CEIBA;Español
                oscar@proware.example;Óscar Gil;técnico;2;sí;;;en

                """.utf8), inviting: true)
        #expect(answer.status == 303)
        let (ana, oscar) = try site.desk("proware").read {
            (try $0.person(email: "ana@ceiba.example"), try $0.person(email: "oscar@proware.example"))
        }
        let belongings = try site.desk("proware").read { try $0.belongings(of: #require(ana).id) }
        #expect(belongings.map(\.isManager) == [true, false] && belongings.first?.organization == ceiba)
        #expect(oscar?.role == .technician(level: 2) && oscar?.isLead == true && oscar?.language == "en")
        #expect(ana?.state == .invited)
        let letters = try site.desk("proware").read { try $0.first("SELECT count(*) FROM outbox") { $0.int(0) } }
        #expect(letters == 2)
    }

    @Test func `Windows-1252 is read with its accents, and the page says so`() throws {
        let bytes =
            Array("nombre,correo\nJos".utf8) + [0xE9] + Array(" Nu".utf8) + [0xF1]
            + Array("ez,jose@ceiba.example\n".utf8)
        let sent = try elena.upload("/admin/people/import", bytes)
        let place = try #require(sent.field("Location"))
        #expect(try elena.get(place).text.contains("Windows-1252"))
        #expect(try elena.post(place).status == 303)
        #expect(try site.desk("proware").read { try $0.person(email: "jose@ceiba.example")?.name } == "José Nuñez")
    }

    @Test func `more rows than a file may have are told`() throws {
        let rows = (0...20_000).map { "P\($0),p\($0)@ceiba.example\n" }.joined()
        let answer = try takeIn("nombre,correo\n" + rows)
        #expect(answer.status == 422 && answer.text.contains("20"))
        #expect(try count() == 1)
    }

    @Test func `five thousand rows come in at once`() throws {
        let rows = (0..<5_000).map { "Persona \($0),p\($0)@ceiba.example\n" }.joined()
        #expect(try takeIn("nombre,correo\n" + rows).status == 303)
        #expect(try count() == 5_001 && elena.get("/people?q=p4999").text.contains("Persona 4999"))
    }

    @Test func `what is confirmed is one's own, once, within the hour, and still good`() throws {
        let sent = try elena.upload("/admin/people/import", Array("nombre,correo\nAna,ana@ceiba.example\n".utf8))
        let place = try #require(sent.field("Location"))
        try site.add("otro@proware.example", as: .admin)
        let other = try Browser(site, "proware", as: "otro@proware.example")
        #expect(try other.get(place).status == 404 && other.post(place).status == 404)
        try site.add("marta@seres.example", to: "seres", as: .admin)
        let path = place.replacing("/t/proware", with: "")
        #expect(try Browser(site, "seres", as: "marta@seres.example").get(path).status == 404)
        // Somebody takes the address meanwhile.
        let ana = try site.add("ana@ceiba.example")
        let late = try elena.post(place)
        #expect(late.status == 422 && late.text.contains("Otra persona ya tiene este correo"))
        try site.desk("proware").write { connection in
            try connection.execute("UPDATE person SET email = 'x@ceiba.example' WHERE id = ?", ana)
        }
        #expect(try elena.post(place).status == 303)
        #expect(try elena.post(place).status == 404)
        let second = try elena.upload("/admin/people/import", Array("nombre,correo\nInés,ines@ceiba.example\n".utf8))
        site.clock.now += 3_600
        #expect(try elena.post(#require(second.field("Location"))).status == 404)
    }

    @Test func `what goes out comes in again as it was`() throws {
        for tenant in ["proware", "seres"] {
            for name in ["Almacenes La Ceiba", "Grupo \"Ñandú\", S.A.", #"A|B \\ C\|D\"#, "Por Aprobar"] {
                _ = try site.addOrganization(name, to: tenant)
            }
        }
        let ceiba = Organization.ID(rawValue: 1)
        try site.add("ana@ceiba.example", name: "=cmd|' /C calc'!A0 Ana", of: ceiba, isManager: true)
        let luis = try site.add("luis@ceiba.example", name: "Luis \"el Ñato\", López", of: ceiba)
        try site.add("oscar@proware.example", as: .technician(level: 3), name: "Óscar Gil", isLead: true)
        try site.desk("proware").write { connection in
            try connection.insertMembership(
                of: luis, in: Organization.ID(rawValue: 2), isManager: false, at: 1)
            try connection.insertMembership(of: luis, in: Organization.ID(rawValue: 3), isManager: false, at: 1)
            try connection.insertMembership(
                of: luis, in: Organization.ID(rawValue: 4), isManager: true, isPending: true, at: 1)
            try connection.execute(
                "UPDATE person SET phone = '+525512345678;ext=12', language = 'en', time_zone = 'America/Cancun', speaks = 'es,en' WHERE id = ?",
                luis)
        }
        let file = try elena.get("/admin/people/export?q=").bytes()
        #expect(!String(decoding: file, as: UTF8.self).contains("\n=cmd"))
        try site.add("marta@seres.example", to: "seres", as: .admin)
        let marta = try Browser(site, "seres", as: "marta@seres.example")
        #expect(try takeIn(file, by: marta).status == 303)
        let again = try marta.get("/admin/people/export").bytes()
        func people(_ file: [UInt8]) throws -> Set<[String]> {
            let rows = try CSVReader.rows(of: file).rows.dropFirst()
            return Set(rows.map { Array($0.fields.prefix(12)) }.filter { !$0[1].hasPrefix("marta") })
        }
        #expect(try people(file) == people(again) && people(file).count == 4)
        // Nobody is let in by a file; and no name of an organization falls apart.
        let belongings = try site.desk("seres").read { connection in
            try connection.belongings(of: #require(try connection.person(email: "luis@ceiba.example")).id)
        }
        #expect(belongings.map(\.organization.rawValue) == [1, 2, 3] && belongings.allSatisfy { !$0.isPending })
        #expect(String(decoding: file, as: UTF8.self).contains("Por Aprobar"))
        let trail = try site.desk("proware").write { connection in
            try connection.query("SELECT after FROM audit WHERE act = 'export'") { $0.text(0) }
        }
        #expect(trail == ["4 personas"])
    }

    @Test func `an export follows the filters of the list`() throws {
        try site.add("ana@ceiba.example", name: "Ana Torres")
        let file = String(decoding: try elena.get("/admin/people/export?q=torres&role=customer").bytes(), as: UTF8.self)
        #expect(file.contains("Ana Torres") && !file.contains("Elena"))
        #expect(try !String(decoding: elena.get("/admin/people/export?q=*").bytes(), as: UTF8.self).contains("Elena"))
    }

    @Test func `the template is a file that comes in`() throws {
        #expect(try takeIn(elena.get("/admin/people/import/template").bytes()).status == 303)
        #expect(try takeIn(elena.get("/admin/people/import/template?lang=en").bytes()).status == 422)
    }
}

extension Browser {
    /// Sends a file in the field `file`, as a browser does it.
    func upload(_ path: String, _ content: [UInt8], name: String = "personas.csv") throws -> Answer {
        let boundary = "x-\(try Random.identifier())"
        func part(_ name: String, _ value: String) -> String {
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        let start =
            try part("csrf", csrf()) + part("key", Random.identifier())
            + "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
            + "Content-Type: text/csv\r\n\r\n"
        let body = Array(start.utf8) + content + Array("\r\n--\(boundary)--\r\n".utf8)
        let cookies = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let head =
            "POST /t/\(tenant)\(path) HTTP/1.1\r\nHost: atiende.example\r\nCookie: \(cookies)\r\n"
            + "Content-Type: multipart/form-data; boundary=\(boundary)\r\nContent-Length: \(body.count)\r\n\r\n"
        return try site.send(raw: head, body: body, from: .internet(#require(IPAddress("192.0.2.7"))))
    }
}
