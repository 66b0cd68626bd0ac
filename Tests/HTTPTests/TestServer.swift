// A real server on 127.0.0.1 for one test, and what it told its observer.

import Dispatch
import Glibc
import HTTP
import Synchronization
import Testing

struct TestServer: Sendable {
    let server: Server
    let port: UInt16
    let log: TestLog

    /// Runs a server for the length of `body`.
    static func run<T>(
        _ configure: (inout Configuration) -> Void = { _ in },
        _ receive: @escaping @Sendable (Request) -> Reception = Exchange.receive,
        body: (TestServer) throws -> T
    ) throws -> T {
        var configuration = Configuration(addresses: [.tcp(host: "127.0.0.1", port: 0)], loops: 2, workers: 4)
        configure(&configuration)
        let log = TestLog()
        let server = try Server(configuration, application: TestApplication(receive: receive), observer: log)
        guard case .tcp(_, let port) = server.addresses[0] else {
            return try serve(TestServer(server: server, port: 0, log: log), body)
        }
        return try serve(TestServer(server: server, port: port, log: log), body)
    }

    private static func serve<T>(_ test: TestServer, _ body: (TestServer) throws -> T) throws -> T {
        test.server.start()
        defer { test.server.stop(within: 5) }
        return try body(test)
    }

    func connect() throws -> RawClient { try RawClient(port: port) }

    /// What comes back for these bytes until the server ends the connection.
    func exchange(_ request: String) throws -> String {
        let client = try connect()
        try client.send(request)
        return try client.readAll()
    }
}

private struct TestApplication: Application {
    let receive: @Sendable (Request) -> Reception

    func receive(_ request: Request) -> Reception { receive(request) }
}

/// Keeps what the server tells, for as long as the test wants to look.
final class TestLog: Observer {
    private let state = Mutex((lines: [Access](), notices: [String]()))

    func answered(_ access: Access) { state.withLock { $0.lines.append(access) } }
    func noticed(_ notice: String) { state.withLock { $0.notices.append(notice) } }

    var lines: [Access] { state.withLock(\.lines) }
    var notices: [String] { state.withLock(\.notices) }

    /// The access lines once there are `count`, or those that are there when patience ends. Each is summed up as
    /// `METHOD path status`, with the problem behind it.
    func summary(_ count: Int) -> [String] {
        eventually { lines.count >= count }
        return lines.map { access in
            let head = access.request.map { "\($0.method.name) \($0.pathText)" } ?? "-"
            return "\(head) \(access.status.code)" + (access.problem.map { ": \($0)" } ?? "")
        }
    }
}

/// Waits until something is so, at most 20 seconds; tells whether it is.
@discardableResult
func eventually(_ condition: () -> Bool) -> Bool {
    for _ in 0..<2000 {
        if condition() { return true }
        usleep(10_000)
    }
    return condition()
}

/// A gate that a handler waits at until the test opens it.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let arrivals = Atomic<Int>(0)

    /// Waits at most 20 seconds, so that a failing test ends.
    func pass() {
        arrivals.wrappingAdd(1, ordering: .relaxed)
        _ = semaphore.wait(timeout: .now() + .seconds(20))
    }

    func open(for count: Int = 1) { for _ in 0..<count { semaphore.signal() } }
    /// How many came so far.
    var visitors: Int { arrivals.load(ordering: .relaxed) }
}

/// Something that many threads write down.
final class Notes<T: Sendable>: Sendable {
    private let state = Mutex([T]())

    func add(_ note: T) { state.withLock { $0.append(note) } }
    var all: [T] { state.withLock { $0 } }
}

/// A new folder for one test.
final class TestFolder: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/http-test-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    var names: [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Writes a file and opens it as a response's body.
    func file(_ bytes: [UInt8], type: String = "application/octet-stream") -> (path: String, body: FileBody) {
        let path = "\(path)/content"
        let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        let body = FileBody(
            descriptor: descriptor, size: bytes.count, type: type, etag: "\"f1\"", lastModified: 784_111_777)
        return (path, body)
    }
}
