// Which minutes of a month a service was down, and how each counts.

/// What is known about one service: outages, maintenance, and what the monitor saw between.
public struct ServiceLedger: Hashable, Sendable {
    public var outages: [Outage]
    public var windows: [MaintenanceWindow]
    /// Seconds since 1970 in which a unit was down while the service stayed up.
    public var degraded: IntervalSet
    /// Seconds since 1970 without data that nobody has decided about.
    public var unknown: IntervalSet
    /// Failed probes that were never confirmed.
    public var flickers: [Instant]

    public init(
        outages: [Outage] = [], windows: [MaintenanceWindow] = [], degraded: IntervalSet = IntervalSet(),
        unknown: IntervalSet = IntervalSet(), flickers: [Instant] = []
    ) {
        self.outages = outages
        self.windows = windows
        self.degraded = degraded
        self.unknown = unknown
        self.flickers = flickers
    }
}

/// The minutes of a month of one service (or of a whole contract) by how they count.
public struct ServiceMinutes: Sendable {
    public let month: AvailabilityMonth
    /// TFO: downtime held against the provider.
    public let downtime: IntervalSet
    /// TPFO: downtime inside eligible maintenance.
    public let plannedDowntime: IntervalSet
    /// Downtime of causes that the contract leaves out.
    public let excluded: IntervalSet
    public let degraded: IntervalSet
    public let unknown: IntervalSet
    /// The minutes of failed probes that were never confirmed, ascending.
    public let flickers: [Int]

    /// Sorts a ledger's minutes under a policy. Outages without an end last until `asOf`, or to the end of the month.
    public init(_ month: AvailabilityMonth, _ ledger: ServiceLedger, _ policy: AvailabilityPolicy, asOf: Instant? = nil)
    {
        let outages = EndedOutage.list(ledger.outages, openEnd: asOf ?? month.end)
        let down = IntervalSet(outages.map(\.minutes)).intersection(month.minutes)
        let windows = ledger.windows.filter { $0.ineligibility(policy, outages).isEmpty }
        let maintenance = IntervalSet(windows.map(\.minutes))
        let leftOut = IntervalSet(outages.filter { policy.excludedCauses.contains($0.cause) }.map(\.minutes))
        let held = IntervalSet(outages.filter { !policy.excludedCauses.contains($0.cause) }.map(\.minutes))
        let excludable = leftOut.subtracting(held)
        let uncovered = down.subtracting(maintenance)
        self.month = month
        downtime = uncovered.subtracting(excludable)
        plannedDowntime = down.intersection(maintenance)
        excluded = uncovered.intersection(excludable)
        degraded = Self.minutes(touching: ledger.degraded).intersection(month.minutes).subtracting(down)
        unknown = Self.minutes(touching: ledger.unknown).intersection(month.minutes).subtracting(down)
        flickers = ledger.flickers.map { floorDivide($0.seconds, 60) }.filter(month.minutes.contains).sorted()
    }

    /// The minutes of a whole contract from those of its critical services: a minute is downtime if any of them has
    /// it so, planned if some are down in it and all that are down are covered. Services that are not critical never
    /// count; with no critical service nothing was down.
    public init(_ month: AvailabilityMonth, critical services: [ServiceMinutes]) {
        self.month = month
        downtime = .union(services.map(\.downtime))
        let left = IntervalSet.union(services.map(\.excluded))
        excluded = left.subtracting(downtime)
        plannedDowntime = .union(services.map(\.plannedDowntime)).subtracting(downtime).subtracting(left)
        let down = IntervalSet.union([downtime, plannedDowntime, left])
        degraded = .union(services.map(\.degraded)).subtracting(down)
        unknown = .union(services.map(\.unknown)).subtracting(down)
        flickers = services.flatMap(\.flickers).sorted()
    }

    private static func minutes(touching seconds: IntervalSet) -> IntervalSet {
        IntervalSet(
            seconds.ranges.map { Snap.outward(Instant(clamping: $0.lowerBound), Instant(clamping: $0.upperBound)) })
    }

    /// The month as one figure, computed directly.
    public var total: AvailabilityFigure { figure(in: nil) }

    /// One row for each local date; they add up to `total`.
    public var rows: [AvailabilityRow] {
        month.days.map { AvailabilityRow(date: $0.date, figure: figure(in: $0.minutes)) }
    }

    private func figure(in range: Range<Int>?) -> AvailabilityFigure {
        func count(_ set: IntervalSet) -> Int { range.map { set.count(in: $0) } ?? set.count }
        return AvailabilityFigure(
            totalTime: count(month.minutes), downtime: count(downtime), plannedDowntime: count(plannedDowntime),
            excluded: count(excluded), degraded: count(degraded), unknown: count(unknown),
            flickers: range.map { range in flickers.filter(range.contains).count } ?? flickers.count)
    }
}
