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

final class Program: Sendable {
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

    let id: pid_t
    private let output: Reader
    private let errors: Reader
    private let ending = Mutex<Int32?>(nil)

    /// - Parameter shell: Words of a shell to be run before the program takes its place.
    init(
        _ words: [String], _ variables: [String: String] = [:], program: String = Program.path, shell: String = ":",
        folder: String = Program.repository
    ) throws {
        // What other tests have open at this moment is not the program's, and would count against its limit.
        let alone = "for n in $(ls /proc/self/fd); do [ $n -lt 3 ] || eval \"exec $n>&-\"; done"
        let script = "\(alone); cd \"$1\" || exit; shift; \(shell); exec \"$@\""
        let environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("ATIENDE_") }
            .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }.merging(variables) { $1 }
        let (id, out, err) = try Self.spawn(
            ["/bin/bash", "-c", script, "bash", folder, program] + words, environment.map { "\($0.key)=\($0.value)" })
        self.id = id
        output = Reader(out)
        errors = Reader(err)
    }

    /// One at a time: a pipe's end that another child inherited would never come to its end.
    private static let spawning = Mutex(())

    private static func spawn(_ words: [String], _ variables: [String]) throws -> (pid_t, Int32, Int32) {
        try spawning.withLock { _ in
            var (out, err): ([Int32], [Int32]) = ([0, 0], [0, 0])
            try #require(pipe(&out) == 0 && pipe(&err) == 0)
            for end in out + err { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            posix_spawn_file_actions_adddup2(&actions, out[1], 1)
            posix_spawn_file_actions_adddup2(&actions, err[1], 2)
            var arguments = words.map { strdup($0) } + [nil]
            var environment = variables.map { strdup($0) } + [nil]
            defer {
                (arguments + environment).forEach { free($0) }
                posix_spawn_file_actions_destroy(&actions)
                close(out[1])
                close(err[1])
            }
            var id = pid_t()
            try #require(posix_spawn(&id, words[0], &actions, nil, &arguments, &environment) == 0)
            return (id, out[0], err[0])
        }
    }

    deinit {
        guard isRunning else { return }
        kill(id, SIGKILL)
        waitpid(id, nil, 0)
    }

    var isRunning: Bool { status == nil }

    /// The exit status, or the negative number of the signal that ended it; nil while it runs.
    private var status: Int32? {
        ending.withLock { known in
            var code: Int32 = 0
            if known == nil, waitpid(id, &code, WNOHANG) == id {
                known = code & 0x7F == 0 ? code >> 8 & 0xFF : -(code & 0x7F)
            }
            return known
        }
    }

    /// All that a program says which ends by itself.
    static func run(
        _ words: [String], _ variables: [String: String] = [:], program: String = Program.path,
        folder: String = Program.repository
    ) throws -> (status: Int32, output: String, errors: String) {
        let program = try Program(words, variables, program: program, folder: folder)
        let status = program.wait()
        return (status, program.output.all(), program.errors.all())
    }

    var said: String { output.soFar }
    var complained: String { errors.soFar }

    func send(_ signal: Int32) { kill(id, signal) }

    /// The exit status, or the negative number of the signal that ended it; -1000 when it does not end.
    @discardableResult
    func wait() -> Int32 { eventually { !isRunning } ? status ?? -1000 : -1000 }

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

    init(_ descriptor: Int32) {
        ended.enter()
        Thread.detachNewThread { [self] in
            var piece = [UInt8](repeating: 0, count: 65_536)
            while case let count = read(descriptor, &piece, piece.count), count > 0 {
                bytes.withLock { $0.append(contentsOf: piece[..<count]) }
            }
            close(descriptor)
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
