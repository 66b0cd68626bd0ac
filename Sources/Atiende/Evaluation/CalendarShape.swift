// A calendar as JSON: `{"timeZone","week":{"mon":[["09:00","18:00"]],…},"holidays":[…],"exceptions":{…}}`, or
// `{"alwaysOpen":true,"timeZone"}`.

internal import SLA

extension Weekday {
    /// Its key in a document, `mon` to `sun`.
    var key: String { ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][rawValue] }
}

extension JSONReader {
    /// The most opening hours of one date.
    private static let mostIntervals = 12
    /// The most holidays, and the most exceptions, of a calendar.
    private static let mostDates = 4_000

    /// A calendar. Where the zone is given, the document does not name one.
    func calendar(name: String, zones: Zones, zone given: TimeZoneRules? = nil) -> CalendarDefinition? {
        allow(["week", "holidays", "exceptions", "alwaysOpen"] + (given == nil ? ["timeZone"] : []))
        let isAlwaysOpen = self["alwaysOpen"].ifPresent?.bool() ?? false
        let week = isAlwaysOpen ? [:] : self["week"].week()
        var holidays: [CivilDate: String] = [:]
        for holiday in self["holidays"].ifPresent?.list(atMost: Self.mostDates) ?? [] {
            if let (date, name) = holiday.holiday() { holidays[date] = name }
        }
        var exceptions: [CivilDate: [DayInterval]] = [:]
        for (key, hours) in self["exceptions"].ifPresent?.members(atMost: Self.mostDates) ?? [] {
            if let date = CivilDate(key) { exceptions[date] = hours.intervals() } else { hours.fault("is no date") }
        }
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

    private func week() -> [Weekday: [DayInterval]] {
        allow(Weekday.allCases.map(\.key))
        var week: [Weekday: [DayInterval]] = [:]
        for day in Weekday.allCases { week[day] = self[day.key].ifPresent?.intervals() ?? [] }
        return week
    }

    private func intervals() -> [DayInterval] {
        list(atMost: Self.mostIntervals).compactMap { pair in
            let ends = pair.list()
            guard ends.count == 2 else {
                pair.fault("must be a pair like [\"09:00\", \"18:00\"]")
                return nil
            }
            let open = ends[0].text("a time of day like 09:00") {
                DayInterval.minute($0).flatMap { $0 < 1440 ? $0 : nil }
            }
            let close = ends[1].text("a time of day like 18:00, or 24:00", DayInterval.minute)
            guard let open, let close else { return nil }
            return DayInterval(open: open, close: close)
        }
    }

    /// `"2026-12-25"` or `{"date":"2026-12-25","name":"Navidad"}`.
    private func holiday() -> (CivilDate, String)? {
        guard case .object = json else { return date().map { ($0, "") } }
        allow("date", "name")
        let name = self["name"].ifPresent?.text(atMost: 200, mayBeEmpty: true) ?? ""
        return self["date"].date().map { ($0, name) }
    }

    func date() -> CivilDate? { text("a date that exists, like 2026-12-24", CivilDate.init) }

    func instant() -> Instant? { text("an instant like 2026-03-02T09:00:00-06:00 or …Z", Instant.init) }
}
