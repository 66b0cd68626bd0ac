// Hostile text in every field of a ticket: wherever it is read again (pages of both sides, searches, lists, letters, tables,
// files) it is text and nothing else (security.md §1, the vectors of stored XSS).

import Foundation
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct TicketVectorTests {
    private static let vectors = [
        #"<script>alert(1)</script>"#, #""><img src=x onerror=alert(1)>"#, #"'><svg onload=alert(1)>"#,
        #"<details open ontoggle=alert(1)>"#, #"javascript:alert(1)"#, #"JaVaScRiPt&colon;alert(1)"#,
        #"data:text/html,<script>alert(1)</script>"#, #"</title><script>alert(1)</script>"#,
        #"</textarea><script>alert(1)</script>"#, #"</script><script>alert(1)</script>"#, #"{{7*7}} ${7*7} <%=7*7%>"#,
        #"<a href="//evil" target=_blank>x</a>"#, #"[x](javascript:alert(1)) ![x](x"onerror=alert(1))"#,
        #"<style>@import'//evil'</style>"#, #"<form action=//evil><input name=password>"#, #"<base href=//evil>"#,
        #"<iframe srcdoc="<script>alert(1)</script>">"#, "factura\u{202E}fdp.exe", #"=cmd|' /C calc'!A0"#, "+1+1",
        "-1+1",
        "@SUM(1)", "../../etc/passwd", "..\\..\\x", "a\r\nBcc: malo@evil.example\r\n\r\n<b>",
        "=?UTF-8?B?PHNjcmlwdD4=?=",
        "https://ok.example/\"onmouseover=alert(1) https://evil.example/'><img src=x>", "&quot;&lt;b&gt;&#0;&amp;",
        "\" OR 1=1 -- '; DROP TABLE ticket; --", "NEAR(a b) * ^a {shown}: x", "<!--", "<![CDATA[x]]>",
        "\u{2028}<b>\u{2029}</b>", "ﬁn <\u{200B}script>", String(repeating: "<", count: 1900),
    ]

    private static let written = Result {
        var site = try VectorSite()
        for vector in vectors { try site.write(vector) }
        return site
    }

    private let site: VectorSite

    init() throws { site = try Self.written.get() }

    private func look(_ answer: Answer, _ place: String) {
        #expect(answer.status < 500, "\(place): \(answer.status)")
        for line in answer.head {
            #expect(line.unicodeScalars.allSatisfy { 0x20..<0x7F ~= $0.value }, "\(place): \(line)")
        }
        if answer.isPage { PageLook(answer.text, place).expectNothingWritten() }
        guard answer.type.hasPrefix("application/json") else { return }
        #expect((try? JSON(parsing: answer.text)) != nil, "\(place)")
    }

    @Test func `no form answers with what somebody wrote as anything but text`() throws {
        #expect(site.folios.count == Self.vectors.count && site.answers.count > 1500)
        for (place, answer) in site.answers { look(answer, place) }
    }

    @Test func `no page of either side shows it as anything but text`() throws {
        var shown = 0
        for (index, folio) in site.folios.enumerated() {
            let mine = ["", "/confirmation", "?draft=1", "?face=bad"].map { "/tickets/\(folio)\($0)" }
            let ours = ["", "/presence?version=1", "/answers/1", "/answers/2"].map { "/desk/\(folio)\($0)" }
            for (browser, path) in mine.map({ (site.ana, $0) }) + ours.map({ (site.natalia, $0) }) {
                let answer = try browser.get(path)
                look(answer, "\(path) \(Self.vectors[index])")
                if answer.text.contains("&lt;script") { shown += 1 }
            }
        }
        #expect(shown > 20, "the pages show what was written: \(shown)")
    }

    @Test func `no list, search, settings page or trail shows it as anything but text`() throws {
        let searched = Self.vectors.flatMap { vector -> [String] in
            let query = PercentCoding.encode(queryComponent: String(vector.prefix(300)))
            return ["?q=\(query)", "?q=etiqueta:\(query)&sort=\(query)", "?q=\(query)&page=1"]
        }
        let staff = [
            "/queue", "/queue/resolved", "/queue/closed", "/queue/level-2", "/drafts", "/admin/answers",
            "/admin/answers/1",
            "/admin/mail", "/admin/audit", "/organizations", "/organizations/1", "/people", "/people/1", "/desk/new",
            "/",
        ]
        let customer = [
            "/", "/tickets", "/tickets?of=organization", "/tickets/new", "/drafts", "/organization/accesses",
        ]
        for path in staff + searched.flatMap({ ["/queue" + $0, "/queue/filter" + $0, "/desk/new" + $0] }) {
            look(try site.natalia.get(path), path)
        }
        for path in customer + searched.map({ "/tickets" + $0 + "&of=organization" }) {
            look(try site.ana.get(path), path)
        }
        let text = try site.ana.get("/tickets?of=organization").text
        #expect(text.contains("&lt;"))
    }

    @Test func `no letter says it in its head, nor as anything but text in its page`() throws {
        let letters = try site.work.site.letters()
        #expect(letters.count > 300)
        for (index, letter) in letters.enumerated() {
            PageLook(letter.html, "letter \(letter.kind)").expectNothingWritten()
            let file = try site.natalia.get("/admin/mail/\(index + 1)/file")
            guard case .bytes(let bytes, _) = file.response.body, file.status == 200 else {
                Issue.record("letter \(index + 1): \(file.status)")
                continue
            }
            // Refuses line breaks, bytes and columns that do not belong there.
            let message = try MessageReader(bytes)
            let names = Set(message.fields.map { $0.name.lowercased() })
            #expect(names.isDisjoint(with: ["bcc", "cc", "x-evil", "reply-to"]) && message.values("To").count == 1)
            look(try site.natalia.get("/admin/mail/\(index + 1)"), "mail \(index + 1)")
        }
    }

    @Test func `no cell of a table is a formula`() throws {
        let table = try site.ana.get("/tickets/export?of=organization").whole()
        #expect(table.contains("'=cmd|"))
        for line in table.split(whereSeparator: \.isNewline) {
            for cell in line.split(separator: ",") {
                let start = cell.trimmingPrefix("\"").first ?? "x"
                #expect(!"=+-@\t\r".contains(start), "\(line)")
            }
        }
    }

    @Test func `a file's head and the names in a ticket's ZIP file lead nowhere`() throws {
        let attachments = try site.work.tickets.desk.read { connection in
            try connection.query("SELECT token, name, type FROM attachment WHERE ticket IS NOT NULL") {
                (token: $0.text(0), name: $0.text(1), type: $0.text(2))
            }
        }
        #expect(attachments.count >= 9 * Self.vectors.count)
        for file in attachments {
            let answer = try site.natalia.get("/attachments/\(file.token)/x")
            look(answer, "attachment \(file.name)")
            let disposition = answer.field("Content-Disposition") ?? ""
            #expect(disposition.filter { $0 == "\"" }.count == 2 && !disposition.contains("\\"), "\(disposition)")
            #expect(disposition.hasPrefix("inline") == (file.type == "image/png"), "\(file.name)")
            #expect(
                !file.name.contains("/") && !file.name.contains("\u{202E}"), "\(file.name)"
            )
            let path = TicketFileNames.safe(file.name)
            #expect(path != ".." && path.allSatisfy { !"/\\:".contains($0) }, "\(path)")
        }
    }
}
