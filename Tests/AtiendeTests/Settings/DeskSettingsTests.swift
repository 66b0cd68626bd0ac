// What an admin decides: kept whole, told in the trail, seen at once, and harmless wherever it is shown.

import Foundation
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct DeskSettingsTests {
    private let site: TestSite
    private let admin: Browser

    init() throws {
        site = try TestSite()
        try site.add("elena@proware.example", as: .admin, name: "Elena Ríos")
        admin = try Browser(site, "proware", as: "elena@proware.example")
    }

    private static let general = "/admin/settings"
    private static let access = "/admin/settings/access"
    private static let support = "/admin/settings/support"
    private static let brand = "/admin/settings/brand"

    /// The hidden field of a page that says what it was made from.
    private func version(_ path: String, _ browser: Browser? = nil) throws -> String {
        let text = try (browser ?? admin).get(path).text
        return String(try #require(text.firstMatch(of: /name="version" value="([^"]*)"/)).1)
    }

    private func send(
        _ path: String, _ fields: [(String, String)], version: String? = nil, _ browser: Browser? = nil
    ) throws -> Answer {
        let page = path.hasPrefix(Self.brand) ? Self.brand : path
        let version = try version ?? self.version(page, browser)
        return try (browser ?? admin).post(path, fields + [("version", version)])
    }

    private func generalFields(
        name: String = "Proware", zone: String = "America/Bogota", locale: String = "es-CO",
        languages: [String] = ["es", "en"], first: String = "es"
    ) -> [(String, String)] {
        [("name", name), ("zone", zone), ("locale", locale), ("language", first)] + languages.map { ("languages", $0) }
    }

    private func accessFields(
        idle: String = "480", longest: String = "168", days: String = "", roles: [String] = [], confirm: Bool = false
    ) -> [(String, String)] {
        [("idle", idle), ("longest", longest), ("passwordDays", days)] + roles.map { ("twoStep", $0) }
            + (confirm ? [("confirm", "on")] : [])
    }

    private func trail() throws -> [(before: String, after: String)] {
        try site.desk("proware").read { connection in
            try connection.query("SELECT before, after FROM audit WHERE act = 'settings.change' ORDER BY id") { row in
                (row.text(0), row.text(1))
            }
        }
    }

    // MARK: General

    @Test func `a name is kept, told, said once, and stands on every page at once`() throws {
        let answer = try send(Self.general, generalFields(name: "Proware del Norte", locale: "es-MX"))
        #expect(answer.status == 303 && answer.field("Location") == "/t/proware/admin/settings")
        #expect(try admin.get(Self.general).text.contains("Los ajustes quedaron guardados."))
        #expect(try !admin.get(Self.general).text.contains("Los ajustes quedaron guardados."))
        for path in ["/", "/login", "/nada"] {
            #expect(try site.get("/t/proware" + path).text.contains("Proware del Norte"), "\(path)")
        }
        #expect(try site.get("/").text.contains("Proware del Norte"), "the list of providers")
        let change = try #require(try trail().first)
        #expect(change.before == "Nombre del proveedor: Proware; Cómo se escriben los números: Colombia: 44.640,5")
        #expect(
            change.after == "Nombre del proveedor: Proware del Norte; Cómo se escriben los números: México: 44,640.5")
        #expect(try site.desk("seres").provider.name == "SERES")
    }

    @Test func `saving what is so already writes nothing`() throws {
        #expect(try send(Self.general, generalFields()).status == 303)
        #expect(try trail().isEmpty)
    }

    @Test(arguments: [
        ("name", ""), ("name", "   "), ("name", "123"), ("zone", ""), ("zone", "../etc/passwd"),
        ("zone", "Mars/Olympus"),
        ("zone", "America"), ("locale", "es-AR"), ("language", "fr"), ("language", ""),
    ])
    func `what cannot be is said beside its field and nothing is kept`(_ field: String, _ value: String) throws {
        let fields = generalFields(name: "Otro").map { $0.0 == field ? (field, value) : $0 }
        let answer = try send(Self.general, fields)
        #expect(answer.status == 422 && answer.text.contains("id=\"\(field)-error\""))
        #expect(try site.desk("proware").provider.name == "Proware" && trail().isEmpty)
    }

    @Test func `languages that are not offered are nowhere`() throws {
        #expect(try send(Self.general, generalFields(languages: [], first: "es")).status == 422)
        #expect(try send(Self.general, generalFields(languages: ["es"], first: "en")).status == 422)
        #expect(try send(Self.general, generalFields(languages: ["en"], first: "en")).status == 303)
        for query in ["", "?lang=es"] {
            let answer = try site.get("/t/proware/" + query, ["Accept-Language": "es"])
            #expect(answer.language == "en" && !answer.text.contains("hreflang"), "\(query)")
        }
        #expect(try site.get("/t/seres/").language != "en")
    }

    @Test func `the first language is for whoever prefers none on offer`() throws {
        #expect(try send(Self.general, generalFields(first: "en")).status == 303)
        #expect(try site.get("/t/proware/", ["Accept-Language": "fr"]).language == "en")
        #expect(try site.get("/t/proware/", ["Accept-Language": "es"]).language?.hasPrefix("es") == true)
    }

    @Test(arguments: [
        "<script>alert(1)</script>Ñ", "\"><img src=x onerror=alert(1)>", "</title><script>x</script>", "{{name}} x",
        "a'><svg onload=alert(1)>",
    ])
    func `whatever a name holds is text on every page and in every letter`(_ name: String) throws {
        #expect(try send(Self.general, generalFields(name: name)).status == 303)
        _ = try admin.get(Self.general)
        let pages =
            try ["/", "/login", "/nada"].map { try site.get("/t/proware" + $0).text }
            + [Self.general, "/admin/audit", "/admin"].map { try admin.get($0).text }
            + [try site.letter().html]
        for text in pages {
            for markup in ["<script>", "<img src=x", "<svg onload", "</title><"] {
                #expect(!text.contains(markup), "\(markup)")
            }
        }
    }

    // MARK: Two admins

    @Test func `of two who edit at once the second one is told who was faster, and may then insist`() throws {
        try site.add("oscar@proware.example", as: .admin, name: "Óscar Benítez")
        let other = try Browser(site, "proware", as: "oscar@proware.example")
        let version = try version(Self.general)
        #expect(try send(Self.general, generalFields(name: "De Óscar"), other).status == 303)
        let stale = try send(Self.general, generalFields(name: "De Elena"), version: version)
        #expect(stale.status == 422)
        for words in [
            "Óscar Benítez cambió estos ajustes (hoy 10:00)", "Nombre del proveedor: De Óscar", "value=\"De Elena\"",
        ] {
            #expect(stale.text.contains(words), "\(words)")
        }
        #expect(try site.desk("proware").provider.name == "De Óscar")
        let fresh = String(try #require(stale.text.firstMatch(of: /name="version" value="([^"]*)"/)).1)
        #expect(try send(Self.general, generalFields(name: "De Elena"), version: fresh).status == 303)
        #expect(try site.desk("proware").provider.name == "De Elena")
    }

    @Test func `a fault of the form does not make a stale form fresh`() throws {
        try site.add("oscar@proware.example", as: .admin, name: "Óscar Benítez")
        let other = try Browser(site, "proware", as: "oscar@proware.example")
        let version = try version(Self.general)
        #expect(try send(Self.general, generalFields(name: "De Óscar"), other).status == 303)
        let wrong = try send(Self.general, generalFields(name: "De Elena", zone: "Mars/Olympus"), version: version)
        let kept = String(try #require(wrong.text.firstMatch(of: /name="version" value="([^"]*)"/)).1)
        #expect(try send(Self.general, generalFields(name: "De Elena"), version: kept).status == 422)
    }

    // MARK: Access

    @Test func `a policy is kept and holds at once`() throws {
        #expect(try send(Self.access, accessFields(idle: "5", longest: "1")).status == 303)
        #expect(try site.desk("proware").policy.idleMinutes == 5)
        site.clock.now += 301
        #expect(try admin.get(Self.access).status == 303)
    }

    @Test(arguments: [
        ("idle", "4"), ("idle", "10081"), ("idle", "-5"), ("idle", "5.5"), ("idle", "٥٠"), ("idle", ""),
        ("longest", "0"),
        ("longest", "721"), ("passwordDays", "0"), ("passwordDays", "3651"), ("passwordDays", "999999999999"),
    ])
    func `numbers outside the bounds are refused`(_ field: String, _ value: String) throws {
        let answer = try send(Self.access, accessFields().map { $0.0 == field ? (field, value) : $0 })
        #expect(answer.status == 422 && answer.text.contains("id=\"\(field)-error\""))
        #expect(try site.desk("proware").policy == AccessPolicy())
    }

    @Test func `a session that lasts less than it may idle is refused`() throws {
        #expect(try send(Self.access, accessFields(idle: "61", longest: "1")).status == 422)
        #expect(try send(Self.access, accessFields(idle: "60", longest: "1")).status == 303)
    }

    @Test func `an admin is warned before a rule sends himself away`() throws {
        let warned = try send(Self.access, accessFields(roles: ["admin"]))
        #expect(warned.status == 422 && warned.text.contains("id=\"confirm\""))
        #expect(try site.desk("proware").policy.twoStepRoles.isEmpty)
        #expect(try send(Self.access, accessFields(roles: ["technician"])).status == 303)
        #expect(try send(Self.access, accessFields(roles: ["admin", "x"], confirm: true)).status == 303)
        #expect(try site.desk("proware").policy.twoStepRoles == ["admin"])
        #expect(try admin.get(Self.access).field("Location") == "/t/proware/profile/two-step")
    }

    @Test func `what the contract asks for is shown beside it`() throws {
        try site.add("elena@seres.example", to: "seres", as: .admin)
        let text = try Browser(site, "seres", as: "elena@seres.example").get(Self.access).text
        #expect(text.contains("SE-5, SE-6") && text.contains("10 minutos") && text.contains("30 días"))
        #expect(try !admin.get(Self.access).text.contains("Del contrato"))
    }

    // MARK: Support

    private func supportFields(_ channels: [(String, String, String, Bool)], monday: String = "9:00-18:00") -> [(
        String, String
    )] {
        channels.enumerated().flatMap { index, channel in
            [("kind-\(index)", channel.0), ("address-\(index)", channel.1), ("hours-\(index)", channel.2)]
                + (channel.3 ? [("official-\(index)", "on")] : [])
        } + [("day-1", monday)]
    }

    @Test func `channels and hours are kept, and the portal shows the number with its hours`() throws {
        let answer = try send(
            Self.support,
            supportFields(
                [
                    ("mail", "Ayuda@Proware.example", "", true),
                    ("phone", "300 123 4567 ext 12", "Lunes de 9 a 11", false),
                    ("", "", "", false), ("portal", "", "", true),
                ], monday: "9-13, 14:00–18:30"))
        #expect(answer.status == 303)
        let text = try site.get("/t/proware/").text
        for words in [
            "ayuda@proware.example", "+57 300 123 4567 ext. 12", "href=\"tel:+573001234567;ext=12\"", "Lunes de 9 a 11",
            "no obliga", "lunes de 9:00 a 13:00 y de 14:00 a 18:30",
        ] { #expect(text.contains(words), "\(words)") }
        #expect(try site.desk("proware").provider.openings.count == 2)
        let again = try admin.get(Self.support).text
        #expect(
            again.contains("value=\"9:00-13:00, 14:00-18:30\"") && again.contains("value=\"+57 300 123 4567 ext. 12\""))
        // As it stands it can be saved again.
        #expect(try trail().count == 1)
    }

    @Test(arguments: [
        ("mail", "", "address-0"), ("mail", "soporte", "address-0"), ("mail", "a@b\" onclick=x", "address-0"),
        ("phone", "123", "address-0"), ("phone", "javascript:alert(1)", "address-0"), ("fax", "x", "kind-0"),
        ("", "", "kind-0"),
    ])
    func `a channel that reaches nobody is refused`(_ kind: String, _ address: String, _ field: String) throws {
        let answer = try send(Self.support, supportFields([(kind, address, "", true)]))
        #expect(answer.status == 422 && answer.text.contains("id=\"\(field)-error\""))
        #expect(try trail().isEmpty)
    }

    @Test(arguments: [
        "9:00", "9-9", "18:00-9:00", "9:00-25:00", "9:60-10:00", "9:00-12:00, 11:00-13:00", "9:5-10:00", "-", ",",
        "24:01-24:02",
        "-1:00-2:00", "9:00-10:00-11:00", "nueve a diez",
    ])
    func `hours that are none are refused`(_ hours: String) throws {
        #expect(WeekdayHours(hours) == nil)
        let answer = try send(Self.support, supportFields([("portal", "", "", true)], monday: hours))
        #expect(answer.status == 422 && answer.text.contains("id=\"day-1-error\""))
    }

    @Test func `hours go up to midnight, and the same channel stands once`() throws {
        #expect(WeekdayHours("0:00-24:00")?.stretches == [0..<1440])
        #expect(WeekdayHours("9-12,12-13")?.text == "9:00-12:00, 12:00-13:00")
        let twice = [("portal", "", "", true), ("portal", "", "", true)]
        #expect(try send(Self.support, supportFields(twice)).status == 422)
    }

    @Test func `each channel is folded with its summary, and opens where something is wrong with it`() throws {
        #expect(try send(Self.support, supportFields([("mail", "a@proware.example", "", true)])).status == 303)
        let page = try admin.get(Self.support).text
        #expect(page.contains("<h3>Medio 1 <span class=\"soft\">Correo, a@proware.example</span></h3>"))
        #expect(page.components(separatedBy: "<h3>Agregar un medio</h3>").count == 3)
        #expect(!page.contains("<details class=\"card fold\" open>"))
        let channels = [("mail", "a@proware.example", "", true), ("phone", "123", "", true), ("", "", "", false)]
        let refused = try send(Self.support, supportFields(channels)).text
        let opened = refused.components(separatedBy: "<details class=\"card fold\" open>")
        #expect(opened.count == 2 && opened.last?.contains("id=\"address-1-error\"") == true)
    }

    @Test(arguments: ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>"])
    func `whatever the hours of a channel hold is text`(_ hours: String) throws {
        #expect(try send(Self.support, supportFields([("phone", "3001234567", hours, true)])).status == 303)
        for text in [
            try site.get("/t/proware/").text, try admin.get(Self.support).text, try admin.get("/admin/audit").text,
        ] {
            #expect(!text.contains("<script>") && !text.contains("<img src=x"))
        }
    }

    // MARK: Brand

    @Test func `a hue dresses every page by a sheet of its own, and another tenant's none`() throws {
        #expect(try site.get("/t/proware/brand/sheet.css").status == 404)
        #expect(try send(Self.brand, [("hue", "195")]).status == 303)
        let page = try site.get("/t/proware/login").text
        #expect(page.contains("<link rel=\"stylesheet\" href=\"/t/proware/brand/sheet.css?v=195\">"))
        let sheet = try site.get("/t/proware/brand/sheet.css?v=195")
        #expect(sheet.text.hasPrefix(":root { --accent:#005b5b") && sheet.field("ETag") == "\"195\"")
        #expect(sheet.field("Cache-Control") == "public, max-age=31536000, immutable")
        #expect(try site.get("/t/proware/brand/sheet.css").field("Cache-Control") == "no-cache")
        #expect(try site.get("/t/proware/brand/sheet.css?v=%7Dbody").text == sheet.text)
        #expect(try !site.get("/t/seres/").text.contains("sheet.css"))
        #expect(try send(Self.brand, [("hue", "")]).status == 303)
        #expect(try site.get("/t/proware/brand/sheet.css?v=195").status == 404)
        #expect(try trail().map(\.after) == ["Tono: 195", "Tono: el azul de Atiende"])
    }

    @Test(arguments: ["360", "-1", "1}body{display:none}", "<script>", "1.5", "٣"])
    func `a hue is a whole number and nothing else`(_ hue: String) throws {
        let answer = try send(Self.brand, [("hue", hue)])
        #expect(answer.status == 422 && !answer.text.contains("<script>\""))
        #expect(try site.desk("proware").brand.hue == nil)
        let query = PercentCoding.encode(queryComponent: hue)
        #expect(try admin.get(Self.brand + "?hue=" + query).status == 422)
        #expect(try admin.get(Self.brand + "/preview?hue=" + query).status == 404)
    }

    @Test func `a preview is a picture, and a hue like a state's is told`() throws {
        let picture = try admin.get(Self.brand + "/preview?hue=195")
        #expect(picture.status == 200 && picture.text.contains("#005b5b") && picture.text.contains("#7ecac9"))
        #expect(picture.field("Content-Security-Policy")?.contains("sandbox") == true)
        #expect(try admin.get(Self.brand + "?hue=20").text.contains("se parece al de «vencido»"))
        #expect(try !admin.get(Self.brand + "?hue=195").text.contains("se parece al"))
    }

    private func upload(_ content: String, name: String = "logo.png") throws -> Answer {
        let boundary = "xxBOUNDARYxx"
        func part(_ head: String, _ body: String) -> String {
            "--\(boundary)\r\nContent-Disposition: form-data; \(head)\r\n\r\n\(body)\r\n"
        }
        let key = try Random.identifier()
        let body =
            part("name=\"csrf\"", try admin.csrf()) + part("name=\"key\"", key)
            + part("name=\"version\"", try version(Self.brand))
            + part("name=\"logo\"; filename=\"\(name)\"\r\nContent-Type: image/png", content) + "--\(boundary)--\r\n"
        let cookies = admin.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        let head =
            "POST /t/proware\(Self.brand)/logo HTTP/1.1\r\nHost: atiende.example\r\nCookie: \(cookies)\r\n"
            + "Content-Type: multipart/form-data; boundary=\(boundary)\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        return try site.send(raw: head, form: body, from: .internet(try #require(IPAddress("192.0.2.7"))))
    }

    @Test func `a logo is kept, served to anyone as a picture, and removed`() throws {
        let picture = String(decoding: TestPicture.gif(40, 28), as: UTF8.self)
        #expect(try upload(picture, name: "../../x.svg").status == 303)
        let page = try site.get("/t/proware/").text
        let source = String(try #require(page.firstMatch(of: /<img class="logo" src="([^"]*)" alt="" height="28">/)).1)
        let answer = try site.get(source)
        #expect(answer.text == picture)
        #expect(answer.field("Content-Security-Policy") == "sandbox; default-src 'none'")
        #expect(answer.field("Cache-Control") == "public, max-age=31536000, immutable")
        guard case .bytes(_, let type) = answer.response.body else { throw MessageReader.Fault("no bytes") }
        #expect("\(type)" == "image/gif")
        #expect(try site.get("/t/seres/brand/logo").status == 404)
        #expect(try send(Self.brand + "/logo/removal", []).status == 303)
        #expect(try site.get(source).status == 404)
        #expect(try !site.get("/t/proware/").text.contains("class=\"logo\""))
        #expect(try trail().count == 2)
    }

    @Test(arguments: [
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", "debe ser una imagen"),
        ("", "Elija un archivo"), ("GIF89a", "debe ser una imagen"),
        (String(decoding: TestPicture.gif(), as: UTF8.self) + "<script>alert(1)</script>", "debe ser una imagen"),
        ("GIF89a\u{01}\u{10}\u{01}\u{00}\0\0\0,;", "4097 × 1 píxeles"),
        ("GIF89a" + String(repeating: "x", count: 512 * 1024), "512 KB"),
    ])
    func `a logo that is no whole picture of a fair size is refused`(_ content: String, _ words: String) throws {
        let answer = try upload(content)
        #expect(answer.status == 422 && answer.text.contains(words), "\(answer.status)")
        #expect(try site.get("/t/proware/brand/logo").status == 404)
    }

    // MARK: Hosts, and who may

    @Test func `the names of the desk are listed, and no other's`() throws {
        try site.installation.directory.map(host: "ayuda.proware.example", to: try site.tenant("proware").slug)
        try site.installation.directory.map(host: "ayuda.seres.example", to: try site.tenant("seres").slug)
        let text = try admin.get("/admin/settings/hosts").text
        #expect(text.contains("ayuda.proware.example") && !text.contains("ayuda.seres.example"))
    }

    @Test func `nobody but an admin sees or changes any of it`() throws {
        let one = try site.addOrganization("Uno")
        try site.add("tec@proware.example", as: .technician(level: 3), isLead: true)
        try site.add("cli@proware.example", of: one, isManager: true)
        for email in ["tec@proware.example", "cli@proware.example"] {
            let browser = try Browser(site, "proware", as: email)
            for part in SettingsPart.allCases { #expect(try browser.get(part.path).status == 404) }
            for path in [Self.general, Self.access, Self.support, Self.brand, Self.brand + "/logo/removal"] {
                #expect(try browser.post(path, generalFields(name: "Ajeno")).status == 404, "\(path)")
            }
            #expect(try browser.get(Self.brand + "/preview?hue=1").status == 404)
        }
        #expect(try site.desk("proware").provider.name == "Proware" && trail().isEmpty)
    }
}
