// Calendars and plans, compiled once for all the lines that hold the same ones.

internal import SLA

/// The calendars that were asked for lately. For one thread.
final class CompiledCalendars {
    let zones: Zones
    private var known = RecentValues<Key, Calendar>(capacity: 64)

    private struct Key: Hashable {
        let name: String
        /// Empty where the document names its own.
        let zone: String
        let document: JSON
    }

    init(zones: Zones) { self.zones = zones }

    /// The calendar that a document describes; its faults are noted. Where the zone is given, it names none.
    func calendar(_ reader: JSONReader, name: String, zone: TimeZoneRules? = nil) -> Calendar? {
        known.value(Key(name: name, zone: zone?.name ?? "", document: reader.json)) {
            reader.calendar(name: name, zones: zones, zone: zone).map { Calendar($0) }
        }
    }
}

/// The plans that were asked for lately. For one thread.
final class CompiledPlans {
    let calendars: CompiledCalendars
    private var known = RecentValues<JSON, (plan: Plan, calendars: [String: CalendarHistory])>(capacity: 64)

    init(_ calendars: CompiledCalendars) { self.calendars = calendars }

    func plan(_ reader: JSONReader) -> (plan: Plan, calendars: [String: CalendarHistory])? {
        known.value(reader.json) { reader.plan(calendars) }
    }
}
