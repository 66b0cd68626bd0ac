// The calendars and tickets that the named cases share.

import SLA
import Testing

typealias Hours = [(String, String)]

/// A calendar with the same hours on its days.
func calendar(
    _ zone: String, _ hours: Hours = [("09:00", "18:00")], days: ArraySlice<Weekday> = Weekday.allCases[..<5],
    holidays: [CivilDate: String] = [:], exceptions: [String: Hours] = [:], years: ClosedRange<Int> = 2025...2027
) throws -> SLA.Calendar {
    func intervals(_ hours: Hours) throws -> [DayInterval] { try hours.map { try #require(DayInterval($0.0, $0.1)) } }
    var definition = CalendarDefinition(name: zone, zone: try Zones.rules(zone), holidays: holidays)
    for day in days { definition.week[day] = try intervals(hours) }
    for (day, hours) in exceptions { definition.exceptions[date(day)] = try intervals(hours) }
    return SLA.Calendar(definition, years: years)
}

let mexicoCity = "America/Mexico_City"
let bogota = "America/Bogota"
let tijuana = "America/Tijuana"

/// Monday to Friday 09–18 in Mexico City without its holidays.
func mexicanOffice() throws -> SLA.Calendar {
    try calendar(mexicoCity, holidays: Country.mexico.closedDates(in: 2025...2027))
}

/// Monday to Friday 09–17 in Bogotá without its holidays.
func colombianOffice() throws -> SLA.Calendar {
    try calendar(bogota, [("09:00", "17:00")], holidays: Country.colombia.closedDates(in: 2025...2027))
}

/// A ticket told in the local times of a zone.
struct Story {
    var zone = mexicoCity
    var calendar: CalendarHistory
    var fold: TicketFold

    /// Opens a ticket of severity 3 (or another) by web at level 1.
    init(
        _ calendar: SLA.Calendar, edits: [(at: String, calendar: SLA.Calendar)] = [], zone: String = mexicoCity,
        _ targets: [Target], steps: [Step] = [], opened: String, severity: Severity = "3"
    ) throws {
        self.zone = zone
        self.calendar = try CalendarHistory(
            calendar, edits: edits.map { (at: try local($0.at, zone), calendar: $0.calendar) })
        fold = TicketFold(plan: try Plan(targets: targets, steps: steps), calendars: ["main": self.calendar])
        try then(opened, .opened(severity: severity, channel: "web", level: 1))
    }

    mutating func then(_ at: String, _ kind: TicketEvent.Kind) throws {
        try fold.apply(TicketEvent(at: try local(at, zone), kind))
    }

    func read(_ at: String) throws -> Evaluation { try fold.evaluation(at: local(at, zone)) }

    /// The latest run of a clock.
    func clock(_ kind: ClockKind, _ at: String) throws -> ClockReading {
        try #require(try read(at).clocks.last { $0.clock == kind })
    }

    func hasClock(_ kind: ClockKind, _ at: String) throws -> Bool {
        try read(at).clocks.contains { $0.clock == kind }
    }

    func due(_ kind: ClockKind, _ at: String) throws -> Instant? { try clock(kind, at).dueAt }

    func at(_ text: String) throws -> Instant { try local(text, zone) }
}

/// A target in business hours of the calendar of the story.
func hours(
    _ clock: ClockKind, _ amount: Int, severity: Severity = "3", level: Int? = nil, pausedBy: StatusSet? = nil
) -> Target {
    Target(
        clock, severity: severity, level: level, amount: amount, unit: .businessHours, calendar: "main",
        pausedBy: pausedBy)
}
