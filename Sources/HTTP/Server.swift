// The HTTP server: opens the sockets, starts the loops, stops them in order.

internal import Dispatch
internal import Glibc

/// One that was started lives until it is stopped, whoever still holds it.
public final class Server: Sendable {
    private let context: ServerContext
    private let loops: [EventLoop]
    /// Where the server listens; a port 0 that was asked for is the one that the kernel chose.
    public let addresses: [ListenAddress]

    /// Binds every address; nothing is accepted before `start`.
    public init(
        _ configuration: Configuration, application: any Application, observer: any Observer
    ) throws(SystemError) {
        var configuration = configuration
        configuration.loops = max(1, configuration.loops)
        var columns: [[Listener]] = []
        for address in configuration.addresses {
            columns.append(try Listener.open(address, loops: configuration.loops))
        }
        let context = ServerContext(configuration, application, observer)
        var loops: [EventLoop] = []
        for index in 0..<configuration.loops {
            loops.append(try EventLoop(index: index, listeners: columns.map { $0[index] }, context: context))
        }
        self.context = context
        self.loops = loops
        addresses = columns.compactMap { $0.first?.address }
    }

    /// To be called once.
    public func start() {
        // `sendfile` knows no MSG_NOSIGNAL, and a client that leaves must not end the process.
        signal(SIGPIPE, SIG_IGN)
        for loop in loops { loop.start() }
    }

    /// Stops accepting, lets running requests end, closes idle connections; after `seconds` ends what is left. Blocks
    /// until all is closed, so it must not be called on a loop.
    public func stop(within seconds: Int) {
        for loop in loops { loop.queue.async { loop.drain() } }
        if !context.waitForLoops(seconds: seconds) {
            for loop in loops { loop.queue.async { loop.endAll() } }
            _ = context.waitForLoops(seconds: 1)
        }
    }

    public var statistics: ServerStatistics { context.statistics }
    /// What each route answered, in the order of their patterns.
    public var routes: [RouteStatistics] { RouteTable.sum(loops.map(\.routes)) }
    /// Connections open now.
    public var connectionCount: Int { context.guestCount }
    /// Jobs that run or wait on the workers now.
    public var workerLoad: Int { context.workers.load }
}
