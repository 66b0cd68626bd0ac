// Clients that leave when they should not, and what the log says: one line for each request, never none, never two.

import Glibc
import HTTP
import Testing

@Suite struct RudeClientTests {
    private static let large = [UInt8](repeating: 0x78, count: 8_000_000)

    @Test(arguments: ["bytes", "file", "stream"], ["reset", "end"])
    func `a client that leaves in the middle of a response does no harm`(_ kind: String, _ way: String) throws {
        let folder = TestFolder()
        let file = folder.file(Self.large).body
        try TestServer.run({ _ in }) { request in
            switch request.pathText {
            case "/hello": Exchange.receive(request)
            case "/bytes": .answer(Response(.ok, body: .bytes(Self.large, type: "x/y")))
            case "/file": .answer(Response(.ok, body: .file(file)))
            default: .answer(Response(.ok, body: .stream(StreamBody(type: "x/y") { Array(Self.large[..<50_000]) })))
            }
        } body: { test in
            for _ in 0..<3 {
                let client = try RawClient(port: test.port, receiveBuffer: 4096)
                try client.send(Exchange.get("/\(kind)"))
                _ = try client.readBytes(10_000)
                if way == "reset" { client.reset() } else { client.close() }
            }
            #expect(eventually { test.server.connectionCount == 0 })
            #expect(test.log.summary(3) == Array(repeating: "GET /\(kind) 200: client left", count: 3))
            #expect(test.log.lines.allSatisfy { $0.bytes >= 10_000 && $0.bytes < 8_000_000 || kind == "stream" })
            #expect(try test.exchange(Exchange.get("/hello", version: "1.0")).hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test(arguments: ["/hello", "/worker"])
    func `a client that sends no more still gets its answers`(_ path: String) throws {
        try TestServer.run { test in
            let client = try test.connect()
            try client.send(Exchange.get(path) + Exchange.get("/see"))
            client.endSending()
            let response = try client.readAll()
            #expect(response.hasPrefix(Exchange.ok(path == "/hello" ? "hello\n" : "worked\n") + "HTTP/1.1 303 "))
            #expect(eventually { test.server.connectionCount == 0 })
            #expect(test.log.lines.count == 2)
        }
    }

    @Test func `a client that ends its side while a worker runs still gets its answer`() throws {
        let gate = Gate()
        try TestServer.run({ _ in }) { _ in
            .serve(.none, .worker) { _ in
                gate.pass()
                return .text(.ok, "slow\n")
            }
        } body: { test in
            let client = try test.connect()
            try client.send(Exchange.get("/"))
            eventually { gate.visitors == 1 }
            client.endSending()
            #expect(client.isSilent)
            gate.open()
            #expect(try client.readAll() == Exchange.ok("slow\n"))
        }
    }

    @Test func `clients that leave while workers run cannot pile up work, and each request has its line`() throws {
        let gate = Gate()
        try TestServer.run {
            $0.limits.connectionsPerAddress = 6
            $0.workers = 2
        } _: { request in
            guard request.pathText == "/slow" else { return Exchange.receive(request) }
            return .serve(.none, .worker) { _ in
                gate.pass()
                return .text(.ok, "slow\n")
            }
        } body: { test in
            var refusals = 0
            for _ in 0..<20 {
                let client = try test.connect()
                try? client.send(Exchange.get("/slow"))
                // Turned away, it is answered; taken, it is not yet.
                eventually { !client.isSilent || test.server.workerLoad > 0 }
                if !client.isSilent { refusals += 1 }
                client.reset()
            }
            #expect(refusals == 14)
            #expect(test.server.workerLoad == 6)
            gate.open(for: 6)
            #expect(eventually { test.server.connectionCount == 0 })
            #expect(test.log.summary(6) == Array(repeating: "GET /slow 200: client left", count: 6))
            #expect(try test.exchange(Exchange.get("/hello", version: "1.0")).hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `a client that resets while its body is awaited has its line`() throws {
        try TestServer.run { test in
            let client = try test.connect()
            try client.send(Exchange.post("/bytes", "Expect: 100-continue\r\nContent-Length: 5\r\n"))
            _ = try client.read(to: "\r\n\r\n")
            client.reset()
            #expect(test.log.summary(1) == ["POST /bytes 400: client left"])
            #expect(eventually { test.server.connectionCount == 0 })
        }
    }

    @Test func `a client that resets in the middle of a head has its line, one that said nothing has none`() throws {
        try TestServer.run { test in
            try test.connect().reset()
            try test.connect().close()
            let client = try test.connect()
            try client.send("GET /hel")
            #expect(eventually { test.server.connectionCount == 1 })
            usleep(50_000)
            client.reset()
            #expect(test.log.summary(1) == ["- 400: client left"])
            #expect(eventually { test.server.connectionCount == 0 })
            #expect(test.log.lines[0].origin.address == "127.0.0.1")
        }
    }

    @Test func `hundreds of rude connections leave nothing behind`() throws {
        try TestServer.run { test in
            let requests = ExchangeTests.rows.map(\.request)
            for number in 0..<600 {
                let client = try test.connect()
                let bytes = requests[number % requests.count].latin1
                try? client.send(Array(bytes[..<(number * 7 % (bytes.count + 1))]))
                switch number % 3 {
                case 0: client.reset()
                case 1: client.endSending()
                default: client.close()
                }
            }
            #expect(eventually { test.server.connectionCount == 0 })
            #expect(test.server.workerLoad == 0)
            #expect(try test.exchange(Exchange.get("/hello", version: "1.0")).hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `figures count what was answered, by route`() throws {
        try TestServer.run({ _ in }) { request in
            var response = Response.text(request.pathText == "/a" ? .ok : .notFound, "x\n")
            response.route = request.pathText == "/a" ? "/a" : "/{other}"
            return .answer(response)
        } body: { test in
            for path in ["/a", "/b", "/a", "/c"] { _ = try test.exchange(Exchange.get(path, version: "1.0")) }
            _ = try test.exchange("x\r\n\r\n")
            _ = test.log.summary(5)
            let routes = test.server.routes
            #expect(routes.map { "\($0.pattern)" } == ["-", "/a", "/{other}"])
            #expect(routes.map { $0.byClass } == [[0, 0, 0, 0, 1, 0], [0, 0, 2, 0, 0, 0], [0, 0, 0, 0, 2, 0]])
            #expect(routes.map { $0.byLatency.reduce(0, +) } == [1, 2, 2])
            #expect(routes.allSatisfy { $0.bytes > 0 })
        }
    }
}
