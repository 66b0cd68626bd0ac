import Foundation
import Testing

@testable import HTTP

@Suite struct GzipTests {
    /// What the system's own gzip makes of it.
    private func inflated(_ bytes: [UInt8]) throws -> [UInt8] {
        let directory = try TemporaryDirectory()
        try Data(bytes).write(to: URL(fileURLWithPath: directory.path + "/a.gz"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/gzip")
        process.arguments = ["-d", directory.path + "/a.gz"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return Array(try Data(contentsOf: URL(fileURLWithPath: directory.path + "/a")))
    }

    private static let contents: [[UInt8]] = [
        [], [0], Array("hola".utf8), Array(repeating: 0x61, count: 100_000),
        (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) },
    ]

    @Test(arguments: [GzipCompressor.Level.fast, .smallest], contents)
    func `what is compressed can be read by gzip`(level: GzipCompressor.Level, content: [UInt8]) throws {
        #expect(try inflated(#require(GzipCompressor(level: level).compress(content))) == content)
    }

    @Test func `one compressor gives the same again and again`() throws {
        let compressor = GzipCompressor(level: .fast)
        let first = Self.contents.map { compressor.compress($0) }
        let second = Self.contents.reversed().map { compressor.compress($0) }
        #expect(first == second.reversed())
    }

    @Test func `noise that does not shrink fits nonetheless`() throws {
        let noise = (0..<50_000).map { _ in UInt8.random(in: 0...255) }
        #expect(try inflated(#require(GzipCompressor(level: .smallest).compress(noise))) == noise)
    }
}
