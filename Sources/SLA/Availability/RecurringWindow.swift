// Maintenance that comes back: laid out instance by instance, each to be announced and judged on its own.

/// A local start and a duration on some weekdays.
public struct RecurringWindow: Hashable, Sendable {
    public var weekdays: Set<Weekday>
    /// Minutes after local midnight, 0 to 1,439.
    public var startMinute: Int
    /// Real minutes, whatever the clock does meanwhile.
    public var durationMinutes: Int

    public init(weekdays: Set<Weekday>, startMinute: Int, durationMinutes: Int) {
        self.weekdays = weekdays
        self.startMinute = startMinute
        self.durationMinutes = durationMinutes
    }

    /// The instances that start on the given local dates. A start that the clock skips is the first instant after
    /// the gap; of one that it repeats the first counts. A window that never lasts, or starts at no time, has none.
    public func instances(
        from first: CivilDate, through last: CivilDate, in zone: TimeZoneRules
    ) -> [(start: Instant, end: Instant)] {
        guard first <= last, 0..<1440 ~= startMinute, 1...44_640 ~= durationMinutes else { return [] }
        var instances: [(start: Instant, end: Instant)] = []
        for day in first.dayNumber...last.dayNumber {
            guard weekdays.contains(CivilDate(unchecked: day).weekday) else { continue }
            let start = zone.resolve(localSeconds: day * secondsPerDay + startMinute * 60).earliest
            if let end = start.advanced(by: durationMinutes * 60) { instances.append((start, end)) }
        }
        return instances
    }
}
