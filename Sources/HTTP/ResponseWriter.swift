// Lays a response out as bytes: status line, fields, body; what HEAD, ranges, conditions and compression change.

enum ResponseWriter {
    /// `request` is nil for a request whose head was not understood.
    static func lay(out response: Response, for request: Request?, closing: Bool, on loop: EventLoop) -> Outgoing {
        let selection = Selection(response, for: request, loop.compressor)
        let isHead = request?.method == .head
        let isOld = request?.version == .http10
        let hasSource = if case .none = selection.source { false } else { true }
        let isChunked = hasSource && !isOld
        let closes = closing || hasSource && isOld

        var head: [UInt8] = []
        head.reserveCapacity(640)
        head.append(statusLine: selection.status)
        head.append(contentsOf: loop.dateLine())
        if let type = selection.type { head.append(field: "Content-Type", type) }
        if let length = selection.length { head.append(field: "Content-Length", number: length) }
        if isChunked { head.append(static: "Transfer-Encoding: chunked\r\n") }
        for (name, value) in selection.fields { head.append(field: name, value) }
        for (name, value) in response.fields { head.append(field: name, value) }
        appendCommon(&head, response, request, loop.context)
        if closes {
            head.append(static: "Connection: close\r\n")
        } else if isOld {
            head.append(static: "Connection: keep-alive\r\n")
        }
        head.append(static: "\r\n")
        return Outgoing(
            head: head, payload: isHead ? .none : selection.payload, source: isHead ? .none : selection.source,
            isChunked: isChunked && !isHead, status: selection.status, route: response.route, tenant: response.tenant)
    }

    private static func appendCommon(
        _ head: inout [UInt8], _ response: Response, _ request: Request?, _ context: ServerContext
    ) {
        let common = context.configuration.commonFields
        let isOverridden = response.fields.contains { own in common.contains { equal($0.name, own.name) } }
        if isOverridden {
            for (name, value) in common where !response.fields.contains(where: { equal($0.name, name) }) {
                head.append(field: name, value)
            }
        } else {
            head.append(contentsOf: context.commonLines)
        }
        if request?.origin.secure == true { head.append(contentsOf: context.secureLines) }
    }

    private static func equal(_ left: StaticString, _ right: StaticString) -> Bool {
        left.utf8CodeUnitCount == right.utf8CodeUnitCount
            && zip(
                UnsafeBufferPointer(start: left.utf8Start, count: left.utf8CodeUnitCount),
                UnsafeBufferPointer(start: right.utf8Start, count: right.utf8CodeUnitCount)
            ).allSatisfy { $0.lowercased == $1.lowercased }
    }
}

extension [UInt8] {
    mutating func append(static text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(statusLine status: Status) {
        append(static: "HTTP/1.1 ")
        append(UInt8(truncatingIfNeeded: 0x30 &+ status.code / 100 % 10))
        append(UInt8(truncatingIfNeeded: 0x30 &+ status.code / 10 % 10))
        append(UInt8(truncatingIfNeeded: 0x30 &+ status.code % 10))
        append(0x20)
        append(static: status.reason)
        append(static: "\r\n")
    }

    mutating func append(field name: StaticString, _ value: String) {
        append(static: name)
        append(static: ": ")
        append(contentsOf: value.utf8)
        append(static: "\r\n")
    }

    mutating func append(field name: StaticString, number: Int) {
        append(static: name)
        append(static: ": ")
        append(contentsOf: String(number).utf8)
        append(static: "\r\n")
    }
}
