// What all loops of a server share: how it is set up, whom it serves and tells, who is connected.

internal import Dispatch
internal import Synchronization

final class ServerContext: Sendable {
    let configuration: Configuration
    let application: any Application
    let observer: any Observer
    let workers: Workers
    /// One for each worker, whose lock is therefore never waited for.
    private let compressors: [Compressor]
    /// The field lines of every response, ready to be copied.
    let commonLines: [UInt8]
    let secureLines: [UInt8]
    let statistics = ServerStatistics()
    private let guests = Mutex(Guests())
    private let notices = Mutex<[NoticeKind: Moment]>([:])
    private let ending = DispatchGroup()
    private let requestNumber: Atomic<UInt64>

    private final class Compressor: Sendable {
        let gzip = Mutex(GzipCompressor(level: .fast))
    }

    private struct Guests {
        var count = 0
        var perAddress: [Peer: Int] = [:]
    }

    enum NoticeKind {
        case descriptors
        case fullHouse
        case address
    }

    init(_ configuration: Configuration, _ application: any Application, _ observer: any Observer) {
        self.configuration = configuration
        self.application = application
        self.observer = observer
        workers = Workers(count: configuration.workers)
        compressors = (0..<workers.count).map { _ in Compressor() }
        commonLines = Self.lines(configuration.commonFields)
        secureLines = Self.lines(configuration.secureFields)
        // A random start: the numbers of two runs do not meet in a log.
        requestNumber = Atomic(UInt64.random(in: 0...UInt64(UInt32.max)) << 32)
        for _ in 0..<configuration.loops { ending.enter() }
    }

    private static func lines(_ fields: [(name: StaticString, value: String)]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (name, value) in fields { bytes.append(field: name, value) }
        return bytes
    }

    func nextRequestNumber() -> UInt64 { requestNumber.wrappingAdd(1, ordering: .relaxed).newValue }

    /// Chooses what of the response goes out, on a worker: compression takes a while.
    func select(_ response: Response, for request: Request, onWorker worker: Int) -> Selection {
        compressors[worker].gzip.withLock { Selection(response, for: request, $0) }
    }

    // MARK: Guests

    /// Counts a connection in; false when the house is full or its address has enough.
    func enter(_ peer: Peer) -> Bool {
        let limits = configuration.limits
        let isCapped = peer != .unix && !configuration.trustedProxies.trusts(peer)
        let refusal: NoticeKind? = guests.withLock { guests in
            guard guests.count < limits.connections else { return .fullHouse }
            if isCapped {
                let home = peer.home
                guard guests.perAddress[home, default: 0] < limits.connectionsPerAddress else { return .address }
                guests.perAddress[home, default: 0] += 1
            }
            guests.count += 1
            return nil
        }
        guard let refusal else {
            statistics.accepted.wrappingAdd(1, ordering: .relaxed)
            return true
        }
        statistics.turnedAway.wrappingAdd(1, ordering: .relaxed)
        switch refusal {
        case .address: notice("too many connections from \(peer)", kind: .address)
        default: notice("too many connections", kind: .fullHouse)
        }
        return false
    }

    func leave(_ peer: Peer) {
        let home = peer.home
        guests.withLock { guests in
            guests.count -= 1
            guard let left = guests.perAddress[home] else { return }
            guests.perAddress[home] = left > 1 ? left - 1 : nil
        }
    }

    var guestCount: Int { guests.withLock(\.count) }

    /// The whole response with which a connection is turned away.
    func fullHouse(_ dateLine: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(statusLine: .serviceUnavailable)
        bytes.append(contentsOf: dateLine)
        bytes.append(field: "Content-Type", "text/plain; charset=utf-8")
        bytes.append(field: "Content-Length", number: Self.fullHouseText.utf8CodeUnitCount)
        bytes.append(field: "Retry-After", "5")
        bytes.append(contentsOf: commonLines)
        bytes.append(static: "Connection: close\r\n\r\n")
        bytes.append(static: Self.fullHouseText)
        return bytes
    }

    private static let fullHouseText: StaticString =
        "Hay demasiadas conexiones. Intente de nuevo en unos segundos. / Too many connections, try again soon.\n"

    // MARK: Notices

    /// Tells the operator, at most once a second for each kind: a flood must not become a flood of log lines.
    func notice(_ text: String, kind: NoticeKind) {
        let now = Moment.now
        let isNews = notices.withLock { notices in
            if let last = notices[kind], now.seconds(since: last) < 1 { return false }
            notices[kind] = now
            return true
        }
        if isNews { observer.noticed(text) }
    }

    // MARK: Ending

    func loopEnded() { ending.leave() }

    /// True when all loops ended before the deadline.
    func waitForLoops(seconds: Int) -> Bool { ending.wait(timeout: .now() + .seconds(seconds)) == .success }
}
