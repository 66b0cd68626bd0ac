// A client on a bare socket: polite or rude, as a trial wants it.

import Glibc

struct RawClient {
    let descriptor: Int32

    /// A blocking connection to 127.0.0.1 from `127.0.0.host`, so that ports do not run out; nil when it fails.
    init?(port: UInt16, from host: UInt8 = 1, timeoutSeconds: Int = 10) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var one: Int32 = 1
        // The kernel chooses the port when the peer is known, so one port may serve many peers' pairs.
        setsockopt(descriptor, Int32(IPPROTO_IP), 24, &one, 4)
        var limit = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var source = Self.address(host, 0)
        var target = Self.address(1, port)
        let isOpen =
            withUnsafePointer(to: &source) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, 16) == 0 }
            }
            && withUnsafePointer(to: &target) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, 16) == 0 }
            }
        guard isOpen else {
            Glibc.close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    private static func address(_ host: UInt8, _ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(127) | UInt32(host) << 24
        return address
    }

    @discardableResult
    func send(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = Glibc.send(
                    descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// One response with Content-Length: its status and its body; nil when the connection ended before.
    func response() -> (status: Int, body: [UInt8])? { wholeResponse().map { ($0.status, $0.body) } }

    /// The same with the head's lines.
    func wholeResponse() -> (status: Int, head: [Substring], body: [UInt8])? {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let gap = Self.headEnd(bytes) {
                let head = String(decoding: bytes[..<gap], as: UTF8.self)
                let lines = head.split(separator: "\r\n")
                let status = Int(head.dropFirst(9).prefix(3)) ?? 0
                let length =
                    lines.first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).filter { $0 != " " }) } ?? 0
                if bytes.count >= gap + 4 + length { return (status, lines, Array(bytes[(gap + 4)...])) }
            }
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count > 0 else { return nil }
            bytes.append(contentsOf: piece[..<count])
        }
    }

    /// One response with Content-Length, of which nothing is kept: its status; nil when the connection ended before.
    /// - Parameter piece: Room for the head at least.
    func status(_ piece: inout [UInt8]) -> Int? {
        var held = 0
        var end: Int?
        var code = 0
        while true {
            let count = piece.withUnsafeMutableBytes { bytes in
                recv(
                    descriptor, bytes.baseAddress?.advanced(by: end == nil ? held : 0),
                    end == nil ? bytes.count - held : bytes.count, 0)
            }
            guard count > 0 else { return nil }
            held += count
            if end == nil, let gap = Self.headEnd(piece[..<held]) {
                let head = String(decoding: piece[..<gap], as: UTF8.self)
                code = Int(head.dropFirst(9).prefix(3)) ?? 0
                let length =
                    head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length:") }
                    .flatMap { Int($0.dropFirst(15).filter { $0 != " " }) } ?? 0
                end = gap + 4 + length
            }
            if let end, held >= end { return code }
        }
    }

    private static func headEnd(_ bytes: ArraySlice<UInt8>) -> Int? {
        var index = bytes.startIndex
        while index + 3 < bytes.endIndex {
            if bytes[index] == 13, bytes[index + 1] == 10, bytes[index + 2] == 13, bytes[index + 3] == 10 {
                return index
            }
            index += 1
        }
        return nil
    }

    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in 0...(bytes.count - 4)
        where bytes[index] == 13 && bytes[index + 1] == 10 && bytes[index + 2] == 13 && bytes[index + 3] == 10 {
            return index
        }
        return nil
    }

    /// Ends with a reset instead of a farewell.
    func reset() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        Glibc.close(descriptor)
    }

    func close() { Glibc.close(descriptor) }
}
