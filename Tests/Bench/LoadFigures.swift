// Figures under load: wrk asks, nginx is the peer, both on this machine in this run.

import Atiende
import Glibc
import SQL

enum LoadFigures {
    private static let measureSeconds = 4
    /// Each side is measured this often, in turns, so that a busy moment of the machine strikes both; the best counts.
    private static let turns = 3

    // MARK: Static file

    static func staticFile() -> [Figure] {
        guard let server = BenchServer.start(rows: 100), let nginx = Nginx(files: ["20k.css": BenchServer.asset]) else {
            return []
        }
        defer {
            server.end()
            nginx.end()
        }
        let (ours, theirs) = compare(
            "http://127.0.0.1:\(server.port)/assets/bench.css", "http://127.0.0.1:\(nginx.port)/20k.css",
            connections: 32)
        return [ratio("static file of 20 KB, 32 connections", ours, theirs, atLeast: 0.9)]
    }

    // MARK: Page

    static func page() -> [Figure] {
        guard let server = BenchServer.start(rows: 100_000), let body = fetch(server.port, "/t/bench/rows"),
            let nginx = Nginx(files: ["rows.html": body])
        else { return [] }
        defer {
            server.end()
            nginx.end()
        }
        let (ours, theirs) = compare(
            "http://127.0.0.1:\(server.port)/t/bench/rows", "http://127.0.0.1:\(nginx.port)/rows.html", connections: 32)
        let size = Figures.decimal(Double(body.count) / 1024, 1)
        return [ratio("page of 50 rows out of 100,000 (\(size) KB)", ours, theirs, atLeast: 0.15)]
    }

    // MARK: Inserts

    static func inserts() -> [Figure] {
        guard let server = BenchServer.start(rows: 100) else { return [] }
        defer { server.end() }
        let script = server.folder + "/insert.lua"
        guard writeText(insertScript(seal: server.seal()), to: script) else { return [] }
        let url = "http://127.0.0.1:\(server.port)/t/bench/inserts"
        var ours = 0.0
        var single = 0.0
        for _ in 0..<turns {
            single = max(single, oneByOne(in: server.folder))
            ours = max(ours, wrk(url, connections: 32, script: script))
        }
        return [
            Figure(
                name: "durable inserts from 32 clients",
                reached: "\(Int(ours))/s, \(Figures.decimal(ours / single, 2)) times one commit at a time",
                against: "at least 4 times \(Int(single))/s", passed: ours >= 4 * single)
        ]
    }

    /// The requests are made before the clock runs, each with a key of its own: what is measured is the server, not the
    /// making of strings.
    private static func insertScript(seal: String) -> String {
        formScript(
            cookie: "form-bench=\(BenchServer.visitor)",
            form: "csrf=\(seal)&subject=No+se+puede+timbrar+la+factura+de+noviembre")
    }

    static func formScript(cookie: String, form: String) -> String {
        """
        local threads = 0
        function setup(thread) thread:set("number", threads); threads = threads + 1 end
        function init()
          math.randomseed(os.time() + number * 7919)
          local seed = math.random(1, 2^31)
          requests = {}
          for turn = 1, 150000 do
            local key = string.format("%08x%08x%08x%08x", seed, number, turn, math.random(0, 2^31))
            requests[turn] = wrk.format("POST", nil, { ["Content-Type"] = "application/x-www-form-urlencoded",
              ["Cookie"] = "\(cookie)" }, "\(form)&key=" .. key)
          end
          turn = 0
        end
        function request()
          turn = turn + 1
          return requests[turn]
        end

        """
    }

    /// The same work in the same kind of desk, row and key, with no server around it: one caller, one commit after the
    /// other.
    private static func oneByOne(in folder: String) -> Double {
        let log = Log(descriptor: STDERR_FILENO, writesAccess: false, isQuiet: true)
        guard
            let installation = try? Installation(
                root: folder + "/single", log: log, openDesks: 1, onFatal: { _ in })
        else { return .infinity }
        defer { installation.close() }
        guard (try? Rows.seed(installation, count: 100)) != nil, let tenant = (try? installation.tenants())?.first,
            let desk = try? installation.desk(of: tenant)
        else { return .infinity }
        let began = seconds()
        var count = 0
        while seconds() - began < 2 {
            guard insertOne(UInt32(count), into: desk) else { return .infinity }
            count += 1
        }
        return Double(count) / (seconds() - began)
    }

