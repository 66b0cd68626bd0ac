// A calendar as JSON: `{"timeZone","week":{"mon":[["09:00","18:00"]],…},"holidays":[…],"exceptions":{…}}`, or
// `{"alwaysOpen":true,"timeZone"}`.

internal import SLA

extension JSONReader {
    /// A calendar. Where the zone is given, the document does not name one.
    func calendar(name: String, zones: Zones, zone given: TimeZoneRules? = nil) -> CalendarDefinition? {
        allow(["week", "holidays", "exceptions", "alwaysOpen"] + (given == nil ? ["timeZone"] : []))
        let isAlwaysOpen = self["alwaysOpen"].ifPresent?.bool() ?? false
        let week = isAlwaysOpen ? [:] : self["week"].weekOfHours()
        let holidays = self["holidays"].ifPresent?.holidays() ?? [:]
        let exceptions = self["exceptions"].ifPresent?.exceptions() ?? [:]
        guard let zone = given ?? self["timeZone"].zone(zones) else { return nil }
        return CalendarDefinition(
            name: name, zone: zone, week: week, holidays: holidays, exceptions: exceptions, isAlwaysOpen: isAlwaysOpen)
    }

    /// The name of a zone in the system's tzdata.
    func zone(_ zones: Zones) -> TimeZoneRules? {
        guard let name = text(atMost: 64) else { return nil }
        do throws(Refusal) {
            return try zones.rules(name)
        } catch {
            fault(error.why)
            return nil
        }
    }

    private func weekOfHours() -> [Weekday: [DayInterval]] {
        allow(ContractCalendar.dayNames)
        var week: [Weekday: [DayInterval]] = [:]
        for (name, day) in zip(ContractCalendar.dayNames, Weekday.allCases) {
            week[day] = self[name].ifPresent?.dayIntervals()
        }
        return week
    }

    func date() -> CivilDate? { text("a date that exists, like 2026-12-24", CivilDate.init) }

    func instant() -> Instant? { text("an instant like 2026-03-02T09:00:00-06:00 or …Z", Instant.init) }
}
