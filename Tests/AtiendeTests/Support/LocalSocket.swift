// A connection to the program's local socket that speaks HTTP by hand: nothing between it and what is sent.

import Foundation

final class LocalSocket {
    private let descriptor: Int32

    /// Nil when nobody answers there.
    init?(_ path: String) {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let isOpen = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isOpen else { return nil }
    }

    deinit { close(descriptor) }

    struct Answer {
        let status: Int
        let head: String
        let body: String

        func field(_ name: String) -> String? {
            head.components(separatedBy: "\r\n").first { $0.hasPrefix(name + ": ") }.map {
                String($0.dropFirst(name.count + 2))
            }
        }
    }

    /// Sends a request and reads its answer; nil when the other side goes away before all of it is there.
    func exchange(_ head: String, _ body: [UInt8] = []) -> Answer? {
        let bytes = Array((head + "\r\n").utf8) + body
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return nil }
            sent += count
        }
        return read()
    }

    private func read() -> Answer? {
        var bytes = Data()
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let gap = bytes.range(of: Data("\r\n\r\n".utf8)) {
                let head = String(decoding: bytes[..<gap.lowerBound], as: UTF8.self)
                let length = head.firstMatch(of: /Content-Length: (\d+)/).flatMap { Int($0.1) } ?? 0
                if bytes.count - gap.upperBound >= length {
                    let status = Int(head.dropFirst(9).prefix(3)) ?? 0
                    return Answer(
                        status: status, head: head, body: String(decoding: bytes[gap.upperBound...], as: UTF8.self))
                }
            }
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count > 0 else { return nil }
            bytes.append(contentsOf: piece[..<count])
        }
    }
}
