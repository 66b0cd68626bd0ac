// The figure: Disponibilidad = 100 − TFO / (TT − TPFO) × 100, from whole minutes and integers only.

/// Counted minutes of a day, a month or anything that adds up from days.
public struct AvailabilityFigure: Hashable, Sendable {
    /// TT
    public var totalTime: Int
    /// TFO
    public var downtime: Int
    /// TPFO
    public var plannedDowntime: Int
    public var excluded: Int
    public var degraded: Int
    public var unknown: Int
    /// How many failed probes were never confirmed.
    public var flickers: Int

    public init(
        totalTime: Int = 0, downtime: Int = 0, plannedDowntime: Int = 0, excluded: Int = 0, degraded: Int = 0,
        unknown: Int = 0, flickers: Int = 0
    ) {
        self.totalTime = totalTime
        self.downtime = downtime
        self.plannedDowntime = plannedDowntime
        self.excluded = excluded
        self.degraded = degraded
        self.unknown = unknown
        self.flickers = flickers
    }

    public static func + (left: AvailabilityFigure, right: AvailabilityFigure) -> AvailabilityFigure {
        AvailabilityFigure(
            totalTime: left.totalTime + right.totalTime, downtime: left.downtime + right.downtime,
            plannedDowntime: left.plannedDowntime + right.plannedDowntime, excluded: left.excluded + right.excluded,
            degraded: left.degraded + right.degraded, unknown: left.unknown + right.unknown,
            flickers: left.flickers + right.flickers)
    }

    /// TT − TPFO: the minutes by which the downtime is divided.
    public var measuredTime: Int { totalTime - plannedDowntime }

    /// Millionths of availability, cut off; nothing where nothing was measured.
    public var millionths: Int? {
        measuredTime > 0 ? (measuredTime - downtime) * 1_000_000 / measuredTime : nil
    }

    /// Percent with four decimals, cut off, never rounded: `99.2999`; nothing where nothing was measured.
    public var availability: String? { millionths.map(Self.percent) }

    /// Minutes with data among all minutes, in percent with four decimals, cut off.
    public var coverage: String? {
        totalTime > 0 ? Self.percent((totalTime - unknown) * 1_000_000 / totalTime) : nil
    }

    private static func percent(_ millionths: Int) -> String {
        var text = DigitWriter()
        let whole = millionths / 10_000
        text.append(whole, digits: whole >= 100 ? 3 : whole >= 10 ? 2 : 1)
        text.append(".")
        text.append(millionths % 10_000, digits: 4)
        return text.string
    }

    /// Whether a promise is kept; nothing where nothing was measured.
    public func isMet(_ target: AvailabilityTarget) -> Bool? {
        measuredTime > 0 ? target.isMet(downtime: downtime, of: measuredTime) : nil
    }

    /// The downtime that is still allowed under a promise; negative once it is broken.
    public func minutesLeft(_ target: AvailabilityTarget) -> Int {
        target.allowedDowntime(of: measuredTime) - downtime
    }

    /// The figure if a window of so many eligible minutes came to it and overran by so many more (neither below 0).
    public func adding(planned: Int, overrun: Int) -> AvailabilityFigure {
        var figure = self
        let planned = min(max(planned, 0), measuredTime - downtime)
        figure.plannedDowntime += planned
        figure.downtime += min(max(overrun, 0), figure.measuredTime - figure.downtime)
        return figure
    }
}

/// The figure of one local date.
public struct AvailabilityRow: Hashable, Sendable {
    public let date: CivilDate
    public let figure: AvailabilityFigure

    public init(date: CivilDate, figure: AvailabilityFigure) {
        self.date = date
        self.figure = figure
    }
}

extension Sequence<AvailabilityRow> {
    /// What the rows add up to.
    public var sum: AvailabilityFigure { reduce(AvailabilityFigure()) { $0 + $1.figure } }
}
