// Bodies that are made while they are taken.

import HTTP
import Synchronization
import Testing

@Suite struct StreamTests {
    private struct Failed: Error {}

    /// The pieces one after the other, then the end or a failure.
    private static func stream(_ pieces: [String], fails: Bool = false) -> StreamBody {
        let given = Counter()
        return StreamBody(type: "text/csv") {
            let index = given.next()
            if index < pieces.count { return Array(pieces[index].utf8) }
            if fails { throw Failed() }
            return nil
        }
    }

    private final class Counter: Sendable {
        private let count = Atomic<Int>(0)

        func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).oldValue }
    }

    @Test(arguments: [Place.loop, .worker])
    func `HTTP 1.1 gets chunks and keeps its connection`(_ place: Place) throws {
        try TestServer.run({ _ in }) { _ in
            .serve(.none, place) { _ in
                Response(.ok, body: .stream(Self.stream(["ab", "", "cdefghijklmnopqr", "s"]))).adding("X-A", "b")
            }
        } body: { test in
            let client = try test.connect()
            try client.send(Exchange.get("/") + Exchange.get("/", "Connection: close\r\n"))
            let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/csv\r\nX-A: b\r\n"
            let body = "\r\n2\r\nab\r\n10\r\ncdefghijklmnopqr\r\n1\r\ns\r\n0\r\n\r\n"
            #expect(try client.readAll() == head + body + head + "Connection: close\r\n" + body)
            #expect(test.log.summary(2) == ["GET / 200", "GET / 200"])
        }
    }

    @Test(arguments: ["", "Connection: keep-alive\r\n"])
    func `HTTP 1.0 gets the bytes and the end of the connection`(_ fields: String) throws {
        try TestServer.run({ _ in }) { _ in
            .answer(Response(.ok, body: .stream(Self.stream(["ab", "", "cd"]))))
        } body: { test in
            let response = try test.exchange(Exchange.get("/", fields, version: "1.0"))
            #expect(response == "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nConnection: close\r\n\r\nabcd")
        }
    }

    @Test func `HEAD gets the head alone and takes no piece`() throws {
        let calls = Notes<Int>()
        try TestServer.run({ _ in }) { _ in
            .answer(
                Response(
                    .ok,
                    body: .stream(
                        StreamBody(type: "text/csv") {
                            calls.add(1)
                            return nil
                        })))
        } body: { test in
            let client = try test.connect()
            for _ in 0..<2 {
                try client.send("HEAD / HTTP/1.1\r\nHost: a.example\r\n\r\n")
                let head = try client.readResponse(toHead: true)
                #expect(head == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/csv\r\n\r\n")
            }
            let old = try test.exchange("HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(old == "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nConnection: close\r\n\r\n")
            #expect(calls.all.isEmpty)
        }
    }

    @Test func `a stream that fails cuts the connection before its last chunk`() throws {
        try TestServer.run({ _ in }) { _ in
            .answer(Response(.ok, body: .stream(Self.stream(["ab"], fails: true))))
        } body: { test in
            let client = try test.connect()
            try client.send(Exchange.get("/") + Exchange.get("/"))
            let response = try client.readAll()
            #expect(RawResponse.body(of: response) == "2\r\nab\r\n")
            #expect(test.log.summary(1) == ["GET / 200: stream failed: Failed()"])
        }
    }

    @Test func `a stream that fails towards HTTP 1.0 resets the connection, since its end would look whole`() throws {
        try TestServer.run({ _ in }) { _ in
            .answer(Response(.ok, body: .stream(Self.stream(["ab"], fails: true))))
        } body: { test in
            let client = try test.connect()
            try client.send(Exchange.get("/", version: "1.0"))
            #expect(throws: RawClient.Failure.self) { try client.readAll() }
            #expect(test.log.summary(1) == ["GET / 200: stream failed: Failed()"])
        }
    }

    @Test func `pieces are made only as they are taken, and no more once the client left`() throws {
        let made = Notes<Int>()
        try TestServer.run({ _ in }) { _ in
            .answer(
                Response(
                    .ok,
                    body: .stream(
                        StreamBody(type: "x/y") {
                            made.add(1)
                            return [UInt8](repeating: 0x78, count: 100_000)
                        })))
        } body: { test in
            let client = try RawClient(port: test.port, receiveBuffer: 4096)
            try client.send(Exchange.get("/"))
            _ = try client.readBytes(250_000)
            // The socket's buffers take a few MB; the stream has no end.
            #expect(client.isSilent == false)
            var before = -1
            eventually {
                defer { before = made.all.count }
                return before == made.all.count
            }
            #expect(made.all.count < 200)
            client.close()
            #expect(eventually { test.server.connectionCount == 0 })
            #expect(test.log.summary(1) == ["GET / 200: client left"])
        }
    }
}
