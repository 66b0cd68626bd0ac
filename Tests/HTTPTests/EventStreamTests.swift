// Server-sent events: sent from anywhere, ended by either side, told of once.

import Dispatch
import Glibc
import HTTP
import Testing

@Suite struct EventStreamTests {
    private static let head =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\n"

    /// Streams in the order in which they were asked for, and how often each was closed.
    private final class Hub: Sendable {
        let streams = Notes<EventStream>()
        let closed = Notes<Int>()

        @Sendable func receive(_ request: Request) -> Reception {
            guard request.pathText == "/events" else { return Exchange.receive(request) }
            let number = streams.all.count
            let stream = EventStream { [closed] in closed.add(number) }
            streams.add(stream)
            return .answer(Response(.ok, body: .events(stream)))
        }
    }

    private static func chunk(_ text: String) -> String { "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n" }

    @Test func `events go out as they are sent, early ones first`() throws {
        let hub = Hub()
        try TestServer.run({ _ in }) { request in
            let reception = hub.receive(request)
            hub.streams.all.last?.send(data: "early")
            return reception
        } body: { test in
            let client = try test.connect()
            try client.send(Exchange.get("/events"))
            #expect(try client.read(to: "\r\n\r\n").withoutDate == Self.head)
            #expect(try client.read(to: "\n\n\r\n") == Self.chunk("data: early\n\n"))
            let stream = hub.streams.all[0]
            #expect(stream.send(event: "ticket", id: "7", data: "Folio 12"))
            #expect(try client.read(to: "\n\n\r\n") == Self.chunk("id: 7\nevent: ticket\ndata: Folio 12\n\n"))
            #expect(stream.keepAlive())
            #expect(try client.read(to: ":\n\n\r\n") == Self.chunk(":\n\n"))
        }
    }

    static let texts: [(String, String)] = [
        ("a\nb", "data: a\ndata: b\n\n"), ("a\r\nb\rc", "data: a\ndata: b\ndata: c\n\n"),
        ("a\n\nb\n", "data: a\ndata: \ndata: b\ndata: \n\n"), ("", "data: \n\n"),
        ("a\u{2028}b\u{85}c\u{B}d", "data: a\u{2028}b\u{85}c\u{B}d\n\n"),
    ]

    @Test(arguments: texts)
    func `only line ends divide the data of an event`(_ text: String, _ expected: String) throws {
        let hub = Hub()
        try TestServer.run({ _ in }, hub.receive) { test in
            let client = try test.connect()
            try client.send(Exchange.get("/events", version: "1.0"))
            _ = try client.read(to: "\r\n\r\n")
            hub.streams.all[0].send(event: "x\ndata: forged", id: "1\r2", data: text)
            let bytes = "id: 12\nevent: xdata: forged\n" + expected
            #expect(try client.readBytes(bytes.utf8.count) == Array(bytes.utf8))
        }
    }

    @Test func `many threads may send, and each one's events keep their order`() throws {
        let hub = Hub()
        try TestServer.run({ _ in }, hub.receive) { test in
            let client = try test.connect()
            try client.send(Exchange.get("/events"))
            _ = try client.read(to: "\r\n\r\n")
            let stream = hub.streams.all[0]
            DispatchQueue.concurrentPerform(iterations: 4) { thread in
                for number in 0..<100 { stream.send(data: "\(thread) \(number)") }
            }
            var last = [-1, -1, -1, -1]
            for _ in 0..<400 {
                let event = try client.read(to: "\n\n\r\n")
                let numbers = event.split { !$0.isNumber }.suffix(2).compactMap { Int($0) }
                #expect(numbers[1] == last[numbers[0]] + 1)
                last[numbers[0]] = numbers[1]
            }
            #expect(last == [99, 99, 99, 99])
        }
    }

    @Test(arguments: ["end", "reset", "half", "http10"])
    func `a client that leaves is noticed, and told of once`(_ way: String) throws {
        let hub = Hub()
        try TestServer.run({ _ in }, hub.receive) { test in
            let client = try test.connect()
            try client.send(Exchange.get("/events", version: way == "http10" ? "1.0" : "1.1"))
            _ = try client.read(to: "\r\n\r\n")
            switch way {
            case "reset": client.reset()
            case "half": client.endSending()
            default: client.close()
            }
            #expect(eventually { hub.closed.all == [0] })
            #expect(hub.streams.all[0].send(data: "anyone?") == false)
            #expect(eventually { test.server.connectionCount == 0 })
            #expect(test.log.summary(1) == ["GET /events 200"])
            #expect(hub.closed.all == [0])
        }
    }

