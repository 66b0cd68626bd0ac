// One event loop: a serial queue, an epoll set, the connections accepted there. One Dispatch read source watches the
// set; when it fires, ready connections are taken in batches, for a bounded number of rounds, then Dispatch has its turn
// again, so that timers and answers posted by workers are never starved.

internal import CLinux
internal import Dispatch
internal import Glibc
internal import Synchronization

final class EventLoop: @unchecked Sendable {
    // unchecked: all mutable state below is touched only on `queue`, except `mailbox`, which is guarded by its lock.
    let queue: DispatchQueue
    let context: ServerContext
    /// Where sockets are read into; what a connection must keep is copied out before the next one reads.
    let scratch: UnsafeMutableRawBufferPointer
    let compressor = GzipCompressor(level: .fast)
    let routes = RouteTable()
    private let poller: Poller
    private let source: any DispatchSourceRead
    private var listeners: [Listener]
    private var connections: [Connection?] = []
    private var generations: [UInt32] = []
    private var vacant: [Int] = []
    /// Connections that can go on without waiting for the kernel, but gave way to others.
    private var unfinished: [UInt64] = []
    private let mailbox = Mutex<[(token: UInt64, message: Message)]>([])
    private var sweepIsDue = false
    private var isDraining = false
    private var date = DateField()
    private(set) var count = 0

    /// What workers and event streams hand to a connection.
    enum Message: Sendable {
        case response(Response)
        case chunk(Result<[UInt8]?, any Error>)
        case events([UInt8])
    }

    /// Rounds of `epoll_wait` in one turn of the queue.
    private static let roundsPerTurn = 64
    private static let scratchSize = 64 * 1024
    /// How long a loop that ran out of descriptors waits before it accepts again.
    private static let acceptPause = DispatchTimeInterval.milliseconds(100)

    init(index: Int, listeners: [Listener], context: ServerContext) throws(SystemError) {
        self.context = context
        self.listeners = listeners
        queue = DispatchQueue(label: "atiende.loop.\(index)")
        poller = try Poller()
        scratch = .allocate(byteCount: Self.scratchSize, alignment: 64)
        source = DispatchSource.makeReadSource(fileDescriptor: poller.descriptor, queue: queue)
        source.setEventHandler { [unowned self] in turn() }
        for (index, listener) in listeners.enumerated() {
            try poller.add(
                listener: listener.descriptor, token: UInt64.max - UInt64(index), shared: listener.isShared)
        }
    }

    deinit { scratch.deallocate() }

    func start() { source.activate() }

    // MARK: Turns

    private func turn() {
        for _ in 0..<Self.roundsPerTurn {
            deliverMail()
            resumeUnfinished()
            let taken = poller.take { event in
                if event.token > UInt64.max - 1024 {
                    accept(from: Int(UInt64.max - event.token))
                } else {
                    connection(event.token)?.react(to: event)
                }
            }
            if taken == 0, unfinished.isEmpty { return }
        }
        if !unfinished.isEmpty { queue.async { [self] in turn() } }
    }

    /// Gives way to other connections; `connection` goes on in the next round.
    func resumeLater(_ connection: Connection) { unfinished.append(connection.token) }

    private func resumeUnfinished() {
        guard !unfinished.isEmpty else { return }
        let tokens = unfinished
        unfinished.removeAll(keepingCapacity: true)
        for token in tokens { connection(token)?.advance() }
    }

    /// Hands something to a connection of this loop, from any queue. One that is gone meanwhile misses nothing.
    func post(_ message: Message, to token: UInt64) {
        let isFirst = mailbox.withLock { mail in
            mail.append((token, message))
            return mail.count == 1
        }
        if isFirst { queue.async { [self] in turn() } }
    }

    private func deliverMail() {
        let mail = mailbox.withLock { mail in
            defer { if !mail.isEmpty { mail = [] } }
            return mail
        }
        for (token, message) in mail { connection(token)?.receive(message) }
    }

    // MARK: Connections

    private func connection(_ token: UInt64) -> Connection? {
        let slot = Int(truncatingIfNeeded: token & 0xFFFF_FFFF)
        guard slot < connections.count, generations[slot] == UInt32(truncatingIfNeeded: token >> 32) else { return nil }
        return connections[slot]
    }

