// Files of a form that are not kept: of them names and sizes are told, and the fields beside them are taken.

import Foundation
import Testing

@testable import HTTP

@Suite struct LostFileTests {
    private static let form =
        "--B|Content-Disposition: form-data; name=\"asunto\"||No enciende|--B|Content-Disposition: form-data; name=\"foto\";"
        + " filename=\"../a b.png\"||12345|--B|Content-Disposition: form-data; name=\"nada\"; filename=\"\"|||--B|"
        + "Content-Disposition: form-data; name=\"vacio\"; filename=\"v.txt\"|||--B|"
        + "Content-Disposition: form-data; name=\"texto\"||uno|--B--|"

    private func read(_ reader: MultipartReader, step: Int) throws -> Form {
        let bytes = Array(Self.form.replacingOccurrences(of: "|", with: "\r\n").utf8)
        for start in stride(from: 0, to: bytes.count, by: step) {
            try bytes[start..<min(start + step, bytes.count)].withUnsafeBytes { try reader.receive($0) }
        }
        return try reader.finish()
    }

    private static let lost = [
        LostFile(field: "foto", name: "a b.png", size: 5), LostFile(field: "vacio", name: "v.txt", size: 0),
    ]

    @Test(arguments: [1, 3, 4096]) func `where nobody is to bring files they are read past`(_ step: Int) throws {
        let reader = MultipartReader(boundary: Array("B".utf8), directory: nil, dropsFiles: true, limits: Limits())
        let form = try read(reader, step: step)
        #expect(form.files.isEmpty && form.lostFiles == Self.lost)
        #expect(form["asunto"] == "No enciende" && form["texto"] == "uno")
    }

    @Test func `a form that takes no files refuses them as before`() {
        let reader = MultipartReader(boundary: Array("B".utf8), directory: nil, limits: Limits())
        #expect(throws: RequestError.self) { try read(reader, step: 4096) }
    }

    @Test(.enabled(if: geteuid() == 0, "a disk of its own can only be mounted by root"))
    func `where the disk is full the file is lost, and nothing else`() throws {
        let folder = try TemporaryDirectory()
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=64k,nr_inodes=20") == 0 else {
            withKnownIssue("this system lets nobody mount", isIntermittent: true) { Issue.record("errno \(errno)") }
            return
        }
        defer { umount2(folder.path, Int32(MNT_DETACH)) }
        _ = FileManager.default.createFile(atPath: folder.path + "/filler", contents: Data(count: 4096))
        let filler = try #require(FileHandle(forWritingAtPath: folder.path + "/filler"))
        while (try? filler.write(contentsOf: Data(count: 4096))) != nil {}
        let reader = MultipartReader(boundary: Array("B".utf8), directory: folder.path, limits: Limits())
        let form = try read(reader, step: 7)
        #expect(form.lostFiles == [Self.lost[0]])
        #expect(form.files.map(\.name) == ["v.txt"], "an empty one needs no room")
        #expect(form["asunto"] == "No enciende" && form["texto"] == "uno")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
    }
}
