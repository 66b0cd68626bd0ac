// Who is too slow is told so, or left. The limits are tiny here; only order and outcome are looked at, never durations.

import Glibc
import HTTP
import Testing

@Suite struct TimeLimitTests {
    private static func impatient(_ configuration: inout Configuration) {
        configuration.limits.headerSeconds = 1
        configuration.limits.idleSeconds = 1
        configuration.limits.bodyBytesPerSecond = 1000
        configuration.limits.responseBytesPerSecond = 1_000_000
    }

    private static let late = Exchange.refusal("408 Request Timeout", "The header took too long\n")

    @Test func `a header that stops gets 408`() throws {
        try TestServer.run(Self.impatient) { test in
            let response = try test.exchange("GET /hello HTTP/1.1\r\nHost: a.ex")
            #expect(response == Self.late)
            #expect(test.log.summary(1) == ["- 408: The header took too long"])
        }
    }

    @Test func `a header that comes byte after byte gets 408`() throws {
        try TestServer.run(Self.impatient) { test in
            let client = try test.connect()
            for byte in (Exchange.get("/hello") + String(repeating: "x", count: 300)).dropLast(302).utf8 {
                guard (try? client.send([byte])) != nil, client.isSilent else { break }
            }
            #expect(try client.readAll() == Self.late)
        }
    }

    @Test func `the second header of a connection has no more time than the first`() throws {
        try TestServer.run(Self.impatient) { test in
            let client = try test.connect()
            try client.send(Exchange.get("/hello") + "GET /he")
            #expect(try client.readResponse() == Exchange.ok("hello\n"))
            #expect(try client.readAll() == Self.late)
        }
    }

    @Test(arguments: ["Content-Length: 60\r\n", "Transfer-Encoding: chunked\r\n"])
    func `a body that stops gets 408`(_ framing: String) throws {
        try TestServer.run(Self.impatient) { test in
            let response = try test.exchange(Exchange.post("/bytes", framing, "5\r\nab"))
            #expect(response == Exchange.refusal("408 Request Timeout", "The body came too slowly\n"))
            #expect(test.log.summary(1) == ["POST /bytes 408: The body came too slowly"])
        }
    }

    @Test func `a body that comes fast enough may take longer than a header`() throws {
        try TestServer.run {
            Self.impatient(&$0)
            $0.limits.bodyBytesPerSecond = 1
        } _: { _ in
            .serve(.bytes(maximum: 1000), .loop, Exchange.echo)
        } body: { test in
            let client = try test.connect()
            try client.send(Exchange.post("/", "Content-Length: 120\r\n"))
            for _ in 0..<12 {
                try client.send("0123456789")
                usleep(200_000)
            }
            #expect(try client.readResponse().hasPrefix("HTTP/1.1 200 OK"))
        }
    }

    @Test(arguments: ["", "\r\n"])
    func `an idle connection is closed without a word`(_ stray: String) throws {
        try TestServer.run(Self.impatient) { test in
            let client = try test.connect()
            try client.send(Exchange.get("/hello") + stray)
            #expect(try client.readResponse() == Exchange.ok("hello\n"))
            #expect(try client.readAll() == "")
            #expect(test.log.summary(1) == ["GET /hello 200"])
            #expect(eventually { test.server.connectionCount == 0 })
        }
    }

    @Test func `a client that never speaks is left without a word`() throws {
        try TestServer.run {
            Self.impatient(&$0)
            $0.limits.idleSeconds = 1000
        } body: { test in
            let response = try test.connect().readAll()
            #expect(response == "")
            #expect(test.log.lines.isEmpty)
        }
    }

    @Test(arguments: ["bytes", "file", "stream"])
    func `a client that takes its response too slowly is left`(_ kind: String) throws {
        let folder = TestFolder()
        let large = [UInt8](repeating: 0x78, count: 20_000_000)
        let file = folder.file(large).body
        try TestServer.run(Self.impatient) { _ in
            switch kind {
            case "bytes": .answer(Response(.ok, body: .bytes(large, type: "x/y")))
            case "file": .answer(Response(.ok, body: .file(file)))
            default: .answer(Response(.ok, body: .stream(StreamBody(type: "x/y") { [UInt8](large[..<100_000]) })))
            }
        } body: { test in
            let client = try RawClient(port: test.port, receiveBuffer: 4096)
            try client.send(Exchange.get("/"))
            _ = try client.read(to: "\r\n\r\n")
            #expect(test.log.summary(1) == ["GET / 200: response was taken too slowly"])
            #expect(eventually { test.server.connectionCount == 0 })
            let taken = test.log.lines[0].bytes
            #expect(taken < large.count)
        }
    }

    @Test func `a client that does not hang up after its refusal is left in the end`() throws {
        try TestServer.run { test in
            let client = try test.connect()
            try client.send("x\r\n\r\n")
            #expect(
                try client.readAll() == Exchange.refusal("400 Bad Request", "request line without target and version\n")
            )
            // It holds its end open; the server waits a few seconds, then goes.
            #expect(eventually { test.server.connectionCount == 0 })
        }
    }
}
