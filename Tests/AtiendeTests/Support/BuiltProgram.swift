// The program itself, for tests that start it and kill it.

import Foundation

enum BuiltProgram {
    /// Beside the bundle of these tests or in its folder; nil where it was not built.
    static let url: URL? = {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
        let beside = URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("atiende")
        let built = URL(fileURLWithPath: TestSite.resources + "/.build/debug/atiende")
        return [beside, built].first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()
}
