// Which representation goes out: compressed, a part, or the word that the client's copy is still good.

import HTTP
import Testing

@Suite struct RepresentationTests {
    private static let text = String(repeating: "la impresora no imprime; ", count: 100)
    private static let style = Asset(
        type: "text/css; charset=utf-8", bytes: Array("body{color:#000}".utf8), gzip: [0x1F, 0x8B, 1, 2, 3],
        etag: "W/\"a1\"", lastModified: 784_111_777, cacheControl: "no-cache")
    private static let icon = Asset(
        type: "image/png", bytes: Array("0123456789".utf8), gzip: nil, etag: "\"i1\"", lastModified: 784_111_777,
        cacheControl: "public, max-age=31536000, immutable")

    @Sendable private static func receive(_ request: Request) -> Reception {
        switch request.pathText {
        case "/text": .serve(.none, .loop) { _ in .text(.ok, text) }
        case "/text-worker": .serve(.none, .worker) { _ in .text(.ok, text) }
        case "/tagged": .serve(.none, .worker) { _ in .text(.ok, text).adding("ETag", "\"t1\"") }
        case "/short": .serve(.none, .loop) { _ in .text(.ok, String(repeating: "x", count: 1023)) }
        case "/image": .serve(.none, .loop) { _ in Response(.ok, body: .bytes(Array(text.utf8), type: "image/png")) }
        case "/coded":
            .serve(.none, .loop) { _ in Response.text(.ok, text).adding("Content-Encoding", "br") }
        case "/style.css": .answer(Response(.ok, body: .asset(style)))
        case "/own.css": .answer(Response(.ok, body: .asset(style)).adding("cache-control", "private"))
        default: .answer(Response(.ok, body: .asset(icon)))
        }
    }

    private func exchange(_ path: String, _ fields: String = "", method: String = "GET") throws -> String {
        try TestServer.run(
            { $0.commonFields = [("Cache-Control", "no-store"), ("X-Frame-Options", "DENY")] }, Self.receive
        ) { test in
            try test.exchange(
                "\(method) \(path) HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\(fields)\r\n")
        }
    }

    private static let gzip = "Accept-Encoding: br, gzip\r\n"

    // MARK: Compression

    @Test(arguments: ["/text", "/text-worker"])
    func `long text is compressed for whom it is accepted by`(_ path: String) throws {
        let plain = try exchange(path)
        #expect(RawResponse.field("vary", in: plain) == "Accept-Encoding")
        #expect(RawResponse.field("content-encoding", in: plain) == nil)
        #expect(RawResponse.body(of: plain) == Self.text)

        let small = try exchange(path, Self.gzip)
        #expect(RawResponse.field("vary", in: small) == "Accept-Encoding")
        #expect(RawResponse.field("content-encoding", in: small) == "gzip")
        let body = RawResponse.body(of: small).latin1
        #expect(body.starts(with: [0x1F, 0x8B]))
        #expect(body.count < Self.text.utf8.count / 4)
        #expect(RawResponse.field("content-length", in: small) == "\(body.count)")

        let head = try exchange(path, Self.gzip, method: "HEAD")
        #expect(RawResponse.field("content-length", in: head) == "\(body.count)")
        #expect(RawResponse.field("content-encoding", in: head) == "gzip")
        #expect(RawResponse.body(of: head).isEmpty)
    }

    @Test(arguments: ["/short", "/image", "/coded"])
    func `what is short, no text or coded already goes as it is`(_ path: String) throws {
        let response = try exchange(path, Self.gzip)
        #expect(RawResponse.fields("content-encoding", in: response) == (path == "/coded" ? ["br"] : []))
        #expect(RawResponse.field("content-length", in: response) == "\(path == "/short" ? 1023 : 2500)")
    }

    @Test func `a handler's entity tag is weak for compressed content`() throws {
        #expect(RawResponse.fields("etag", in: try exchange("/tagged")) == ["\"t1\""])
        #expect(RawResponse.fields("etag", in: try exchange("/tagged", Self.gzip)) == ["W/\"t1\""])
        for tag in ["\"t1\"", "W/\"t1\"", "*", "\"x\", \"t1\""] {
            let response = try exchange("/tagged", Self.gzip + "If-None-Match: \(tag)\r\n")
            #expect(response.hasPrefix("HTTP/1.1 304 Not Modified\r\n"))
            #expect(RawResponse.field("vary", in: response) == "Accept-Encoding")
            #expect(RawResponse.field("content-length", in: response) == nil)
            #expect(RawResponse.body(of: response).isEmpty)
        }
        #expect(try exchange("/tagged", "If-Match: \"other\"\r\n").hasPrefix("HTTP/1.1 412 "))
    }

    // MARK: Static files

    private static let styleFields =
        "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\nCache-Control: no-cache\r\nAccept-Ranges: bytes\r\n"
        + "Vary: Accept-Encoding\r\n"
    private static let end = "X-Frame-Options: DENY\r\nConnection: close\r\n\r\n"

