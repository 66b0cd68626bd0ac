// What a contract promises about one clock.

/// What the amount of a target is counted in.
public enum TargetUnit: String, CaseIterable, Sendable {
    case businessHours
    case businessMinutes
    /// Elapsed hours, around the clock.
    case hours
    /// Elapsed minutes, around the clock.
    case minutes
    case businessDays
    case calendarDays

    /// From 1 to a hundred years.
    public var allowedAmounts: ClosedRange<Int> {
        switch self {
        case .businessHours, .hours: 1...876_600
        case .businessMinutes, .minutes: 1...52_596_000
        case .businessDays, .calendarDays: 1...Calendar.mostDays
        }
    }
}

/// The promise for a clock under a severity, perhaps only for tickets of one channel or at one level.
public struct Target: Hashable, Sendable {
    /// The clause that it fulfils (`PW-10`), or empty.
    public var id: String
    public var clock: ClockKind
    public var severity: Severity
    public var channel: Channel?
    public var level: Int?
    public var amount: Int
    public var unit: TargetUnit
    /// Only for `businessDays`.
    public var dayRule: DayRule
    /// The name of the calendar that counts; elapsed hours and minutes count on every second whatever it says.
    public var calendar: String
    /// Reaching the amount exactly is a breach ("less than").
    public var isStrict: Bool
    /// The statuses that pause the clock; nothing means those of `ClockKind.defaultPausedBy`.
    public var pausedBy: StatusSet?

    public init(
        _ clock: ClockKind, severity: Severity, channel: Channel? = nil, level: Int? = nil, amount: Int,
        unit: TargetUnit, dayRule: DayRule = .sameTime, calendar: String, isStrict: Bool = false,
        pausedBy: StatusSet? = nil, id: String = ""
    ) {
        self.id = id
        self.clock = clock
        self.severity = severity
        self.channel = channel
        self.level = level
        self.amount = amount
        self.unit = unit
        self.dayRule = dayRule
        self.calendar = calendar
        self.isStrict = isStrict
        self.pausedBy = pausedBy
    }
}
