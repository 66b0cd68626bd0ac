// A calendar that was edited: each version counts from the instant of its edit on.

/// The versions of one calendar. An edit counts from its instant; what lies before stays counted by the version
/// of then. It never changes; passing it on costs one reference.
public final class CalendarHistory: Sendable {
    /// Every second counts, and nobody ever edits that.
    static let alwaysOpen = CalendarHistory(.alwaysOpen)

    private let first: Calendar
    /// Later versions with the instants of their edits, ascending.
    private let edits: [(at: Instant, calendar: Calendar)]

    /// A calendar that was never edited.
    public init(_ calendar: Calendar) {
        first = calendar
        edits = []
    }

    /// A calendar and its later versions; of two edits in one second the later listed counts.
    public init(_ calendar: Calendar, edits: [(at: Instant, calendar: Calendar)]) {
        first = calendar
        let order = edits.indices.sorted { (edits[$0].at, $0) < (edits[$1].at, $1) }
        self.edits = order.map { edits[$0] }
    }

    /// The version in force at an instant.
    public func version(at instant: Instant) -> Calendar {
        edits.last { $0.at <= instant }?.calendar ?? first
    }

    /// Open seconds in `[from, to)`, each counted by the version in force then.
    public func between(_ from: Instant, _ to: Instant) -> Int {
        if edits.isEmpty { return first.between(from, to) }
        var sum = 0
        var at = from
        var calendar = first
        for edit in edits {
            if edit.at > at {
                sum += calendar.between(at, min(edit.at, to))
                at = min(edit.at, to)
            }
            calendar = edit.calendar
        }
        return sum + calendar.between(at, to)
    }

    /// The earliest instant `t ≥ from` with `between(from, t) == seconds`.
    public func add(_ from: Instant, _ seconds: Int) throws(SLAError) -> Instant {
        if edits.isEmpty || seconds == 0 { return try first.add(from, seconds) }
        var rest = seconds
        var at = from
        var calendar = first
        for edit in edits {
            if edit.at > at {
                let counted = calendar.between(at, edit.at)
                if counted >= rest { return try calendar.add(at, rest) }
                rest -= counted
                at = edit.at
            }
            calendar = edit.calendar
        }
        return try calendar.add(at, rest)
    }

    /// The open and closed stretches need each version where it counts: `[from, to)` cut at the edits.
    func versions(_ from: Instant, _ to: Instant) -> [(from: Instant, to: Instant, calendar: Calendar)] {
        var cuts: [(from: Instant, to: Instant, calendar: Calendar)] = []
        var at = from
        var calendar = first
        for edit in edits {
            if edit.at > at, at < to {
                cuts.append((at, min(edit.at, to), calendar))
                at = min(edit.at, to)
            }
            calendar = edit.calendar
        }
        if at < to { cuts.append((at, to, calendar)) }
        return cuts
    }
}
