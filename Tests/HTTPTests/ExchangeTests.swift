// Whole exchanges over a real socket: every row whole, cut at every byte, and one after the other on one connection.

import HTTP
import Testing

@Suite struct ExchangeTests {
    private static let close = "Connection: close\r\n"
    private static let alive = "Connection: keep-alive\r\n"
    private static let notFound =
        "HTTP/1.1 404 Not Found\r\nContent-Length: 10\r\nContent-Type: text/plain; charset=utf-8\r\n"

    static let rows: [Exchange] = [
        Exchange(
            name: "HTTP/1.1 stays", request: Exchange.get("/hello"), response: Exchange.ok("hello\n"),
            isKeptAlive: true),
        Exchange(
            name: "HTTP/1.1 with Connection: close", request: Exchange.get("/hello", close),
            response: Exchange.ok("hello\n", close)),
        Exchange(
            name: "HTTP/1.0 ends", request: Exchange.get("/hello", version: "1.0"),
            response: Exchange.ok("hello\n", close)),
        Exchange(
            name: "HTTP/1.0 without Host", request: "GET /hello HTTP/1.0\r\n\r\n",
            response: Exchange.ok("hello\n", close)),
        Exchange(
            name: "HTTP/1.0 stays when it asks to", request: Exchange.get("/hello", alive, version: "1.0"),
            response: Exchange.ok("hello\n", alive), isKeptAlive: true),
        Exchange(
            name: "a handler that ends the connection", request: Exchange.get("/last"),
            response: Exchange.ok("last\n", close)),
        Exchange(
            name: "HEAD has the length and no body",
            request: "HEAD /hello HTTP/1.1\r\nHost: a.example\r\n\r\n",
            response: "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n",
            isKeptAlive: true),
        Exchange(
            name: "204 has neither length nor body", request: Exchange.get("/empty"),
            response: "HTTP/1.1 204 No Content\r\n\r\n", isKeptAlive: true),
        Exchange(
            name: "200 without content has length 0", request: Exchange.get("/nothing"),
            response: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", isKeptAlive: true),
        Exchange(
            name: "303", request: Exchange.get("/see"),
            response: "HTTP/1.1 303 See Other\r\nContent-Length: 0\r\nLocation: /hello\r\n\r\n", isKeptAlive: true),
        Exchange(
            name: "404 without a body stays", request: Exchange.get("/other"), response: notFound + "\r\nnot found\n",
            isKeptAlive: true),
        Exchange(
            name: "404 before the body ends",
            request: Exchange.post("/other", "Content-Length: 3\r\n", "abc"),
            response: notFound + close + "\r\nnot found\n"),
        Exchange(
            name: "404 with an empty body stays", request: Exchange.post("/other", "Content-Length: 0\r\n"),
            response: notFound + "\r\nnot found\n", isKeptAlive: true),
        Exchange(
            name: "OPTIONS *", request: "OPTIONS * HTTP/1.1\r\nHost: a.example\r\n\r\n",
            response: "HTTP/1.1 204 No Content\r\nAllow: GET, HEAD, POST, OPTIONS\r\n\r\n", isKeptAlive: true),
        Exchange(
            name: "absolute-form", request: "GET http://b.example/hello HTTP/1.1\r\nHost: a.example\r\n\r\n",
            response: Exchange.ok("hello\n"), isKeptAlive: true),
        Exchange(
            name: "a worker", request: Exchange.get("/worker"), response: Exchange.ok("worked\n"), isKeptAlive: true),
        Exchange(
            name: "empty lines before a request", request: "\r\n\r\n" + Exchange.get("/hello"),
            response: Exchange.ok("hello\n"), isKeptAlive: true),
        Exchange(
            name: "bytes by length", request: Exchange.post("/bytes", "Content-Length: 5\r\n", "a\r\n\0z"),
            response: Exchange.ok("5 bytes: a\r\n\0z\n"), isKeptAlive: true),
        Exchange(
            name: "bytes in chunks",
            request: Exchange.post(
                "/bytes", "Transfer-Encoding: chunked\r\n", "3;x=\"y\"\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: v\r\n\r\n"),
            response: Exchange.ok("13 bytes: abc0123456789\n"), isKeptAlive: true),
        Exchange(
            name: "bytes to a worker", request: Exchange.post("/bytes-worker", "Content-Length: 2\r\n", "ab"),
            response: Exchange.ok("2 bytes: ab\n"), isKeptAlive: true),
        Exchange(
            name: "no bytes where some could be", request: Exchange.post("/bytes", ""),
            response: Exchange.ok("0 bytes: \n"), isKeptAlive: true),
        Exchange(
            name: "a body that nobody wants is dropped",
            request: Exchange.post("/hello", "Content-Length: 3\r\n", "abc"), response: Exchange.ok("hello\n"),
            isKeptAlive: true),
        Exchange(
            name: "a form",
            request: Exchange.post(
                "/form", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 13\r\n", "a=1&b=%C3%B1+"),
            response: Exchange.ok("a=1;b=ñ \n"), isKeptAlive: true),
        Exchange(
            name: "a form in chunks",
            request: Exchange.post(
                "/form", "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n",
                "2\r\na=\r\n1\r\n1\r\n0\r\n\r\n"),
            response: Exchange.ok("a=1\n"), isKeptAlive: true),
        Exchange(
            name: "an empty form", request: Exchange.post("/form", "Content-Length: 0\r\n"),
            response: Exchange.ok("\n"), isKeptAlive: true),
        Exchange(
            name: "a multipart form without files",
            request: Exchange.post(
                "/form", "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 59\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n"),
            response: Exchange.ok("a=1\n"), isKeptAlive: true),
        Exchange(
            name: "a form of no known kind",
            request: Exchange.post("/form", "Content-Type: text/plain\r\nContent-Length: 3\r\n", "a=1"),
            response: Exchange.refusal("415 Unsupported Media Type", "A form is urlencoded or multipart\n")),
        Exchange(
            name: "a form that is badly encoded",
            request: Exchange.post(
                "/form", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 4\r\n", "a=%4"),
            response: Exchange.refusal("400 Bad Request", "A form field is not well encoded\n")),
        Exchange(
            name: "a chunk that is none",
            request: Exchange.post("/bytes", "Transfer-Encoding: chunked\r\n", "x\r\n"),
            response: Exchange.refusal("400 Bad Request", "malformed chunk size\n")),
        Exchange(
            name: "a broken head", request: "GET / HTTP/1.1\r\nHost : a.example\r\n\r\n",
            response: Exchange.refusal("400 Bad Request", "white space before the colon\n")),
        Exchange(
            name: "an unknown method", request: "BREW / HTTP/1.1\r\nHost: a.example\r\n\r\n",
            response: Exchange.refusal("501 Not Implemented", "unknown method\n")),
        Exchange(
            name: "an unknown version", request: "GET / HTTP/2.0\r\nHost: a.example\r\n\r\n",
            response: Exchange.refusal("505 HTTP Version Not Supported", "HTTP version not supported\n")),
        Exchange(
            name: "a head that ends early", request: "GET /hello HTT",
            response: Exchange.refusal("400 Bad Request", "The request ends before it is complete\n"),
            isKeptAlive: true),
        Exchange(
            name: "a body that ends early", request: Exchange.post("/bytes", "Content-Length: 5\r\n", "ab"),
            response: Exchange.refusal("400 Bad Request", "The request ends before it is complete\n"),
            isKeptAlive: true),
    ]

    @Test(arguments: rows)
    func `a raw request gets its raw response`(_ row: Exchange) throws {
        try TestServer.run { test in
            let client = try test.connect()
            try client.send(row.request)
            if row.isKeptAlive { client.endSending() }
            #expect(try client.readAll() == row.response)
            #expect(test.log.summary(1).count == 1)
        }
    }

    @Test(arguments: rows)
    func `a request cut at any byte gets the same response`(_ row: Exchange) throws {
        try TestServer.run { test in
            let bytes = row.request.latin1
            for cut in 1..<bytes.count {
                let client = try test.connect()
                try client.send(Array(bytes[..<cut]))
                // The server may have refused already, and then its answer stands.
                try? client.send(Array(bytes[cut...]))
                if row.isKeptAlive { client.endSending() }
                #expect(try client.readAll() == row.response, "cut at \(cut)")
            }
            let client = try test.connect()
            try? client.sendSlowly(row.request)
            if row.isKeptAlive { client.endSending() }
            #expect(try client.readAll() == row.response, "byte by byte")
        }
    }

    @Test func `one connection carries request after request, also byte by byte`() throws {
        try TestServer.run { test in
            let client = try test.connect()
            for row in Self.rows where row.isKeptAlive && !row.response.contains("close") {
                try client.send(row.request)
                #expect(try client.readResponse(toHead: row.request.hasPrefix("HEAD")) == row.response)
                try client.sendSlowly(row.request)
                #expect(try client.readResponse(toHead: row.request.hasPrefix("HEAD")) == row.response)
            }
            #expect(test.server.statistics.accepted.load(ordering: .relaxed) == 1)
        }
    }

    @Test func `every response has one Date, just below the status`() throws {
        try TestServer.run { test in
            for request in [Exchange.get("/hello", Self.close), "x\r\n\r\n"] {
                let client = try test.connect()
                try client.send(request)
                let response = try client.readAllBytes().text
                let lines = response.split(separator: "\r\n")
                let date = try #require(lines.dropFirst().first)
                #expect(date.hasPrefix("Date: "))
                #expect(HTTPDate.parse(Array(date.dropFirst(6).utf8)[...]) != nil)
                #expect(lines.count { $0.hasPrefix("Date:") } == 1)
            }
        }
    }
}
