// The trail: nobody changes it, every question of it is answered from an index, and it is read by whom it is for.

import Foundation
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct AuditTrailTests {
    private let site: TestSite
    private let admin: Browser

    init() throws {
        site = try TestSite()
        try site.add("elena@proware.example", as: .admin, name: "Elena Ríos")
        admin = try Browser(site, "proware", as: "elena@proware.example")
    }

    private func record(
        _ act: AuditEntry.Act, by actor: Person.ID? = nil, _ subject: String = "",
        of organization: Organization.ID? = nil,
        isDone: Bool = true, at: Int? = nil, before: String = "", after: String = "", to tenant: String = "proware"
    ) throws {
        let entry = AuditEntry(
            at: at ?? site.clock.now, actor: actor, act: act, subject: subject, organization: organization,
            isDone: isDone, address: "192.0.2.9", before: before, after: after)
        try site.desk(tenant).write { try $0.record(entry) }
    }

    private func rows(_ query: String = "") throws -> Int {
        let answer = try admin.get("/admin/audit" + query)
        try #require(answer.status == 200, "\(query): \(answer.status)")
        return answer.text.matches(of: /<tr role="row"><th role="rowheader"/).count
    }

    // MARK: Append only

    @Test(arguments: [
        "UPDATE audit SET act = 'x'", "UPDATE audit SET organization = 2 WHERE organization = 1", "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 1", "UPDATE OR IGNORE audit SET at = 0",
        "REPLACE INTO audit (id, at, act, subject, outcome, address) VALUES (1, 0, 'x', '', 'done', '')",
    ])
    func `no statement changes or removes a row`(_ statement: String) throws {
        let one = try site.addOrganization("Uno")
        _ = try site.addOrganization("Dos")
        try record(.organizationRead, of: one)
        let before = try site.desk("proware").read {
            try $0.first("SELECT group_concat(id || act || at) FROM audit") { $0.text(0) }
        }
        #expect(throws: (any Error).self) {
            try site.desk("proware").write { try $0.execute(SQLText(verbatim: statement)) }
        }
        let after = try site.desk("proware").read {
            try $0.first("SELECT group_concat(id || act || at) FROM audit") { $0.text(0) }
        }
        #expect(before == after)
    }

    @Test func `an organization that is merged keeps its rows, and cannot go while the trail names it`() throws {
        let one = try site.addOrganization("Uno")
        let two = try site.addOrganization("Dos")
        try record(.organizationRead, of: one)
        try site.desk("proware").write {
            try $0.execute("UPDATE organization SET state = 'merged', merged_into = ? WHERE id = ?", two, one)
        }
        #expect(throws: (any Error).self) {
            try site.desk("proware").write { try $0.execute("DELETE FROM organization WHERE id = ?", one) }
        }
        #expect(throws: (any Error).self) {
            try site.desk("proware").write {
                try $0.execute("UPDATE audit SET organization = ? WHERE organization = ?", two, one)
            }
        }
        #expect(try rows("?company=%23\(one)") == 1 && rows("?company=%23\(two)") == 0)
    }

    // MARK: Indexes

    @Test func `every combination of filters is answered from its index, in order, without sorting`() throws {
        let desk = try site.desk("proware")
        for lead in AuditQuestion.Lead.allCases {
            for statement in [SQL.Connection.rows[lead], SQL.Connection.windowEnd[lead]] {
                let plan = try desk.read { try $0.plan(of: statement) }
                #expect(!plan.contains { $0.contains("TEMP B-TREE") || $0.hasPrefix("SCAN ") }, "\(lead): \(plan)")
                #expect(plan.first?.contains("USING") == true, "\(plan)")
            }
        }
    }

    @Test func `each of the 64 combinations finds the row that fits and no other`() throws {
        let ana = try site.add("ana@proware.example", as: .technician(level: 1), name: "Ana")
        let one = try site.addOrganization("Almacenes Uno")
        let now = site.clock.now
        // Each differs from the wanted one in one thing.
        try record(.exported, by: ana, of: one, isDone: false, at: now)
        try record(.imported, by: ana, of: one, isDone: false, at: now)
        try record(.exported, by: nil, of: one, isDone: false, at: now)
        try record(.exported, by: ana, isDone: false, at: now)
        try record(.exported, by: ana, of: one, at: now)
        try record(.exported, by: ana, of: one, isDone: false, at: now - 86_400)
        try record(.exported, by: ana, of: one, isDone: false, at: now + 86_400)
        let conditions: [(inout AuditQuestion) -> Void] = [
            { $0.act = .exported }, { $0.actor = ana }, { $0.organization = one }, { $0.isDone = false },
            { $0.from = now - 60 }, { $0.until = now + 60 },
        ]
        let kept: [(AuditRow) -> Bool] = [
            { $0.act == "export" }, { $0.actorEmail == "ana@proware.example" }, { $0.organization == "Almacenes Uno" },
            { !$0.isDone }, { $0.place.at >= now - 60 }, { $0.place.at < now + 60 },
        ]
        let all = try site.desk("proware").read { try $0.auditPage(AuditQuestion(), below: .end, limit: 100) }.rows
        for bits in 0..<64 {
            var question = AuditQuestion()
            for (index, condition) in conditions.enumerated() where bits >> index & 1 == 1 { condition(&question) }
            let asked = question
            let found = try site.desk("proware").read { try $0.auditPage(asked, below: .end, limit: 100) }.rows
            let expected = all.filter { row in kept.indices.allSatisfy { bits >> $0 & 1 == 0 || kept[$0](row) } }
            #expect(found.map(\.place) == expected.map(\.place), "\(asked)")
            #expect(!found.isEmpty)
        }
    }

    @Test(arguments: [1, 2, 3, 7])
    func `turning pages shows every row once, also where a window holds none that fits`(_ window: Int) throws {
        let ana = try site.add("ana@proware.example", as: .technician(level: 1))
        for index in 0..<20 {
            // A clock that was set back, and rows of the same second.
            try record(index.isMultiple(of: 5) ? .exported : .loggedIn, by: ana, at: site.clock.now - index % 3 * 60)
        }
        let question = AuditQuestion(act: .exported, actor: ana)
        var places: [AuditPlace] = []
        var place = AuditPlace.end
        for _ in 0..<100 {
            let below = place
            let page = try site.desk("proware").read {
                try $0.auditPage(question, below: below, limit: 2, window: window)
            }
            places += page.rows.map(\.place)
            guard let older = page.older else { break }
            place = older
        }
        #expect(places.count == 4 && Set(places.map(\.id)).count == 4)
        #expect(places.map(\.at) == places.map(\.at).sorted(by: >))
    }

    // MARK: The page

    @Test func `fifty rows are a page, and the next ones are older`() throws {
        for index in 0..<120 { try record(.noteAdded, "note:\(index)", at: site.clock.now - 200 + index) }
        var path = "/admin/audit?act=note.add"
        var seen: [String] = []
        for count in [50, 50, 20] {
            let text = try admin.get(path).text
            let subjects = text.matches(of: /note:(\d+)/).map { String($0.1) }
            #expect(subjects.count == count)
            seen += subjects
            if let next = text.firstMatch(of: /href="([^"]*)" rel="next"/) {
                path = String(next.1).replacing("&amp;", with: "&")
            } else {
                #expect(count == 20)
            }
        }
        #expect(seen == (0..<120).reversed().map { String($0) })
    }

    @Test func `a row is told in words, with the names of those whom it concerns`() throws {
        let one = try site.addOrganization("Almacenes Uno")
        let ana = try site.add("ana@proware.example", as: .technician(level: 1), name: "Ana <b>Ruiz</b>")
        try record(.personChanged, by: ana, "person:\(ana)", of: one, before: "Nombre: <i>A", after: "Nombre: B")
        try record(.organizationRead, "organization:\(one)", of: one)
        let text = try admin.get("/admin/audit").text
        for words in [
            "Cambió los datos de una persona", "Ana &lt;b&gt;Ruiz&lt;/b&gt;", "Consultó los datos de una organización",
            "Almacenes Uno", "Alguien sin sesión", "Nombre: &lt;i&gt;A", "192.0.2.9",
            "datetime=\"2026-11-16T15:00:00Z\"",
        ] { #expect(text.contains(words), "\(words)") }
        #expect(!text.contains("<b>Ruiz") && !text.contains("<i>A"))
        let english = try admin.get("/admin/audit?lang=en").text
        #expect(english.contains("Changed a person&#39;s data") || english.contains("Changed a person's data"))
    }

    @Test func `every act has its words in both languages`() throws {
        for words in try [TestWords.read(.es), TestWords.read(.en)] {
            for act in AuditEntry.Act.allCases {
                let key = "audit.act.\(act.rawValue)"
                #expect(words.text(key) != key && !words.text(key).isEmpty, "\(key)")
            }
        }
    }

    @Test func `who is found by a name, an address or a number; several are offered`() throws {
        let ana = try site.add("ana@proware.example", as: .technician(level: 1), name: "Ana Ruiz")
        let other = try site.add("ana.gil@proware.example", as: .technician(level: 1), name: "Ana Gil")
        try record(.noteAdded, by: ana)
        try record(.noteAdded, by: other)
        for (who, count) in [
            ("ruiz", 1), ("RUÍZ", 1), ("ana@proware.example", 1), ("%23\(ana)", 1), ("gil", 1), ("ana", 0),
            ("nadie", 0),
            ("%22", 0), ("*", 0), ("%23999", 0), ("a%22%20OR%20*", 0), ("'", 0),
        ] {
            #expect(
                try rows("?act=note.add&who=\(PercentCoding.encode(queryComponent: who).replacing("%25", with: "%"))")
                    == count, "\(who)")
        }
        let text = try admin.get("/admin/audit?who=ana&act=note.add").text
        #expect(text.contains("who=%23\(ana)") && text.contains("act=note.add"))
        #expect(try admin.get("/admin/audit?who=nadie").text.contains("Nadie se llama así"))
    }

    @Test func `days are the reader's own`() throws {
        // 16 November 2026, 10:00 in Bogotá: midnight there is 5:00 UTC.
        let midnight = TestSite.monday - 10 * 3600
        try record(.noteAdded, at: midnight - 1)
        try record(.noteAdded, at: midnight)
        try record(.noteAdded, at: midnight + 86_399)
        try record(.noteAdded, at: midnight + 86_400)
        for (query, count) in [
            ("from=2026-11-16", 3), ("to=2026-11-16", 3), ("from=2026-11-16&to=2026-11-16", 2), ("to=2026-11-15", 1),
            ("from=2026-11-18", 0), ("from=2026-11-17&to=2026-11-16", 0), ("from=9999-12-31", 0), ("to=0001-01-01", 0),
        ] {
            #expect(try rows("?act=note.add&\(query)") == count, "\(query)")
        }
        for wrong in ["from=2026-02-30", "to=9999-12-31", "from=ayer", "to=2026-11-16T00:00"] {
            let answer = try admin.get("/admin/audit?\(wrong)")
            #expect(answer.status == 422 && answer.text.contains("-error\""), "\(wrong)")
        }
    }

    @Test(arguments: ["x", "1", "1-", "-1", "1-2-3", "1--2", "99999999999999999999-1", "%2B1-1"])
    func `a place that is none is not found`(_ below: String) throws {
        #expect(try admin.get("/admin/audit?below=\(below)").status == 404)
    }

    // MARK: Reading is told

    @Test func `reading the trail is told once an hour, however often`() throws {
        func told() throws -> Int { try rows("?act=audit.read") }
        for _ in 0..<5 { _ = try admin.get("/admin/audit") }
        #expect(try eventually { try told() == 1 })
        site.clock.now += 3599
        #expect(try told() == 1)
        site.clock.now += 2
        _ = try told()
        #expect(try eventually { try told() == 2 })
    }

    @Test func `opening a letter is told once an hour`() throws {
        let id = try site.enqueue(site.letter())
        for _ in 0..<3 { #expect(try admin.get("/admin/mail/\(id)").status == 200) }
        #expect(try eventually { try rows("?act=mail.read") == 1 })
        #expect(try admin.get("/admin/audit?act=mail.read").text.contains("Correo \(id)"))
    }

    @Test func `nobody but an admin reads it`() throws {
        let one = try site.addOrganization("Uno")
        try site.add("tec@proware.example", as: .technician(level: 3), isLead: true)
        try site.add("cli@proware.example", of: one, isManager: true)
        for email in ["tec@proware.example", "cli@proware.example"] {
            let browser = try Browser(site, "proware", as: email)
            for path in ["/admin/audit", "/admin/audit/export", "/admin", "/admin/settings"] {
                #expect(try browser.get(path).status == 404, "\(email) \(path)")
            }
        }
    }

    // MARK: Export

    private func export(_ query: String = "") throws -> [String] {
        let answer = try admin.get("/admin/audit/export" + query)
        guard case .stream(let stream) = answer.response.body else { return [] }
        var bytes: [UInt8] = []
        while let piece = try stream.next() { bytes += piece }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    @Test func `the table holds every row that fits, and its making is told`() throws {
        for index in 0..<1203 { try record(.noteAdded, "=SUM(\(index))", at: site.clock.now - index) }
        try record(.exported)
        let lines = try export("?act=note.add")
        #expect(lines.count == 1204)
        #expect(Set(lines.dropFirst()).count == 1203)
        #expect(!lines.contains { $0.contains(",=SUM") })
        let text = try admin.get("/admin/audit?act=export").text
        #expect(text.contains("Acto: note.add"))
        #expect(try admin.get("/admin/audit/export?who=nadie").status == 404)
    }

    @Test func `an export is bounded`() throws {
        #expect(AuditExport.mostRows == 50_000)
        let now = site.clock.now
        try site.desk("proware").write { connection in
            try connection.execute(
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50300)
                INSERT INTO audit (at, act, subject, outcome, address) SELECT ?, 'note.add', i, 'done', '' FROM n
                """, now)
        }
        #expect(try export("?act=note.add").count == 50_001)
    }

    // MARK: A customer's own

    @Test func `a customer sees who of the staff accessed his organization's data, and nothing else`() throws {
        let one = try site.addOrganization("Almacenes Uno")
        let two = try site.addOrganization("Otra Dos")
        let ana = try site.add("ana@proware.example", as: .technician(level: 1), name: "Ana Ruiz")
        let cli = try site.add("cli@proware.example", name: "Clara", of: one)
        try record(.organizationRead, by: ana, "organization:\(one)", of: one)
        try record(.organizationChanged, by: ana, "organization:\(two)", of: two, after: "CANARIO")
        try record(.personChanged, by: cli, "person:\(cli)", of: one, after: "PROPIO")
        try record(.personRead, by: ana, "person:\(cli)", of: one, isDone: false)
        try record(.noteAdded, by: ana)
        let text = try Browser(site, "proware", as: "cli@proware.example").get("/organization/accesses").text
        #expect(text.contains("Ana Ruiz") && text.contains("Consultó los datos de una organización"))
        #expect(text.matches(of: /<tr role="row"><th role="rowheader"/).count == 1)
        for hidden in ["CANARIO", "PROPIO", "192.0.2.9", "ana@proware.example", "Otra Dos"] {
            #expect(!text.contains(hidden), "\(hidden)")
        }
        #expect(try admin.get("/organization/accesses").status == 404)
    }

    @Test func `another tenant's trail is another file`() throws {
        try record(.noteAdded, "CANARIO-SERES", to: "seres")
        #expect(try !admin.get("/admin/audit").text.contains("CANARIO-SERES"))
    }
}
