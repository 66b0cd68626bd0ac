// From the results of probes to outages, flickers and gaps.

/// When failed probes become an outage, and silence a gap.
public struct ProbePolicy: Hashable, Sendable {
    /// Failures in a row that confirm an outage.
    public var failures: Int
    /// Successes in a row that confirm its end.
    public var successes: Int
    /// Seconds between probes.
    public var interval: Int
    /// Longer than this between two probes, and the monitor itself was off in between.
    public var longestSilence: Int

    public init(failures: Int = 3, successes: Int = 2, interval: Int = 60, longestSilence: Int = 150) {
        self.failures = max(failures, 1)
        self.successes = max(successes, 1)
        self.interval = max(interval, 1)
        self.longestSilence = max(longestSilence, interval)
    }
}

/// A time without data, and what the probes on its two sides said.
public struct ProbeGap: Hashable, Sendable {
    public let from: Instant
    public let to: Instant
    public let wasUpBefore: Bool
    public let wasUpAfter: Bool

    public enum Decision: String, CaseIterable, Sendable {
        case up
        case down
    }

    /// As seconds since 1970, for `ServiceLedger.unknown`.
    public var seconds: Range<Int> { from.seconds..<max(to.seconds, from.seconds) }

    /// What a gap is taken for unless a person decides otherwise: up only if it was up on both sides and nobody
    /// complained inside.
    public func proposal(complaints: [Instant]) -> Decision {
        let isQuiet = !complaints.contains { from <= $0 && $0 < to }
        return wasUpBefore && wasUpAfter && isQuiet ? .up : .down
    }
}

/// Takes the probes of a service in the order of their instants.
///
/// A failure that is not confirmed is a flicker. A confirmed outage starts at its first failed probe and ends at the
/// first success of its confirmed recovery. Silence ends whatever was going on: what lies in it is decided apart.
public struct ProbeLedger: Sendable {
    private let policy: ProbePolicy
    public private(set) var outages: [Outage] = []
    public private(set) var flickers: [Instant] = []
    public private(set) var gaps: [ProbeGap] = []
    /// The latest successful probe.
    public private(set) var lastSuccess: Instant?
    private var last: (at: Instant, isUp: Bool)?
    private var isDown = false
    /// Of a change that is not confirmed yet: the first probe that says so, and how many have.
    private var change: (since: Instant, count: Int)?

    public init(_ policy: ProbePolicy) { self.policy = policy }

    /// Whether a confirmed outage is going on.
    public var isOutage: Bool { isDown }

    /// Takes a probe; one that is not later than the one before is ignored.
    public mutating func take(_ at: Instant, isUp: Bool) {
        if let last {
            guard at > last.at else { return }
            if last.at.distance(to: at) > policy.longestSilence { crossGap(from: last, to: at, isUp: isUp) }
        }
        last = (at, isUp)
        if isUp { lastSuccess = at }
        guard isUp == isDown else {
            // It goes on as it was: a failure among successes was a flicker, a success among failures nothing.
            if let change, !isDown { flickers.append(change.since) }
            change = nil
            return
        }
        let since = change?.since ?? at
        let count = (change?.count ?? 0) + 1
        change = (since, count)
        if isDown, count >= policy.successes {
            outages[outages.count - 1].to = since
            isDown = false
            change = nil
        } else if !isDown, count >= policy.failures {
            outages.append(Outage(from: since, to: nil))
            isDown = true
            change = nil
        }
    }

    private mutating func crossGap(from last: (at: Instant, isUp: Bool), to at: Instant, isUp: Bool) {
        let from = min(last.at.advanced(by: policy.interval) ?? at, at)
        gaps.append(ProbeGap(from: from, to: at, wasUpBefore: !isDown && last.isUp, wasUpAfter: isUp))
        if isDown {
            outages[outages.count - 1].to = from
            // Still failing after the silence: the outage was confirmed before it.
            if isUp { isDown = false } else { outages.append(Outage(from: at, to: nil)) }
        } else if let change {
            flickers.append(change.since)
        }
        change = nil
    }
}
