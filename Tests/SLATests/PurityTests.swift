// The engine stands alone: no clock, no files, no time zone of the machine can reach it.

import Foundation
import SLA
import Testing

@Suite struct PurityTests {
    @Test func `the engine imports nothing`() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let sources = tests.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
            "Sources/SLA")
        var count = 0
        for case let file as URL in try #require(
            FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        where file.pathExtension == "swift" {
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            #expect(!lines.contains { $0.split(separator: " ").contains("import") && !$0.contains("//") }, "\(file)")
            count += 1
        }
        #expect(count > 30)
    }
}
