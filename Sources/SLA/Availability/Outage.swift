// Times in which a service was out of operation.

/// Whose fault an outage is.
public struct Cause: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }

    public static let provider: Cause = "provider"
    public static let thirdParty: Cause = "thirdParty"
    public static let customer: Cause = "customer"
}

/// A confirmed outage of a service, `[from, to)`; without an end it is still going on.
public struct Outage: Hashable, Sendable {
    public var from: Instant
    public var to: Instant?
    public var cause: Cause

    public init(from: Instant, to: Instant?, cause: Cause = .provider) {
        self.from = from
        self.to = to
        self.cause = cause
    }
}

/// An outage whose end is known or supposed.
struct EndedOutage {
    var from: Instant
    var to: Instant
    var cause: Cause

    /// The outages in order, those still open ended at an instant. What was entered in parts that follow each other
    /// without a gap, with one cause, is one outage; an outage that ends before it begins is none.
    static func list(_ outages: [Outage], openEnd: Instant) -> [EndedOutage] {
        var result: [EndedOutage] = []
        let ended = outages.map { EndedOutage(from: $0.from, to: $0.to ?? openEnd, cause: $0.cause) }
        for outage in ended.filter({ $0.from < $0.to }).sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
            if let index = result.lastIndex(where: { $0.to == outage.from && $0.cause == outage.cause }) {
                result[index].to = outage.to
            } else {
                result.append(outage)
            }
        }
        return result
    }

    var minutes: Range<Int> { Snap.outward(from, to) }
}
