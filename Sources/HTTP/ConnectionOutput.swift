// The connection's second half: response → bytes.

internal import Glibc

/// A response on its way: what is left of it, and what the log will say.
struct Outgoing {
    var head: [UInt8]
    var headSent = 0
    var payload: Payload
    /// Where more comes from once the payload is sent.
    var source: Source
    /// Whether pieces from the source are framed as chunks (HTTP/1.1) or end with the connection (1.0).
    var isChunked = false
    /// Bytes taken by the kernel so far.
    var sent = 0
    let status: Status
    let route: StaticString
    let tenant: String?
    var problem: String?

    enum Payload {
        case none
        case bytes([UInt8], next: Int)
        case file(FileBody, next: Int, end: Int)
    }

    enum Source {
        case none
        case stream(StreamBody)
        case events(EventStream)
    }
}

extension Connection {
    func respond(_ response: Response, to request: Request) {
        begin(response, to: request, problem: nil)
    }

    /// Lays the response out; it is written by the next steps of `advance`.
    func begin(_ response: Response, to request: Request?, problem: String?) {
        if response.closes || isDraining { closesAfterResponse = true }
        var outgoing = ResponseWriter.lay(out: response, for: request, closing: closesAfterResponse, on: loop)
        outgoing.problem = problem
        if case .none = outgoing.source {} else if !outgoing.isChunked { closesAfterResponse = true }
        if case .events(let stream) = outgoing.source {
            let loop = self.loop
            let token = self.token
            let early = stream.open { loop.post(.events($0), to: token) }
            if !early.isEmpty { outgoing.payload = .bytes(framed(early, outgoing), next: 0) }
        }
        self.outgoing = outgoing
        phase = .writing
        since = .now
        progress = 0
    }

    /// One write. False when the kernel takes no more for now, or the connection ended.
    func write() -> Bool {
        guard isWritable, outgoing != nil else { return false }
        let count = sendSome()
        let code = errno
        guard count >= 0 else {
            if code == EINTR { return true }
            if code == EAGAIN { isWritable = false } else { abort("client left") }
            return false
        }
        progress += count
        guard let isDone = outgoing?.advance(by: count) else { return false }
        return isDone ? payloadSent() : true
    }

    /// Bytes of a file handed to the kernel at once: other connections have their turn in between.
    private static let filePiece = 512 * 1024

    private func sendSome() -> Int {
        guard let outgoing else { return 0 }
        switch outgoing.payload {
        case .file(let file, let next, let end) where outgoing.headSent == outgoing.head.count:
            var offset = off_t(next)
            return sendfile(descriptor, file.descriptor, &offset, min(end - next, Self.filePiece))
        case .bytes(let bytes, let next):
            return send(outgoing.head, from: outgoing.headSent, then: bytes, from: next)
        case .file, .none:
            return send(outgoing.head, from: outgoing.headSent, then: [], from: 0)
        }
    }

    /// Head and body in one system call, without a copy and without SIGPIPE.
    private func send(_ first: [UInt8], from start: Int, then second: [UInt8], from next: Int) -> Int {
        first.withUnsafeBytes { first in
            second.withUnsafeBytes { second in
                var parts = (
                    iovec(iov_base: nil, iov_len: first.count - start),
                    iovec(iov_base: nil, iov_len: second.count - next)
                )
                parts.0.iov_base = UnsafeMutableRawPointer(mutating: first.baseAddress?.advanced(by: start))
                parts.1.iov_base = UnsafeMutableRawPointer(mutating: second.baseAddress?.advanced(by: next))
                return withUnsafeMutablePointer(to: &parts) { pointer in
                    pointer.withMemoryRebound(to: iovec.self, capacity: 2) { vectors in
                        var message = msghdr()
                        message.msg_iov = vectors
                        message.msg_iovlen = 2
                        return sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL))
                    }
                }
            }
        }
    }

    /// All that was laid out is sent: the end, or more from the source.
    private func payloadSent() -> Bool {
        switch outgoing?.source {
        case .stream(let stream):
            phase = .pulling
            let loop = self.loop
            let token = self.token
            loop.context.workers.run {
                let chunk = Result { try stream.next() }
                loop.post(.chunk(chunk), to: token)
            }
            return false
        case .events:
            phase = .listening
            return false
        default:
            return finish()
        }
    }

    private func finish() -> Bool {
        if let outgoing { report(outgoing, problem: outgoing.problem) }
        outgoing = nil
        request = nil
        guard !closesAfterResponse else {
            hangUp()
            return true
        }
        phase = .head
        needsMore = false
        since = .now
        begun = since
        return true
    }

    // MARK: More from the source

    func take(_ chunk: Result<[UInt8]?, any Error>) {
        switch chunk {
        case .success(let bytes?):
            guard let outgoing else { return }
            let isEmpty = bytes.isEmpty
            self.outgoing?.payload = isEmpty ? .none : .bytes(framed(bytes, outgoing), next: 0)
        case .success(nil):
            guard let outgoing else { return }
            self.outgoing?.payload = outgoing.isChunked ? .bytes(Array("0\r\n\r\n".utf8), next: 0) : .none
            self.outgoing?.source = .none
        case .failure(let error):
            // A response cut short must look cut short: no final chunk.
            return abort("stream failed: \(error)")
        }
        phase = .writing
        since = .now
        progress = 0
    }

    /// Bytes of events that may wait for a client; one that takes them too slowly is left.
    private static let eventBacklog = 64 * 1024

    func take(events bytes: [UInt8]) {
        guard let outgoing, case .events = outgoing.source else { return }
        var waiting: [UInt8] = []
        if case .bytes(let unsent, let next) = outgoing.payload, next < unsent.count {
            waiting = Array(unsent[next...])
        }
        guard waiting.count + bytes.count <= Self.eventBacklog else { return abort("events were taken too slowly") }
        self.outgoing?.payload = .bytes(waiting + framed(bytes, outgoing), next: 0)
        if phase == .listening {
            phase = .writing
            since = .now
            progress = 0
        }
    }

    private func framed(_ bytes: [UInt8], _ outgoing: Outgoing) -> [UInt8] {
        guard outgoing.isChunked, !bytes.isEmpty else { return bytes }
        return Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [.cr, .lf]
    }

    // MARK: Telling

    func report(_ outgoing: Outgoing, problem: String?) {
        let microseconds = Moment.now.microseconds(since: begun)
        loop.routes.count(outgoing.route, outgoing.status, bytes: outgoing.sent, microseconds: microseconds)
        var origin = request?.origin ?? Request.Origin()
        if request == nil { origin.address = peer.description }
        loop.context.observer.answered(
            Access(
                request: request, origin: origin, id: request?.id ?? 0, status: outgoing.status, bytes: outgoing.sent,
                microseconds: microseconds, route: outgoing.route, tenant: outgoing.tenant, problem: problem))
    }
}

extension Outgoing {
    /// Counts bytes as sent; true when all that was laid out is gone.
    mutating func advance(by count: Int) -> Bool {
        sent += count
        let ofHead = min(count, head.count - headSent)
        headSent += ofHead
        let rest = count - ofHead
        switch payload {
        case .none:
            return headSent == head.count
        case .bytes(let bytes, let next):
            payload = .bytes(bytes, next: next + rest)
            return next + rest == bytes.count
        case .file(let file, let next, let end):
            // A file that became shorter meanwhile ends here: sendfile returns 0 and the length that was promised is
            // not kept, which the client must see as a cut connection.
            if count == 0, headSent == head.count, next < end { return true }
            payload = .file(file, next: next + rest, end: end)
            return next + rest == end && headSent == head.count
        }
    }
}
