// A whole site without sockets: real SQLite in a fresh folder, the repository's own pages, a clock that stands. A request
// goes as raw bytes through the parser, the gate, the reader of bodies and the handler.

import Foundation
import Markup
import SLA
import SQL
import Synchronization
import Testing

@testable import Atiende
@testable import HTTP

/// A folder of its own under the system's temporary one; it goes with the last reference.
final class TemporaryFolder: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "atiende-\(UUID())").path

    init() { mkdir(path, 0o700) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    static func / (folder: TemporaryFolder, name: String) -> String { folder.path + "/" + name }
}

/// A log that writes to a file, to be read again.
struct TestLog: Sendable {
    let log: Log
    let path: String

    init(_ path: String, writesAccess: Bool = true) {
        self.path = path
        // As long as the process, like the descriptor of any log.
        log = Log(descriptor: open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600), writesAccess: writesAccess)
    }

    var text: String {
        log.flush(within: 60)
        return String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    var lines: [String] { text.split(separator: "\n").map(String.init) }
}

/// What came back: the status, the fields of the handler, the page.
struct Answer: Sendable {
    let response: Response
    /// Where the handler was told to run; nil when the gate answered by itself.
    let place: Place?

    var status: Int { Int(response.status.code) }
    func field(_ name: String) -> String? { fields(name).first }
    func fields(_ name: String) -> [String] { response.fields.filter { "\($0.name)" == name }.map(\.value) }

    var text: String {
        guard case .bytes(let bytes, _) = response.body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The language that the page says it is written in.
    var language: String? { text.firstMatch(of: /<html lang="([^"]*)"/).map { String($0.1) } }
}

final class TestSite: Sendable {
    static let resources = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
    /// Monday 16 November 2026, 10:00 in Bogotá.
    static let monday = 1_794_841_200

    let folder: TemporaryFolder
    let installation: Installation
    let site: Site
    let gate: Gate
    let log: TestLog
    let proxies: TrustedProxies
    let clock: TestClock
    private let number = Atomic<UInt64>(1)

    /// Read once for all sites: they do not change while tests run.
    private static let pages = Result { try read(isForDevelopment: false) }

    private static func read(isForDevelopment: Bool) throws -> Resources {
        let log = Log(descriptor: STDERR_FILENO, writesAccess: false, isQuiet: true)
        return try Resources(resources, isForDevelopment: isForDevelopment, log: log)
    }

    /// Two tenants at least, so that what belongs to one and shows with the other is seen.
    init(
        tenants: [String] = ["proware", "seres"], in folder: TemporaryFolder = TemporaryFolder(),
        now: Int = TestSite.monday, openDesks: Int = 16, isForDevelopment: Bool = false, trusting: String? = nil,
        siteRoutes: [Route] = [], tenantRoutes: [Route] = [], onFatal: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        self.folder = folder
        log = TestLog(folder / "log")
        installation = try Installation(root: folder / "data", log: log.log, openDesks: openDesks, onFatal: onFatal)
        let clock = TestClock(now)
        let pages = isForDevelopment ? Result { try Self.read(isForDevelopment: true) } : Self.pages
        site = Site(
            installation, try pages.get(), metricsReaders: .thisMachine, passwordCost: .quick, clock: { clock.now })
        gate = Gate(site, siteRoutes: siteRoutes, tenantRoutes: tenantRoutes)
        proxies = try trusting.map { try TrustedProxies($0) } ?? TrustedProxies()
        self.clock = clock
        for name in tenants where try !installation.tenants().contains(where: { $0.slug.rawValue == name }) {
            try create(name)
        }
    }

