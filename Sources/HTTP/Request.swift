// One request: the head's bytes as they came and where its parts lie in them. Nothing is decoded until it is asked for.

public struct Request: Sendable {
    /// The head, from the first byte of the request line to the empty line that ends it.
    public let head: [UInt8]
    public let method: Method
    public let version: Version
    /// The form of the target; for absolute-form `path`, `query` and `host` are those of the target.
    public let form: TargetForm
    /// The path as sent, still percent-encoded; begins with `/` (`*` for `OPTIONS *`).
    public let path: Range<Int>
    /// What follows `?`, still percent-encoded, without the `?`.
    public let query: Range<Int>?
    /// Host and port as sent: the target's authority in absolute-form (RFC 9112 §3.2.2), else the Host field.
    /// Empty where HTTP/1.0 sent none.
    public let host: Range<Int>
    public let fields: [Field]
    public let framing: Framing
    /// Whether the connection may be used again after this request (RFC 9112 §9.3).
    public let keepsAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the body.
    public let expectsContinue: Bool
    /// What came after the head; set by the connection once it is complete.
    public var body: Body = .none
    /// Who sent it and how: the socket's peer, or what a trusted proxy said of it.
    public var origin = Origin()
    /// Tells this request from every other in the log and on error pages.
    public var id: UInt64 = 0

    public init(
        head: [UInt8], method: Method, version: Version, form: TargetForm, path: Range<Int>, query: Range<Int>?,
        host: Range<Int>, fields: [Field], framing: Framing, keepsAlive: Bool, expectsContinue: Bool
    ) {
        self.head = head
        self.method = method
        self.version = version
        self.form = form
        self.path = path
        self.query = query
        self.host = host
        self.fields = fields
        self.framing = framing
        self.keepsAlive = keepsAlive
        self.expectsContinue = expectsContinue
    }

    /// RFC 9112 §3.2. `CONNECT`'s authority-form has no method here that could use it.
    public enum TargetForm: UInt8, Sendable {
        case origin
        case absolute
        case asterisk
    }

    /// How the body's length is known (RFC 9112 §6.3).
    public enum Framing: Equatable, Sendable {
        case none
        case length(Int)
        case chunked
    }

    /// A field line: where its name and its value (without surrounding white space) lie in `head`.
    public struct Field: Sendable {
        public let name: Range<Int>
        public let value: Range<Int>

        public init(name: Range<Int>, value: Range<Int>) {
            self.name = name
            self.value = value
        }
    }

    public enum Body: Sendable {
        case none
        case bytes([UInt8])
        case form(Form)
    }

    public struct Origin: Sendable {
        /// The client's address in words, without port; `unix` for a local socket.
        public var address = ""
        /// Whether the client spoke TLS, to us or to a trusted proxy.
        public var secure = false
        /// The host that the client asked for when a trusted proxy says so.
        public var forwardedHost: String?

        public init() {}

        /// Of a peer that speaks for itself.
        init(address: String) { self.address = address }
    }
}

extension Request {
    public var pathText: String { text(path) }
    public var queryText: String? { query.map(text) }
    public var hostText: String { origin.forwardedHost ?? text(host) }

    /// The first field of that name, compared without regard to ASCII case; nil when absent.
    public func field(_ name: StaticString) -> String? {
        fields.first { matches($0.name, name) }.map { text($0.value) }
    }

    /// All values of fields of that name, in order.
    public func fieldValues(_ name: StaticString) -> [String] {
        fields.filter { matches($0.name, name) }.map { text($0.value) }
    }

    /// Where the value of the first field of that name lies in `head`.
    public func fieldRange(_ name: StaticString) -> Range<Int>? {
        fields.first { matches($0.name, name) }?.value
    }

    public func text(_ range: Range<Int>) -> String { String(decoding: head[range], as: UTF8.self) }

    func matches(_ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { wanted in
            for offset in 0..<wanted.count where head[range.lowerBound + offset].lowercased != wanted[offset].lowercased
            {
                return false
            }
            return true
        }
    }
}
