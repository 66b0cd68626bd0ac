// What the server counts, for the metrics page. Each loop counts for itself; whoever reads adds up.

public import Synchronization

/// Figures of the whole server.
public final class ServerStatistics: Sendable {
    public let accepted = Atomic<Int>(0)
    public let turnedAway = Atomic<Int>(0)

    init() {}
}

/// What one route answered.
public struct RouteStatistics: Sendable {
    public let pattern: StaticString
    /// Responses by the first digit of their status; index 0 is unused.
    public var byClass = [Int](repeating: 0, count: 6)
    /// Responses that took at most the bound of the same index and more than the one before; the last counts the rest.
    public var byLatency = [Int](repeating: 0, count: RouteStatistics.bounds.count + 1)
    public var microseconds = 0
    public var bytes = 0

    /// Upper bounds of the latency histogram, in microseconds.
    public static let bounds = [
        100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000,
    ]

    mutating func count(_ status: Status, bytes: Int, microseconds: Int) {
        byClass[min(5, Int(status.code) / 100)] += 1
        byLatency[Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count] += 1
        self.microseconds += microseconds
        self.bytes += bytes
    }

    mutating func add(_ other: RouteStatistics) {
        for index in byClass.indices { byClass[index] += other.byClass[index] }
        for index in byLatency.indices { byLatency[index] += other.byLatency[index] }
        microseconds += other.microseconds
        bytes += other.bytes
    }
}

/// One loop's figures by route. The lock is its loop's alone but for the moment in which somebody reads.
final class RouteTable: Sendable {
    private let routes = Mutex<[RouteStatistics]>([])

    func count(_ route: StaticString, _ status: Status, bytes: Int, microseconds: Int) {
        routes.withLock { routes in
            // A pattern is a literal: its address tells it from every other without reading it.
            let known = routes.firstIndex { $0.pattern.utf8Start == route.utf8Start }
            if known == nil { routes.append(RouteStatistics(pattern: route)) }
            routes[known ?? routes.count - 1].count(status, bytes: bytes, microseconds: microseconds)
        }
    }

    func read() -> [RouteStatistics] { routes.withLock { $0 } }

    static func sum(_ tables: [RouteTable]) -> [RouteStatistics] {
        var sums: [String: RouteStatistics] = [:]
        for route in tables.flatMap({ $0.read() }) {
            sums["\(route.pattern)", default: RouteStatistics(pattern: route.pattern)].add(route)
        }
        return sums.sorted { $0.key < $1.key }.map(\.value)
    }
}
