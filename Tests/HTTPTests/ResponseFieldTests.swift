// The fields that the server adds, and that nobody can add more by a value.

import HTTP
import Testing

@Suite struct ResponseFieldTests {
    private static func configure(_ configuration: inout Configuration) {
        configuration.commonFields = [
            ("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", "default-src 'none'"),
        ]
        configuration.secureFields = [("Strict-Transport-Security", "max-age=63072000")]
        configuration.limits.bodyBytesPerSecond = 1_000_000
        configuration.limits.headerSeconds = 1
    }

    static let requests: [(String, String)] = [
        (Exchange.get("/hello", "Connection: close\r\n"), "200"), (Exchange.get("/other", version: "1.0"), "404"),
        (Exchange.get("/empty", version: "1.0"), "204"), (Exchange.get("/see", version: "1.0"), "303"),
        ("HEAD /hello HTTP/1.0\r\n\r\n", "200"), (Exchange.get("/worker", version: "1.0"), "200"),
        ("x\r\n\r\n", "400"), ("GET / HTTP/3.0\r\n\r\n", "505"), ("BREW / HTTP/1.1\r\n\r\n", "501"),
        (Exchange.post("/bytes", "Content-Length: 70\r\n"), "413"), ("GET /hello HTTP/1.1\r\nHost", "408"),
        (Exchange.post("/bytes", "Content-Length: 7\r\n"), "408"),
    ]

    @Test(arguments: requests)
    func `every response has the common fields, refusals too`(_ request: String, _ status: String) throws {
        try TestServer.run(Self.configure) { test in
            let response = try test.exchange(request)
            #expect(response.hasPrefix("HTTP/1.1 \(status) "))
            #expect(RawResponse.fields("x-content-type-options", in: response) == ["nosniff"])
            #expect(RawResponse.fields("content-security-policy", in: response) == ["default-src 'none'"])
            #expect(RawResponse.fields("strict-transport-security", in: response) == [])
        }
    }

    @Test func `a handler's own field wins over the common one`() throws {
        try TestServer.run(Self.configure) { _ in
            .answer(Response(.ok).adding("content-security-policy", "sandbox").adding("X-Own", "1"))
        } body: { test in
            let response = try test.exchange(Exchange.get("/", version: "1.0"))
            #expect(RawResponse.fields("content-security-policy", in: response) == ["sandbox"])
            #expect(RawResponse.fields("x-content-type-options", in: response) == ["nosniff"])
            #expect(RawResponse.fields("x-own", in: response) == ["1"])
        }
    }

    @Test(arguments: [true, false], ["https", "http", "https, http", ""])
    func `the fields for TLS go only where a trusted proxy says so`(_ isTrusted: Bool, _ proto: String) throws {
        let trusted = try TrustedProxies("127.0.0.1")
        try TestServer.run {
            Self.configure(&$0)
            if isTrusted { $0.trustedProxies = trusted }
        } body: { test in
            let field = proto.isEmpty ? "" : "X-Forwarded-Proto: \(proto)\r\n"
            let response = try test.exchange(Exchange.get("/hello", field + "Connection: close\r\n"))
            let expected = isTrusted && proto == "https" ? ["max-age=63072000"] : []
            #expect(RawResponse.fields("strict-transport-security", in: response) == expected)
        }
    }

    @Test func `a request is logged as coming from whom the trusted proxy names`() throws {
        let trusted = try TrustedProxies("127.0.0.1")
        try TestServer.run({ $0.trustedProxies = trusted }) { test in
            _ = try test.exchange(
                Exchange.get("/hello", "X-Forwarded-For: 203.0.113.7\r\nConnection: close\r\n") + "x")
            #expect(eventually { test.log.lines.count == 1 })
            #expect(test.log.lines[0].origin.address == "203.0.113.7")
        }
    }

    @Test(arguments: ["a\r\nX-Forged: 1", "a\nX-Forged: 1", "a\rX-Forged: 1", "a\0\u{7F}\u{1B}X-Forged: 1"])
    func `no value can add a field`(_ value: String) throws {
        let folder = TestFolder()
        let file = folder.file([1], type: value).body
        try TestServer.run({ _ in }) { request in
            request.pathText == "/file"
                ? .answer(Response(.ok, body: .file(file))) : .answer(Response.seeOther(value).adding("X-B", value))
        } body: { test in
            for path in ["/", "/file"] {
                let response = try test.exchange(Exchange.get(path, version: "1.0"))
                #expect(RawResponse.fields("x-forged", in: response) == [])
                #expect(response.contains("aX-Forged: 1"))
                #expect(!response.utf8.contains(0))
            }
        }
    }

    @Test func `a value keeps tabs and what is not ASCII`() {
        let response = Response(.ok).adding("X-A", "a\tñ\u{2028}")
        #expect(response.fields.map(\.value) == ["a\tñ\u{2028}"])
    }

    @Test func `a body that 204 cannot have is not sent`() throws {
        try TestServer.run({ _ in }) { _ in
            .answer(.text(.noContent, "text"))
        } body: { test in
            let client = try test.connect()
            try client.send(Exchange.get("/") + Exchange.get("/", "Connection: close\r\n"))
            #expect(
                try client.readAll()
                    == "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        }
    }
}
