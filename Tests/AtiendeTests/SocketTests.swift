// The site behind a real server: what the server adds to every answer, whatever it is.

import Foundation
import Testing

@testable import Atiende
@testable import HTTP

/// A site that a server serves on a port of this machine.
final class RunningSite {
    let site: TestSite
    private let server: Server
    private let port: UInt16

    init(trusting: String = "unix") throws {
        site = try TestSite()
        var configuration = Serving.configuration(ServeSettings())
        configuration.addresses = [.tcp(host: "127.0.0.1", port: 0)]
        configuration.loops = 1
        configuration.trustedProxies = try TrustedProxies(trusting)
        server = try Server(configuration, application: site.gate, observer: site.log.log)
        guard case .tcp(_, let port) = server.addresses.first else { throw CocoaError(.featureUnsupported) }
        self.port = port
        site.site.server.current = server
        server.start()
    }

    deinit {
        site.site.server.current = nil
        server.stop(within: 5)
    }

    struct Raw {
        let status: Int
        /// By name in lower case.
        let fields: [String: String]
        let text: String
    }

    func get(_ target: String, _ fields: String = "") throws -> Raw {
        try send("GET \(target) HTTP/1.1\r\nHost: atiende.example\r\n\(fields)Connection: close\r\n\r\n")
    }

    func send(_ request: String) throws -> Raw {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(connected == 0)
        _ = Array(request.utf8).withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, 0) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(socket, &piece, piece.count, 0), count > 0 {
            bytes.append(contentsOf: piece[..<count])
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = parts[0].split(separator: "\r\n")
        let status = try #require(lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let pair = line.split(separator: ":", maxSplits: 1)
            let name = pair[0].lowercased()
            #expect(fields[name] == nil, "\(name) stands twice")
            fields[name] = pair.count > 1 ? pair[1].trimmingCharacters(in: .whitespaces) : ""
        }
        return Raw(status: status, fields: fields, text: parts.count > 1 ? String(parts[1]) : "")
    }
}

@Suite struct SocketTests {
    @Test func `every answer carries the security fields, and HSTS only by TLS`() throws {
        let running = try RunningSite(trusting: "127.0.0.1")
        let stylesheet = try #require(running.site.site.assets.url(for: "atiende.css"))
        let requests = [
            "GET / HTTP/1.1", "GET /t/proware/ HTTP/1.1", "HEAD /t/seres/ HTTP/1.1", "GET \(stylesheet) HTTP/1.1",
            "GET /nowhere HTTP/1.1", "GET /t/nobody/ HTTP/1.1", "POST / HTTP/1.1", "OPTIONS / HTTP/1.1",
            "GET /t/proware HTTP/1.1", "GET /healthz HTTP/1.1", "GET /metrics HTTP/1.1", "BREW / HTTP/1.1",
            "GET / HTTP/2.7", "GET /%zz HTTP/1.1", "GET \(stylesheet) HTTP/1.1\r\nRange: bytes=999999999-",
            "GET \(stylesheet) HTTP/1.1\r\nIf-None-Match: *",
        ]
        for request in requests {
            for isSecure in [false, true] {
                let proto = isSecure ? "X-Forwarded-Proto: https\r\n" : ""
                let answer = try running.send("\(request)\r\nHost: a.example\r\n\(proto)Connection: close\r\n\r\n")
                let policy = try #require(answer.fields["content-security-policy"], "\(request)")
                #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("unsafe"))
                #expect(answer.fields["x-content-type-options"] == "nosniff", "\(request)")
                #expect(answer.fields["referrer-policy"] == "same-origin", "\(request)")
                // A request that was not understood did not come by anything.
                if ![400, 501, 505].contains(answer.status) {
                    #expect((answer.fields["strict-transport-security"] != nil) == isSecure, "\(request)")
                }
            }
        }
    }

    @Test func `HEAD has the fields of GET and no body`() throws {
        let running = try RunningSite()
        let get = try running.get("/t/proware/")
        let head = try running.send("HEAD /t/proware/ HTTP/1.1\r\nHost: atiende.example\r\nConnection: close\r\n\r\n")
        #expect(get.status == 200 && head.status == 200 && head.text == "" && get.text != "")
        #expect(head.fields.filter { $0.key != "date" } == get.fields.filter { $0.key != "date" })
    }

    @Test func `each answer has a line of the log with its tenant and number`() throws {
        let running = try RunningSite()
        let page = try running.get("/t/proware/nowhere?secret=1")
        let reference = try #require(page.text.firstMatch(of: /Referencia: ([0-9a-f]+)/))
        #expect(eventually { running.site.log.text.contains("event=request") })
        let line = try #require(running.site.log.lines.first { $0.contains("event=request") })
        #expect(line.contains("status=404") && line.contains("tenant=proware") && line.hasSuffix("id=\(reference.1)"))
        #expect(!line.contains("secret"))
    }
}
