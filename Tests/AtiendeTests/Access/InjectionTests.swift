// What people wrote is shown as they wrote it and does nothing else: in pages, in files, in the heads of responses.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct InjectionTests {
    /// Columns that hold words of the program, or what was computed: no person writes them, and pages read them back.
    private static let coded: Set = [
        "access_policy.two_step_roles", "agreement.document", "agreement.ends_on", "agreement.notice_by",
        "agreement.notice_on", "agreement.plan", "agreement.starts_on", "agreement_term.ends_on",
        "agreement_term.notice_by", "agreement_term.plan", "attempt.key", "brand.logo_digest", "brand.logo_kind",
        "channel.kind", "clock.calendar", "clock.clause", "clock.clock", "clock.state", "draft.fields",
        "membership.state", "membership_offer.state", "one_time_link.purpose", "organization.country",
        "organization.state", "outbox.kind",
        "outbox.language", "person.identity_answer", "person.language", "person.notices", "person.password",
        "person.role", "person.speaks", "person.state", "person.theme", "person.time_zone", "person_skill.category",
        "preference.first_language", "provider.contract", "provider.icon", "provider.locale", "provider.time_zone",
        "submission.location", "ticket.channel", "ticket.folio", "ticket.kind", "ticket.plan", "ticket.severity",
        "ticket.status", "ticket.agreed_on", "ticket.face", "ticket_tally.sort", "ticket_link.kind", "ticket_tag.tag",
    ]
    private static let unchangeable: Set = ["audit", "schema_migration", "ticket_event"]

    /// Puts a text into every column of a desk that people, or strangers, write.
    private static func fill(_ site: TestSite, with text: String) throws {
        let desk = try site.desk("proware")
        let now = site.clock.now
        try desk.write { connection in
            let tables = try connection.query(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'"
            ) { $0.text(0) }
            for table in tables where !unchangeable.contains(table) {
                let columns = try connection.query(SQLText(verbatim: "PRAGMA table_info(\"\(table)\")")) { row in
                    (name: row.text(1), type: row.text(2))
                }
                for column in columns where column.type == "TEXT" && !coded.contains("\(table).\(column.name)") {
                    // People log in with theirs, and a letter to what is no address is no file.
                    let isAddress = ["person.email", "outbox.recipient_address"].contains("\(table).\(column.name)")
                    guard !isAddress else { continue }
                    let isUnique = ["outbox.message_id", "organization.tax_id", "draft.path", "membership_offer.email"]
                        .contains(
                            "\(table).\(column.name)")
                    let value = isUnique ? "?1 || rowid" : "?1"
                    try connection.execute(
                        SQLText(verbatim: "UPDATE \"\(table)\" SET \(column.name) = \(value)"), text)
                }
            }
            let fields = JSON.array([.array([.string("0"), .string(text), .string(text), .string(text)])])
            try connection.execute("UPDATE draft SET fields = ?", String(decoding: fields.bytes(), as: UTF8.self))
            try connection.execute("UPDATE person SET email = ?1 || id || '@x.example' WHERE id > 7", text)
            for act in ["person.read", "organization.read", "settings.change", text] {
                try connection.execute(
                    """
                    INSERT INTO audit (at, actor, act, subject, organization, outcome, address, before, after)
                    VALUES (?1, 2, ?2, ?3, 1, 'done', ?3, ?3, ?3)
                    """, now, act, text)
            }
        }
        try desk.reloadSettings()
    }

    /// Every page and file of every kind of person, and of nobody.
    private func walk(
        filledWith text: String, _ look: (_ place: String, Answer) throws -> Void
    ) throws {
        let populated = try PopulatedSite()
        let browsers = try PopulatedSite.Kind.allCases.map { ("\($0)", try populated.browser($0)) }
        try Self.fill(populated.site, with: text)
        for (kind, browser) in browsers + [("nobody", Browser(populated.site, "proware"))] {
            for route in Routes.tenant where route.method == .get {
                for path in PopulatedSite.paths(route) {
                    let answer = try browser.get(path)
                    #expect(answer.status < 500, "\(kind) \(path)")
                    try look("\(kind) \(path)", answer)
                }
            }
        }
    }

    @Test func `markup that people wrote is text everywhere`() throws {
        let vector =
            #"x"'><img src=x onerror=alert(1)></title></textarea></script><script>alert(2)</script>{{7*7}}&quot;"#
        var pages = 0
        try walk(filledWith: vector) { place, answer in
            guard answer.isPage else { return }
            let text = answer.text
            for wrong in [
                "<img src=x", "<script>alert", "</title><", "</textarea><", #"x"'"#, #"x"&#39;"#, "{{7*7}}&quot",
            ] {
                #expect(!text.contains(wrong), "\(place): \(wrong)")
            }
            if text.contains("&lt;img src=x onerror") { pages += 1 }
        }
        #expect(pages > 60, "the walk sees what was written: \(pages)")
    }

    @Test func `no link leads where somebody wrote that it leads`() throws {
        try walk(filledWith: "javascript:alert(1)//evil.example") { place, answer in
            guard answer.isPage else { return }
            for match in answer.text.matches(of: /(href|src|action|formaction|content)="([^"]*)"/) {
                let target = match.2.lowercased()
                #expect(!target.hasPrefix("javascript") && !target.hasPrefix("data:text"), "\(place): \(target)")
                #expect(!target.hasPrefix("//"), "\(place): \(target)")
            }
        }
        try walk(filledWith: "//evil.example/") { place, answer in
            #expect(answer.field("Location")?.hasPrefix("//") != true, "\(place)")
            for match in answer.text.matches(of: /(href|src|action)="([^"]*)"/) {
                #expect(!match.2.hasPrefix("//"), "\(place): \(match.2)")
            }
        }
    }

    @Test(arguments: ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1"])
    func `a cell of a file is never a formula`(_ formula: String) throws {
        var cells = 0
        try walk(filledWith: formula) { place, answer in
            guard answer.type.hasPrefix("text/csv") else { return }
            let table = try answer.whole()
            for start in ["\"", ",", "\n", ";"] {
                #expect(!table.contains(start + formula), "\(place): \(start)")
            }
            if table.contains("'" + formula) { cells += 1 }
        }
        #expect(cells > 1)
    }

    @Test func `line breaks and marks of direction get into no head, and no line of a letter's head`() throws {
        try walk(filledWith: "a\r\nX-Evil: 1\r\n\r\n<b>\u{202E}fdp.exe") { place, answer in
            for line in answer.head {
                #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F }, "\(place): \(line)")
            }
            if answer.type == "message/rfc822" {
                let head = answer.text.prefix(
                    through: answer.text.firstRange(of: "\r\n\r\n")?.lowerBound ?? answer.text.startIndex)
                #expect(!head.contains("\nX-Evil"), "\(place)")
            }
        }
    }

    // MARK: Searches

    @Test(arguments: [
        "\"", "\"\"", "*", "a*", "NEAR(a b)", "a AND", "OR", "NOT", "a NOT b", "^a", "{words}: a", "words:a", "-a", "(",
        "a + b", "%", "_", "%_", "\\", "'", "'; DROP TABLE person; --", "\0", "\u{202E}", "a\0b", "\u{E000}admin",
        "\u{E000}active", String(repeating: "a ", count: 1000), String(repeating: "\"", count: 1500),
        String(repeating: "(", count: 1500), "👩‍👩‍👧‍👦", "\u{FFFD}", "ﷺ", String(repeating: "e\u{301}", count: 600),
    ])
    func `what is searched for is never an operator`(_ text: String) throws {
        let populated = try Self.searched.get()
        let admin = try populated.browser(.admin)
        let query = PercentCoding.encode(queryComponent: text)
        for path in [
            "/people", "/organizations", "/admin/audit", "/admin/mail", "/admin/audit/export", "/admin/people/export",
            "/admin/organizations/export", "/admin/organizations/1/merge", "/admin/organizations/1/distributor",
        ] {
            for name in ["q", "person", "actor", "subject", "organization"] {
                let answer = try admin.get("\(path)?\(name)=\(query)")
                #expect(answer.status < 500, "\(path)?\(name)")
            }
        }
        if ["%", "_", "%_", "*", "\"", "'"].contains(text) {
            #expect(try !admin.get("/admin/mail?q=\(query)").text.contains("@ceiba.example"))
        }
    }

    private static let searched = Result { try PopulatedSite() }

    // MARK: The way back

    @Test(arguments: [
        "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
        "/a\r\nX-Evil: 1", "javascript:alert(1)", "/%0d%0aX-Evil:1", "///evil.example", " /people", "/\u{202E}",
    ])
    func `whoever comes in stays here`(_ next: String) throws {
        let site = try TestSite()
        try site.add("ana@ceiba.example")
        let form: KeyValuePairs = ["email": "ana@ceiba.example", "password": Browser.password, "next": next]
        let answer = try Browser(site, "proware").post("/login", form)
        let location = try #require(answer.field("Location"))
        #expect(answer.status == 303 && location.hasPrefix("/t/proware/"))
        #expect(!location.contains("evil") || location.contains("/%0d%0a") || !location.contains("\n"))
        #expect(answer.head.allSatisfy { $0.utf8.allSatisfy { 0x20...0x7E ~= $0 } })
        #expect(!location.hasPrefix("//") && !location.contains("://"))
    }

    @Test func `what strangers send stays in one line of the log and of the trail`() throws {
        let site = try TestSite()
        try site.add("ana@ceiba.example", as: .admin)
        let email = "ana@ceiba.example\n\u{1B}[31mt=2026 level=error event=forged"
        _ = try Browser(site, "proware").post("/login", ["email": email, "password": "x"])
        _ = try site.get("/t/proware/%0Aevent=forged?a=%1B%5B31m", ["User-Agent": "x[31m\u{9B}", "Referer": "\"y=1 z"])
        #expect(!site.log.text.contains("\u{1B}"))
        #expect(site.log.lines.allSatisfy { $0.hasPrefix("t=") && !$0.hasPrefix("t=2026 ") })
        let subjects = try site.lines("SELECT subject || address || before || after FROM audit")
        #expect(subjects.allSatisfy { !$0.contains("\n") && !$0.contains("\u{1B}") })
    }
}
