// A ticket as a ZIP file, read by somebody else's program.

import Foundation
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct TicketFileTests {
    /// What Python's zipfile finds: `name|size` a line, after checking every checksum; then the whole text of a part.
    private func read(_ answer: Answer, _ part: String = "") throws -> [String] {
        guard case .stream(let body) = answer.response.body else {
            Issue.record("no file: \(answer.status)")
            return []
        }
        let folder = TemporaryFolder()
        var bytes: [UInt8] = []
        while let piece = try body.next() { bytes += piece }
        try Data(bytes).write(to: URL(fileURLWithPath: folder / "t.zip"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        let script = """
            import sys, zipfile
            z = zipfile.ZipFile(sys.argv[1])
            assert z.testzip() is None
            for i in z.infolist(): print(f"{i.filename}|{i.file_size}|{len(z.read(i))}")
            if sys.argv[2]: print([z.read(n) for n in z.namelist() if n.endswith(sys.argv[2])][0].decode())
            """
        process.arguments = ["-c", script, folder / "t.zip", part]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func `SE-10: the file holds the page, the events and the attachments; a customer's nothing internal`() throws
    {
        let desk = try FileDesk()
        let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        let sent = try desk.send(
            [("informe ñ.bin", large), ("../../x.txt", [1]), ("informe ñ.bin", [2])], by: desk.adriana)
        let note = try desk.send("secreto.txt", Array("CANARIO".utf8), by: desk.lucia)
        let folio = try desk.openTicket(files: sent.kept.map(\.id)) { work in
            try work.note("CANARIO interno", files: [note.id])
            try work.answer("Hola <script>alert(1)</script>")
        }
        let staff = try read(try desk.lucia.get("/tickets/\(folio)/file"), "events.json")
        #expect(staff.contains("files/1-informe ñ.bin|3000000|3000000"))
        #expect(staff.contains("files/2-x.txt|1|1") && staff.contains("files/3-informe ñ.bin|1|1"))
        #expect(staff.contains("files/4-secreto.txt|7|7") && staff.joined().contains("CANARIO interno"))
        for part in ["events.json", ".html"] {
            let lines = try read(try desk.bruno.get("/tickets/\(folio)/file"), part).joined(separator: "\n")
            #expect(!lines.contains("CANARIO") && !lines.contains("secreto"))
            #expect(lines.contains("files/1-informe ñ.bin"))
            if part == ".html" { #expect(!lines.contains("<script>") && lines.contains("href=\"files/2-x.txt\"")) }
        }
        #expect(try desk.carla.get("/tickets/\(folio)/file").status == 404)
    }

    @Test(arguments: [
        ("a/b", "a_b"), ("..", "_"), ("CON", "CON"), ("x\u{0}y", "x_y"), ("C:\\a", "C__a"), ("fin. ", "fin"),
        ("", "_"),
    ]) func `a name in the file is no path`(_ name: String, _ safe: String) {
        #expect(TicketFileNames.safe(name) == safe)
    }

    @Test func `a long name keeps its end`() {
        let name = TicketFileNames.safe(String(repeating: "é", count: 300) + ".pdf")
        #expect(name.utf8.count <= 120 && name.hasSuffix(".pdf"))
    }
}
