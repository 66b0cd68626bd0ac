// A client that sends exactly the bytes that it is told to, and waits at most 20 seconds for anything.

import Glibc
import Testing

final class RawClient {
    let descriptor: Int32
    private var buffer: [UInt8] = []

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// `receiveBuffer` small makes a slow reader of it.
    init(port: UInt16, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        set(SO_RCVTIMEO)
        set(SO_SNDTIMEO)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        try connect(&address)
    }

    init(ipv6Port port: UInt16) throws {
        descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        set(SO_RCVTIMEO)
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        address.sin6_addr = in6addr_loopback
        try connect(&address)
    }

    init(unixPath path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        set(SO_RCVTIMEO)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        try connect(&address)
    }

    deinit { close() }

    private func set(_ option: Int32) {
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    private func connect<A>(_ address: inout A) throws {
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<A>.size))
            }
        }
        guard result == 0 else { throw failure("connect") }
    }

    private func failure(_ call: String) -> Failure {
        let code = errno
        return Failure(description: "\(call): \(String(cString: strerror(code)))")
    }

    // MARK: Sending

    func send(_ text: String) throws { try send(text.latin1) }

    func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw failure("send") }
            rest = rest.dropFirst(count)
        }
    }

    /// Sends one byte per segment.
    func sendSlowly(_ text: String) throws {
        for byte in text.latin1 { try send([byte]) }
    }

    /// Says that nothing more comes.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    private var isClosed = false

    func close() {
        guard !isClosed else { return }
        isClosed = true
        Glibc.close(descriptor)
    }

    /// Leaves with a reset instead of an end.
    func reset() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    // MARK: Reading

    /// One read; empty at the end of the stream.
    func readSome(_ most: Int = 64 * 1024) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: most)
        let count = recv(descriptor, &bytes, most, 0)
        guard count >= 0 else { throw failure("recv") }
        return Array(bytes[..<count])
    }

    private func fill() throws {
        let bytes = try readSome()
        guard !bytes.isEmpty else { throw Failure(description: "the connection ended") }
        buffer += bytes
    }

    /// All that comes until the server ends the connection; a reset throws.
    func readAll() throws -> String { try readAllBytes().text.withoutDate }

    func readAllBytes() throws -> [UInt8] {
        while true {
            let bytes = try readSome()
            if bytes.isEmpty { break }
            buffer += bytes
        }
        defer { buffer = [] }
        return buffer
    }

    /// Whether the server has ended the connection, by an end or by a reset, with nothing more to read.
    func isEnded() -> Bool {
        guard buffer.isEmpty else { return false }
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, 0)
        let code = errno
        return count == 0 || count < 0 && code == ECONNRESET
    }

    /// Bytes up to and with the first occurrence of `end`.
    func read(to end: String) throws -> String {
        while true {
            if let range = buffer.firstRange(of: Array(end.utf8)) {
                defer { buffer.removeSubrange(..<range.upperBound) }
                return buffer[..<range.upperBound].text
            }
            try fill()
        }
    }

    /// One response: its head without `Date` and its body as Content-Length says.
    func readResponse(toHead: Bool = false) throws -> String {
        let head = try read(to: "\r\n\r\n")
        let length = RawResponse.field("content-length", in: head).flatMap { Int($0) } ?? 0
        guard !toHead else { return head.withoutDate }
        return head.withoutDate + (try readBytes(length)).text
    }

    func readBytes(_ count: Int) throws -> [UInt8] {
        while buffer.count < count { try fill() }
        defer { buffer.removeSubrange(..<count) }
        return Array(buffer[..<count])
    }

    /// Whether nothing comes within a tenth of a second.
    var isSilent: Bool {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return buffer.isEmpty && poll(&watched, 1, 100) == 0
    }
}

enum RawResponse {
    /// The value of the first field of that name.
    static func field(_ name: String, in response: String) -> String? {
        fields(name, in: response).first
    }

    static func fields(_ name: String, in response: String) -> [String] {
        let head = response.components(until: "\r\n\r\n")
        return head.split(separator: "\r\n").dropFirst().compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == name else { return nil }
            return parts[1].drop { $0 == " " }.description
        }
    }

    static func body(of response: String) -> String {
        guard let range = response.firstRange(of: "\r\n\r\n") else { return "" }
        return String(response[range.upperBound...])
    }

    /// The first line and the body, for tests that look at nothing else.
    static func gist(_ response: String) -> String {
        "\(response.components(until: "\r\n")) | \(body(of: response))"
    }
}

extension String {
    fileprivate func components(until end: String) -> Substring {
        firstRange(of: end).map { self[..<$0.lowerBound] } ?? self[...]
    }

    /// Without the lines of `Date` fields, which no test can know.
    var withoutDate: String {
        var kept = String.UnicodeScalarView()
        for line in unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.starts(with: "Date: ".unicodeScalars) { continue }
            if !kept.isEmpty || line.startIndex != unicodeScalars.startIndex { kept.append("\n") }
            kept.append(contentsOf: line)
        }
        return String(kept)
    }
}

extension Sequence<UInt8> {
    /// One scalar per byte, so that nothing is lost.
    var text: String {
        var scalars = String.UnicodeScalarView()
        for byte in self { scalars.append(Unicode.Scalar(byte)) }
        return String(scalars)
    }
}
