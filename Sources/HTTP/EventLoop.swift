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
    /// When this round began: good enough for limits, and cheaper than a clock read for each connection.
    private(set) var now = Moment.now
    private let poller: Poller
    /// Nil before the start and after the end.
    private var source: (any DispatchSourceRead)?
    private var listeners: [Listener]
    private var connections = ConnectionTable()
    /// Connections that were turned away and are still listened to, so that they can read why.
    private var lingeringRefusals = 0
    /// Connections that can go on without waiting for the kernel, but gave way to others.
    private var unfinished: [UInt64] = []
    private var isTurning = false
    private let mailbox = Mutex<[(token: UInt64, message: Message)]>([])
    private var isPaused = false
    private var sweepIsDue = false
    private var isDraining = false
    private var hasEnded = false
    private var date = DateField()

    /// What workers and event streams hand to a connection.
    enum Message: Sendable {
        /// Without a selection the loop makes it.
        case response(Response, Selection?)
        case chunk(Result<[UInt8]?, any Error>)
        case events([UInt8])
    }

    /// Rounds of `epoll_wait` in one turn of the queue.
    private static let roundsPerTurn = 64
    private static let scratchSize = 64 * 1024
    /// How long a loop that ran out of descriptors waits before it accepts again.
    private static let acceptPause = DispatchTimeInterval.milliseconds(100)
    private static let maximumLingeringRefusals = 64

    init(index: Int, listeners: [Listener], context: ServerContext) throws(SystemError) {
        self.context = context
        self.listeners = listeners
        queue = DispatchQueue(label: "atiende.loop.\(index)")
        poller = try Poller()
        scratch = .allocate(byteCount: Self.scratchSize, alignment: 64)
        try watchListeners()
    }

    deinit { scratch.deallocate() }

    func start() {
        // Dispatch makes the descriptor of its timers when the first one is set, and where that fails no timer ever
        // fires: it must be there before clients can take all descriptors.
        queue.asyncAfter(deadline: .now() + .milliseconds(1)) { [self] in
            guard !isDraining else { return }
            let source = DispatchSource.makeReadSource(fileDescriptor: poller.descriptor, queue: queue)
            source.setEventHandler { [self] in turn() }
            // Only now Dispatch looks at the epoll descriptor no more and it may be closed with this loop.
            source.setCancelHandler { [self] in context.loopEnded() }
            source.activate()
            self.source = source
        }
    }

    // MARK: Turns

    private func turn() {
        isTurning = true
        defer { isTurning = false }
        for _ in 0..<Self.roundsPerTurn {
            now = .now
            deliverMail()
            resumeUnfinished()
            let taken = poller.take { event in
                if event.token > Self.listenerToken(1024) {
                    accept(from: Int(UInt64.max - event.token))
                } else {
                    connections[event.token]?.react(to: event)
                }
            }
            if taken == 0, unfinished.isEmpty { return }
        }
        if !unfinished.isEmpty { queue.async { [self] in turn() } }
    }

    /// Gives way to other connections; `connection` goes on in the next round.
    func resumeLater(_ connection: Connection) {
        if unfinished.isEmpty, !isTurning { queue.async { [self] in turn() } }
        unfinished.append(connection.token)
    }

    private func resumeUnfinished() {
        guard !unfinished.isEmpty else { return }
        let tokens = unfinished
        unfinished.removeAll(keepingCapacity: true)
        for token in tokens { connections[token]?.advance() }
    }

    /// Hands something to a connection of this loop, from any queue.
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
        for (token, message) in mail {
            if let connection = connections[token] {
                connection.receive(message)
            } else if case .response(let response, _) = message, case .events(let stream) = response.body {
                // The client is gone; whoever made the stream must hear of it.
                stream.close()
            }
        }
    }

    // MARK: Connections

    /// Nil, and the descriptor closed, when the kernel cannot watch one more.
    private func admit(_ descriptor: Int32, _ peer: Peer, isCounted: Bool) -> Connection? {
        let connection = connections.insert { token in
            Connection(descriptor: descriptor, token: token, peer: peer, isCounted: isCounted, loop: self)
        }
        do throws(SystemError) {
            try poller.add(connection: descriptor, token: connection.token)
        } catch {
            context.notice("connection not taken: \(error)", kind: .descriptors)
            connection.end()
            return nil
        }
        scheduleSweep()
        return connection
    }

    /// The one place where a connection's descriptor is closed. The kernel forgets it in the epoll set by itself.
    func release(_ connection: Connection) {
        guard connections.remove(connection) else { return }
        if connection.isCounted { context.leave(connection.peer) } else { lingeringRefusals -= 1 }
        close(connection.descriptor)
        endIfDrained()
    }

    // MARK: Accepting

    /// Connections taken from one listener before others have their turn.
    private static let acceptsPerRound = 64

    private static func listenerToken(_ index: Int) -> UInt64 { UInt64.max - UInt64(index) }

    private func accept(from index: Int) {
        guard index < listeners.count, !isPaused else { return }
        for _ in 0..<Self.acceptsPerRound {
            var address = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
            let descriptor = atiende_accept(listeners[index].descriptor, &address, &length, flags)
            let code = errno
            guard descriptor >= 0 else {
                switch code {
                case EAGAIN: return
                case EINTR, ECONNABORTED, EPROTO: continue
                default: return pauseAccepting(SystemError("accept", code))
                }
            }
            let peer = Peer(&address)
            if context.enter(peer) {
                _ = admit(descriptor, peer, isCounted: true)
            } else {
                turnAway(descriptor, peer)
            }
        }
    }

    private func watchListeners() throws(SystemError) {
        for (index, listener) in listeners.enumerated() {
            try poller.add(
                listener: listener.descriptor, token: Self.listenerToken(index), shared: listener.isShared)
        }
    }

    /// Out of descriptors or memory: waits instead of spinning on a socket that stays ready.
    private func pauseAccepting(_ error: SystemError) {
        context.notice("not accepting for a moment: \(error)", kind: .descriptors)
        isPaused = true
        for listener in listeners { poller.remove(listener.descriptor) }
        queue.asyncAfter(deadline: .now() + Self.acceptPause) { [self] in
            do throws(SystemError) {
                try watchListeners()
                isPaused = false
            } catch {
                pauseAccepting(error)
            }
            turn()
        }
    }

    /// Says why and hangs up. A few of those turned away at one time are listened to for a moment after: closing on
    /// bytes that they sent would reset the connection, and with it might go the answer.
    private func turnAway(_ descriptor: Int32, _ peer: Peer) {
        let answer = context.fullHouse(dateLine())
        _ = answer.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard lingeringRefusals < Self.maximumLingeringRefusals else {
            close(descriptor)
            return
        }
        lingeringRefusals += 1
        admit(descriptor, peer, isCounted: false)?.hangUp()
    }

    // MARK: Time

    /// The `Date` line of a response, with its CRLF.
    func dateLine() -> [UInt8] { date.line() }

    private func scheduleSweep() {
        guard !sweepIsDue, connections.count > 0 else { return }
        sweepIsDue = true
        queue.asyncAfter(deadline: .now() + .seconds(1)) { [self] in
            sweepIsDue = false
            now = .now
            for index in connections.indices { connections.connection(at: index)?.checkTime(now) }
            scheduleSweep()
        }
    }

    // MARK: Stopping

    /// Accepts no more, closes idle connections, lets running requests end; the context hears when all are gone.
    func drain() {
        guard !isDraining else { return }
        isDraining = true
        now = .now
        for listener in listeners { poller.remove(listener.descriptor) }
        listeners = []
        for index in connections.indices { connections.connection(at: index)?.drain() }
        endIfDrained()
    }

    /// Ends what is still open.
    func endAll() {
        for index in connections.indices { connections.connection(at: index)?.abort("server stops") }
    }

    private func endIfDrained() {
        guard isDraining, connections.count == 0, !hasEnded else { return }
        hasEnded = true
        if let source {
            source.cancel()
        } else {
            context.loopEnded()
        }
        source = nil
    }
}
