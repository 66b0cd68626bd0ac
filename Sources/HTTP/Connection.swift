// One client's connection, from accept to close: a small machine of phases that moves on whenever bytes come, bytes go
// or a worker answers. It belongs to its loop and is touched only on its loop's queue.

internal import Glibc

final class Connection {
    let descriptor: Int32
    let token: UInt64
    let peer: Peer
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
    var parser: RequestParser
    /// The request that is being served.
    var request: Request?
    var bodyReader: BodyReader?
    var handler: (@Sendable (Request) -> Response)?
    var place = Place.loop
    var outgoing: Outgoing?
    /// Whether the connection ends after the response that goes out.
    var closesAfterResponse = false
    /// When the present phase of waiting began: see `checkTime`.
    var since = Moment.now
    /// When the request's first byte was seen.
    var begun = Moment.now
    /// Bytes that moved since `since`.
    var progress = 0
    /// Whether any byte of this connection was ever received.
    var hasSpoken = false
    var isDraining = false

    init(descriptor: Int32, token: UInt64, peer: Peer, loop: EventLoop) {
        self.descriptor = descriptor
        self.token = token
        self.peer = peer
        self.loop = loop
        parser = RequestParser(limits: loop.context.configuration.limits)
    }

    var limits: Limits { loop.context.configuration.limits }

    // MARK: What happens to it

    func react(to event: Poller.Event) {
        if event.isReadable { isReadable = true }
        if event.isWritable { isWritable = true }
        if event.isDead {
            // Both directions are over: nobody will read an answer.
            return abort(phase == .writing || phase == .pulling ? "client left" : nil)
        }
        if event.peerClosed, phase == .listening { return abort(nil) }
        advance()
    }

    func receive(_ message: EventLoop.Message) {
        switch message {
        case .response(let response):
            guard phase == .handling, let request else { return }
            respond(response, to: request)
        case .chunk(let chunk):
            guard phase == .pulling else { return }
            take(chunk)
        case .events(let bytes):
            take(events: bytes)
        }
        advance()
    }

    /// Steps of one connection before the others of its loop have their turn.
    private static let stepsPerTurn = 64

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

    /// Ends at once. `problem` goes to the log when a request was being served.
    func abort(_ problem: String?) {
        guard phase != .closed else { return }
        if let problem, let outgoing { report(outgoing, problem: problem) }
        end()
    }

    /// Closes when the client has nothing unread from us; otherwise says so and waits a little for it to hang up, since
    /// closing on unread bytes resets the connection and can take the answer with it.
    func hangUp() {
        shutdown(descriptor, Int32(SHUT_WR))
        phase = .lingering
        since = .now
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

    func drain() {
        isDraining = true
        switch phase {
        case .head where input.isEmpty: end()
        case .listening: end()
        default: closesAfterResponse = true
        }
    }

    // MARK: Time

    /// How long a client has to hang up after the last word.
    private static let lingerSeconds = 5

    /// Called about once a second: ends what takes too long, with a word where one can still be said.
    func checkTime(_ now: Moment) {
        let seconds = now.seconds(since: since)
        switch phase {
        case .head where input.isEmpty && hasSpoken:
            if seconds > limits.idleSeconds { end() }
        case .head where input.isEmpty:
            if seconds > limits.headerSeconds { end() }
        case .head:
            if seconds > limits.headerSeconds { refuse(RequestError(.requestTimeout, "header took too long")) }
        case .body:
            // The average since the body began; the first seconds are free.
            guard seconds > limits.headerSeconds, progress < seconds * limits.bodyBytesPerSecond else { return }
            refuse(RequestError(.requestTimeout, "body came too slowly"))
        case .writing:
            guard !isWritable, seconds > limits.headerSeconds else { return }
            if progress < seconds * limits.responseBytesPerSecond { return abort("response was taken too slowly") }
            // A new span: a client that took much at first may not rest on it for ever.
            progress = 0
            since = now
        case .lingering:
            if seconds > Self.lingerSeconds { end() }
        case .handling, .pulling, .listening, .closed:
            break
        }
    }
}
