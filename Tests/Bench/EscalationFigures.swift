// Figures of time-driven work: ten thousand steps that are due in the same second.

import Atiende
import Dispatch
import Glibc
import SQL
import Synchronization

enum EscalationFigures {
    private static let steps = 10_000
    /// Seconds to open the tickets in, before their steps are due.
    private static let lead = 25

    static func firing() -> [Figure] {
        guard let server = BenchServer.start(rows: 100) else { return [] }
        defer { server.end() }
        _ = server.command(["tenant", "create", "due", "--contract", "proware"])
        let said = server.command([
            "bench-due", "--tenant", "due", "--tickets", String(steps), "--seconds", String(lead),
        ])
        guard let due = Int(said.filter { $0.isNumber }), Site.systemClock() < due,
            let database = try? Connection(path: server.folder + "/tenants/due/desk.sqlite", role: .reader),
            fired(database) == 0
        else {
            say("  bench-due: \(said)")
            return []
        }
        // The page before the steps are due, then while they are.
        let quiet = slowestPage(server) { Site.systemClock() >= due - 1 }
        while Site.systemClock() < due { usleep(1000) }
        let began = seconds()
        let end = Mutex(Double.infinity)
        let watcher = DispatchQueue(label: "watcher")
        let isDone = DispatchSemaphore(value: 0)
        let path = server.folder + "/tenants/due/desk.sqlite"
        watcher.async {
            if let database = try? Connection(path: path, role: .reader) {
                while fired(database) < steps, seconds() < began + 60 { usleep(20_000) }
                if fired(database) >= steps { end.withLock { $0 = seconds() } }
            }
            isDone.signal()
        }
        let busy = slowestPage(server) { isDone.wait(timeout: .now()) == .success }
        let taken = end.withLock { $0 } - began
        return [
            Figure(
                name: "\(steps) escalation steps due at once, fired and recorded",
                reached: taken.isFinite ? "\(Figures.decimal(taken, 2)) s" : "not within a minute",
                against: "5 s", passed: taken <= 5),
            Figure(
                name: "slowest page meanwhile",
                reached: busy.isFinite
                    ? "\(Figures.decimal(busy * 1000, 1)) ms, \(Figures.decimal(quiet * 1000, 1)) ms without" : "none",
                against: "50 ms", passed: busy < 0.05),
        ]
    }

    /// Waits until nothing is due of a tenant's tickets: those that a bench made had much behind them, which is carried out
    /// once and is none of what is measured.
    static func settle(_ server: BenchServer.Running, _ tenant: String) {
        guard let database = try? Connection(path: server.folder + "/tenants/\(tenant)/desk.sqlite", role: .reader)
        else { return }
        let end = seconds() + 1800
        while seconds() < end {
            let due = try? database.first("SELECT 1 FROM ticket WHERE next_at <= ? LIMIT 1", Site.systemClock()) { _ in
                true
            }
            guard due == true else { return }
            usleep(200_000)
        }
    }

    private static func fired(_ database: Connection) -> Int {
        (try? database.first("SELECT count(*) FROM firing") { $0.int(0) }) ?? 0
    }

    /// The slowest of many pages of the same tenant, one after the other, until it is enough.
    private static func slowestPage(_ server: BenchServer.Running, until isEnough: () -> Bool) -> Double {
        guard let client = RawClient(port: server.port, timeoutSeconds: 60) else { return .infinity }
        defer { client.close() }
        var slowest = 0.0
        while !isEnough() {
            let began = seconds()
            client.send("GET /t/due/ HTTP/1.1\r\nHost: a\r\n\r\n")
            guard client.response()?.status == 200 else { return .infinity }
            slowest = max(slowest, seconds() - began)
            usleep(2000)
        }
        return slowest
    }
}
