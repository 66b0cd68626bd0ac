// Comparing what customers reported with what the ledger knows.

/// A customer's report that a service does not work.
public struct Complaint: Hashable, Sendable {
    public var customer: String
    public var at: Instant

    public init(customer: String, at: Instant) {
        self.customer = customer
        self.at = at
    }

    /// How near an outage a complaint must lie to belong to it, in seconds.
    public static let tolerance = 15 * 60
    /// How many customers within `tolerance` make an outage likely.
    public static let customersForSuspicion = 3

    public enum Match: Hashable, Sendable {
        /// Inside planned maintenance (its position): did the announcement arrive?
        case maintenance(Int)
        /// Belongs to an outage (its position), which may have to start earlier.
        case outage(Int, startsAt: Instant?)
        /// Matches nothing: a person accepts it (an outage from then on) or rejects it with a reason.
        case unmatched
    }

    /// What a complaint belongs to. `lastGoodProbe` gives the latest success before an outage, by its position: the
    /// outage cannot have started before it.
    public func match(
        outages: [Outage], windows: [MaintenanceWindow], lastGoodProbe: (Int) -> Instant?
    ) -> Match {
        let window = windows.firstIndex {
            !$0.isCancelled && $0.kind == .planned && ($0.actualStart ?? $0.start) <= at
                && at < ($0.actualEnd ?? $0.end)
        }
        if let window { return .maintenance(window) }
        let outage = outages.firstIndex {
            $0.from.distance(to: at) >= -Self.tolerance
                && ($0.to.map { $0.distance(to: at) < Self.tolerance } ?? true)
        }
        guard let outage else { return .unmatched }
        guard at < outages[outage].from else { return .outage(outage, startsAt: nil) }
        let start = max(at, lastGoodProbe(outage) ?? at)
        return .outage(outage, startsAt: start < outages[outage].from ? start : nil)
    }

    /// The first instant at which enough different customers had complained within the tolerance.
    public static func suspicion(_ complaints: [Complaint]) -> Instant? {
        let ordered = complaints.sorted { $0.at < $1.at }
        for (index, complaint) in ordered.enumerated() {
            var customers = Set<String>()
            for earlier in ordered[...index].reversed() {
                guard earlier.at.distance(to: complaint.at) <= tolerance else { break }
                customers.insert(earlier.customer)
            }
            if customers.count >= customersForSuspicion { return complaint.at }
        }
        return nil
    }
}
