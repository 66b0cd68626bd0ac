// How a server is set up: what an operator may choose, and what the product hands in.

public struct Configuration: Sendable {
    public var addresses: [ListenAddress]
    /// Event loops; each has a queue, an epoll set and, for TCP, a listening socket of its own.
    public var loops: Int
    /// Serial queues for handlers that block.
    public var workers: Int
    public var limits = Limits()
    public var trustedProxies = TrustedProxies()
    /// Fields of every response, such as the security headers. A handler's own field of the same name wins.
    public var commonFields: [(name: StaticString, value: String)] = []
    /// Fields of every response to a request that came by TLS.
    public var secureFields: [(name: StaticString, value: String)] = []
    /// The body of a refusal that no handler saw: one line of text.
    public var name: StaticString = "atiende"

    public init(addresses: [ListenAddress], loops: Int, workers: Int) {
        self.addresses = addresses
        self.loops = loops
        self.workers = workers
    }
}
