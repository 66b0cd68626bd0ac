// A bound and listening socket.

internal import Glibc

/// Closed with its last owner: a loop lets its listeners go when it stops accepting.
final class Listener: Sendable {
    let descriptor: Int32
    let address: ListenAddress
    /// Whether several loops accept from this one descriptor.
    let isShared: Bool

    private init(_ descriptor: Int32, _ address: ListenAddress, isShared: Bool) {
        self.descriptor = descriptor
        self.address = address
        self.isShared = isShared
    }

    deinit {
        if case .unix(let path) = address { unlink(path) }
        close(descriptor)
    }

    /// One listener per loop: TCP ones each have a socket of their own on the same port (SO_REUSEPORT), a Unix path has
    /// one socket for all.
    static func open(_ address: ListenAddress, loops: Int) throws(SystemError) -> [Listener] {
        switch address {
        case .unix(let path):
            let listener = Listener(try openUnix(path), address, isShared: true)
            return Array(repeating: listener, count: loops)
        case .tcp(let host, let port):
            // SO_REUSEPORT would let a second server share the port in silence: one bind without it finds the first.
            // A port that the kernel chooses is never one that is in use.
            if port != 0 { close(try openTCP(host, port, reusePort: false)) }
            var listeners: [Listener] = []
            var bound = port
            for _ in 0..<loops {
                let descriptor = try openTCP(host, bound, reusePort: true)
                bound = boundPort(descriptor) ?? bound
                listeners.append(Listener(descriptor, .tcp(host: host, port: bound), isShared: false))
            }
            return listeners
        }
    }

    /// Bound, and listening when it may share its port.
    private static func openTCP(_ host: String, _ port: UInt16, reusePort: Bool) throws(SystemError) -> Int32 {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let found else {
            throw SystemError("address of \(host)", EADDRNOTAVAIL)
        }
        defer { freeaddrinfo(found) }
        let info = found.pointee
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let place = ListenAddress.tcp(host: host, port: port).description
        let descriptor = socket(info.ai_family, type, Int32(IPPROTO_TCP))
        let code = errno
        guard descriptor >= 0 else { throw SystemError("socket for \(place)", code) }
        setOptions(descriptor, reusePort: reusePort)
        guard bind(descriptor, info.ai_addr, info.ai_addrlen) == 0 else {
            throw failure(errno, "bind \(place)", descriptor)
        }
        guard !reusePort || listen(descriptor, backlog) == 0 else {
            throw failure(errno, "listen \(place)", descriptor)
        }
        return descriptor
    }

    /// Accepted sockets inherit what is set here.
    private static func setOptions(_ descriptor: Int32, reusePort: Bool) {
        set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        if reusePort { set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) }
        // A response goes out by one writev and must not wait for an acknowledgement.
        set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        // A client that vanished without a word, while it listens to events or waits for a worker, is found after two
        // minutes.
        set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
        set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPIDLE, 60)
        set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPINTVL, 15)
        set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPCNT, 4)
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func openUnix(_ path: String) throws(SystemError) -> Int32 {
        try removeStale(path)
        let descriptor = socket(AF_UNIX, unixType, 0)
        let code = errno
        guard descriptor >= 0 else { throw SystemError("socket for \(path)", code) }
        let isBound = withUnixAddress(path) { bind(descriptor, $0, $1) == 0 }
        guard isBound else { throw failure(errno, "bind \(path)", descriptor) }
        // Who may reach the server by this path is decided by the folder's and the file's permissions.
        guard chmod(path, 0o660) == 0 else { throw failure(errno, "chmod \(path)", descriptor) }
        guard listen(descriptor, backlog) == 0 else { throw failure(errno, "listen \(path)", descriptor) }
        return descriptor
    }

    private static let unixType = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)

    /// A socket file that refuses connections is left from a killed server; any other answer means that it is in use.
    private static func removeStale(_ path: String) throws(SystemError) {
        var information = stat()
        guard lstat(path, &information) == 0 else { return }
        guard information.st_mode & S_IFMT == S_IFSOCK else { throw SystemError("bind \(path)", EEXIST) }
        let visitor = socket(AF_UNIX, unixType, 0)
        defer { close(visitor) }
        var code: Int32 = 0
        let answers = withUnixAddress(path) { address, length in
            let result = connect(visitor, address, length)
            code = errno
            return result == 0
        }
        guard !answers, code == ECONNREFUSED else { throw SystemError("bind \(path)", EADDRINUSE) }
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

    private static func boundPort(_ descriptor: Int32) -> UInt16? {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard result == 0 else { return nil }
        // The port stands at the same place in both families, in network order.
        return withUnsafeBytes(of: &address) { UInt16($0[2]) << 8 | UInt16($0[3]) }
    }

    /// Longest queue of connections not yet accepted; the kernel cuts it to `somaxconn`.
    private static let backlog: Int32 = 4096

    /// The code comes first: what is evaluated after it may change `errno`.
    private static func failure(_ code: Int32, _ call: String, _ descriptor: Int32) -> SystemError {
        close(descriptor)
        return SystemError(call, code)
    }
}
