// Millions of connections, opened and closed under load, half of them rudely: reset, half-closed, cut in the middle of
// a request. The server must be as it was: alive, with as many descriptors and about as much memory.

import Dispatch
import Glibc
import Synchronization

enum Soak {
    private static let threads = 8
    /// What may be more at the end than after the warm-up: descriptors, and kilobytes of memory.
    private static let descriptorSlack = 4
    private static let memorySlack = 8 * 1024

    static func run(connections: Int) -> Int32 {
        guard let server = BenchServer.start(rows: 1000) else { return 1 }
        defer { server.end() }
        say("soak: \(connections) connections, half of them rude")
        _ = round(connections: max(1, connections / 20), port: server.port)
        guard let before = settled(server) else { return 1 }
        let began = seconds()
        let answered = round(connections: connections, port: server.port)
        let took = seconds() - began
        guard let after = settled(server) else { return 1 }
        say("  \(Int(Double(connections) / took)) connections/s, \(answered) polite ones answered")
        say(
            "  descriptors \(before.descriptors) -> \(after.descriptors), memory \(before.kilobytes) -> \(after.kilobytes) KB"
        )
        let isSteady =
            after.descriptors <= before.descriptors + descriptorSlack
            && after.kilobytes <= before.kilobytes + memorySlack
        let isWhole = answered == connections / 2
        say(isSteady && isWhole ? "soak: passed" : "soak: FAILED")
        return isSteady && isWhole ? 0 : 1
    }

    /// Figures once all connections are gone; nil when the server is.
    private static func settled(_ server: BenchServer.Running) -> (descriptors: Int, kilobytes: Int)? {
        sleep(7)
        guard let client = RawClient(port: server.port) else {
            say("soak: FAILED, the server does not answer")
            return nil
        }
        client.send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let isAlive = client.response()?.status == 200
        client.close()
        usleep(200_000)
        guard isAlive else { return nil }
        return (server.child.descriptors, server.child.residentKilobytes)
    }

    /// Returns how many polite connections got their answer.
    private static func round(connections: Int, port: UInt16) -> Int {
        let answered = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            var random = SystemRandomNumberGenerator()
            let share = connections / threads + (thread < connections % threads ? 1 : 0)
            for turn in 0..<share {
                // Every other one overall is rude: numbered through all threads.
                let isRude = (turn * threads + thread) % 2 == 1
                let host = UInt8(2 + (turn * threads + thread) % 200)
                guard let client = RawClient(port: port, from: host) else { continue }
                if isRude {
                    beRude(client, &random)
                } else if bePolite(client) {
                    answered.wrappingAdd(1, ordering: .relaxed)
                }
            }
        }
        return answered.load(ordering: .relaxed)
    }

    private static func bePolite(_ client: RawClient) -> Bool {
        client.send("GET /t/bench/ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let isAnswered = client.response()?.status == 200
        client.close()
        return isAnswered
    }

    private static func beRude(_ client: RawClient, _ random: inout SystemRandomNumberGenerator) {
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            client.reset()
        case 1:
            client.send("GET /t/bench/rows HTTP/1.1\r\nHost: a\r\n\r\n")
            client.reset()
        case 2:
            client.send("GET /t/bench/ro")
            client.close()
        case 3:
            client.send("POST /t/bench/rows HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n")
            client.send("Content-Length: 1000\r\n\r\nkey=")
            client.reset()
        default:
            client.send("GET /t/bench/ping HTTP/1.1\r\nHost: a\r\n\r\n")
            shutdown(client.descriptor, Int32(SHUT_WR))
            _ = client.response()
            client.close()
        }
    }
}