    private func admit(_ descriptor: Int32, _ peer: Peer) {
        let slot: Int
        if let vacancy = vacant.popLast() {
            slot = vacancy
            generations[slot] &+= 1
        } else {
            slot = connections.count
            connections.append(nil)
            generations.append(0)
        }
        let token = UInt64(generations[slot]) << 32 | UInt64(slot)
        let connection = Connection(descriptor: descriptor, token: token, peer: peer, loop: self)
        do throws(SystemError) {
            try poller.add(connection: descriptor, token: token)
        } catch {
            vacant.append(slot)
            context.leave(peer)
            Glibc.close(descriptor)
            context.notice("connection not taken: \(error)", kind: .descriptors)
            return
        }
        connections[slot] = connection
        count += 1
        scheduleSweep()
    }

    /// The one place where a connection's descriptor is closed. The kernel forgets it in the epoll set by itself.
    func release(_ connection: Connection) {
        let slot = Int(truncatingIfNeeded: connection.token & 0xFFFF_FFFF)
        guard connections[slot] === connection else { return }
        connections[slot] = nil
        vacant.append(slot)
        count -= 1
        context.leave(connection.peer)
        Glibc.close(connection.descriptor)
        if isDraining, count == 0 { finishDraining() }
    }

    // MARK: Accepting

    /// Connections taken from one listener before others have their turn.
    private static let acceptsPerRound = 64

    private func accept(from index: Int) {
        guard index < listeners.count else { return }
        for _ in 0..<Self.acceptsPerRound {
            var address = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
            let descriptor = atiende_accept(listeners[index].descriptor, &address, &length, flags)
            guard descriptor >= 0 else {
                let code = errno
                switch code {
                case EAGAIN: return
                case EINTR, ECONNABORTED, EPROTO: continue
                default: return pauseAccepting(SystemError("accept", code))
                }
            }
            let peer = Peer(&address)
            if let refusal = context.enter(peer) {
                turnAway(descriptor, refusal)
            } else {
                admit(descriptor, peer)
            }
        }
    }

    /// Out of descriptors or memory: waits instead of spinning on a socket that stays ready.
    private func pauseAccepting(_ error: SystemError) {
        context.notice("not accepting for a moment: \(error)", kind: .descriptors)
        for listener in listeners { poller.remove(listener.descriptor) }
        queue.asyncAfter(deadline: .now() + Self.acceptPause) { [self] in
            for (index, listener) in listeners.enumerated() {
                try? poller.add(
                    listener: listener.descriptor, token: UInt64.max - UInt64(index), shared: listener.isShared)
            }
            turn()
        }
    }

    /// Says why in one write and hangs up; a full server owes a stranger no more.
    private func turnAway(_ descriptor: Int32, _ refusal: [UInt8]) {
        // What the client sent already is taken out first: closing on unread bytes would reset the connection and the
        // client might never read the answer.
        _ = recv(descriptor, scratch.baseAddress, scratch.count, 0)
        _ = refusal.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        shutdown(descriptor, Int32(SHUT_WR))
        Glibc.close(descriptor)
    }

    // MARK: Time

    /// The `Date` line of a response, with its CRLF.
    func dateLine() -> [UInt8] { date.line() }

    private func scheduleSweep() {
        guard !sweepIsDue, count > 0 else { return }
        sweepIsDue = true
        queue.asyncAfter(deadline: .now() + .seconds(1)) { [self] in
            sweepIsDue = false
            let now = Moment.now
            for connection in connections { connection?.checkTime(now) }
            scheduleSweep()
        }
    }

    // MARK: Stopping

    /// Accepts no more, closes idle connections, lets running requests end; `leave` tells the server when all are gone.
    func drain() {
        guard !isDraining else { return }
        isDraining = true
        for listener in listeners {
            poller.remove(listener.descriptor)
            if !listener.isShared { Glibc.close(listener.descriptor) }
        }
        listeners = []
        for connection in connections { connection?.drain() }
        if count == 0 { finishDraining() }
    }

    /// Ends what is still open.
    func endAll() {
        for connection in connections { connection?.abort("server stops") }
    }

    private func finishDraining() {
        source.cancel()
        context.loopEnded()
    }
}
