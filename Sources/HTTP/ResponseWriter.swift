// Lays a response out as bytes: status line, fields, body.

/// What of a request decides how its response is framed: a few bytes, where a copy of the whole has to count references.
struct RequestFacts {
    let isHead: Bool
    let isOld: Bool
    let isSecure: Bool

    /// Nil is a request whose head was not understood.
    init(_ request: Request?) {
        isHead = request?.method == .head
        isOld = request?.version == .http10
        isSecure = request?.origin.secure == true
    }
}

enum ResponseWriter {
    static func lay(
        out response: Response, _ selection: Selection, for request: RequestFacts, closing: Bool, on loop: EventLoop
    ) -> Outgoing {
        let (isHead, isOld) = (request.isHead, request.isOld)
        let ending: Outgoing.Ending =
            if case .none = selection.source { .length } else if isOld { .close } else { .chunks }
        let closes = closing || ending == .close

        var head: [UInt8] = []
        head.reserveCapacity(1024)
        head.append(statusLine: selection.status)
        head.append(contentsOf: loop.dateLine())
        if let length = selection.length { head.append(field: "Content-Length", number: length) }
        if ending == .chunks { head.append(static: "Transfer-Encoding: chunked\r\n") }
        head.append(contentsOf: selection.lines)
        for (name, value) in response.fields {
            let isWeakened = selection.weakensTag && name.matches("ETag") && !value.utf8.starts(with: "W/".utf8)
            head.append(field: name, isWeakened ? "W/" + value : value)
        }
        appendCommon(&head, response, selection, loop.context)
        if request.isSecure { head.append(contentsOf: loop.context.secureLines) }
        if closes {
            head.append(static: "Connection: close\r\n")
        } else if isOld {
            head.append(static: "Connection: keep-alive\r\n")
        }
        head.append(static: "\r\n")
        return Outgoing(
            head: head, isHead ? .none : selection.payload, isHead ? .none : selection.source, ending, closes: closes,
            of: response, selection.status)
    }

    private static func appendCommon(
        _ head: inout [UInt8], _ response: Response, _ selection: Selection, _ context: ServerContext
    ) {
        if response.fields.isEmpty && !selection.saysCacheControl {
            head.append(contentsOf: context.commonLines)
            return
        }
        for (name, value) in context.configuration.commonFields {
            let isOverridden = response.has(name) || selection.saysCacheControl && name.matches("Cache-Control")
            if !isOverridden { head.append(field: name, value) }
        }
    }
}

extension Response {
    func has(_ name: StaticString) -> Bool { fields.contains { $0.name.matches(name) } }

    func value(_ name: StaticString) -> String? { fields.first { $0.name.matches(name) }?.value }
}

extension StaticString {
    /// Equality of field names.
    func matches(_ other: StaticString) -> Bool {
        guard utf8CodeUnitCount == other.utf8CodeUnitCount else { return false }
        for index in 0..<utf8CodeUnitCount where utf8Start[index].lowercased != other.utf8Start[index].lowercased {
            return false
        }
        return true
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

    mutating func append(field name: StaticString, _ value: StaticString) {
        append(static: name)
        append(static: ": ")
        append(static: value)
        append(static: "\r\n")
    }

    mutating func append(field name: StaticString, number: Int) {
        append(static: name)
        append(static: ": ")
        append(decimal: number)
        append(static: "\r\n")
    }

    /// The digits of a number that is not negative.
    mutating func append(decimal number: Int) {
        var unit = 1
        while number / unit >= 10 { unit *= 10 }
        while unit > 0 {
            append(0x30 &+ UInt8(truncatingIfNeeded: number / unit % 10))
            unit /= 10
        }
    }
}
