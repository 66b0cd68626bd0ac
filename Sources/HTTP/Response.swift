// What a handler answers: status, fields, a body of one of a few kinds, and two labels for the log and the metrics.

public struct Response: Sendable {
    public var status: Status
    /// Fields in the order in which they are sent, without those that the server itself writes: `Date`, `Connection`,
    /// `Content-Length`, `Transfer-Encoding`.
    public private(set) var fields: [(name: StaticString, value: String)] = []
    public var body: Body
    /// The route's pattern (`/t/{slug}/`), for the metrics; never the path, which a stranger may vary without end.
    public var route: StaticString = "-"
    /// Whose request it was, for the log.
    public var tenant: String?
    /// Ends the connection after this response.
    public var closes = false

    public init(_ status: Status, body: Body = .empty) {
        self.status = status
        self.body = body
    }

    public enum Body: Sendable {
        case empty
        /// Content in memory; compressed on the way out when that is accepted, worth it and allowed by `type`.
        case bytes([UInt8], type: StaticString)
        /// A file that was read, compressed and described once.
        case asset(Asset)
        /// A file on disk, sent in pieces.
        case file(FileBody)
        /// Chunks made one after the other as the client takes them.
        case stream(StreamBody)
        /// Server-sent events until either side leaves.
        case events(EventStream)
        /// Another response, which takes this one's place when it is there.
        case later(LaterResponse)
    }

    /// Adds a field. A value with a control byte would split the response: it is refused by dropping the byte.
    public mutating func add(_ name: StaticString, _ value: String) {
        fields.append((name, value.withoutControls))
    }

    public func adding(_ name: StaticString, _ value: String) -> Response {
        var copy = self
        copy.add(name, value)
        return copy
    }

    /// POST → 303 → GET.
    public static func seeOther(_ location: String) -> Response {
        Response(.seeOther).adding("Location", location)
    }

    public static func text(_ status: Status, _ text: String) -> Response {
        Response(status, body: .bytes(Array(text.utf8), type: "text/plain; charset=utf-8"))
    }
}

extension String {
    /// Without what would end or corrupt a field line.
    var withoutControls: String {
        let isClean = utf8.allSatisfy { !$0.isControl || $0 == 0x09 }
        return isClean ? self : String(decoding: utf8.filter { !$0.isControl }, as: UTF8.self)
    }
}
