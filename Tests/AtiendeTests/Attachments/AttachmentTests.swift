// What is sent with a form: kept, bounded, named, and served to nobody but whom it concerns (security.md 3, 7–9).

import Foundation
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct AttachmentTests {
    /// Name as sent, bytes, type as served, whether it may be shown in a page.
    private static let files: [(String, [UInt8], String, Bool)] = [
        ("captura.png", Sample.png(640, 480), "image/png", true),
        ("foto.jpg", Sample.jpeg(12, 9), "image/jpeg", true),
        ("baile.gif", Sample.gif(3, 4), "image/gif", true),
        // Not what they are called.
        ("captura.png", Sample.page, "application/octet-stream", false),
        ("pagina.html", Sample.page, "application/octet-stream", false),
        ("dibujo.svg", Sample.drawing, "application/octet-stream", false),
        ("datos.xml", Array("<?xml version=\"1.0\"?><a/>".utf8), "application/octet-stream", false),
        (".htaccess", Array("AddType text/html .png".utf8), "application/octet-stream", false),
        ("acta.pdf", Array("%PDF-1.7\n<script>".utf8), "application/pdf", false),
        ("libro.xlsx", Array("PK\u{3}\u{4}".utf8) + [0, 0, 0], "application/zip", false),
        // Two things at once.
        ("foto.png", Sample.png() + Sample.page, "application/octet-stream", false),
        (
            "foto.gif", Array("GIF89a/*".utf8) + [0, 0, 0, 0] + Array("*/=1;alert(1)".utf8), "application/octet-stream",
            false
        ),
        ("foto.jpg", Sample.jpeg(5, 5) + Array("PK\u{3}\u{4}".utf8), "application/octet-stream", false),
        // A picture that would fill a reader's memory.
        ("bomba.png", Sample.png(60_000, 60_000), "application/octet-stream", false),
        ("corta.png", Array(Sample.png().prefix(30)), "application/octet-stream", false),
        ("x", [0], "application/octet-stream", false),
    ]

    @Test func `a file is served as what its bytes are, and runs nothing`() throws {
        let desk = try FileDesk()
        for (name, bytes, type, isShown) in Self.files {
            let kept = try desk.send(name, bytes, by: desk.adriana)
            #expect(kept.type == type, "\(name)")
            let answer = try desk.adriana.get(kept.path)
            try #require(answer.status == 200)
            guard case .file(let body) = answer.response.body else {
                Issue.record("\(name) is no file")
                continue
            }
            #expect(body.type == type && body.size == bytes.count)
            #expect(answer.field("Content-Security-Policy") == "sandbox; default-src 'none'")
            #expect(answer.field("Cache-Control") == "private, no-store")
            let disposition = try #require(answer.field("Content-Disposition"))
            #expect(disposition.hasPrefix(isShown ? "inline; " : "attachment; "), "\(name): \(disposition)")
            let path = desk.site.tenantFolder("proware") + "/files/"
            let stored = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
            #expect(stored.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{2}(\/[0-9a-f]{62})?/) != nil })
        }
    }

    /// As sent, as shown.
    private static let names: [(String, String)] = [
        ("../../etc/passwd", "passwd"),
        ("C:\\datos\\informe.txt", "informe.txt"),
        ("factura\u{202E}fdp.exe", "facturafdp.exe"),
        ("in\u{200B}for\u{200D}me.p\u{200B}hp", "informe.php"),
        ("nota\u{AD}\u{FEFF}.txt...  ", "nota.txt"),
        ("...", "archivo"),
        ("\u{200B}", "archivo"),
        ("a%0D%0AX-Malo: si.png", "aX-Malo: si.png"),
        ("familia👨‍👩‍👧.png", "familia👨‍👩‍👧.png"),
        ("%22><img src=x onerror=alert(1)>.png", "\"><img src=x onerror=alert(1)>.png"),
        ("informe.PDF", "informe.PDF"),
    ]

    @Test(arguments: names) func `a name is made fit to be shown, and stays within its field of the header`(
        _ sent: String, _ shown: String
    ) throws {
        let desk = try FileDesk()
        let kept = try desk.send(sent, [1], by: desk.adriana)
        #expect(kept.name == shown)
        let disposition = try #require(try desk.adriana.get(kept.path).field("Content-Disposition"))
        #expect(disposition.utf8.allSatisfy { 0x20...0x7E ~= $0 })
        #expect(disposition.filter { $0 == "\"" }.count == 2, "\(disposition)")
        let coded = try #require(disposition.split(separator: "filename*=UTF-8''").last)
        #expect(String(coded).removingPercentEncoding == shown)
    }

    @Test func `a name of more bytes than a file may have is cut`() throws {
        let desk = try FileDesk()
        let kept = try desk.send(String(repeating: "ñ", count: 1000), [1], by: desk.adriana)
        #expect(kept.name.utf8.count <= 255 && !kept.name.isEmpty)
    }

    @Test func `what is empty, too large or too much is refused in words and the rest is kept`() throws {
        let desk = try FileDesk()
        let large = [UInt8](repeating: 7, count: 31 * 1024 * 1024)
        let sent = try desk.send(
            [("vacio.txt", []), ("bien.txt", [1, 2]), ("grande.bin", large)], by: desk.adriana)
        #expect(sent.kept.map(\.name) == ["bien.txt"])
        #expect(sent.faults.count == 2)
        #expect(sent.faults.contains { $0 == "grande.bin pesa 31 MB; el máximo es 30 MB" }, "\(sent.faults)")
        let many = try desk.send((0..<12).map { ("n\($0).txt", [UInt8($0 + 1)]) }, by: desk.adriana)
        #expect(many.kept.count == AttachmentLimits.mostFiles && many.faults.count == 2)
    }

    @Test func `a tenant keeps no more than its quota, and the same bytes take room once`() throws {
        let desk = try FileDesk()
        desk.site.installation.attachmentQuota.value = 10
        let first = try desk.send([("a.txt", [1, 2, 3, 4, 5, 6])], by: desk.adriana)
        #expect(first.kept.count == 1)
        #expect(try desk.send([("b.txt", [6, 5, 4, 3, 2, 1])], by: desk.bruno).faults.count == 1)
        #expect(try desk.send([("c.txt", [1, 2, 3, 4, 5, 6])], by: desk.bruno).kept.count == 1)
        #expect(try desk.tickets.desk.read { try $0.attachmentBytes() } == 6)
    }

    @Test func `whoever sends the form again finds his files, and can take one back`() throws {
        let desk = try FileDesk()
        let sent = try desk.send([("a.txt", [1]), ("b.txt", [2])], by: desk.adriana).kept
        let again = try desk.send([], by: desk.adriana, sent.map { ("kept", $0.token) })
        #expect(again.kept.map(\.name) == ["a.txt", "b.txt"] && again.faults.isEmpty)
        let form = sent.map { ("kept", $0.token) } + [("remove", sent[0].token)]
        let answer = try desk.adriana.upload("/test/files", form, files: [("c.txt", [3])])
        #expect(answer.text.contains("b.txt") && answer.text.contains("c.txt") && answer.text.contains("editing"))
        #expect(!answer.text.contains("a.txt"))
        #expect(try desk.adriana.get(sent[0].path).status == 404)
    }

    @Test func `nobody takes up, takes back or binds a file of somebody else`() throws {
        let desk = try FileDesk()
        let kept = try desk.send("secreto.txt", [1], by: desk.adriana)
        let taken = try desk.send([], by: desk.bruno, [("kept", kept.token), ("remove", kept.token + "x")])
        #expect(taken.kept.isEmpty && taken.faults.count == 1)
        _ = try desk.send([], by: desk.bruno, [("remove", kept.token)])
        #expect(try desk.adriana.get(kept.path).status == 200)
        let (file, lucia) = (kept.id, desk.people["lucia"])
        #expect(lucia != nil)
        #expect(throws: Refusal.self) { try desk.openTicket { work in try work.answer("Hola", files: [file]) } }
        #expect(try desk.adriana.get(kept.path).status == 200)
    }
}
