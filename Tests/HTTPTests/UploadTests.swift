// Files that come in a form: stored while they arrive, gone when the request is over.

import Glibc
import HTTP
import Testing

@Suite struct UploadTests {
    private static let type = "Content-Type: multipart/form-data; boundary=b\r\n"

    private static func part(_ content: String) -> String {
        "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n"
            + content + "\r\n"
    }

    private static func form(_ content: String) -> String {
        "--b\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\nprinter\r\n" + part(content) + "--b--\r\n"
    }

    private static func chunked(_ body: String) -> String {
        var chunks = ""
        for piece in stride(from: 0, to: body.utf8.count, by: 100) {
            let bytes = Array(body.utf8)[piece..<min(piece + 100, body.utf8.count)]
            chunks += "\(String(bytes.count, radix: 16))\r\n\(bytes.text)\r\n"
        }
        return chunks + "0\r\n\r\n"
    }

    /// What a handler finds.
    @Sendable private static func look(_ request: Request) -> Response {
        guard case .form(let form) = request.body, let file = form.files.first else { return Response(.badRequest) }
        var content = [UInt8](repeating: 0, count: 1000)
        let descriptor = open(file.storage.path, O_RDONLY)
        let count = max(0, read(descriptor, &content, content.count))
        close(descriptor)
        let hash = file.sha256.prefix(2).map { String($0, radix: 16) }.joined()
        return .text(
            .ok,
            "\(form["subject"] ?? "") \(file.name) \(file.contentType) \(file.size) \(hash) \(content[..<count].text)")
    }

    @Test(arguments: [Place.loop, .worker], ["length", "chunks"])
    func `a file is there for the handler and gone after the request`(_ place: Place, _ framing: String) throws {
        let folder = TestFolder()
        try TestServer.run({ _ in }) { _ in
            .serve(.upload(directory: folder.path), place, Self.look)
        } body: { test in
            let body = Self.form("hello")
            let request =
                framing == "length"
                ? Exchange.post("/", Self.type + "Content-Length: \(body.utf8.count)\r\n", body)
                : Exchange.post("/", Self.type + "Transfer-Encoding: chunked\r\n", Self.chunked(body))
            let client = try test.connect()
            for piece in 0..<3 {
                if piece == 1 { try client.sendSlowly(request) } else { try client.send(request) }
                let response = try client.readResponse()
                // The hash is that of "hello": 2cf24dba…
                #expect(RawResponse.gist(response) == "HTTP/1.1 200 OK | printer a.txt text/plain 5 2cf2 hello")
                #expect(eventually { folder.names.isEmpty })
            }
        }
    }

    @Test func `a file that the handler moved away stays`() throws {
        let folder = TestFolder()
        try TestServer.run({ _ in }) { _ in
            .serve(.upload(directory: folder.path), .worker) { request in
                guard case .form(let form) = request.body, let file = form.files.first else {
                    return Response(.badRequest)
                }
                return Response(rename(file.storage.path, folder.path + "/kept") == 0 ? .created : .internalServerError)
            }
        } body: { test in
            let body = Self.form("hello")
            let client = try test.connect()
            try client.send(Exchange.post("/", Self.type + "Content-Length: \(body.utf8.count)\r\n", body))
            #expect(try client.readResponse().hasPrefix("HTTP/1.1 201"))
            #expect(eventually { folder.names == ["kept"] })
        }
    }

    @Test(arguments: ["end", "reset", "half"])
    func `a client that leaves in the middle leaves no file`(_ way: String) throws {
        let folder = TestFolder()
        try TestServer.run({ _ in }) { _ in
            .serve(.upload(directory: folder.path), .worker, Self.look)
        } body: { test in
            let client = try test.connect()
            let fields = Self.type + "Content-Length: 1000000\r\n"
            try client.send(Exchange.post("/", fields, Self.part(String(repeating: "x", count: 5000))))
            #expect(eventually { folder.names.count == 1 })
            switch way {
            case "reset": client.reset()
            case "half":
                client.endSending()
                #expect(try client.readResponse().hasPrefix("HTTP/1.1 400"))
            default: client.close()
            }
            #expect(eventually { folder.names.isEmpty && test.server.connectionCount == 0 })
            let lines = test.log.summary(1)
            #expect(lines.count == 1)
            #expect(lines[0].hasPrefix("POST / 400: "))
        }
    }

    @Test func `a file that becomes too large in chunks is refused and removed`() throws {
        let folder = TestFolder()
        try TestServer.run({ $0.limits.uploadBody = 2000 }) { _ in
            .serve(.upload(directory: folder.path), .worker, Self.look)
        } body: { test in
            let client = try test.connect()
            let body = Self.chunked(Self.part(String(repeating: "x", count: 3000)))
            try client.send(Exchange.post("/", Self.type + "Transfer-Encoding: chunked\r\n", body))
            #expect(try client.readAll() == Exchange.refusal("413 Content Too Large", "body too large\n"))
            #expect(folder.names.isEmpty)
        }
    }

    @Test func `a folder that is not there is said with 503, and the server goes on`() throws {
        try TestServer.run({ _ in }) { request in
            request.pathText == "/hello"
                ? Exchange.receive(request) : .serve(.upload(directory: "/nowhere/at/all"), .worker, Self.look)
        } body: { test in
            let body = Self.form("hello")
            let fields = Self.type + "Content-Length: \(body.utf8.count)\r\n"
            let response = try test.exchange(Exchange.post("/", fields, body))
            #expect(response.hasPrefix("HTTP/1.1 503 "))
            #expect(RawResponse.field("retry-after", in: response) == "5")
            #expect(try test.exchange(Exchange.get("/hello", version: "1.0")).hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `a file outlives a client that left while a worker looked at it`() throws {
        let folder = TestFolder()
        let gate = Gate()
        let seen = Notes<Int>()
        try TestServer.run({ _ in }) { _ in
            .serve(.upload(directory: folder.path), .worker) { request in
                gate.pass()
                seen.add(folder.names.count)
                return Self.look(request)
            }
        } body: { test in
            let body = Self.form("hello")
            let client = try test.connect()
            try client.send(Exchange.post("/", Self.type + "Content-Length: \(body.utf8.count)\r\n", body))
            eventually { gate.visitors == 1 }
            client.reset()
            gate.open()
            #expect(eventually { folder.names.isEmpty })
            #expect(seen.all == [1])
            #expect(test.log.summary(1) == ["POST / 200: client left"])
        }
    }
}
