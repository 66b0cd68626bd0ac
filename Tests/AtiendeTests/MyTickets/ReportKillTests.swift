// The program killed again and again while customers report with files: whoever was told that his report is there finds it
// there, whole, and no file is left of which nobody knows.

import Foundation
import SQL
import Synchronization
import Testing

@testable import Atiende
@testable import HTTP

@Suite struct ReportKillTests {
    private let folder = TemporaryFolder()
    private static let rounds = 4
    private static let clients = 4
    /// So many of a round are acknowledged before it is killed, while others are on their way.
    private static let enough = 12
    private static let email = "teresa@org1.example"

    private struct Report: Sendable {
        let folio: String
        let key: String
        let mark: String
        let file: [UInt8]
    }

    private func start(_ words: [String]) throws -> Process {
        let process = Process()
        let program = try #require(BuiltProgram.url)
        process.executableURL = program
        process.arguments = words + ["--data", folder / "data"]
        process.currentDirectoryURL = URL(fileURLWithPath: TestSite.resources)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private func run(_ words: [String]) throws {
        let process = try start(words)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    // MARK: A customer

    private struct Customer: Sendable {
        let socket: String
        let cookie: String
        let seal: String

        /// Comes in by the real form.
        init(_ socket: String) throws {
            let client = try #require(LocalSocket(socket))
            let visitor = "form-bench=" + String(repeating: "5a", count: 32)
            let page = try #require(client.exchange(Self.get("/login", visitor)))
            let form = "csrf=\(try Self.seal(page.body))&email=\(email)&password=\(Browser.password)&next=/"
            let entered = try #require(
                client.exchange(
                    Self.head("POST", "/login", visitor)
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(form.utf8.count)\r\n",
                    Array(form.utf8)))
            let cookie = try #require(entered.field("Set-Cookie")?.prefix { $0 != ";" })
            self.socket = socket
            self.cookie = String(cookie)
            seal = try Self.seal(try #require(client.exchange(Self.get("/tickets/new", String(cookie)))).body)
        }

        private static func seal(_ page: String) throws -> String {
            String(try #require(page.firstMatch(of: /name="csrf" value="([0-9a-f]*)"/)).1)
        }

        static func head(_ method: String, _ path: String, _ cookie: String) -> String {
            "\(method) /t/bench\(path) HTTP/1.1\r\nHost: a.example\r\nCookie: \(cookie)\r\n"
        }

        static func get(_ path: String, _ cookie: String) -> String { head("GET", path, cookie) }

        /// As a browser sends the form, with one file of its own and one that everybody sends.
        func body(_ key: String, _ mark: String, _ file: [UInt8]) -> [UInt8] {
            let fields = [
                ("csrf", seal), ("key", key), ("kind", "support"), ("severity", "critical"),
                ("subject", "Falla \(mark)"), ("description", "Qué pasa con \(mark)"),
            ]
            var body: [UInt8] = []
            for (name, value) in fields {
                body += Array("--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
            }
            for (name, bytes) in [("\(mark).txt", file), ("comun.txt", Array("lo mismo".utf8))] {
                let head = "Content-Disposition: form-data; name=\"attachments\"; filename=\"\(name)\""
                body += Array("--b\r\n\(head)\r\nContent-Type: text/plain\r\n\r\n".utf8) + bytes + Array("\r\n".utf8)
            }
            return body + Array("--b--\r\n".utf8)
        }

        /// Reports until the program is gone.
        func report(_ round: Int, _ client: Int, _ take: (Report) -> Void) {
            guard let connection = LocalSocket(socket) else { return }
            for turn in 0..<100_000 {
                let mark = "zq\(round)x\(client)x\(turn)"
                let key =
                    String(repeating: "0", count: 32 - mark.utf8.count) + String(mark.map { $0.isHexDigit ? $0 : "f" })
                let file = Array("contenido \(mark)".utf8)
                let sent = body(key, mark, file)
                let answer = connection.exchange(
                    Self.head("POST", "/tickets/new", cookie)
                        + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: \(sent.count)\r\n", sent)
                guard let answer else { return }
                guard answer.status == 303, let parts = answer.field("Location")?.split(separator: "/"),
                    parts.count == 5
                else {
                    Issue.record("\(answer.head) \(answer.body)")
                    return
                }
                take(Report(folio: String(parts[3]), key: key, mark: mark, file: file))
            }
        }
    }

    /// One round: the reports that were acknowledged.
    private func round(_ number: Int) throws -> [Report] {
        let socket = folder / "socket"
        let server = try start(["serve", "--listen", "unix:" + socket])
        #expect(eventually { LocalSocket(socket) != nil })
        let customer = try Customer(socket)
        let taken = Mutex<[Report]>([])
        let group = DispatchGroup()
        for client in 0..<Self.clients {
            DispatchQueue(label: "client.\(client)").async(group: group) {
                customer.report(number, client) { report in taken.withLock { $0.append(report) } }
            }
        }
        #expect(eventually { taken.withLock(\.count) >= Self.enough })
        kill(server.processIdentifier, SIGKILL)
        server.waitUntilExit()
        group.wait()
        return taken.withLock { $0 }
    }

    // MARK: What is there

    @Test func `no acknowledged report is lost, nor anything of it, and no file that nobody knows of is left`() throws {
        try run(["tenant", "create", "bench", "--contract", "proware"])
        try run([
            "bench-data", "--tenant", "bench", "--people", "50", "--customer", Self.email, "--password",
            Browser.password,
        ])
        var reports: [Report] = []
        for number in 1...Self.rounds { reports += try round(number) }
        #expect(Set(reports.map(\.folio)).count == reports.count, "each has a folio of its own")
        let site = try TestSite(tenants: [], in: folder, now: Int(Date().timeIntervalSince1970))
        let desk = try site.desk("bench")
        for report in reports { try look(for: report, desk) }
        try desk.read { connection in
            let count = try connection.first("SELECT count(*), max(substr(folio, -6)) FROM ticket") {
                (tickets: $0.int(0), last: Int($0.text(1)))
            }
            #expect(count.map { $0.tickets == $0.last } == true, "the folios have no gap")
            #expect(try connection.first("SELECT count(*) - count(DISTINCT subject) FROM ticket") { $0.int(0) } == 0)
        }
        try sweep(site, desk)
        #expect(try SQL.Database.check(path: desk.folder.database) == [])
        #expect(try TicketRebuild(desk: desk).run() == [])
    }

    private func look(for report: Report, _ desk: Desk) throws {
        let (ticket, names, hashes) = try desk.read { connection in
            let folio = try #require(Folio(report.folio))
            let ticket = try #require(try connection.ticket(folio), "\(report.folio) is lost")
            let files = try connection.attachments(of: ticket.id)
            return (ticket, files.map(\.name), files.map(\.sha256))
        }
        #expect(ticket.subject == "Falla \(report.mark)")
        #expect(names == ["\(report.mark).txt", "comun.txt"])
        for hash in hashes { #expect(desk.attachments.isThere(hash)) }
        let path = try #require(hashes.first.flatMap(desk.attachments.file))
        #expect(FileManager.default.contents(atPath: path).map(Array.init) == report.file)
        try desk.read { connection in
            func count(_ sql: SQLText, _ value: some SQLValue) throws -> Int {
                try connection.first(sql, value) { $0.int(0) } ?? 0
            }
            #expect(try count("SELECT count(*) FROM clock WHERE ticket = ?", ticket.id) > 0)
            #expect(try count("SELECT count(*) FROM ticket_event WHERE ticket = ? AND type = 'opened'", ticket.id) == 1)
            #expect(try count("SELECT count(*) FROM ticket_text WHERE ticket_text MATCH ?", report.mark) > 0)
            #expect(
                try count("SELECT count(*) FROM outbox WHERE instr(text, ?) > 0", report.folio) == 1,
                "the letter that confirms it")
            let key = try #require(SubmissionKey(report.key)).bytes
            #expect(try count("SELECT count(*) FROM submission WHERE key = ?", key) == 1)
        }
    }

    /// Files that wait go in time; what lies on the disk then belongs to a ticket, or is told of.
    private func sweep(_ site: TestSite, _ desk: Desk) throws {
        #expect(try FileManager.default.contentsOfDirectory(atPath: desk.folder.incoming) == [])
        site.clock.now += AttachmentLimits.waitingSeconds
        EscalationTimer(site.site).makeRound()
        let bound = try desk.read { connection in
            #expect(try connection.first("SELECT count(*) FROM attachment WHERE ticket IS NULL") { $0.int(0) } == 0)
            return try connection.query("SELECT DISTINCT sha256 FROM attachment") { $0.text(0) }
        }
        let known = Set(bound.compactMap(desk.attachments.file))
        let names = FileManager.default.enumerator(atPath: desk.folder.files)?.compactMap { $0 as? String } ?? []
        let stored = Set(names.filter { $0.utf8.count == 65 }.map { desk.folder.files + "/" + $0 })
        #expect(known.isSubset(of: stored))
        let check = try AttachmentCheck(of: desk.folder)
        #expect(check.damage.isEmpty && Set(check.orphans) == stored.subtracting(known))
    }
}
