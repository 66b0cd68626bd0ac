// The connection's first half: bytes → request → handler.

internal import Glibc

extension Connection {
    /// One step with what is there or can be read. False when the client must send more.
    func takeInput() -> Bool {
        if !input.isEmpty, !needsMore {
            let held = input
            input = []
            let used = held.withUnsafeBytes { consume($0) }
            if phase != .closed, used < held.count { input = Array(held[used...]) }
            return true
        }
        guard isReadable else { return false }
        let scratch = loop.scratch
        let count = recv(descriptor, scratch.baseAddress, scratch.count, 0)
        let code = errno
        switch count {
        case 1...:
            take(UnsafeRawBufferPointer(rebasing: scratch[..<count]))
            return true
        case 0:
            peerEnded()
            return false
        default:
            if code == EINTR { return true }
            if code == EAGAIN { isReadable = false } else { abort(nil) }
            return false
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        if phase == .head, input.isEmpty {
            since = .now
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

    /// The client sent its end of stream: what it began can never be complete.
    private func peerEnded() {
        isReadable = false
        end()
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
        request.origin = context.configuration.trustedProxies.origin(of: request, from: peer)
        closesAfterResponse = !request.keepsAlive || isDraining
        self.request = request
        parser = RequestParser(limits: limits)
        switch context.application.receive(request) {
        case .answer(let response):
            // The body is not read, so what follows on this connection cannot be told from it.
            if request.framing != .none { closesAfterResponse = true }
            respond(response, to: request)
        case .serve(let rule, let place, let handler):
            self.place = place
            self.handler = handler
            guard request.framing != .none, request.framing != .length(0) else { return serve(request) }
            bodyReader = try BodyReader(request, rule, limits)
            phase = .body
            since = .now
            progress = 0
            if request.expectsContinue { sayContinue() }
        }
    }

    /// The socket's buffer is empty here, so 25 bytes go out at once or never.
    private func sayContinue() {
        let line: StaticString = "HTTP/1.1 100 Continue\r\n\r\n"
        let sent = send(descriptor, line.utf8Start, line.utf8CodeUnitCount, Int32(MSG_NOSIGNAL))
        if sent != line.utf8CodeUnitCount { abort("client left") }
    }

    private func feed(_ bytes: UnsafeRawBufferPointer) throws(RequestError) -> Int {
        guard var reader = bodyReader.take() else { return 0 }
        let used = try reader.receive(bytes)
        progress += used
        if reader.isComplete {
            guard var request else { return used }
            request.body = try reader.finish()
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
            loop.context.workers.run { loop.post(.response(handler(request)), to: token) }
        }
    }

    /// Answers a request that cannot be understood or taken, in one line, and ends the connection.
    func refuse(_ error: RequestError) {
        guard phase == .head || phase == .body else { return }
        bodyReader = nil
        closesAfterResponse = true
        var response = Response.text(error.status, error.reason + "\n")
        if error.status == .serviceUnavailable { response.add("Retry-After", "5") }
        begin(response, to: request, problem: error.reason)
    }

    /// After the last word: reads and drops until the client hangs up.
    func dropInput() -> Bool {
        guard isReadable else { return false }
        let scratch = loop.scratch
        let count = recv(descriptor, scratch.baseAddress, scratch.count, 0)
        let code = errno
        if count > 0 || (count < 0 && code == EINTR) { return true }
        if count < 0, code == EAGAIN {
            isReadable = false
        } else {
            end()
        }
        return false
    }
}
