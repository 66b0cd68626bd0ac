// The seam to the kernel's readiness queue. Only this file knows epoll: a port to kqueue would replace it alone.

internal import CLinux
internal import Glibc

/// A set of descriptors and what they are ready for. Used by one event loop, on its queue.
struct Poller: ~Copyable {
    /// Readable itself while any descriptor of the set is ready: a Dispatch source watches it.
    let descriptor: Int32
    private let events: UnsafeMutableBufferPointer<epoll_event>

    struct Event {
        let token: UInt64
        let isReadable: Bool
        let isWritable: Bool
        /// The peer sent its end of stream; what it sent before may still be unread.
        let peerClosed: Bool
        /// Both directions are over.
        let isDead: Bool
    }

    init() throws(SystemError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw SystemError("epoll_create1", errno) }
        events = .allocate(capacity: 256)
    }

    deinit {
        close(descriptor)
        events.deallocate()
    }

    /// Watches a connection for everything, edge-triggered: one system call in its life.
    func add(connection: Int32, token: UInt64) throws(SystemError) {
        let interest = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        try add(connection, interest, token)
    }

    /// Watches a listening socket, level-triggered. A socket that several loops share wakes one of them at a time.
    func add(listener: Int32, token: UInt64, shared: Bool) throws(SystemError) {
        try add(listener, EPOLLIN.rawValue | (shared ? EPOLLEXCLUSIVE.rawValue : 0), token)
    }

    private func add(_ target: Int32, _ interest: UInt32, _ token: UInt64) throws(SystemError) {
        guard atiende_epoll_add(descriptor, target, interest, token) == 0 else { throw SystemError("epoll_ctl", errno) }
    }

    func remove(_ target: Int32) {
        epoll_ctl(descriptor, EPOLL_CTL_DEL, target, nil)
    }

    /// Hands over what is ready now, without waiting; returns how many events there were.
    func take(_ handle: (Event) -> Void) -> Int {
        let count = Int(epoll_wait(descriptor, events.baseAddress, Int32(events.count), 0))
        // EINTR is no failure: the next turn asks again.
        guard count > 0 else { return 0 }
        for index in 0..<count {
            let ready = events[index].events
            let token = withUnsafePointer(to: events[index]) { atiende_epoll_token($0) }
            handle(
                Event(
                    token: token,
                    isReadable: ready & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLHUP.rawValue) != 0,
                    isWritable: ready & EPOLLOUT.rawValue != 0,
                    peerClosed: ready & EPOLLRDHUP.rawValue != 0,
                    isDead: ready & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0))
        }
        return count
    }
}

/// A system call that failed, with the words of its `errno`.
public struct SystemError: Error, Sendable, CustomStringConvertible {
    public let call: String
    public let code: Int32

    /// `call` is put together after `errno` was read for `code`: making a string may change it.
    public init(_ call: @autoclosure () -> String, _ code: Int32) {
        self.call = call()
        self.code = code
    }

    public var description: String { "\(call): \(String(cString: strerror(code)))" }
}
