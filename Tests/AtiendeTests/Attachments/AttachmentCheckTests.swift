// What `atiende check` says of attachments.

import Foundation
import SQL
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct AttachmentCheckTests {
    private func stored(_ desk: FileDesk) -> [String] {
        let files = desk.site.tenantFolder("proware") + "/files"
        let names = FileManager.default.enumerator(atPath: files)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.count == 65 }.map { files + "/" + $0 }
    }

    private func check(_ desk: FileDesk) throws -> AttachmentCheck {
        try AttachmentCheck(of: TenantFolder(path: desk.site.tenantFolder("proware")))
    }

    @Test func `a file that was changed or is gone is damage`() throws {
        let desk = try FileDesk()
        let kept = try desk.send("a.txt", [1, 2, 3], by: desk.adriana)
        _ = try desk.openTicket(files: [kept.id])
        #expect(try check(desk).damage.isEmpty && check(desk).orphans.isEmpty)
        let path = try #require(stored(desk).first)
        try Data([1, 2, 4]).write(to: URL(fileURLWithPath: path))
        #expect(try check(desk).damage.first?.contains("damaged") == true)
        try FileManager.default.removeItem(atPath: path)
        #expect(try check(desk).damage.first?.contains("missing") == true)
        #expect(try CheckCommand.findings(below: desk.site.folder / "data").count == 1)
    }

    @Test func `an upload that was cut off between the file and its row is told, and no damage`() throws {
        let desk = try FileDesk()
        _ = try desk.send("a.txt", [1, 2, 3], by: desk.adriana)
        try desk.tickets.desk.write { try $0.execute("DELETE FROM attachment") }
        let check = try check(desk)
        #expect(check.damage.isEmpty && check.orphans == stored(desk))
    }
}
