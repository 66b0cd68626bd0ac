// Where the server listens: ports, IPv6, local sockets, and what is in the way.

import Glibc
import HTTP
import Testing

@Suite struct ListenTests {
    private struct Site: Application {
        func receive(_ request: Request) -> Reception { Exchange.receive(request) }
    }

    private func server(_ addresses: [ListenAddress]) throws -> Server {
        try Server(
            Configuration(addresses: addresses, loops: 2, workers: 1), application: Site(), observer: TestLog())
    }

    private func failure(_ addresses: [ListenAddress]) -> String? {
        do {
            _ = try server(addresses)
            return nil
        } catch {
            return "\(error)"
        }
    }

    static let texts: [(String, ListenAddress?)] = [
        ("127.0.0.1:8080", .tcp(host: "127.0.0.1", port: 8080)), ("localhost:0", .tcp(host: "localhost", port: 0)),
        ("[::1]:80", .tcp(host: "::1", port: 80)), ("[::]:65535", .tcp(host: "::", port: 65535)),
        ("unix:/run/atiende.sock", .unix(path: "/run/atiende.sock")), ("unix:a", .unix(path: "a")),
        ("", nil), ("8080", nil), (":8080", nil), ("a:", nil), ("a:65536", nil), ("a:-1", nil), ("a:+1", nil),
        ("a:8O", nil), ("::1:80", nil), ("[]:80", nil), ("[::1]", nil), ("[a]:80", nil), ("[::1:80", nil),
        ("unix:", nil), ("unix:" + String(repeating: "a", count: 108), nil), ("unix:a\0b", nil), ("a\0b:80", nil),
    ]

    @Test(arguments: texts)
    func `an address is host and port, or a path`(_ text: String, _ address: ListenAddress?) {
        #expect(ListenAddress(text) == address)
        if let address { #expect(address.description == text) }
    }

    @Test func `a port that is taken is refused with its name, also when its owner shares it among loops`() throws {
        try TestServer.run { test in
            let address = ListenAddress.tcp(host: "127.0.0.1", port: test.port)
            #expect(failure([address]) == "bind 127.0.0.1:\(test.port): Address already in use")
            // What was opened before the failure is closed again.
            let folder = TestFolder()
            #expect(failure([.unix(path: folder.path + "/s"), address]) != nil)
            #expect(folder.names.isEmpty)
            let response = try test.exchange(Exchange.get("/hello", version: "1.0"))
            #expect(response.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `a port is free again at once after a stop`() throws {
        let port = try TestServer.run { test in
            let client = try test.connect()
            try client.send(Exchange.get("/last"))
            _ = try client.readAll()
            return test.port
        }
        #expect(failure([.tcp(host: "127.0.0.1", port: port)]) == nil)
    }

    @Test func `hosts that do not exist here are refused`() {
        #expect(failure([.tcp(host: "no.such.host.invalid", port: 0)])?.contains("no.such.host.invalid") == true)
        #expect(failure([.tcp(host: "203.0.113.1", port: 0)])?.contains("203.0.113.1") == true)
    }

    @Test func `IPv6`() throws {
        let server = try server([.tcp(host: "::1", port: 0)])
        server.start()
        defer { server.stop(within: 5) }
        guard case .tcp("::1", let port) = server.addresses[0] else { return #expect(Bool(false)) }
        let client = try RawClient(ipv6Port: port)
        try client.send(Exchange.get("/hello", version: "1.0"))
        #expect(try client.readAll() == Exchange.ok("hello\n", "Connection: close\r\n"))
    }

    @Test func `several addresses at once, each of its kind`() throws {
        let folder = TestFolder()
        let path = folder.path + "/site.sock"
        let server = try server([.tcp(host: "127.0.0.1", port: 0), .unix(path: path), .tcp(host: "127.0.0.1", port: 0)])
        server.start()
        for address in server.addresses {
            let client: RawClient
            switch address {
            case .tcp(_, let port): client = try RawClient(port: port)
            case .unix(let path): client = try RawClient(unixPath: path)
            }
            try client.send(Exchange.get("/hello") + Exchange.get("/worker", version: "1.0"))
            #expect(try client.readAll() == Exchange.ok("hello\n") + Exchange.ok("worked\n", "Connection: close\r\n"))
        }
        server.stop(within: 5)
        #expect(folder.names.isEmpty)
    }

    @Test func `a local socket is shared by all loops and open to its group alone`() throws {
        let folder = TestFolder()
        let path = folder.path + "/site.sock"
        let server = try server([.unix(path: path)])
        server.start()
        defer { server.stop(within: 5) }
        var information = stat()
        #expect(stat(path, &information) == 0)
        #expect(information.st_mode & 0o777 == 0o660)
        let clients = try (0..<20).map { _ in try RawClient(unixPath: path) }
        for client in clients { try client.send(Exchange.get("/worker")) }
        for client in clients { #expect(try client.readResponse() == Exchange.ok("worked\n")) }
        // Leaving without a word, as local clients do.
        for client in clients { client.close() }
        #expect(eventually { server.connectionCount == 0 })
    }

    @Test func `a local socket that nobody serves is replaced, one in use and other files are not`() throws {
        let folder = TestFolder()
        let path = folder.path + "/site.sock"
        // A socket file without a server behind it, as a killed process leaves it.
        let orphan = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(orphan, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        close(orphan)
        #expect(result == 0)
        #expect(folder.names == ["site.sock"])

        let server = try server([.unix(path: path)])
        server.start()
        defer { server.stop(within: 5) }
        #expect(failure([.unix(path: path)]) == "bind \(path): Address already in use")
        let client = try RawClient(unixPath: path)
        try client.send(Exchange.get("/hello", version: "1.0"))
        #expect(try client.readAll() == Exchange.ok("hello\n", "Connection: close\r\n"))

        let (file, _) = folder.file([1])
        #expect(failure([.unix(path: file)]) == "bind \(file): File exists")
        #expect(failure([.unix(path: folder.path)]) == "bind \(folder.path): File exists")
        #expect(failure([.unix(path: "/nowhere/at/all")])?.hasSuffix("No such file or directory") == true)
    }
}
