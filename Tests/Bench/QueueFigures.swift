// Figures of tickets: the queue of a desk with 100,000 of them beside nginx, a million beside ten thousand, searching.

import Dispatch
import Glibc
import Synchronization

enum QueueFigures {
    private static let customer = "teresa@org1.example"

    /// A server with so many tickets, and the cookie of somebody of the staff.
    private static func start(tickets: Int) -> (server: BenchServer.Running, cookie: String)? {
        guard let server = BenchServer.start(rows: 100) else { return nil }
        let said = server.command([
            "bench-data", "--tenant", "bench", "--tickets", String(tickets), "--admin", PeopleFigures.email,
            "--password", PeopleFigures.password, "--customer", customer,
        ])
        guard said.hasSuffix(", \(tickets) tickets\n"),
            let cookie = PeopleFigures.logIn(server, seal: server.seal())?.cookie
        else {
            say("  bench-data: \(said)")
            server.end()
            return nil
        }
        EscalationFigures.settle(server, "bench")
        return (server, cookie)
    }

    private static func request(_ path: String, _ cookie: String) -> String {
        "GET /t/bench\(path) HTTP/1.1\r\nHost: a\r\nCookie: \(cookie)\r\n\r\n"
    }

    private static func body(_ server: BenchServer.Running, _ path: String, _ cookie: String) -> [UInt8]? {
        guard let client = RawClient(port: server.port, timeoutSeconds: 60) else { return nil }
        defer { client.close() }
        client.send(request(path, cookie))
        guard let answer = client.response(), answer.status == 200 else { return nil }
        return answer.body
    }

    // MARK: 100,000 tickets

