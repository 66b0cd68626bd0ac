// Several requests in one go: answers come in order, whoever makes them and however long it takes.

import HTTP
import Testing

@Suite struct PipeliningTests {
    @Test func `answers come in the order of the requests, also when the first one takes long`() throws {
        let gate = Gate()
        try TestServer.run({ _ in }) { request in
            guard request.pathText == "/slow" else { return Exchange.receive(request) }
            return .serve(.none, .worker) { _ in
                gate.pass()
                return .text(.ok, "slow\n")
            }
        } body: { test in
            let client = try test.connect()
            try client.send(Exchange.get("/slow") + Exchange.get("/hello") + Exchange.get("/worker"))
            eventually { gate.visitors == 1 }
            #expect(client.isSilent)
            gate.open()
            #expect(try client.readResponse() == Exchange.ok("slow\n"))
            #expect(try client.readResponse() == Exchange.ok("hello\n"))
            #expect(try client.readResponse() == Exchange.ok("worked\n"))
            #expect(test.log.summary(3) == ["GET /slow 200", "GET /hello 200", "GET /worker 200"])
        }
    }

    @Test func `a body and the next request may share a segment`() throws {
        try TestServer.run { test in
            let client = try test.connect()
            try client.send(
                Exchange.post("/bytes", "Content-Length: 3\r\n", "abc") + Exchange.get("/hello")
                    + Exchange.post("/bytes-worker", "Transfer-Encoding: chunked\r\n", "1\r\nz\r\n0\r\n\r\n")
                    + Exchange.get("/hello", "Connection: close\r\n"))
            let responses = [
                Exchange.ok("3 bytes: abc\n"), Exchange.ok("hello\n"), Exchange.ok("1 bytes: z\n"),
                Exchange.ok("hello\n", "Connection: close\r\n"),
            ]
            #expect(try client.readAll() == responses.joined())
        }
    }

    @Test func `thousands of requests at once are answered one by one`() throws {
        try TestServer.run { test in
            let client = try test.connect()
            let count = 3000
            try client.send(String(repeating: Exchange.get("/hello"), count: count))
            client.endSending()
            #expect(try client.readAll() == String(repeating: Exchange.ok("hello\n"), count: count))
            #expect(test.log.summary(count).count == count)
        }
    }

    @Test func `what follows the last request is not served`() throws {
        try TestServer.run { test in
            let response = try test.exchange(Exchange.get("/hello", "Connection: close\r\n") + Exchange.get("/worker"))
            #expect(response == Exchange.ok("hello\n", "Connection: close\r\n"))
            #expect(test.log.summary(1) == ["GET /hello 200"])
        }
    }

    @Test func `what follows a broken request is not served`() throws {
        try TestServer.run { test in
            let response = try test.exchange("GET / HTTP/1.1\r\nHost: a b\r\n\r\n" + Exchange.get("/hello"))
            #expect(response == Exchange.refusal("400 Bad Request", "malformed Host\n"))
            #expect(test.log.summary(1) == ["- 400: malformed Host"])
        }
    }

    @Test func `a client that pipelines without reading is held back, not buffered`() throws {
        try TestServer.run({ _ in }) { _ in
            .serve(.none, .loop) { _ in
                Response(.ok, body: .bytes([UInt8](repeating: 0x78, count: 100_000), type: "x/y"))
            }
        } body: { test in
            let client = try RawClient(port: test.port, receiveBuffer: 4096)
            let request = Exchange.get("/large")
            // More than the socket's buffers hold of responses, and far more requests than that.
            try client.send(String(repeating: request, count: 500))
            let served = test.log.lines.count
            #expect(served < 400)
            for _ in 0..<500 {
                _ = try client.read(to: "\r\n\r\n")
                #expect(try client.readBytes(100_000).allSatisfy { $0 == 0x78 })
            }
            #expect(test.log.summary(500).count == 500)
        }
    }
}
