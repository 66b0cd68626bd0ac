// Announced maintenance, and whether it counts as planned.

/// Where and when maintenance was announced.
public struct Announcement: Hashable, Sendable {
    public var channel: String
    public var at: Instant

    public init(channel: String, at: Instant) {
        self.channel = channel
        self.at = at
    }
}

/// A maintenance window of one service, `[start, end)` as planned and as executed.
public struct MaintenanceWindow: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case planned
        case urgent
    }

    public enum Impact: String, CaseIterable, Sendable {
        case outage
        case degraded
        case none
    }

    public var start: Instant
    public var end: Instant
    public var announcements: [Announcement]
    public var kind: Kind
    public var impact: Impact
    public var isCancelled: Bool
    public var actualStart: Instant?
    public var actualEnd: Instant?

    public init(
        start: Instant, end: Instant, announcements: [Announcement], kind: Kind = .planned, impact: Impact = .outage,
        isCancelled: Bool = false, actualStart: Instant? = nil, actualEnd: Instant? = nil
    ) {
        self.start = start
        self.end = end
        self.announcements = announcements
        self.kind = kind
        self.impact = impact
        self.isCancelled = isCancelled
        self.actualStart = actualStart
        self.actualEnd = actualEnd
    }

    /// When the last of the mandatory channels had it (or the first of any, if none is mandatory); nothing if one
    /// never did.
    public func announcedAt(_ policy: AvailabilityPolicy) -> Instant? {
        if policy.mandatoryChannels.isEmpty { return announcements.map(\.at).min() }
        var latest = Instant.earliest
        for channel in policy.mandatoryChannels {
            guard let first = announcements.filter({ $0.channel == channel }).map(\.at).min() else { return nil }
            latest = max(latest, first)
        }
        return latest
    }

    /// The minutes that lie wholly in what was planned and, where it is known, in what was executed.
    var minutes: Range<Int> {
        Snap.inward(max(start, actualStart ?? start), min(end, actualEnd ?? end))
    }
}

/// A reason for which a window counts as downtime.
public enum Ineligibility: Hashable, Sendable {
    /// The contract counts all maintenance.
    case maintenanceCounts
    case urgent
    /// It was not declared to take the service down.
    case impactIsNoOutage
    case cancelled
    case notAnnounced
    /// So many seconds of notice are missing.
    case announcedLate(missingSeconds: Int)
    /// An outage that overlaps it was going on when it was announced.
    case announcedDuringOutage
}

extension MaintenanceWindow {
    /// Every reason for which this window would not count as planned downtime; none if it would. Outages still open
    /// are supposed to last until `openEnd`.
    public func ineligibility(
        _ policy: AvailabilityPolicy, outages: [Outage], openEnd: Instant
    ) -> [Ineligibility] {
        ineligibility(policy, EndedOutage.list(outages, openEnd: openEnd))
    }

    func ineligibility(_ policy: AvailabilityPolicy, _ outages: [EndedOutage]) -> [Ineligibility] {
        var reasons: [Ineligibility] = []
        if policy.maintenanceCounts { reasons.append(.maintenanceCounts) }
        if kind == .urgent { reasons.append(.urgent) }
        if impact != .outage { reasons.append(.impactIsNoOutage) }
        if isCancelled { reasons.append(.cancelled) }
        guard let announcedAt = announcedAt(policy) else { return reasons + [.notAnnounced] }
        let notice = min(max(policy.noticeMinutes, 0), 52_596_000) * 60
        let missing = notice - announcedAt.distance(to: start)
        if missing > 0 { reasons.append(.announcedLate(missingSeconds: missing)) }
        let wasDown = outages.contains {
            $0.from < end && $0.to > start && $0.from <= announcedAt && announcedAt < $0.to
        }
        if wasDown { reasons.append(.announcedDuringOutage) }
        return reasons
    }
}
