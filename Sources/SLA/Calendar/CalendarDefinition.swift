// A calendar as it is written down, before it is compiled.

/// When a help desk is open: weekly hours in a zone, holidays, and exceptions to both.
public struct CalendarDefinition: Sendable {
    /// What messages call it.
    public var name: String
    public var zone: TimeZoneRules
    public var week: [Weekday: [DayInterval]]
    /// Dates without hours, and what they are called (an empty name says nothing).
    public var holidays: [CivilDate: String]
    /// Dates with hours of their own, which replace those of the week and win over a holiday.
    public var exceptions: [CivilDate: [DayInterval]]
    /// Open at every second; hours, holidays and exceptions are ignored.
    public var isAlwaysOpen: Bool

    public init(
        name: String, zone: TimeZoneRules, week: [Weekday: [DayInterval]] = [:], holidays: [CivilDate: String] = [:],
        exceptions: [CivilDate: [DayInterval]] = [:], isAlwaysOpen: Bool = false
    ) {
        self.name = name
        self.zone = zone
        self.week = week
        self.holidays = holidays
        self.exceptions = exceptions
        self.isAlwaysOpen = isAlwaysOpen
    }
}
