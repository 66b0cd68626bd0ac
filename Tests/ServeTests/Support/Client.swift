// A client that speaks HTTP by hand, over TCP or a local socket.

import Foundation

final class Client {
    private let descriptor: Int32

    /// Nil when nobody answers there.
    init?(port: UInt16) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        guard Self.connect(descriptor, address) else { return nil }
    }

    init?(path: String) {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        guard Self.connect(descriptor, address) else { return nil }
    }

    private static func connect<Address>(_ descriptor: Int32, _ address: Address) -> Bool {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size)) == 0
            }
        }
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// All until the other side hangs up, or until some words are there; cut short when nothing comes for long.
    func receive(until words: String? = nil) -> String {
        var time = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &piece, piece.count, 0), count > 0 {
            bytes.append(contentsOf: piece[..<count])
            if let words, String(decoding: bytes, as: UTF8.self).contains(words) { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What a page answers, head and body; empty when nobody does.
    static func get(_ target: String, port: UInt16, _ fields: String = "") -> String {
        guard let client = Client(port: port) else { return "" }
        client.send("GET \(target) HTTP/1.1\r\nHost: atiende.example\r\n\(fields)Connection: close\r\n\r\n")
        return client.receive()
    }

    static func status(_ target: String, port: UInt16) -> Int {
        Int(get(target, port: port).split(separator: " ").dropFirst().first ?? "") ?? 0
    }

    /// A port that nobody listens on just now.
    static func freePort() -> UInt16 {
        let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(probe) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(probe, $0, length)
                getsockname(probe, $0, &length)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }
}

/// A server in another process, on a port of its own.
struct RunningServer {
    let program: Program
    let port: UInt16

    /// Returns once it listens.
    init(
        data: String, _ words: [String] = [], _ variables: [String: String] = [:], shell: String = ":",
        folder: String = Program.repository
    ) throws {
        let program = try Program(
            ["serve", "--data", data, "--listen", "127.0.0.1:0"] + words, variables, shell: shell, folder: folder)
        var found: UInt16?
        _ = eventually {
            found = program.complained.firstMatch(of: /event=listening address=127\.0\.0\.1:(\d+)/).flatMap {
                UInt16($0.1)
            }
            return found != nil || !program.isRunning
        }
        guard let found else { throw NotListening(said: program.complained) }
        self.program = program
        port = found
    }

    struct NotListening: Error {
        let said: String
    }

    func get(_ target: String, _ fields: String = "") -> String { Client.get(target, port: port, fields) }
    func status(_ target: String) -> Int { Client.status(target, port: port) }
}
