// Figures of coming in and of many people: a log-in, the gate, and the lists of a tenant with 100,000 people.

import Dispatch
import Glibc
import Synchronization

enum PeopleFigures {
    static let password = "girasol-lento-42"
    static let email = "elena@bench.example"

    /// A server with an admin in its tenant.
    private static func start(people: Int = 0) -> BenchServer.Running? {
        guard let server = BenchServer.start(rows: 100) else { return nil }
        let said = server.command([
            "bench-data", "--tenant", "bench", "--people", String(people), "--admin", email, "--password", password,
        ])
        guard said.hasPrefix("\(people) people") else {
            say("  bench-data: \(said)")
            server.end()
            return nil
        }
        return server
    }

    /// Comes in; the session's cookie and how long it took.
    static func logIn(_ server: BenchServer.Running, seal: String, as email: String = email) -> (
        cookie: String, seconds: Double
    )? {
        guard let client = RawClient(port: server.port, timeoutSeconds: 60) else { return nil }
        defer { client.close() }
        let body = "csrf=\(seal)&key=00&email=\(email)&password=\(password)&next=/"
        let began = seconds()
        client.send(
            "POST /t/bench/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Cookie: form-bench=\(BenchServer.visitor)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        guard let answer = client.wholeResponse(), answer.status == 303,
            let line = answer.head.first(where: { $0.hasPrefix("Set-Cookie: sid-bench=") })
        else { return nil }
        return (String(line.dropFirst(12).prefix { $0 != ";" }), seconds() - began)
    }

    // MARK: Log-in

    /// One log-in alone, then twenty at once with somebody reading pages meanwhile.
    static func logIn() -> [Figure] {
        guard let server = start() else { return [] }
        defer { server.end() }
        let seal = server.seal()
        let alone = (0..<5).compactMap { _ in logIn(server, seal: seal)?.seconds }.sorted()
        guard alone.count == 5 else { return [] }
        let quiet = slowestPage(server, for: 1) { false }
        let left = Mutex(20)
        for _ in 0..<20 {
            DispatchQueue(label: "login").async {
                _ = logIn(server, seal: seal)
                left.withLock { $0 -= 1 }
            }
        }
        let busy = slowestPage(server, for: 60) { left.withLock { $0 == 0 } }
        let delay = max(0, busy - quiet)
        return [
            Figure(
                name: "a log-in, hash and commit", reached: "\(Figures.decimal(alone[2] * 1000, 0)) ms",
                against: "100 to 500 ms", passed: (0.1...0.5).contains(alone[2])),
            Figure(
                name: "slowest page beside twenty log-ins at once",
                reached:
                    "\(Figures.decimal(busy * 1000, 1)) ms, \(Figures.decimal(delay * 1000, 1)) ms more than without",
                against: "at most 200 ms more", passed: delay <= 0.2),
        ]
    }

    /// The slowest of many pages, one after the other, until it is enough.
    private static func slowestPage(
        _ server: BenchServer.Running, for limit: Double, until isEnough: () -> Bool
    ) -> Double {
        guard let client = RawClient(port: server.port, timeoutSeconds: 60) else { return .infinity }
        defer { client.close() }
        let end = seconds() + limit
        var slowest = 0.0
        while seconds() < end, !isEnough() {
            let began = seconds()
            client.send("GET /t/bench/ HTTP/1.1\r\nHost: a\r\n\r\n")
            guard client.response()?.status == 200 else { return .infinity }
            slowest = max(slowest, seconds() - began)
            usleep(2000)
        }
        return slowest
    }

    // MARK: The gate

    /// The same short answer for anyone and for whoever is in: what lies between, in the server's own time on the
    /// processors, is the session's check and the gate.
    static func gate() -> [Figure] {
        guard let server = start() else { return [] }
        defer { server.end() }
        guard let cookie = logIn(server, seal: server.seal())?.cookie else { return [] }
        var best = (open: Double.infinity, closed: Double.infinity)
        for _ in 0..<3 {
            best.open = min(best.open, processorTime(server, "/ping", nil))
            best.closed = min(best.closed, processorTime(server, "/known", cookie))
        }
        let cost = (best.closed - best.open) * 1e6
        return [
            Figure(
                name: "session check and gate", reached: "\(Figures.decimal(cost, 1)) µs of a request",
                against: "under 20 µs", passed: cost < 20)
        ]
    }

    /// Seconds on a processor that the server takes for one request, with four connections asking.
    private static func processorTime(_ server: BenchServer.Running, _ path: String, _ cookie: String?) -> Double {
        let began = server.child.processorSeconds
        let header = cookie.map { ["-H", "Cookie: " + $0] } ?? []
        let url = "http://127.0.0.1:\(server.port)/t/bench\(path)"
        let text = output(of: ["wrk", "-t1", "-c4", "-d2s"] + header + [url])
        let spent = server.child.processorSeconds - began
        let line = text.split(separator: "\n").first { $0.contains(" requests in ") }
        guard !text.contains("Non-2xx"), let count = line?.split(separator: " ").first.flatMap({ Double($0) }),
            count > 0
        else { return .infinity }
        return spent / count
    }

    private static func median(of count: Int, _ client: RawClient, _ request: String) -> Double {
        var times: [Double] = []
        times.reserveCapacity(count)
        for _ in 0..<count {
            let began = seconds()
            client.send(request)
            guard client.response()?.status == 200 else { return .infinity }
            times.append(seconds() - began)
        }
        return times.sorted()[count / 2]
    }

    // MARK: Lists

    private static let listPaths = [
        "/people", "/people?page=1000", "/people?page=2000", "/people?q=ines", "/people?q=ines+acosta",
        "/people?q=persona99999", "/people?role=customer&page=500", "/people?state=active", "/organizations",
        "/organizations?page=40", "/organizations?q=ceiba", "/admin", "/admin/audit", "/admin/mail",
    ]

    /// Each list of a tenant with 100,000 people, as its admin sees it; the whole way there and back on this machine.
    static func lists() -> [Figure] {
        guard let server = start(people: 100_000) else { return [] }
        defer { server.end() }
        guard let cookie = logIn(server, seal: server.seal())?.cookie, let client = RawClient(port: server.port) else {
            return []
        }
        defer { client.close() }
        return listPaths.map { path in
            let time = median(of: 21, client, "GET /t/bench\(path) HTTP/1.1\r\nHost: a\r\nCookie: \(cookie)\r\n\r\n")
            return Figure(
                name: "\(path) with 100,000 people", reached: "\(Figures.decimal(time * 1000, 2)) ms",
                against: "under 20 ms", passed: time < 0.020)
        }
    }
}
