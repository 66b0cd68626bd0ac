// Kill it in the middle of its work, again and again: every insert and every customer's report with a file that was answered
// with success is there after the restart, and every database is whole.

import Dispatch
import Glibc
import Synchronization

enum KillTrial {
    private static let clients = 8
    /// What a killed round leaves waiting is its customer's, who may have so much and no more.
    private static let roundsOfOne = 5

    private struct Written: Sendable {
        var keys: [String] = []
        var reports: [Reports.Report] = []
    }

    static func run(rounds: Int) -> Int32 {
        guard var server = BenchServer.start(rows: 100), var reports = Reports(server, 0, people: 50) else { return 1 }
        var acknowledged = Written()
        var failed = 0
        say("kill: \(rounds) rounds of kill -9 under \(clients) writing clients")
        for round in 1...rounds {
            let fresh = write(until: 0.05 + Double.random(in: 0...0.25), to: server, reports, round: round)
            acknowledged.keys += fresh.keys
            acknowledged.reports += fresh.reports
            guard let next = server.restart() else {
                say("kill: FAILED, the server did not start again in round \(round)")
                server.end()
                return 1
            }
            server = next
            let missing = server.missing(of: fresh.keys) + reports.missing(of: fresh.reports, server)
            if !missing.isEmpty {
                failed += missing.count
                say("  round \(round): \(missing.count) of what was acknowledged is missing, as \(missing[0])")
            }
            if round % roundsOfOne == 0 {
                guard let next = Reports(server, round, people: 0) else { return 1 }
                reports = next
            }
        }
        return conclude(server, acknowledged, failed)
    }

    private static func conclude(_ server: BenchServer.Running, _ acknowledged: Written, _ failed: Int) -> Int32 {
        let missing = server.missing(of: acknowledged.keys)
        let findings = server.check()
        server.end()
        say("  \(acknowledged.keys.count) inserts and \(acknowledged.reports.count) reports acknowledged")
        // Files that a killed upload left without a row stand before the verdict.
        let orphans = findings.split(separator: "belongs to no ticket").count - 1
        say("  \(failed + missing.count) missing; check: \(findings.suffix(32)), \(orphans) files of no ticket told")
        let isWhole = failed == 0 && missing.isEmpty && findings.contains("ok: ") && !acknowledged.reports.isEmpty
        say(isWhole ? "kill: passed" : "kill: FAILED")
        return isWhole ? 0 : 1
    }

    /// Writes from several connections, kills the server in between, returns what was answered with success.
    private static func write(
        until delay: Double, to server: BenchServer.Running, _ reports: Reports, round: Int
    ) -> Written {
        let written = Mutex(Written())
        let group = DispatchGroup()
        let seal = server.seal()
        for client in 0..<clients {
            DispatchQueue(label: "client.\(client)").async(group: group) {
                guard let connection = RawClient(port: server.port, from: UInt8(2 + client)) else { return }
                defer { connection.close() }
                for turn in 0..<1_000_000 {
                    let key = hexKey(round, client, turn)
                    if client.isMultiple(of: 2) {
                        guard let report = reports.send("zq\(round)x\(client)x\(turn)", key: key, connection) else {
                            return
                        }
                        written.withLock { $0.reports.append(report) }
                    } else {
                        guard connection.send(BenchServer.insertRequest(key: key, seal: seal)),
                            let answer = connection.response()
                        else { return }
                        if answer.status == 303 { written.withLock { $0.keys.append(key) } }
                    }
                }
            }
        }
        usleep(UInt32(delay * 1e6))
        server.child.send(SIGKILL)
        server.child.wait()
        group.wait()
        return written.withLock { $0 }
    }

    private static func hexKey(_ round: Int, _ client: Int, _ turn: Int) -> String {
        let digits = String(round, radix: 16) + "f" + String(client, radix: 16) + "f" + String(turn, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}

/// A customer who reports by the real form, each time with a file of its own.
private struct Reports: Sendable {
    struct Report: Sendable {
        let folio: Substring
        let mark: String
    }

    private let cookie: String
    private let seal: String

    /// Nil where he cannot come in.
    /// - Parameter people: So many others are made with him.
    init?(_ server: BenchServer.Running, _ number: Int, people: Int) {
        let email = "teresa\(number)@org1.example"
        let said = server.command([
            "bench-data", "--tenant", "bench", "--people", String(people), "--customer", email, "--password",
            PeopleFigures.password,
        ])
        guard let cookie = PeopleFigures.logIn(server, seal: server.seal(), as: email)?.cookie,
            let page = Self.text("/tickets/new", cookie, server),
            let seal = page.firstMatch(of: /name="csrf" value="([0-9a-f]*)"/)
        else {
            say("kill: FAILED, no customer: \(said)")
            return nil
        }
        self.cookie = cookie
        self.seal = String(seal.1)
    }

    private static func text(_ path: String, _ cookie: String, _ server: BenchServer.Running) -> String? {
        guard let client = RawClient(port: server.port) else { return nil }
        defer { client.close() }
        client.send("GET /t/bench\(path) HTTP/1.1\r\nHost: a\r\nCookie: \(cookie)\r\n\r\n")
        guard let answer = client.response(), answer.status == 200 else { return nil }
        return String(decoding: answer.body, as: UTF8.self)
    }

    private static func content(_ mark: String) -> String { "contenido \(mark)" }

    /// Nil when the server is gone, or takes no more of him.
    func send(_ mark: String, key: String, _ connection: RawClient) -> Report? {
        let fields = [
            ("csrf", seal), ("key", key), ("kind", "support"), ("severity", "normal"), ("subject", "Falla \(mark)"),
            ("description", "Con archivo"),
        ]
        let head = "--b\r\nContent-Disposition: form-data; name="
        let parts = fields.map { "\(head)\"\($0.0)\"\r\n\r\n\($0.1)\r\n" }.joined()
        let file = "\(head)\"attachments\"; filename=\"\(mark).txt\"\r\n\r\n\(Self.content(mark))\r\n--b--\r\n"
        let body = parts + file
        guard
            connection.send(
                "POST /t/bench/tickets/new HTTP/1.1\r\nHost: a\r\nCookie: \(cookie)\r\n"
                    + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            ),
            let answer = connection.wholeResponse(), answer.status == 303,
            let place = answer.head.first(where: { $0.hasPrefix("Location: ") })?.split(separator: "/"),
            place.count == 6
        else { return nil }
        return Report(folio: place[4], mark: mark)
    }

    /// Those whose ticket, file or bytes cannot be found.
    func missing(of reports: [Report], _ server: BenchServer.Running) -> [String] {
        reports.filter { report in
            guard let page = Self.text("/tickets/\(report.folio)", cookie, server),
                page.contains("Falla \(report.mark)")
            else { return true }
            let links = page.matches(of: /href="\/t\/bench(\/attachments\/[^"]*)"/).map { String($0.1) }
            guard let link = links.first(where: { $0.hasSuffix("/\(report.mark).txt") }) else { return true }
            return Self.text(link, cookie, server) != Self.content(report.mark)
        }.map { String($0.folio) }
    }
}
