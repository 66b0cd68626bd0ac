// Responses that come after the handler has returned.

import Dispatch
import HTTP
import Synchronization
import Testing

@Suite struct LaterResponseTests {
    /// Promises that are kept when the test says so.
    private final class Promises: Sendable {
        private let answers = Mutex<[@Sendable (Response) -> Void]>([])

        func later() -> Response { .later { answer in self.answers.withLock { $0.append(answer) } } }
        var count: Int { answers.withLock(\.count) }
        func keep(_ response: Response) {
            let waiting = answers.withLock { answers in
                defer { answers = [] }
                return answers
            }
            for answer in waiting { answer(response) }
        }
    }

    private static func serve(_ place: Place, _ promises: Promises) -> @Sendable (Request) -> Reception {
        { _ in
            .serve(.none, place) { _ in
                var response = promises.later().adding("Set-Cookie", "lang=es")
                response.tenant = "proware"
                return response
            }
        }
    }

    @Test(arguments: [Place.loop, Place.worker])
    func `a promise is kept from another queue, with the fields of both`(place: Place) throws {
        let promises = Promises()
        try TestServer.run({ _ in }, Self.serve(place, promises)) { test in
            let client = try test.connect()
            try client.send("GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n")
            #expect(eventually { promises.count == 1 })
            DispatchQueue(label: "elsewhere").async { promises.keep(.seeOther("/tickets/1")) }
            let answer = try client.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 303 See Other\r\n"))
            #expect(answer.contains("\r\nLocation: /tickets/1\r\n"))
            #expect(answer.contains("\r\nSet-Cookie: lang=es\r\n"))
            #expect(test.log.summary(1) == ["GET / 303"])
            #expect(test.log.lines.first?.tenant == "proware")
        }
    }

    @Test func `a promise kept at once and in the handler is answered`() throws {
        let receive: @Sendable (Request) -> Reception = { _ in
            .serve(.none, .loop) { _ in .later { $0(.text(.ok, "now\n")) } }
        }
        try TestServer.run({ _ in }, receive) { test in
            let answer = try test.exchange("GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n")
            #expect(answer.hasSuffix("\r\n\r\nnow\n"))
        }
    }

    @Test func `requests pipelined behind a promise wait for it and are answered in order`() throws {
        let promises = Promises()
        let receive: @Sendable (Request) -> Reception = { request in
            request.pathText == "/later"
                ? .serve(.none, .loop) { _ in promises.later() } : .answer(.text(.ok, "at once\n"))
        }
        try TestServer.run({ _ in }, receive) { test in
            let client = try test.connect()
            try client.send(
                "GET /later HTTP/1.1\r\nHost: a.example\r\n\r\nGET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n"
            )
            #expect(eventually { promises.count == 1 })
            promises.keep(.text(.ok, "later\n"))
            let answer = try client.readAll()
            let first = try #require(answer.range(of: "later\n"))
            let second = try #require(answer.range(of: "at once\n"))
            #expect(first.upperBound <= second.lowerBound)
        }
    }

    @Test func `a promise kept after the client left is dropped and logged once`() throws {
        let promises = Promises()
        try TestServer.run({ _ in }, Self.serve(.loop, promises)) { test in
            let client = try test.connect()
            try client.send("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")
            #expect(eventually { promises.count == 1 })
            client.reset()
            promises.keep(.text(.ok, "nobody\n"))
            #expect(test.log.summary(1).count == 1)
            #expect(eventually { test.server.connectionCount == 0 })
        }
    }

    @Test func `a promise kept with another promise is an error and not a riddle`() throws {
        let receive: @Sendable (Request) -> Reception = { _ in
            .serve(.none, .loop) { _ in .later { $0(.later { _ in }) } }
        }
        try TestServer.run({ _ in }, receive) { test in
            let answer = try test.exchange("GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 500 "))
        }
    }

    @Test func `stopping waits for a promise, whose answer is the last`() throws {
        let promises = Promises()
        try TestServer.run({ $0.loops = 1 }, Self.serve(.loop, promises)) { test in
            let (client, other) = (try test.connect(), try test.connect())
            try client.send("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")
            #expect(eventually { promises.count == 1 && test.server.connectionCount == 2 })
            let stopped = DispatchGroup()
            DispatchQueue(label: "stop").async(group: stopped) { test.server.stop(within: 60) }
            // A visitor who is sent away shows that the loop has heard of the stop.
            #expect(other.isEnded())
            promises.keep(.text(.ok, "last\n"))
            let answer = try client.readAll()
            #expect(answer.hasSuffix("\r\nConnection: close\r\n\r\nlast\n"))
            client.close()
            #expect(stopped.wait(timeout: .now() + .seconds(50)) == .success)
        }
    }
}
