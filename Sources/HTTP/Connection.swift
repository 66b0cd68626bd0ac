// One client's connection, from accept to close: a small machine of phases that moves on whenever bytes come, bytes go
// or a worker answers. It belongs to its loop and is touched only on its loop's queue.

internal import Glibc

final class Connection {
    let descriptor: Int32
    let token: UInt64
    let peer: Peer
    /// The peer in words: every request says whom it comes from, so they are found once.
    lazy var address = peer.description
    /// Whether it counts among the guests: one that is turned away does not.
    let isCounted: Bool
    let loop: EventLoop

    enum Phase {
        /// Between requests, or collecting a request's head.
        case head
        case body
        /// A worker has the request.
        case handling
        /// A response goes out.
        case writing
        /// A worker makes the next piece of a streamed response.
        case pulling
        /// Server-sent events: nothing to write just now.
        case listening
        /// The last word is said; what the client still sends is dropped until it hangs up.
        case lingering
        case closed
    }

    var phase = Phase.head
    /// Bytes that came and were not used yet. Empty, without storage, while nothing is under way.
    var input: [UInt8] = []
    /// `input` was looked at and is not enough.
    var needsMore = false
    var isReadable = false
    var isWritable = true
    /// The client said that it sends no more; what it sent before may still be unread.
    var peerHasEnded = false
    var parser: RequestParser
    /// The request that is being served.
    var request: Request?
    var bodyReader: BodyReader?
    var handler: (@Sendable (Request) -> Response)?
    var place = Place.loop
    var outgoing: Outgoing?
    /// Whether the connection ends after the response that goes out.
    var closesAfterResponse = false
    /// Whether the client itself said that this request is its last, and all of it was read.
    var wasLastRequest = false
    /// When the present phase of waiting began: see `checkTime`.
    var since: Moment
    /// When the request's first byte was seen.
    var begun: Moment
    /// Bytes that moved since `since`.
    var progress = 0
    /// Whether any byte of this connection was ever received.
    var hasSpoken = false
    var isDraining = false

    init(descriptor: Int32, token: UInt64, peer: Peer, isCounted: Bool, loop: EventLoop) {
        self.descriptor = descriptor
        self.token = token
        self.peer = peer
        self.isCounted = isCounted
        self.loop = loop
        since = loop.now
        begun = since
        parser = RequestParser(limits: loop.context.configuration.limits)
    }

    var limits: Limits { loop.context.configuration.limits }

    /// Whether a part of a request came. Empty lines after the last one are none (RFC 9112 §2.2).
    var hasBegunRequest: Bool { input.count > 8 || input.contains { $0 != .cr && $0 != .lf } }

    // MARK: What happens to it

    func react(to event: Poller.Event) {
        if event.isReadable { isReadable = true }
        // What is dead takes no bytes, but says so at once.
        if event.isWritable || event.isDead { isWritable = true }
        if event.peerClosed { peerHasEnded = true }
        switch phase {
        // A worker is at it, and what it answers will not be taken. Until then the connection counts: clients that come
        // and go must not pile up work.
        case .handling, .pulling: return
        case .listening where event.isDead || peerHasEnded: return abort(nil)
        default: break
        }
        if event.isDead { return abort("client left") }
        advance()
    }

    func receive(_ message: EventLoop.Message) {
        switch message {
        case .response(let response, let selection):
            guard phase == .handling else { return }
            begin(response, selection ?? Selection(response, for: request, loop.compressor))
        case .chunk(let chunk):
            guard phase == .pulling else { return }
            take(chunk)
        case .events(let bytes):
            take(events: bytes)
        }
        advance()
    }

    /// Steps of one connection before the others of its loop have their turn.
    private static let stepsPerTurn = 16

    /// Goes on until only the kernel, the client or a worker can help.
    func advance() {
        for _ in 0..<Self.stepsPerTurn {
            let isMoving =
                switch phase {
                case .head, .body: takeInput()
                case .writing: write()
                case .lingering: dropInput()
                case .handling, .pulling, .listening, .closed: false
                }
            if !isMoving { return }
        }
        loop.resumeLater(self)
    }

    // MARK: Ending

    /// Ends at once. A request that was under way goes to the log, with `problem`.
    func abort(_ problem: String?) {
        guard phase != .closed else { return }
        if outgoing != nil || request != nil || phase == .head && hasBegunRequest { report(problem) }
        end()
    }

    /// Ends after the last word, but waits a little for the client to hang up: closing on bytes that it sent resets the
    /// connection and can take the answer with it. Where nothing more can come there is nothing to wait for.
    func hangUp() {
        let isOver = !isReadable && (peerHasEnded || wasLastRequest && input.isEmpty)
        input = []
        if isOver { return end() }
        shutdown(descriptor, Int32(SHUT_WR))
        phase = .lingering
        since = loop.now
    }

    func end() {
        phase = .closed
        if case .events(let stream) = outgoing?.source { stream.close() }
        outgoing = nil
        bodyReader = nil
        request = nil
        handler = nil
        input = []
        loop.release(self)
    }

    /// What has arrived is still served, then the connection ends.
    func drain() {
        isDraining = true
        closesAfterResponse = true
        switch phase {
        case .head:
            isReadable = true
            advance()
            if phase == .head, !hasBegunRequest { end() }
        case .listening:
            endSource()
            advance()
        default: break
        }
    }

    // MARK: Time

    /// How long a client has to hang up after the last word.
    private var lingerSeconds: Int { isDraining ? 1 : 5 }

    /// Called about once a second: ends what takes too long, with a word where one can still be said.
    func checkTime(_ now: Moment) {
        let seconds = now.seconds(since: since)
        switch phase {
        case .head where hasBegunRequest:
            if seconds >= limits.headerSeconds { refuseLate("The header took too long") }
        case .head:
            if seconds >= (hasSpoken ? limits.idleSeconds : limits.headerSeconds) { end() }
        case .body:
            // The average since the body began; the first seconds are free.
            if seconds >= limits.headerSeconds, progress / max(1, seconds) < limits.bodyBytesPerSecond {
                refuseLate("The body came too slowly")
            }
        case .writing:
            guard !isWritable, seconds >= limits.headerSeconds else { return }
            if progress / max(1, seconds) < limits.responseBytesPerSecond {
                return abort("response was taken too slowly")
            }
            // A new span: a client that took much at first may not rest on it for ever.
            progress = 0
            since = now
        case .lingering:
            if seconds >= lingerSeconds { end() }
        case .handling, .pulling, .listening, .closed: break
        }
    }

    private func refuseLate(_ reason: String) {
        refuse(RequestError(.requestTimeout, reason))
        advance()
    }
}
