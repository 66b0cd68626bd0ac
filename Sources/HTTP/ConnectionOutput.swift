// The connection's second half: response → bytes.

internal import Glibc

extension Connection {
    func respond(_ response: Response, to request: Request) {
        if case .later(let later) = response.body {
            phase = .handling
            let loop = self.loop
            let token = self.token
            return later.start { loop.post(.response($0.fulfilling(response), nil), to: token) }
        }
        begin(response, Selection(response, for: request, loop.compressor))
    }

    /// Lays the response out; it is written by the next steps of `advance`.
    func begin(_ response: Response, _ selection: Selection, problem: String? = nil) {
        guard phase != .closed else { return }
        if response.closes || isDraining { closesAfterResponse = true }
        let outgoing = ResponseWriter.lay(
            out: response, selection, for: RequestFacts(request), closing: closesAfterResponse, on: loop)
        outgoing.problem = problem
        if outgoing.closes { closesAfterResponse = true }
        if case .events(let stream) = response.body { open(stream, as: outgoing) }
        self.outgoing = outgoing
        phase = .writing
        since = loop.now
        progress = 0
    }

    private func open(_ stream: EventStream, as outgoing: Outgoing) {
        // Of a HEAD request the stream only told what it would be.
        guard case .events = outgoing.source else { return stream.close() }
        let loop = self.loop
        let token = self.token
        if let early = stream.open(deliver: { loop.post(.events($0), to: token) }) {
            outgoing.load(piece: early)
        } else {
            stream.close()
            outgoing.loadEnd()
        }
    }

    /// One write. False when the kernel takes no more for now, or the connection ended.
    func write() -> Bool {
        guard let outgoing else { return false }
        if outgoing.isSent { return payloadSent(outgoing) }
        guard isWritable else { return false }
        let count = outgoing.send(to: descriptor)
        let code = errno
        switch count {
        case 1...:
            progress += count
            outgoing.advance(by: count)
            return outgoing.isSent ? payloadSent(outgoing) : true
        case 0:
            // The length that was promised cannot be kept, which the client must see as a cut connection.
            cut("file became shorter while it was sent")
        default:
            switch code {
            case EINTR: return true
            case EAGAIN: isWritable = false
            case EPIPE, ECONNRESET: abort("client left")
            default: cut("\(SystemError("send", code))")
            }
        }
        return false
    }

    /// All that was laid out is sent: the end, or more from the source.
    private func payloadSent(_ outgoing: Outgoing) -> Bool {
        switch outgoing.source {
        case .none:
            return finish()
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
            if peerHasEnded {
                abort(nil)
                return false
            }
            if isDraining || outgoing.isLastEvent {
                endSource()
                return true
            }
            phase = .listening
            return false
        }
    }

    private func finish() -> Bool {
        report(outgoing?.problem)
        outgoing = nil
        request = nil
        guard !closesAfterResponse else {
            hangUp()
            return phase == .lingering
        }
        phase = .head
        needsMore = false
        since = loop.now
        begun = since
        return true
    }

    // MARK: More from the source

    func take(_ chunk: Result<[UInt8]?, any Error>) {
        guard let outgoing else { return }
        switch chunk {
        case .success(let bytes?): outgoing.load(piece: bytes)
        case .success(nil): outgoing.loadEnd()
        case .failure(let error): return cut("stream failed: \(error)")
        }
        writeOn()
    }

    /// Bytes of events that may wait for a client; one that takes them too slowly is left.
    static let eventBacklog = 64 * 1024

    func take(events bytes: [UInt8]) {
        guard let outgoing, case .events = outgoing.source else { return }
        guard !bytes.isEmpty else {
            outgoing.isLastEvent = true
            if phase == .listening { endSource() }
            return
        }
        let waiting = outgoing.waitingBytes
        guard waiting.count + bytes.count <= Self.eventBacklog else { return abort("events were taken too slowly") }
        outgoing.load(piece: bytes)
        if !waiting.isEmpty { outgoing.load(.bytes(Array(waiting + outgoing.waitingBytes))) }
        if phase == .listening { writeOn() }
    }

    /// Events go on without end; here it is.
    func endSource() {
        guard let outgoing else { return }
        if case .events(let stream) = outgoing.source { stream.close() }
        outgoing.loadEnd()
        writeOn()
    }

    private func writeOn() {
        phase = .writing
        since = loop.now
        progress = 0
    }

    /// Ends a response in the middle. A response that is cut short must look cut short: where its end is that of the
    /// connection, only a reset tells.
    private func cut(_ problem: String) {
        if outgoing?.ending == .close {
            var now = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        }
        abort(problem)
    }

    // MARK: Telling

    /// Tells of the request under way, once: what was answered, or what would have been the word for it.
    func report(_ problem: String?) {
        // Whoever keeps the line must not keep uploaded files with it.
        request?.body = .none
        let microseconds = Moment.now.microseconds(since: begun)
        let status = outgoing?.status ?? (phase == .handling ? .serviceUnavailable : .badRequest)
        let route = outgoing?.route ?? "-"
        let sent = outgoing?.sent ?? 0
        loop.routes.count(route, status, bytes: sent, microseconds: microseconds)
        let origin = request?.origin ?? Request.Origin(address: address)
        loop.context.observer.answered(
            Access(
                request: request, origin: origin, id: request?.id ?? 0, status: status, bytes: sent,
                microseconds: microseconds, route: route, tenant: outgoing?.tenant, problem: problem))
    }
}
