// The connection's first half: bytes → request → handler.

internal import Glibc

extension Connection {
    /// One step with what is there or can be read. False when the client must send more.
    func takeInput() -> Bool {
        if !input.isEmpty, !needsMore {
            let held = input
            input = []
            let used = held.withUnsafeBytes { consume($0) }
            keep(held, from: used)
            return true
        }
        guard isReadable else { return false }
        let scratch = loop.scratch
        let count = recv(descriptor, scratch.baseAddress, scratch.count, 0)
        let code = errno
        switch count {
        case 1...:
            noteRead(count)
            take(UnsafeRawBufferPointer(rebasing: scratch[..<count]))
            return true
        case 0:
            isReadable = false
            peerHasEnded = true
            return inputEnded()
        default:
            if code == EINTR { return true }
            if code == EAGAIN { isReadable = false } else { abort("client left") }
            return false
        }
    }

    /// A read that did not fill the buffer took all there was: what comes later is told by an event of its own. Only the
    /// end of the stream may have been told together with the bytes before it.
    private func noteRead(_ count: Int) {
        isReadable = count == loop.scratch.count || peerHasEnded
    }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        if phase == .head, input.isEmpty {
            since = loop.now
            begun = since
        }
        hasSpoken = true
        needsMore = false
        guard input.isEmpty else {
            input.append(contentsOf: bytes)
            return
        }
        let used = consume(bytes)
        if phase != .closed, used < bytes.count { input = Array(bytes[used...]) }
    }

    private func keep(_ held: [UInt8], from used: Int) {
        guard phase != .closed, used < held.count else { return }
        input = used == 0 ? held : Array(held[used...])
    }

    /// The client sends no more: what it began can never be complete, yet it may still read why.
    private func inputEnded() -> Bool {
        guard phase == .body || hasBegunRequest else {
            end()
            return false
        }
        refuse(.bad("The request ends before it is complete"))
        return true
    }

    /// Uses as much as the present phase can; returns how many bytes that was.
    private func consume(_ bytes: UnsafeRawBufferPointer) -> Int {
        var offset = 0
        do throws(RequestError) {
            while offset < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
                if phase == .head {
                    guard let (request, used) = try parser.parse(rest) else {
                        needsMore = true
                        return offset
                    }
                    offset += used
                    try begin(request)
                } else if phase == .body {
                    offset += try feed(rest)
                } else {
                    return offset
                }
            }
        } catch {
            refuse(error)
            return bytes.count
        }
        return offset
    }

    // MARK: Request

    private func begin(_ head: Request) throws(RequestError) {
        let context = loop.context
        var request = head
        request.id = context.nextRequestNumber()
        request.origin = origin(of: request)
        closesAfterResponse = !request.keepsAlive || isDraining
        wasLastRequest = !request.keepsAlive && !request.hasContent
        self.request = request
        switch context.application.receive(request) {
        case .answer(let response):
            // The body is not read, so what follows on this connection cannot be told from it.
            if request.hasContent { closesAfterResponse = true }
            respond(response, to: request)
        case .serve(let rule, let place, let handler):
            self.place = place
            self.handler = handler
            guard request.hasContent else {
                request.body = rule.emptyBody
                return serve(request)
            }
            bodyReader = try BodyReader(request, rule, limits)
            phase = .body
            since = loop.now
            progress = 0
            if request.expectsContinue { sayContinue() }
        }
    }

    private func origin(of request: Request) -> Request.Origin {
        let proxies = loop.context.configuration.trustedProxies
        guard proxies.trusts(peer) else { return Request.Origin(address: address) }
        return proxies.forwardedOrigin(of: request, by: peer)
    }

    /// The socket's buffer is empty here, so 25 bytes go out at once; or else the client sends on without reading.
    private func sayContinue() {
        let line: StaticString = "HTTP/1.1 100 Continue\r\n\r\n"
        let sent = send(descriptor, line.utf8Start, line.utf8CodeUnitCount, Int32(MSG_NOSIGNAL))
        if sent != line.utf8CodeUnitCount { abort("client did not take the interim response") }
    }

    private func feed(_ bytes: UnsafeRawBufferPointer) throws(RequestError) -> Int {
        guard var request, var reader = bodyReader.take() else { return bytes.count }
        let used = try reader.receive(bytes)
        progress += used
        if reader.isComplete {
            request.body = try reader.finish()
            wasLastRequest = !request.keepsAlive
            serve(request)
        } else {
            bodyReader = reader
        }
        return used
    }

    private func serve(_ request: Request) {
        self.request = request
        guard let handler else { return }
        self.handler = nil
        switch place {
        case .loop: respond(handler(request), to: request)
        case .worker:
            phase = .handling
            let loop = self.loop
            let token = self.token
            loop.context.workers.run { (worker: Int) in
                let response = handler(request)
                if case .later(let later) = response.body {
                    return later.start { loop.post(.response($0.fulfilling(response), nil), to: token) }
                }
                let selection = loop.context.select(response, for: request, onWorker: worker)
                loop.post(.response(response, selection), to: token)
            }
        }
    }

    /// Answers a request that cannot be understood or taken, in one line, and ends the connection.
    func refuse(_ error: RequestError) {
        guard phase == .head || phase == .body else { return }
        bodyReader = nil
        handler = nil
        wasLastRequest = false
        closesAfterResponse = true
        var response = Response.text(error.status, error.reason + "\n")
        if error.status == .serviceUnavailable { response.add("Retry-After", "5") }
        begin(response, Selection(response, for: request, loop.compressor), problem: error.reason)
    }

    /// After the last word: reads and drops until the client hangs up.
    func dropInput() -> Bool {
        guard isReadable else { return false }
        let scratch = loop.scratch
        let count = recv(descriptor, scratch.baseAddress, scratch.count, 0)
        let code = errno
        if count > 0 {
            noteRead(count)
            return true
        }
        if count < 0, code == EINTR { return true }
        if count < 0, code == EAGAIN {
            isReadable = false
        } else {
            end()
        }
        return false
    }
}

extension Request {
    var hasContent: Bool { framing != .none && framing != .length(0) }
}

extension BodyRule {
    /// What a handler gets where no content came: a form without fields is sent as nothing.
    fileprivate var emptyBody: Request.Body {
        switch self {
        case .none: .none
        case .form, .upload, .uploadWithoutFiles: .form(Form())
        case .bytes: .bytes([])
        }
    }
}
