// What is too much is refused, with the right word and before it is read.

import HTTP
import Testing

@Suite struct LimitTests {
    private static let urlencoded = "Content-Type: application/x-www-form-urlencoded\r\n"

    static let rows: [Exchange] = [
        Exchange(
            name: "a request line over 64 bytes", request: "GET /" + String(repeating: "a", count: 60),
            response: Exchange.refusal("414 URI Too Long", "request line too long\n")),
        Exchange(
            name: "a header section over 256 bytes",
            request: "GET / HTTP/1.1\r\nHost: a.example\r\nCookie: " + String(repeating: "a", count: 240),
            response: Exchange.refusal("431 Request Header Fields Too Large", "header section too large\n")),
        Exchange(
            name: "more than 3 fields", request: "GET / HTTP/1.1\r\nHost: a.example\r\nA: b\r\nA: b\r\nA: b\r\n",
            response: Exchange.refusal("431 Request Header Fields Too Large", "too many header fields\n")),
        Exchange(
            name: "a form by its length",
            request: Exchange.post("/form", urlencoded + "Content-Length: 101\r\n"),
            response: Exchange.refusal("413 Content Too Large", "body is larger than 100 bytes\n")),
        Exchange(
            name: "a form in chunks",
            request: Exchange.post("/form", urlencoded + "Transfer-Encoding: chunked\r\n", "65\r\n"),
            response: Exchange.refusal("413 Content Too Large", "body too large\n")),
        Exchange(
            name: "bytes by their length", request: Exchange.post("/bytes", "Content-Length: 65\r\n"),
            response: Exchange.refusal("413 Content Too Large", "body is larger than 64 bytes\n")),
        Exchange(
            name: "a length of eighteen nines",
            request: Exchange.post("/bytes", "Content-Length: 999999999999999999\r\n"),
            response: Exchange.refusal("413 Content Too Large", "body is larger than 64 bytes\n")),
        Exchange(
            name: "a length that no Int holds",
            request: Exchange.post("/bytes", "Content-Length: 99999999999999999999\r\n"),
            response: Exchange.refusal("400 Bad Request", "malformed Content-Length\n")),
        Exchange(
            name: "a chunk size that no Int holds",
            request: Exchange.post("/bytes", "Transfer-Encoding: chunked\r\n", "FFFFFFFFFFFFFFFF\r\n"),
            response: Exchange.refusal("413 Content Too Large", "body too large\n")),
        Exchange(
            name: "a body that nobody wants", request: Exchange.post("/hello", "Content-Length: 101\r\n"),
            response: Exchange.refusal("413 Content Too Large", "body is larger than 100 bytes\n")),
        Exchange(
            name: "an upload by its length",
            request: Exchange.post(
                "/upload", "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 2001\r\n"),
            response: Exchange.refusal("413 Content Too Large", "body is larger than 2000 bytes\n")),
        Exchange(
            name: "a form without files where files may come",
            request: Exchange.post("/upload", urlencoded + "Content-Length: 101\r\n"),
            response: Exchange.refusal("413 Content Too Large", "body is larger than 100 bytes\n")),
    ]

    @Test(arguments: rows)
    func `too much is refused before it is read`(_ row: Exchange) throws {
        try TestServer.run(Self.small) { request in
            request.pathText == "/upload"
                ? .serve(.upload(directory: "/tmp"), .worker, Exchange.echo) : Exchange.receive(request)
        } body: { test in
            let response = try test.exchange(row.request)
            #expect(response == row.response)
            #expect(test.log.summary(1).count == 1)
        }
    }

    private static func small(_ configuration: inout Configuration) {
        configuration.limits.requestLine = 64
        configuration.limits.headerSection = 256
        configuration.limits.fields = 3
        configuration.limits.formBody = 100
        configuration.limits.uploadBody = 2000
    }

