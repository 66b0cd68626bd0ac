// A service made of units: when it is down, and when it only runs with fewer of them.

/// Which units a service cannot do without, and how many of each group it needs.
public struct ServiceComposition: Hashable, Sendable {
    /// Units without which the service is down.
    public var critical: [String]
    public var groups: [Group]

    /// Units of which at least `needed` must be up.
    public struct Group: Hashable, Sendable {
        public var members: [String]
        public var needed: Int

        public init(members: [String], needed: Int) {
            self.members = members
            self.needed = needed
        }
    }

    public init(critical: [String] = [], groups: [Group] = []) {
        self.critical = critical
        self.groups = groups
    }

    /// From the seconds in which each unit was down: those in which the service was down, and those in which it was
    /// up with a unit missing. A unit that is not mentioned was up; a group that needs more units than it has is
    /// always down, which a form refuses before it comes here, so it is taken as needing all.
    public func state(_ down: [String: IntervalSet]) -> (down: IntervalSet, degraded: IntervalSet) {
        var parts = critical.compactMap { down[$0] }
        for group in groups {
            let needed = min(group.needed, group.members.count)
            guard needed > 0 else { continue }
            let missing = group.members.compactMap { down[$0] }
            parts.append(.inAtLeast(group.members.count - needed + 1, of: missing))
        }
        let whole = IntervalSet.union(parts)
        let units = critical + groups.flatMap(\.members)
        return (whole, IntervalSet.union(units.compactMap { down[$0] }).subtracting(whole))
    }
}
