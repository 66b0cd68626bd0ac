// The minutes of a month for which a contract promises something.

/// A calendar month in a contract's zone, cut to the contract's validity and its service hours.
public struct AvailabilityMonth: Sendable {
    public let zone: TimeZoneRules
    public let year: Int
    public let month: Int
    /// From the first instant of the local month to the first one of the next.
    public let start: Instant
    public let end: Instant
    /// The minutes that count (TT).
    public let minutes: IntervalSet
    /// The local dates of the month with their minutes, whether they count or not.
    public let days: [(date: CivilDate, minutes: Range<Int>)]

    /// Nothing for a month that does not exist. Of a contract that begins or ends within a minute, and of hours that
    /// open within one, the whole minutes count.
    public init?(
        zone: TimeZoneRules, year: Int, month: Int, contractFrom: Instant? = nil, contractTo: Instant? = nil,
        serviceHours: Calendar? = nil
    ) {
        guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
        self.zone = zone
        self.year = year
        self.month = month
        let dates = (0...CivilDate.days(inMonth: month, year: year)).map {
            CivilDate(unchecked: first.dayNumber + $0)
        }
        let starts = dates.map { zone.start(of: $0) }
        start = starts[0]
        end = starts[starts.count - 1]
        let edges = starts.map { floorDivide($0.seconds, 60) }
        days = zip(dates, zip(edges, edges.dropFirst())).map { ($0, $1.0..<max($1.0, $1.1)) }
        var minutes = IntervalSet([edges[0]..<edges[edges.count - 1]])
        let contract = Snap.inward(contractFrom ?? .earliest, contractTo ?? .latest)
        minutes = minutes.intersection(IntervalSet([contract]))
        if let serviceHours, !serviceHours.definition.isAlwaysOpen {
            var open: [Range<Int>] = []
            serviceHours.forEachOpening(start.seconds, end.seconds) { from, to in
                open.append(Snap.inward(Instant(unchecked: from), Instant(unchecked: to)))
                return true
            }
            minutes = minutes.intersection(IntervalSet(open))
        }
        self.minutes = minutes
    }

    /// From `YYYY-MM`.
    public static func parse(_ text: String) -> (year: Int, month: Int)? {
        var bytes = DigitReader(text)
        guard let year = bytes.number(digits: 4), bytes.skip("-"), let month = bytes.number(digits: 2),
            bytes.isAtEnd, CivilDate(year: year, month: month, day: 1) != nil
        else { return nil }
        return (year, month)
    }
}
