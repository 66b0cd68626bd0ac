// Kill it in the middle of its work, again and again: every insert that was answered with success is there after the
// restart, and every database is whole.

import Dispatch
import Glibc
import Synchronization

enum KillTrial {
    private static let clients = 8

    static func run(rounds: Int) -> Int32 {
        guard var server = BenchServer.start(rows: 100) else { return 1 }
        var acknowledged: [String] = []
        var failed = 0
        say("kill: \(rounds) rounds of kill -9 under \(clients) writing clients")
        for round in 1...rounds {
            let fresh = write(until: 0.05 + Double.random(in: 0...0.25), to: server, round: round)
            acknowledged += fresh
            guard let next = server.restart() else {
                say("kill: FAILED, the server did not start again in round \(round)")
                server.end()
                return 1
            }
            server = next
            let missing = server.missing(of: fresh)
            if !missing.isEmpty {
                failed += missing.count
                say("  round \(round): \(missing.count) acknowledged inserts are missing")
            }
        }
        let missing = server.missing(of: acknowledged)
        let findings = server.check()
        server.end()
        say("  \(acknowledged.count) inserts acknowledged, \(failed + missing.count) missing; check: \(findings)")
        let isWhole = failed == 0 && missing.isEmpty && findings.hasPrefix("ok")
        say(isWhole ? "kill: passed" : "kill: FAILED")
        return isWhole ? 0 : 1
    }

    /// Writes from several connections, kills the server in between, returns the keys that were answered with success.
    private static func write(until delay: Double, to server: BenchServer.Running, round: Int) -> [String] {
        let keys = Mutex<[String]>([])
        let group = DispatchGroup()
        let seal = server.seal()
        for client in 0..<clients {
            DispatchQueue(label: "client.\(client)").async(group: group) {
                guard let connection = RawClient(port: server.port, from: UInt8(2 + client)) else { return }
                defer { connection.close() }
                for turn in 0..<1_000_000 {
                    let key = hexKey(round, client, turn)
                    guard connection.send(BenchServer.insertRequest(key: key, seal: seal)),
                        let answer = connection.response()
                    else { return }
                    if answer.status == 303 { keys.withLock { $0.append(key) } }
                }
            }
        }
        usleep(UInt32(delay * 1e6))
        server.child.send(SIGKILL)
        server.child.wait()
        group.wait()
        return keys.withLock { $0 }
    }

    private static func hexKey(_ round: Int, _ client: Int, _ turn: Int) -> String {
        let digits = String(round, radix: 16) + "f" + String(client, radix: 16) + "f" + String(turn, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
