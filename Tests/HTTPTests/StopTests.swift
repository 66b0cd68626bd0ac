// Stopping: running requests end, idle connections go, nothing new comes in, and it takes no longer than was said.

import Dispatch
import Glibc
import HTTP
import Testing

@Suite struct StopTests {
    /// Stops the server on another thread; the group tells when that is done.
    private func stop(_ server: Server, within seconds: Int) -> DispatchGroup {
        let group = DispatchGroup()
        DispatchQueue(label: "stop").async(group: group) { server.stop(within: seconds) }
        return group
    }

    @Test func `running requests end, idle connections go at once, new ones are refused`() throws {
        let gate = Gate()
        try TestServer.run({ _ in }) { request in
            guard request.pathText == "/slow" else { return Exchange.receive(request) }
            return .serve(.none, .worker) { _ in
                gate.pass()
                return .text(.ok, "slow\n")
            }
        } body: { test in
            let (idle, busy, fresh) = (try test.connect(), try test.connect(), try test.connect())
            try idle.send(Exchange.get("/hello"))
            #expect(try idle.readResponse() == Exchange.ok("hello\n"))
            try busy.send(Exchange.get("/slow") + Exchange.get("/hello"))
            #expect(eventually { gate.visitors == 1 && test.server.connectionCount == 3 })
            let stopped = stop(test.server, within: 20)
            #expect(idle.isEnded())
            #expect(fresh.isEnded())
            gate.open()
            // The request that runs is the last, and its answer says so.
            #expect(try busy.readAll() == Exchange.ok("slow\n", "Connection: close\r\n"))
            busy.close()
            #expect(stopped.wait(timeout: .now() + .seconds(15)) == .success)
            #expect(test.server.connectionCount == 0)
        }
    }

    @Test func `a body that is on its way is still taken`() throws {
        try TestServer.run {
            $0.loops = 1
        } body: { test in
            let client = try test.connect()
            try client.send(Exchange.post("/bytes", "Expect: 100-continue\r\nContent-Length: 4\r\n"))
            _ = try client.read(to: "\r\n\r\n")
            let other = try test.connect()
            #expect(eventually { test.server.connectionCount == 2 })
            let stopped = stop(test.server, within: 60)
            // A visitor who is sent away shows that the loop has heard of the stop.
            #expect(other.isEnded())
            try client.send("abcd")
            #expect(try client.readAll() == Exchange.ok("4 bytes: abcd\n", "Connection: close\r\n"))
            client.close()
            #expect(stopped.wait(timeout: .now() + .seconds(50)) == .success)
        }
    }

    @Test func `what cannot end in time is ended, and told`() throws {
        let gate = Gate()
        try TestServer.run({ _ in }) { _ in
            .serve(.none, .worker) { _ in
                gate.pass()
                return .text(.ok, "too late\n")
            }
        } body: { test in
            let (busy, half) = (try test.connect(), try test.connect())
            try busy.send(Exchange.get("/"))
            try half.send("GET / HT")
            #expect(eventually { gate.visitors == 1 && test.server.connectionCount == 2 })
            test.server.stop(within: 1)
            #expect(busy.isEnded())
            #expect(half.isEnded())
            #expect(test.log.summary(2).sorted() == ["- 400: server stops", "GET / 503: server stops"])
            gate.open()
            // The answer that comes now finds nobody, and that is all.
            #expect(eventually { test.server.workerLoad == 0 })
            #expect(test.log.lines.count == 2)
        }
    }

    @Test func `a client that was answered and does not hang up does not hold up the end`() throws {
        try TestServer.run { test in
            let client = try test.connect()
            try client.send("x\r\n\r\n")
            _ = try client.readAll()
            let stopped = stop(test.server, within: 30)
            #expect(stopped.wait(timeout: .now() + .seconds(20)) == .success)
            #expect(test.server.connectionCount == 0)
        }
    }

    @Test func `stopping twice, and stopping without a start, are no faults`() throws {
        let configuration = Configuration(addresses: [.tcp(host: "127.0.0.1", port: 0)], loops: 2, workers: 1)
        for isStarted in [true, false] {
            let server = try Server(configuration, application: Silent(), observer: TestLog())
            if isStarted { server.start() }
            server.stop(within: 5)
            server.stop(within: 5)
        }
        for _ in 0..<20 { _ = try Server(configuration, application: Silent(), observer: TestLog()) }
    }

    @Test func `a server that stopped lets go of all it held`() throws {
        weak var server: Server?
        weak var observer: TestLog?
        try TestServer.run { test in
            (server, observer) = (test.server, test.log)
            let client = try test.connect()
            try client.send(Exchange.get("/hello"))
            _ = try client.readResponse()
        }
        #expect(eventually { server == nil && observer == nil })
    }
}

private struct Silent: Application {
    func receive(_ request: Request) -> Reception { .answer(Response(.notFound)) }
}
