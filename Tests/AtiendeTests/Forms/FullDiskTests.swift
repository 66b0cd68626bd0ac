// A disk that takes nothing more: the form comes back with all that was typed and with words that help, and once there is
// room again it can be sent.

import Foundation
import SQL
import Testing

@testable import Atiende
@testable import HTTP

/// A disk of its own, of so many megabytes; it goes with the last reference.
private final class SmallDisk {
    let folder = TemporaryFolder()
    private let path: String

    init?(megabytes: Int) {
        path = folder / "data"
        mkdir(path, 0o700)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m") == 0 else { return nil }
    }

    deinit { umount2(path, Int32(MNT_DETACH)) }

    func fill() {
        let file = open(path + "/filler", O_WRONLY | O_CREAT, 0o600)
        defer { close(file) }
        let block = [UInt8](repeating: 1, count: 4096)
        while write(file, block, block.count) > 0 {}
    }

    func empty() { unlink(path + "/filler") }
}

@Suite(.enabled(if: geteuid() == 0, "a disk of its own can only be mounted by root"))
struct FullDiskTests {
    private func disk() -> SmallDisk? {
        let disk = SmallDisk(megabytes: 24)
        if disk == nil {
            withKnownIssue("this system lets nobody mount", isIntermittent: true) { Issue.record("errno \(errno)") }
        }
        return disk
    }

    private func expectKept(_ answer: Answer, _ typed: [String], _ place: String) {
        #expect(answer.status == 503, "\(place): \(answer.status)")
        #expect(answer.field("Retry-After") != nil)
        #expect(answer.text.contains("No hay espacio para guardarlo en este momento"), "\(place)")
        for part in typed { #expect(answer.text.contains(part), "\(place): \(part)") }
    }

    @Test func `a report, a message, an answer and what the staff does come back as they were typed`() throws {
        guard let disk = disk() else { return }
        let work = try WorkSite(in: disk.folder)
        let folio = try work.ticket()
        let (ana, lucia) = (try work.browser("ana"), try work.browser("lucia"))
        disk.fill()
        let report = Reporter.form
        expectKept(try ana.post("/tickets/new", report), ["No suena el timbre", "Nadie oye."], "report")
        let withFile = try ana.upload("/tickets/new", report, files: [("captura.png", Sample.png())])
        #expect(withFile.status == 422 && withFile.text.contains("captura.png no se pudo guardar"))
        #expect(withFile.text.contains("No suena el timbre") && withFile.text.contains("Nadie oye."))
        let long = String(repeating: "Muy largo. ", count: 700)
        expectKept(try ana.post("/tickets/\(folio)/messages", ["body": long]), [long.trimmed], "message")
        expectKept(try lucia.post("/tickets/\(folio)/messages", ["body": long]), [long.trimmed], "answer")
        let forms: [(String, [(String, String)], String)] = [
            ("recovery", [("recovery", long)], long.trimmed),
            ("level", [("level", "2"), ("levelReason", "Supera"), ("levelDiagnosis", long)], "Supera</textarea>"),
        ]
        for (name, form, typed) in forms {
            let answer = try lucia.post("/desk/\(folio)/\(name)", form)
            expectKept(answer, [typed], name)
        }
        #expect(try ana.get("/tickets/\(folio)").status == 200, "reading goes on")
        disk.empty()
        #expect(try ana.upload("/tickets/new", report, files: [("captura.png", Sample.png())]).status == 303)
        #expect(try lucia.post("/desk/\(folio)/recovery", ["recovery": long]).status == 303)
    }

    @Test func `a stranger's report comes back as well`() throws {
        guard let disk = disk() else { return }
        let site = try TestSite(in: disk.folder)
        let stranger = Browser(site, "proware")
        #expect(try stranger.get("/report").status == 200)
        disk.fill()
        let form = [
            ("name", "Rosa Paz"), ("email", "rosa@paz.example"), ("company", "Paz y Cía"), ("kind", "support"),
            ("subject", "No entro"), ("description", "Desde hoy."),
        ]
        expectKept(try stranger.post("/report", form), ["Rosa Paz", "Desde hoy."], "stranger")
        disk.empty()
        #expect(try stranger.post("/report", form).status == 303)
    }

    @Test func `where a file finds no room on the disk what was typed beside it is taken up all the same`() throws {
        guard let disk = disk() else { return }
        let site = try TestSite(in: disk.folder)
        let organization = try site.addOrganization("Almacenes La Ceiba")
        try site.add("ana@ceiba.example", name: "Ana Ríos", of: organization)
        let ana = try Browser(site, "proware", as: "ana@ceiba.example")
        let large = [UInt8](repeating: 7, count: 28 * 1024 * 1024)
        let answer = try ana.upload("/tickets/new", Reporter.form, files: [("a.txt", [1]), ("grande.bin", large)])
        #expect(answer.status == 422)
        #expect(answer.text.contains("grande.bin no se pudo guardar") && answer.text.contains("No suena el timbre"))
        let token = try #require(answer.text.firstMatch(of: /name="kept" value="([^"]*)"/)).1
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.tenantFolder("proware") + "/incoming") == [])
        #expect(try ana.post("/tickets/new", Reporter.form + [("kept", String(token))]).status == 303)
        #expect(try site.lines("SELECT name FROM attachment WHERE ticket IS NOT NULL") == ["a.txt"])
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
