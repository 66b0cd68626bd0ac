// Large bodies: whole, to fast and to slow readers, and cut where the promise cannot be kept.

import Glibc
import HTTP
import Testing

@Suite struct FileTests {
    /// 6 MB in which every place can be told from every other nearby.
    private static let content: [UInt8] = (0..<6_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }

    @Sendable private static func pieces() -> StreamBody {
        let next = Notes<Int>()
        return StreamBody(type: "x/y") {
            let start = next.all.count * 70_000
            guard start < content.count else { return nil }
            next.add(start)
            return Array(content[start..<min(start + 70_000, content.count)])
        }
    }

    @Test(arguments: ["bytes", "file", "stream"], [nil, 4096] as [Int32?])
    func `a large body arrives whole`(_ kind: String, _ receiveBuffer: Int32?) throws {
        let folder = TestFolder()
        let file = folder.file(Self.content).body
        try TestServer.run({ _ in }) { _ in
            switch kind {
            case "bytes": .answer(Response(.ok, body: .bytes(Self.content, type: "x/y")))
            case "file": .answer(Response(.ok, body: .file(file)))
            default: .answer(Response(.ok, body: .stream(Self.pieces())))
            }
        } body: { test in
            let client = try RawClient(port: test.port, receiveBuffer: receiveBuffer)
            // HTTP/1.0 gets a stream as it is; the second request shows that the connection is in order after it.
            let isStream = kind == "stream"
            try client.send(Exchange.get("/", isStream ? "" : "Connection: keep-alive\r\n", version: "1.0"))
            let head = try client.read(to: "\r\n\r\n")
            #expect(RawResponse.field("content-length", in: head) == (isStream ? nil : "6000000"))
            #expect(try client.readBytes(6_000_000) == Self.content)
            if isStream {
                #expect(try client.readAllBytes().isEmpty)
            } else {
                try client.send("HEAD / HTTP/1.0\r\n\r\n")
                #expect(try client.readAll().hasPrefix("HTTP/1.1 200 OK\r\nContent-Length: 6000000\r\n"))
            }
        }
    }

    @Test func `an empty file is empty`() throws {
        let folder = TestFolder()
        let file = folder.file([]).body
        try TestServer.run({ _ in }) { _ in
            .answer(Response(.ok, body: .file(file)))
        } body: { test in
            let client = try test.connect()
            try client.send(Exchange.get("/") + Exchange.get("/", "Connection: close\r\n"))
            let response = try client.readAll()
            #expect(RawResponse.fields("content-length", in: response) == ["0"])
            #expect(response.components(separatedBy: "HTTP/1.1 200 OK").count == 3)
        }
    }

    @Test func `a file that shrinks while it is sent ends the connection`() throws {
        let folder = TestFolder()
        let (path, file) = folder.file(Self.content)
        try TestServer.run({ _ in }) { _ in
            .answer(Response(.ok, body: .file(file)))
        } body: { test in
            let client = try RawClient(port: test.port, receiveBuffer: 4096)
            try client.send(Exchange.get("/") + Exchange.get("/"))
            let head = try client.read(to: "\r\n\r\n")
            #expect(RawResponse.field("content-length", in: head) == "6000000")
            #expect(truncate(path, 5_000_000) == 0)
            // Nothing of the second response may follow: the client would take it for the rest of the first.
            let rest = try client.readAllBytes()
            #expect(rest == Array(Self.content[..<5_000_000]))
            #expect(test.log.summary(1) == ["GET / 200: file became shorter while it was sent"])
        }
    }

    @Test func `a file that was never as long as it is said to be ends the connection`() throws {
        let folder = TestFolder()
        let (path, _) = folder.file(Array("short".utf8))
        try TestServer.run({ _ in }) { _ in
            let descriptor = open(path, O_RDONLY)
            return .answer(
                Response(
                    .ok,
                    body: .file(FileBody(descriptor: descriptor, size: 10, type: "x/y", etag: "\"1\"", lastModified: 0))
                ))
        } body: { test in
            let response = try test.exchange(Exchange.get("/"))
            #expect(RawResponse.gist(response) == "HTTP/1.1 200 OK | short")
        }
    }

    @Test func `a file that cannot be read ends the connection and is told`() throws {
        try TestServer.run({ _ in }) { _ in
            // A folder opens like a file and gives no bytes.
            let descriptor = open("/tmp", O_RDONLY)
            return .answer(
                Response(
                    .ok,
                    body: .file(FileBody(descriptor: descriptor, size: 10, type: "x/y", etag: "\"1\"", lastModified: 0))
                ))
        } body: { test in
            let response = try test.exchange(Exchange.get("/"))
            #expect(RawResponse.body(of: response).isEmpty)
            let lines = test.log.summary(1)
            #expect(lines.count == 1)
            #expect(lines[0].hasPrefix("GET / 200: send: "))
        }
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}
