// Where the server listens: `host:port`, `[v6]:port` or `unix:PATH`.

internal import Glibc

public enum ListenAddress: Sendable, Equatable, CustomStringConvertible {
    case tcp(host: String, port: UInt16)
    case unix(path: String)

    /// Nil for anything that is not one of the three forms.
    public init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            // sun_path holds 108 bytes with its final NUL.
            guard !path.isEmpty, path.utf8.count < 108, !path.utf8.contains(0) else { return nil }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit), let port = UInt16(digits) else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self = .tcp(host: String(host), port: port)
    }

    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}

/// A bound and listening socket; closed by its loop or, for a shared one, by the server.
struct Listener: Sendable {
    let descriptor: Int32
    let address: ListenAddress
    /// Whether several loops accept from this one descriptor.
    let isShared: Bool

    /// One listener per loop: TCP ones each have a socket of their own on the same port (SO_REUSEPORT), a Unix path has
    /// one socket for all.
    static func open(_ address: ListenAddress, loops: Int) throws(SystemError) -> [Listener] {
        switch address {
        case .unix(let path):
            let listener = Listener(descriptor: try openUnix(path), address: address, isShared: true)
            return Array(repeating: listener, count: loops)
        case .tcp(let host, let port):
            // SO_REUSEPORT would let a second server share the port in silence: one bind without it finds the first.
            let probe = try openTCP(host, port, reusePort: false)
            let bound = try boundPort(probe)
            close(probe)
            var listeners: [Listener] = []
            for _ in 0..<loops {
                let descriptor = try openTCP(host, bound, reusePort: true)
                listeners.append(
                    Listener(descriptor: descriptor, address: .tcp(host: host, port: bound), isShared: false))
            }
            return listeners
        }
    }

    private static func openTCP(_ host: String, _ port: UInt16, reusePort: Bool) throws(SystemError) -> Int32 {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let found else {
            throw SystemError("getaddrinfo \(host)", EADDRNOTAVAIL)
        }
        defer { freeaddrinfo(found) }
        let info = found.pointee
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(info.ai_family, type, Int32(IPPROTO_TCP))
        guard descriptor >= 0 else { throw SystemError("socket", errno) }
        set(descriptor, SOL_SOCKET, SO_REUSEADDR)
        if reusePort { set(descriptor, SOL_SOCKET, SO_REUSEPORT) }
        // Accepted sockets inherit it: a response goes out by one writev and must not wait for an acknowledgement.
        set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
        guard bind(descriptor, info.ai_addr, info.ai_addrlen) == 0 else { throw failure("bind", descriptor) }
        guard !reusePort || listen(descriptor, backlog) == 0 else { throw failure("listen", descriptor) }
        return descriptor
    }

    private static func openUnix(_ path: String) throws(SystemError) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { throw SystemError("socket", errno) }
        try removeStale(path, descriptor)
        let isBound = withUnixAddress(path) { bind(descriptor, $0, $1) == 0 }
        guard isBound else { throw failure("bind \(path)", descriptor) }
        // Who may reach the server by this path is decided by the folder's and the file's permissions.
        guard chmod(path, 0o660) == 0 else { throw failure("chmod \(path)", descriptor) }
        guard listen(descriptor, backlog) == 0 else { throw failure("listen", descriptor) }
        return descriptor
    }

    /// A socket file that nobody answers on is left from a killed server; one that answers is in use.
    private static func removeStale(_ path: String, _ descriptor: Int32) throws(SystemError) {
        var information = stat()
        guard lstat(path, &information) == 0 else { return }
        guard information.st_mode & S_IFMT == S_IFSOCK else {
            close(descriptor)
            throw SystemError("bind \(path)", EEXIST)
        }
        let visitor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        let answers = withUnixAddress(path) { connect(visitor, $0, $1) == 0 }
        close(visitor)
        guard !answers else {
            close(descriptor)
            throw SystemError("bind \(path)", EADDRINUSE)
        }
        unlink(path)
    }

    private static func withUnixAddress<T>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func boundPort(_ descriptor: Int32) throws(SystemError) -> UInt16 {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard result == 0 else { throw SystemError("getsockname", errno) }
        return withUnsafeBytes(of: &address) { bytes in
            // The port stands at the same place in both families, in network order.
            UInt16(bytes[2]) << 8 | UInt16(bytes[3])
        }
    }

    /// Longest queue of connections not yet accepted; the kernel cuts it to `somaxconn`.
    private static let backlog: Int32 = 4096

    private static func failure(_ call: String, _ descriptor: Int32) -> SystemError {
        let error = SystemError(call, errno)
        close(descriptor)
        return error
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32) {
        var one: Int32 = 1
        setsockopt(descriptor, level, option, &one, socklen_t(MemoryLayout<Int32>.size))
    }
}