    @Test func `what is just within the limits is taken`() throws {
        try TestServer.run(Self.small) { test in
            let line = "GET /other?" + String(repeating: "a", count: 64 - 20) + " HTTP/1.1\r\n"
            let fields = "Host: a.example\r\nConnection: close\r\n"
            let cookie = "Cookie: " + String(repeating: "c", count: 256 - fields.utf8.count - 10) + "\r\n"
            #expect((fields + cookie).utf8.count == 256)
            let other = try test.exchange(line + fields + cookie + "\r\n")
            #expect(other.hasPrefix("HTTP/1.1 404 "))
            let body = String(repeating: "b", count: 64)
            let post = Exchange.post("/bytes", "Connection: close\r\nContent-Length: 64\r\n", body)
            let response = try test.exchange(post)
            #expect(RawResponse.body(of: response) == "64 bytes: \(body)\n")
        }
    }

    @Test(arguments: ["HTTP/1.1", "HTTP/1.0"])
    func `a client that sends much more before it looks still reads why it was refused`(_ version: String) throws {
        try TestServer.run { test in
            let client = try test.connect()
            try client.send("POST /bytes \(version)\r\nHost: a.example\r\nContent-Length: 8000000\r\n\r\n")
            let piece = [UInt8](repeating: 0x78, count: 100_000)
            for _ in 0..<80 { try client.send(piece) }
            #expect(
                try client.readAll()
                    == Exchange.refusal("413 Content Too Large", "body is larger than 64 bytes\n"))
        }
    }

    @Test func `past the connections of the house a client is told to come back`() throws {
        try TestServer.run { configuration in
            configuration.limits.connections = 2
            configuration.commonFields = [("X-Content-Type-Options", "nosniff")]
        } body: { test in
            let guests = try [test.connect(), test.connect()]
            for guest in guests {
                try guest.send(Exchange.get("/hello"))
                _ = try guest.readResponse()
            }
            for _ in 0..<200 {
                let late = try test.connect()
                // Whatever it sends, and the server will not read, it reads the answer.
                try? late.send(Exchange.get("/hello") + String(repeating: "x", count: 50_000))
                let response = try late.readAllBytes().text
                #expect(response.hasPrefix("HTTP/1.1 503 Service Unavailable\r\nDate: "))
                #expect(RawResponse.field("retry-after", in: response) == "5")
                #expect(RawResponse.field("connection", in: response) == "close")
                #expect(RawResponse.field("x-content-type-options", in: response) == "nosniff")
                #expect(
                    RawResponse.field("content-length", in: response)
                        == "\(RawResponse.body(of: response).unicodeScalars.count)")
            }
            #expect(test.server.statistics.turnedAway.load(ordering: .relaxed) == 200)
            #expect(test.log.notices.contains("too many connections"))
            guests[0].close()
            #expect(eventually { test.server.connectionCount == 1 })
            #expect(try test.exchange(Exchange.get("/hello", "Connection: close\r\n")).hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `one address may have so many connections and no more`() throws {
        try TestServer.run {
            $0.limits.connectionsPerAddress = 3
        } body: { test in
            let guests = try (0..<3).map { _ in try test.connect() }
            #expect(eventually { test.server.connectionCount == 3 })
            #expect(try test.connect().readAll().hasPrefix("HTTP/1.1 503 "))
            #expect(test.log.notices == ["too many connections from 127.0.0.1"])
            guests[1].close()
            #expect(eventually { test.server.connectionCount == 2 })
            #expect(try test.exchange(Exchange.get("/hello", version: "1.0")).hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `a trusted proxy may have as many connections as it needs`() throws {
        try TestServer.run {
            $0.limits.connectionsPerAddress = 1
            $0.trustedProxies = (try? TrustedProxies("127.0.0.0/8")) ?? TrustedProxies()
        } body: { test in
            let guests = try (0..<5).map { _ in try test.connect() }
            for guest in guests {
                try guest.send(Exchange.get("/hello"))
                #expect(try guest.readResponse() == Exchange.ok("hello\n"))
            }
        }
    }
}
