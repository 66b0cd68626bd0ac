// The built program as another process: started with words and variables, watched, ended by its own id.

import Foundation
import Synchronization
import Testing

/// A folder of its own; it goes with the last reference.
final class TemporaryFolder: Sendable {
    // Short: the path of a socket has little room.
    let path = "/tmp/atiende-\(UUID().uuidString.prefix(8))"

    init() { mkdir(path, 0o700) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    static func / (folder: TemporaryFolder, name: String) -> String { folder.path + "/" + name }
}

final class Program: @unchecked Sendable {
    // unchecked: a process is started before anybody else knows it, and then only asked and told.
    static let repository = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
    /// Beside the bundle of these tests.
    static let path: String = {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
        let folder = bundle.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        return [
            folder, folder.split(separator: "/").dropLast().map { "/" + $0 }.joined(), repository + "/.build/debug",
        ]
        .map { $0 + "/atiende" }.first { access($0, X_OK) == 0 } ?? "atiende"
    }()

    private let process = Process()
    private let output: Reader
    private let errors: Reader

    /// - Parameter shell: Words of a shell to be run before the program takes its place.
    init(
        _ words: [String], _ variables: [String: String] = [:], shell: String? = nil,
        folder: String = Program.repository
    ) throws {
        let all = [Program.path] + words
        let (out, err) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: shell == nil ? Program.path : "/bin/sh")
        process.arguments = shell.map { ["-c", $0 + "; exec \"$0\" \"$@\""] + all } ?? words
        process.currentDirectoryURL = URL(filePath: folder)
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("ATIENDE_") }
            .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }.merging(variables) { $1 }
        process.standardOutput = out
        process.standardError = err
        try process.run()
        output = Reader(out.fileHandleForReading)
        errors = Reader(err.fileHandleForReading)
    }

    deinit {
        guard process.isRunning else { return }
        kill(id, SIGKILL)
        process.waitUntilExit()
    }

    var id: pid_t { process.processIdentifier }

    /// All that a program says which ends by itself.
    static func run(
        _ words: [String], _ variables: [String: String] = [:], folder: String = Program.repository
    ) throws -> (status: Int32, output: String, errors: String) {
        let program = try Program(words, variables, folder: folder)
        let status = program.wait()
        return (status, program.output.all(), program.errors.all())
    }

    var said: String { output.soFar }
    var complained: String { errors.soFar }

    func send(_ signal: Int32) { kill(id, signal) }

    var isRunning: Bool { process.isRunning }

    /// The exit status, or the negative number of the signal that ended it; -1000 when it does not end.
    @discardableResult
    func wait() -> Int32 {
        guard eventually({ !process.isRunning }) else { return -1000 }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Processor time so far, in seconds.
    var processorSeconds: Double {
        let text = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
        let numbers = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard numbers.count > 12, let user = Double(numbers[11]), let system = Double(numbers[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}

/// Reads a pipe to its end on a thread of its own.
private final class Reader: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    private let ended = DispatchGroup()

    init(_ file: FileHandle) {
        ended.enter()
        Thread.detachNewThread { [self] in
            while case let piece = file.availableData, !piece.isEmpty {
                bytes.withLock { $0.append(contentsOf: piece) }
            }
            ended.leave()
        }
    }

    var soFar: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

    func all() -> String {
        _ = ended.wait(timeout: .now() + 60)
        return soFar
    }
}

/// Waits until something is so; false when it does not come about within a time that is long on any machine.
func eventually(within seconds: Double = 60, _ isSo: () throws -> Bool) rethrows -> Bool {
    let end = Date(timeIntervalSinceNow: seconds)
    while Date() < end {
        if try isSo() { return true }
        usleep(20_000)
    }
    return try isSo()
}
