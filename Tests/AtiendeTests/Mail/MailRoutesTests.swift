// The pages of outgoing mail: everything is listed, nothing that somebody wrote becomes markup, nobody sees another's.

import Foundation
import Markup
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct MailRoutesTests {
    private let site: TestSite

    private let admins: [String: Browser]

    init() throws {
        site = try TestSite()
        var admins: [String: Browser] = [:]
        for name in ["proware", "seres"] {
            try site.add("elena@\(name).example", to: name, as: .admin)
            admins[name] = try Browser(site, name, as: "elena@\(name).example")
        }
        self.admins = admins
    }

    private func get(_ target: String) throws -> Answer {
        let parts = target.split(separator: "/", maxSplits: 2)
        return try #require(admins[String(parts[1])]).get("/" + parts[2])
    }

    @Test(arguments: [
        ("/t/proware/admin/mail", "Todavía no hay correos"), ("/t/proware/admin/mail?q=nadie", "Ningún correo"),
        ("/t/proware/admin/mail?page=9", "Todavía no hay correos"), ("/t/proware/admin/mail?lang=en", "No e-mails yet"),
    ])
    func `a list without letters says so`(_ target: String, _ words: String) throws {
        let answer = try get(target)
        #expect(answer.status == 200 && answer.text.contains(words) && !answer.text.contains("<table"))
    }

    @Test func `each state is said in words beside its icon`() throws {
        let ids = try (0..<4).map { try site.enqueue(site.letter(subject: "Carta \($0)")) }
        let now = site.clock.now
        try site.desk("proware").write { connection in
            let letter = try #require(try connection.letter(ids[1]))
            try connection.markSent(ids[0], at: now + 60)
            try connection.markFailed(letter, "Connection refused", at: now)
            try connection.execute("UPDATE outbox SET attempts = 1 WHERE id = ?", ids[1])
            try connection.markHopeless(ids[2], "no address")
        }
        let text = try get("/t/proware/admin/mail").text
        for (words, icon) in [
            ("Enviado", "ok"), ("Se intenta de nuevo: hoy 10:01", "hourglass"), ("No se pudo enviar", "missed"),
            ("Por enviar", "send"),
        ] {
            #expect(text.contains(try Regex("#\(icon)\"/></svg>\\s*\(words)</span>")), "\(words)")
        }
        #expect(text.contains("1 intento. Motivo: Connection refused") && text.contains("Enviado: hoy 10:01"))
        let english = try get("/t/proware/admin/mail?lang=en").text
        #expect(english.contains("1 attempt. Reason: Connection refused") && english.contains("today 10:00"))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</title><script>alert(1)</script>",
        "{{subject}}", "'><svg onload=alert(1)>",
    ])
    func `what stands in a letter is text on every page`(_ words: String) throws {
        let id = try site.enqueue(
            site.letter(to: "ana@cliente.example", words, subject: words, paragraphs: [words, "</pre>" + words]))
        try site.desk("proware").write {
            try $0.execute("UPDATE outbox SET error = ?, recipient_address = ? WHERE id = ?", words, words, id)
        }
        for path in ["/t/proware/admin/mail", "/t/proware/admin/mail/\(id)"] {
            let answer = try get(path)
            #expect(answer.status == 200)
            for markup in ["<script>", "<img", "<svg onload", "</title><", "</pre><"] {
                #expect(!answer.text.contains(markup), "\(path) \(markup)")
            }
        }
        let query = PercentCoding.encode(queryComponent: words)
        #expect(try !get("/t/proware/admin/mail?q=\(query)").text.contains(words.prefix(8) + "alert"))
    }

    @Test func `a search finds the beginning of an address, whatever its case`() throws {
        for address in ["ana@uno.example", "Ana.Ruiz@dos.example", "luis@uno.example", "anana@uno.example"] {
            try site.enqueue(site.letter(to: address, subject: "Para \(address)"))
        }
        for (query, found) in [
            ("ana", 3), ("ANA", 3), ("ana@", 1), ("ana@uno.example", 1), ("luis", 1), ("uno", 0), ("%25", 0), ("_", 0),
            ("", 4), ("%20ana%20", 3), ("ana%0D%0A", 3), ("%C3%B1", 0), ("%27", 0),
        ] {
            let text = try get("/t/proware/admin/mail?q=\(query)").text
            #expect(text.matches(of: /<tr role="row"><th role="rowheader"/).count == found, "\(query)")
        }
    }

    @Test func `fifty letters are a page, the newest first`() throws {
        let letter = try site.letter()
        try site.desk("proware").write { connection in
            for second in 0..<120 { try connection.enqueue(letter, at: TestSite.monday + second) }
        }
        for (page, range, first, previous, next) in [
            (1, "1 a 50 de 120", 120, false, true), (2, "51 a 100 de 120", 70, true, true),
            (3, "101 a 120 de 120", 20, true, false),
        ] {
            for query in ["", "ana"] {
                let text = try get("/t/proware/admin/mail?q=\(query)&page=\(page)").text
                #expect(text.contains(range))
                let ids = text.matches(of: /\/admin\/mail\/(\d+)"/).compactMap { Int($0.1) }
                #expect(ids == Array((max(1, first - 49)...first).reversed()))
                #expect(text.contains("rel=\"prev\"") == previous && text.contains("rel=\"next\"") == next)
            }
        }
        for page in ["0", "-1", "x", "99999999999999999999", "9223372036854775807", ""] {
            #expect(try get("/t/proware/admin/mail?page=\(page)").status == 200)
        }
    }

    @Test func `a letter shows its header and its text, and is there to be downloaded`() throws {
        let id = try site.enqueue(site.letter(subject: "Su ticket n.º 1", paragraphs: ["Niña: ¿quedó?"]))
        let page = try get("/t/proware/admin/mail/\(id)")
        for words in [
            "Su ticket n.º 1", "Ana &lt;ana@cliente.example&gt;", "Proware &lt;soporte@proware.example&gt;",
            "hoy 10:00",
            "Niña: ¿quedó?", "href=\"/t/proware/admin/mail/\(id)/file\"",
        ] {
            #expect(page.text.contains(words), "\(words)")
        }
        let file = try get("/t/proware/admin/mail/\(id)/file")
        #expect(file.field("Content-Disposition") == "attachment; filename=\"proware-\(id).eml\"")
        #expect(file.field("Content-Security-Policy")?.hasPrefix("sandbox") == true)
        guard case .bytes(let bytes, let type) = file.response.body else { throw MessageReader.Fault("no bytes") }
        #expect("\(type)" == "message/rfc822")
        #expect(try MessageReader(bytes).decoded("Subject") == "Su ticket n.º 1")
        // The same bytes as the transport was given.
        site.clock.now += 3600
        Postman(
            site.installation, MailFolder(root: site.installation.root), clock: { [clock = site.clock] in clock.now }
        ).makeRound()
        #expect(try Folder.read(site.folder / "data/mail/proware/\(site.files()[0])", atMost: 1 << 20) == bytes)
    }

    @Test(arguments: ["0", "2", "-1", "+1", "01", "1.0", "x", "99999999999999999999", "%31%00", "1%2F"])
    func `there is no other letter`(_ id: String) throws {
        try site.enqueue(site.letter())
        #expect(try get("/t/proware/admin/mail/\(id)").status == 404)
        #expect(try get("/t/proware/admin/mail/\(id)/file").status == 404)
    }

    @Test func `another tenant's letters are nowhere`() throws {
        let id = try site.enqueue(site.letter(subject: "CANARIO-B-1"))
        for path in ["", "?q=ana", "/\(id)", "/\(id)/file"] {
            let answer = try get("/t/seres/admin/mail\(path)")
            #expect(!answer.text.contains("CANARIO-B-1") && answer.status == (path.hasPrefix("/") ? 404 : 200))
        }
    }
}

@Suite struct MailWordsTests {
    @Test(arguments: [
        (0, "hoy 10:00", "today 10:00"), (-10 * 3600, "hoy 0:00", "today 0:00"),
        (-10 * 3600 - 1, "dom 15 nov, 23:59", "Sun 15 Nov, 23:59"),
        (24 * 3600, "mar 17 nov, 10:00", "Tue 17 Nov, 10:00"),
        (46 * 86_400, "vie 1 ene 2027, 10:00", "Fri 1 Jan 2027, 10:00"),
        (5 * 86_400, "sáb 21 nov, 10:00", "Sat 21 Nov, 10:00"),
    ])
    func `an instant in words`(_ seconds: Int, _ spanish: String, _ english: String) throws {
        let site = try TestSite(tenants: [])
        let zone = try site.installation.zones.rules("America/Bogota")
        for (language, words) in [(Language.es, spanish), (.en, english)] {
            let mail = MailWords(words: site.site.templates.words(in: language), zone: zone, now: TestSite.monday)
            #expect(mail.moment(TestSite.monday + seconds) == words)
        }
    }
}