    /// As a form does it: is the key known, the row, the key.
    private static func insertOne(_ number: UInt32, into desk: Desk) -> Bool {
        let bytes = (0..<4).flatMap { _ in withUnsafeBytes(of: UInt32.random(in: 0...UInt32.max)) { Array($0) } }
        let key = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let isWritten: Void? = try? desk.write { connection in
            let known = try connection.first("SELECT location FROM submission WHERE key = ?", bytes) { $0.text(0) }
            guard known == nil else { return }
            try Rows.insert(key, "No se puede timbrar la factura de noviembre", Int(number), connection)
            try connection.execute(
                "INSERT INTO submission (key, at, location) VALUES (?, ?, ?)", bytes, Int(number),
                "/t/bench/rows/" + key)
        }
        return isWritten != nil
    }

    // MARK: Idle connections

    static func idle() -> [Figure] {
        let count = 10_000
        guard let server = BenchServer.start(rows: 100_000) else { return [] }
        defer { server.end() }
        let url = "http://127.0.0.1:\(server.port)/t/bench/rows"
        var alone = 0.0
        for _ in 0..<turns { alone = max(alone, wrk(url, connections: 32)) }
        guard let holder = Child([BenchServer.program, "idle", String(server.port), String(count)]) else { return [] }
        defer {
            holder.send(SIGKILL)
            holder.wait()
        }
        let began = seconds()
        while server.child.descriptors < count, seconds() - began < 60 { usleep(100_000) }
        let held = server.child.descriptors
        let memory = Double(server.child.residentKilobytes) / 1024
        var together = 0.0
        for _ in 0..<turns { together = max(together, wrk(url, connections: 32)) }
        let share = together / alone
        return [
            Figure(
                name: "resident memory with \(count) idle connections", reached: "\(Figures.decimal(memory, 1)) MB",
                against: "at most 100 MB", passed: memory <= 100 && held >= count),
            Figure(
                name: "page's rate beside \(count) idle connections",
                reached: "\(Int(together))/s, \(Figures.decimal(share * 100, 1)) % of the rate without them",
                against: "at least 80 % of \(Int(alone))/s", passed: share >= 0.8),
        ]
    }

    // MARK: Asking

    static func compare(
        _ ours: String, _ theirs: String, connections: Int, headers: [String] = []
    ) -> (Double, Double) {
        var best = (ours: 0.0, theirs: 0.0)
        for _ in 0..<turns {
            best.theirs = max(best.theirs, wrk(theirs, connections: connections))
            best.ours = max(best.ours, wrk(ours, connections: connections, headers: headers))
        }
        return best
    }

    static func ratio(_ name: String, _ ours: Double, _ theirs: Double, atLeast limit: Double) -> Figure {
        Figure(
            name: name, reached: "\(Int(ours))/s, \(Figures.decimal(ours / theirs, 3)) of nginx",
            against: "at least \(limit) of nginx's \(Int(theirs))/s", passed: ours >= limit * theirs)
    }

    /// Requests per second; 0 when anything but success came back.
    static func wrk(_ url: String, connections: Int, script: String? = nil, headers: [String] = []) -> Double {
        let extra = (script.map { ["-s", $0] } ?? []) + headers.flatMap { ["-H", $0] }
        let text = output(of: ["wrk", "-t2", "-c\(connections)", "-d\(measureSeconds)s"] + extra + [url])
        for line in text.split(separator: "\n") {
            if line.contains("Non-2xx") || line.contains("Socket errors") {
                say("  wrk \(url): \(line)")
                return 0
            }
        }
        let line = text.split(separator: "\n").first { $0.hasPrefix("Requests/sec:") }
        return line.flatMap { Double($0.split(separator: " ").last ?? "") } ?? 0
    }

    private static func fetch(_ port: UInt16, _ path: String) -> [UInt8]? {
        guard let client = RawClient(port: port) else { return nil }
        defer { client.close() }
        client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
        guard let answer = client.response(), answer.status == 200 else { return nil }
        return answer.body
    }
}

func writeText(_ text: String, to path: String) -> Bool { writeBytes(Array(text.utf8), to: path) }

func writeBytes(_ bytes: [UInt8], to path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    defer { fclose(file) }
    return fwrite(bytes, 1, bytes.count, file) == bytes.count
}