    static func desk() -> [Figure] {
        guard let (server, cookie) = start(tickets: 100_000), let page = body(server, "/queue", cookie) else {
            return []
        }
        defer { server.end() }
        guard let folio = String(decoding: page, as: UTF8.self).firstMatch(of: /data-folio="([^"]*)"/).map({ $0.1 })
        else { return [] }
        var figures = pageFigures("queue page of 50", "/queue", server, cookie)
        figures += pageFigures("ticket page", "/desk/\(folio)", server, cookie)
        figures += searches(server, cookie)
        figures += creation(server)
        let memory = Double(server.child.residentKilobytes) / 1024
        figures.append(
            Figure(
                name: "resident memory after all of this", reached: "\(Figures.decimal(memory, 1)) MB",
                against: "at most 200 MB", passed: memory <= 200))
        return figures
    }

    private static func pageFigures(
        _ name: String, _ path: String, _ server: BenchServer.Running, _ cookie: String
    ) -> [Figure] {
        guard let page = body(server, path, cookie), let nginx = Nginx(files: ["page.html": page]) else { return [] }
        defer { nginx.end() }
        let (ours, theirs) = LoadFigures.compare(
            "http://127.0.0.1:\(server.port)/t/bench\(path)", "http://127.0.0.1:\(nginx.port)/page.html",
            connections: 16, headers: ["Cookie: " + cookie])
        let size = Figures.decimal(Double(page.count) / 1024, 1)
        let asked = request(path, cookie)
        let slowest = Paced.percentile(99, expecting: 200, at: ours / 2, from: 16, server.port) { asked }
        return [
            LoadFigures.ratio("\(name) of 100,000, logged in (\(size) KB)", ours, theirs, atLeast: 0.12),
            Figure(
                name: "\(name), p99 at half that load", reached: "\(Figures.decimal(slowest * 1000, 2)) ms",
                against: "at most 10 ms", passed: slowest <= 0.010),
        ]
    }

    private static func searches(_ server: BenchServer.Running, _ cookie: String) -> [Figure] {
        [("a common word", "factura", 0.020), ("a rare word", "zq4242x", 0.003)].map { name, word, limit in
            let time = median(of: 51, server, "/queue?q=\(word)", cookie)
            return Figure(
                name: "search for \(name) among 100,000 tickets", reached: "\(Figures.decimal(time * 1000, 2)) ms",
                against: "at most \(Int(limit * 1000)) ms", passed: time <= limit)
        }
    }

    private static func median(
        of count: Int, _ server: BenchServer.Running, _ path: String, _ cookie: String
    ) -> Double {
        guard let client = RawClient(port: server.port, timeoutSeconds: 60) else { return .infinity }
        defer { client.close() }
        var times: [Double] = []
        for _ in 0..<count {
            let began = seconds()
            client.send(request(path, cookie))
            guard client.response()?.status == 200 else { return .infinity }
            times.append(seconds() - began)
        }
        return times.sorted()[count / 2]
    }

    // MARK: New tickets

    /// By the form, as its page sends it: each answered once it is on the disk.
    private static func creation(_ server: BenchServer.Running) -> [Figure] {
        guard let cookie = PeopleFigures.logIn(server, seal: server.seal(), as: customer)?.cookie,
            let page = body(server, "/tickets/new", cookie).map({ String(decoding: $0, as: UTF8.self) }),
            let seal = page.firstMatch(of: /name="csrf" value="([0-9a-f]*)"/).map({ String($0.1) })
        else { return [] }
        let script = server.folder + "/tickets.lua"
        let form =
            "csrf=\(seal)&kind=support&severity=normal&subject=No+se+puede+timbrar+la+factura+de+noviembre"
            + "&description=Desde+las+9%3A10+ninguna+factura+timbra%3A+el+sello+no+coincide+y+el+mensaje+se+repite."
        guard writeText(LoadFigures.formScript(cookie: cookie, form: form), to: script) else { return [] }
        let url = "http://127.0.0.1:\(server.port)/t/bench/tickets/new"
        var best = 0.0
        for _ in 0..<3 { best = max(best, LoadFigures.wrk(url, connections: 16, script: script)) }
        let slowest = Paced.percentile(99, expecting: 303, at: best / 2, from: 16, server.port) {
            let body =
                form + "&key=" + String(UInt64.random(in: 1 << 60...UInt64.max), radix: 16)
                + String(UInt64.random(in: 1 << 60...UInt64.max), radix: 16)
            return "POST /t/bench/tickets/new HTTP/1.1\r\nHost: a\r\nCookie: \(cookie)\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        return [
            Figure(
                name: "new tickets by the form, durable, with clocks and text", reached: "\(Int(best))/s",
                against: "at least 3000/s", passed: best >= 3000),
            Figure(
                name: "new tickets, p99 at half that load", reached: "\(Figures.decimal(slowest * 1000, 2)) ms",
                against: "at most 10 ms", passed: slowest <= 0.010),
        ]
    }

    // MARK: A million

    static func million() -> [Figure] {
        guard let (small, smallCookie) = start(tickets: 10_000) else { return [] }
        defer { small.end() }
        guard let (large, largeCookie) = start(tickets: 1_000_000) else { return [] }
        defer { large.end() }
        // In turns, so that a busy moment of the machine strikes both.
        var best = (small: Double.infinity, large: Double.infinity)
        for _ in 0..<5 {
            best.small = min(best.small, median(of: 401, small, "/queue", smallCookie))
            best.large = min(best.large, median(of: 401, large, "/queue", largeCookie))
        }
        let ratio = best.large / best.small
        return [
            Figure(
                name: "queue page at 1,000,000 tickets",
                reached:
                    "\(Figures.decimal(best.large * 1e6, 0)) µs, \(Figures.decimal(ratio, 2)) times that at 10,000",
                against: "at most 1.2 times \(Figures.decimal(best.small * 1e6, 0)) µs", passed: ratio <= 1.2)
        ]
    }
}

/// Requests at a steady rate, each counted from when it was due: waiting for a slow one before it counts too.
enum Paced {
    private static let runSeconds = 4.0

    static func percentile(
        _ share: Int, expecting status: Int, at rate: Double, from connections: Int, _ port: UInt16,
        of request: @Sendable () -> String
    ) -> Double {
        guard rate > 0 else { return .infinity }
        let times = Mutex<[Double]>([])
        let interval = Double(connections) / rate
        let began = seconds() + 0.1
        DispatchQueue.concurrentPerform(iterations: connections) { number in
            guard let client = RawClient(port: port) else { return times.withLock { $0.append(.infinity) } }
            defer { client.close() }
            var own: [Double] = []
            var piece = [UInt8](repeating: 0, count: 65_536)
            var due = began + interval * Double(number) / Double(connections)
            while due < began + runSeconds {
                let wait = due - seconds()
                if wait > 0 { usleep(UInt32(wait * 1e6)) }
                client.send(request())
                guard client.status(&piece) == status else { return times.withLock { $0.append(.infinity) } }
                own.append(seconds() - due)
                due += interval
            }
            times.withLock { $0 += own }
        }
        let sorted = times.withLock { $0.sorted() }
        return sorted.isEmpty ? .infinity : sorted[min(sorted.count - 1, sorted.count * share / 100)]
    }
}