    @Test func `a static file says all that a cache needs, and its own Cache-Control stands`() throws {
        let plain = try exchange("/style.css")
        #expect(
            plain == "HTTP/1.1 200 OK\r\nContent-Length: 16\r\nETag: W/\"a1\"\r\n" + Self.styleFields
                + "Content-Type: text/css; charset=utf-8\r\n" + Self.end + "body{color:#000}")
        let small = try exchange("/style.css", Self.gzip)
        #expect(
            small == "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: W/\"a1\"\r\nContent-Encoding: gzip\r\n"
                + Self.styleFields + "Content-Type: text/css; charset=utf-8\r\n" + Self.end
                + [0x1F, 0x8B, 1, 2, 3].text)
    }

    @Test func `a handler's field wins over that of the file`() throws {
        let response = try exchange("/own.css", Self.gzip)
        #expect(RawResponse.fields("cache-control", in: response) == ["private"])
        #expect(RawResponse.fields("content-encoding", in: response) == ["gzip"])
        #expect(RawResponse.fields("etag", in: response).count == 1)
    }

    static let conditions: [(String, String)] = [
        ("If-None-Match: \"a1\"", "304 Not Modified"), ("If-None-Match: W/\"a1\"", "304 Not Modified"),
        ("If-None-Match: \"b2\"", "200 OK"), ("If-None-Match: *", "304 Not Modified"),
        ("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", "304 Not Modified"),
        ("If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT", "200 OK"),
        ("If-Modified-Since: yesterday", "200 OK"),
        ("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT", "412 Precondition Failed"),
        ("If-Match: \"b2\"", "412 Precondition Failed"),
    ]

    @Test(arguments: conditions, ["", "Accept-Encoding: gzip\r\n"])
    func `conditions are heeded`(_ row: (field: String, status: String), _ more: String) throws {
        let response = try exchange("/style.css", row.field + "\r\n" + more)
        #expect(response.hasPrefix("HTTP/1.1 \(row.status)\r\n"))
        guard row.status == "304 Not Modified" else { return }
        #expect(
            response == "HTTP/1.1 304 Not Modified\r\nETag: W/\"a1\"\r\n" + Self.styleFields
                + Self.end)
    }

    static let ranges: [(String, String, String, String?)] = [
        ("bytes=0-3", "206 Partial Content", "0123", "bytes 0-3/10"),
        ("bytes=8-", "206 Partial Content", "89", "bytes 8-9/10"),
        ("bytes=-3", "206 Partial Content", "789", "bytes 7-9/10"),
        ("bytes=0-999999999999999999999", "206 Partial Content", "0123456789", "bytes 0-9/10"),
        ("bytes=10-", "416 Range Not Satisfiable", "", "bytes */10"),
        ("bytes=-0", "416 Range Not Satisfiable", "", "bytes */10"),
        ("bytes=3-1", "200 OK", "0123456789", nil), ("bytes=0-1,3-4", "200 OK", "0123456789", nil),
        ("lines=0-1", "200 OK", "0123456789", nil),
    ]

    @Test(arguments: ranges)
    func `a part of a static file is served`(_ row: (range: String, status: String, body: String, field: String?))
        throws
    {
        let response = try exchange("/icon.png", "Range: \(row.range)\r\n")
        #expect(RawResponse.gist(response) == "HTTP/1.1 \(row.status) | \(row.body)")
        #expect(RawResponse.field("content-range", in: response) == row.field)
        #expect(RawResponse.field("content-length", in: response) == "\(row.body.utf8.count)")
        // Where nothing of the file is sent, what is common to all responses stands.
        let control = row.status.hasPrefix("416") ? "no-store" : "public, max-age=31536000, immutable"
        #expect(RawResponse.fields("cache-control", in: response) == [control])
    }

    @Test(arguments: ranges)
    func `a part of a file on disk is served`(_ row: (range: String, status: String, body: String, field: String?))
        throws
    {
        let folder = TestFolder()
        let file = folder.file(Array("0123456789".utf8), type: "application/pdf").body
        let response = try TestServer.run({ _ in }) { _ in
            .answer(Response(.ok, body: .file(file)))
        } body: { test in
            try test.exchange(Exchange.get("/", "Connection: close\r\nRange: \(row.range)\r\n"))
        }
        #expect(RawResponse.gist(response) == "HTTP/1.1 \(row.status) | \(row.body)")
        #expect(RawResponse.field("content-range", in: response) == row.field)
        #expect(RawResponse.field("content-length", in: response) == "\(row.body.utf8.count)")
        #expect(RawResponse.field("etag", in: response) == "\"f1\"")
        #expect(
            RawResponse.field("content-type", in: response) == (row.status.hasPrefix("416") ? nil : "application/pdf"))
    }

    @Test func `a range counts only while the file is the same, and not for HEAD`() throws {
        #expect(try exchange("/icon.png", "Range: bytes=0-3\r\nIf-Range: \"i1\"\r\n").hasPrefix("HTTP/1.1 206 "))
        #expect(try exchange("/icon.png", "Range: bytes=0-3\r\nIf-Range: \"i0\"\r\n").hasPrefix("HTTP/1.1 200 "))
        let head = try exchange("/icon.png", "Range: bytes=0-3\r\n", method: "HEAD")
        #expect(head.hasPrefix("HTTP/1.1 200 "))
        #expect(RawResponse.field("content-length", in: head) == "10")
    }
}