    func create(_ name: String) throws {
        let contract = Contract.named(name) ?? .bizflow
        try installation.create(
            #require(Slug(rawValue: name)), name: contract.provider, from: contract, timeZone: contract.timeZone)
    }

    func tenant(_ name: String) throws -> Tenant {
        try #require(try installation.tenants().first { $0.slug.rawValue == name })
    }

    func desk(_ name: String) throws -> Desk { try installation.desk(of: tenant(name)) }
    func tenantFolder(_ name: String) -> String { folder / "data/tenants/\(name)" }

    /// As when the server is stopped; another site may be made in the same folder once this one is gone.
    func close() { installation.close() }

    // MARK: Requests

    func get(_ target: String, _ fields: KeyValuePairs<String, String> = [:]) throws -> Answer {
        try send("GET", target, fields)
    }

    /// A form of somebody who is not in, sealed as its page would have done it.
    func post(
        _ target: String, _ form: KeyValuePairs<String, String> = [:], _ fields: KeyValuePairs<String, String> = [:]
    ) throws -> Answer {
        var form = form.map { ($0.key, $0.value) }
        var fields = fields.map { ($0.key, $0.value) }
        if !form.contains(where: { $0.0 == "csrf" }) {
            let secret = String(repeating: "5a", count: 32)
            form += [("csrf", try FormSeal(secret: secret).text), ("key", try Random.identifier())]
            let slugs = try installation.tenants().map(\.slug.rawValue)
            let names = slugs.flatMap { ["form-\($0)", "__Host-form-\($0)"] }
            fields.append(("Cookie", names.map { "\($0)=\(secret)" }.joined(separator: "; ")))
        }
        let body = form.map {
            PercentCoding.encode(queryComponent: $0.0) + "=" + PercentCoding.encode(queryComponent: $0.1)
        }.joined(separator: "&")
        return try send("POST", target, fields: fields, form: body)
    }

    func send(
        _ method: String, _ target: String, _ fields: KeyValuePairs<String, String> = [:], form: String? = nil,
        from peer: Peer? = nil
    ) throws -> Answer {
        try send(method, target, fields: fields.map { ($0.key, $0.value) }, form: form, from: peer)
    }

    func send(
        _ method: String, _ target: String, fields: [(String, String)], form: String? = nil, from peer: Peer? = nil
    ) throws -> Answer {
        var head = "\(method) \(target) HTTP/1.1\r\n"
        if !fields.contains(where: { $0.0 == "Host" }) { head += "Host: atiende.example\r\n" }
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if let form {
            head += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(form.utf8.count)\r\n"
        }
        let visitor = try #require(IPAddress("192.0.2.7"))
        return try send(raw: head + "\r\n", form: form, from: peer ?? .internet(visitor))
    }

    func send(raw head: String, form: String? = nil, from peer: Peer) throws -> Answer {
        try send(raw: head, body: form.map { Array($0.utf8) }, from: peer)
    }

    func send(raw head: String, body: [UInt8]?, from peer: Peer) throws -> Answer {
        var parser = RequestParser(limits: Limits())
        var request = try #require(try Array(head.utf8).withUnsafeBytes { try parser.parse($0) }).request
        request.id = number.wrappingAdd(1, ordering: .relaxed).newValue
        request.origin = proxies.origin(of: request, from: peer)
        switch gate.receive(request) {
        case .answer(let response): return Answer(response: response, place: nil)
        case .serve(let rule, let place, let handler):
            if let body {
                var reader = try BodyReader(request, rule, Limits())
                _ = try body.withUnsafeBytes { try reader.receive($0) }
                request.body = try reader.finish()
            }
            return Answer(response: Self.await(handler(request)), place: place)
        }
    }
}

extension TestSite {
    /// The response itself, where it comes later.
    private static func await(_ response: Response) -> Response {
        guard case .later(let later) = response.body else { return response }
        let kept = Mutex<Response?>(nil)
        let isKept = DispatchSemaphore(value: 0)
        later.start { answer in
            kept.withLock { $0 = answer }
            isKept.signal()
        }
        isKept.wait()
        return kept.withLock { $0 }?.fulfilling(response) ?? response
    }
}

extension Desk {
    /// Waits for what `submit` tells.
    func submit(
        _ key: SubmissionKey, at instant: Int, _ body: @escaping @Sendable (SQL.Connection) throws -> String
    ) throws(Refusal) -> String {
        let told = Mutex<Result<String, Refusal>>(.failure(.notFound))
        let isTold = DispatchSemaphore(value: 0)
        submit(key, at: instant, body) { result in
            told.withLock { $0 = result }
            isTold.signal()
        }
        isTold.wait()
        return try told.withLock { $0 }.get()
    }
}

/// A clock that moves when it is told to.
final class TestClock: Sendable {
    private let seconds: Atomic<Int>

    init(_ now: Int) { seconds = Atomic(now) }

    var now: Int {
        get { seconds.load(ordering: .relaxed) }
        set { seconds.store(newValue, ordering: .relaxed) }
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