    @Test func `a client that said before that it sends no more is not held`() throws {
        let hub = Hub()
        try TestServer.run({ _ in }, hub.receive) { test in
            let client = try test.connect()
            try client.send(Exchange.get("/worker") + Exchange.get("/events"))
            client.endSending()
            #expect(try client.readResponse() == Exchange.ok("worked\n"))
            #expect(try client.readAll() == Self.head)
            #expect(eventually { hub.closed.all == [0] })
        }
    }

    @Test func `a client that does not take its events is left`() throws {
        let hub = Hub()
        try TestServer.run({ _ in }, hub.receive) { test in
            let client = try RawClient(port: test.port, receiveBuffer: 4096)
            try client.send(Exchange.get("/events"))
            _ = try client.read(to: "\r\n\r\n")
            let stream = hub.streams.all[0]
            let data = String(repeating: "x", count: 30_000)
            #expect(
                eventually {
                    for _ in 0..<10 { stream.send(data: data) }
                    return hub.closed.all == [0]
                })
            #expect(test.log.summary(1) == ["GET /events 200: events were taken too slowly"])
        }
    }

    @Test func `a stream that nobody took over keeps only so much`() {
        let stream = EventStream()
        let data = String(repeating: "x", count: 30_000)
        #expect(stream.send(data: data))
        #expect(stream.send(data: data))
        #expect(!stream.send(data: data))
        #expect(!stream.send(data: "short"))
    }

    @Test func `HEAD opens no stream and closes the one that it was given`() throws {
        let hub = Hub()
        try TestServer.run({ _ in }, hub.receive) { test in
            let client = try test.connect()
            try client.send("HEAD /events HTTP/1.1\r\nHost: a.example\r\n\r\n")
            #expect(try client.readResponse(toHead: true) == Self.head)
            #expect(hub.closed.all == [0])
            try client.send(Exchange.get("/hello"))
            #expect(try client.readResponse() == Exchange.ok("hello\n"))
        }
    }

    @Test func `a stream serves one connection; a second one gets its end at once`() throws {
        let stream = EventStream()
        try TestServer.run({ _ in }) { _ in
            .answer(Response(.ok, body: .events(stream)))
        } body: { test in
            let (first, second) = (try test.connect(), try test.connect())
            try first.send(Exchange.get("/"))
            #expect(try first.read(to: "\r\n\r\n").withoutDate == Self.head)
            try second.send(Exchange.get("/", "Connection: close\r\n"))
            #expect(RawResponse.body(of: try second.readAll()) == "0\r\n\r\n")
        }
    }

    @Test func `a stream whose client left before it was answered is closed`() throws {
        let closed = Notes<Int>()
        let gate = Gate()
        try TestServer.run({ _ in }) { _ in
            .serve(.none, .worker) { _ in
                gate.pass()
                return Response(.ok, body: .events(EventStream { closed.add(1) }))
            }
        } body: { test in
            let client = try test.connect()
            try client.send(Exchange.get("/"))
            eventually { gate.visitors == 1 }
            client.reset()
            gate.open()
            #expect(eventually { closed.all == [1] })
            #expect(test.log.summary(1).count == 1)
        }
    }

    @Test func `stopping ends streams with their last chunk`() throws {
        let hub = Hub()
        var clients: [RawClient] = []
        try TestServer.run({ _ in }, hub.receive) { test in
            for version in ["1.1", "1.1", "1.0"] {
                let client = try test.connect()
                try client.send(Exchange.get("/events", version: version))
                _ = try client.read(to: "\r\n\r\n")
                clients.append(client)
            }
        }
        #expect(hub.closed.all.sorted() == [0, 1, 2])
        #expect(try clients[0].readAll() == "0\r\n\r\n")
        #expect(try clients[1].readAll() == "0\r\n\r\n")
        #expect(try clients[2].readAll() == "")
    }
}
