// `Expect: 100-continue` (RFC 9110 §10.1.1): the client waits with the body until it is asked for it.

import HTTP
import Testing

@Suite struct ExpectTests {
    private static let interim = "HTTP/1.1 100 Continue\r\n\r\n"
    private static let expect = "Expect: 100-continue\r\n"

    @Test(arguments: ["/bytes", "/bytes-worker"])
    func `the interim line comes first, then the answer`(_ path: String) throws {
        try TestServer.run { test in
            let client = try test.connect()
            for body in ["abc", "defg"] {
                try client.send(Exchange.post(path, Self.expect + "Content-Length: \(body.count)\r\n"))
                #expect(try client.read(to: "\r\n\r\n") == Self.interim)
                #expect(client.isSilent)
                try client.send(body)
                #expect(try client.readResponse() == Exchange.ok("\(body.count) bytes: \(body)\n"))
            }
        }
    }

    @Test func `a body in chunks waits as well`() throws {
        try TestServer.run { test in
            let client = try test.connect()
            try client.send(Exchange.post("/bytes", Self.expect + "Transfer-Encoding: chunked\r\n"))
            #expect(try client.read(to: "\r\n\r\n") == Self.interim)
            try client.sendSlowly("2\r\nab\r\n0\r\n\r\n")
            #expect(try client.readResponse() == Exchange.ok("2 bytes: ab\n"))
        }
    }

    @Test func `a client that does not wait gets both at once`() throws {
        try TestServer.run { test in
            let client = try test.connect()
            try client.send(Exchange.post("/bytes", Self.expect + "Content-Length: 2\r\n", "ab"))
            client.endSending()
            #expect(try client.readAll() == Self.interim + Exchange.ok("2 bytes: ab\n"))
        }
    }

    static let refusals: [(String, String, String)] = [
        ("/other", "Content-Length: 3\r\n", "HTTP/1.1 404 Not Found | not found\n"),
        ("/bytes", "Content-Length: 65\r\n", "HTTP/1.1 413 Content Too Large | body is larger than 64 bytes\n"),
        (
            "/form", "Content-Length: 3\r\nContent-Type: a/b\r\n",
            "HTTP/1.1 415 Unsupported Media Type | A form is urlencoded or multipart\n"
        ),
    ]

    @Test(arguments: refusals)
    func `what is refused is refused before the body is sent`(_ path: String, _ fields: String, _ gist: String) throws {
        try TestServer.run { test in
            let response = try test.exchange(Exchange.post(path, Self.expect + fields))
            #expect(RawResponse.gist(response) == gist)
            #expect(RawResponse.field("connection", in: response) == "close")
        }
    }

    @Test func `another expectation is refused`() throws {
        try TestServer.run { test in
            let response = try test.exchange(Exchange.post("/bytes", "Expect: more\r\nContent-Length: 1\r\n"))
            #expect(RawResponse.gist(response) == "HTTP/1.1 417 Expectation Failed | unknown expectation\n")
        }
    }

    @Test func `HTTP 1.0 and a request without a body know no interim line`() throws {
        try TestServer.run { test in
            let old = "POST /bytes HTTP/1.0\r\n\(Self.expect)Content-Length: 2\r\n\r\nab"
            let response = try test.exchange(old)
            #expect(response == Exchange.ok("2 bytes: ab\n", "Connection: close\r\n"))
            let bare = Exchange.post("/bytes", Self.expect + "Content-Length: 0\r\nConnection: close\r\n")
            #expect(try test.exchange(bare) == Exchange.ok("0 bytes: \n", "Connection: close\r\n"))
        }
    }
}
