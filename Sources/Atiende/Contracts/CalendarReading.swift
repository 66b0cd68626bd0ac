// Reads the calendars of a contract's document.

internal import SLA

extension JSONReader {
    func calendar(key: String) -> ContractCalendar? {
        if json["alwaysOpen"] == true {
            allow("name", "alwaysOpen", "requirement")
            return self["name"].phrase().map {
                ContractCalendar(key: key, name: $0, isAlwaysOpen: true, clause: requirement())
            }
        }
        allow("name", "alwaysOpen", "week", "publicHolidays", "holidays", "exceptions", "requirement")
        _ = self["alwaysOpen"].ifPresent?.bool()
        let week = week()
        guard let name = self["name"].phrase() else { return nil }
        return ContractCalendar(
            key: key, name: name, week: week, publicHolidays: self["publicHolidays"].ifPresent?.word(Country.self),
            holidays: self["holidays"].ifPresent?.holidays() ?? [:],
            exceptions: self["exceptions"].ifPresent?.exceptions() ?? [:], clause: requirement())
    }

    /// Refuses a week without an hour: a calendar that lives on exceptions alone stops opening.
    private func week() -> [Weekday: [DayInterval]] {
        let reader = self["week"]
        reader.allow(ContractCalendar.dayNames)
        var week: [Weekday: [DayInterval]] = [:]
        for (name, day) in zip(ContractCalendar.dayNames, Weekday.allCases) {
            week[day] = reader[name].ifPresent?.dayIntervals()
        }
        if case .object(let days) = reader.json, days.members.allSatisfy({ $0.value == [] }) {
            reader.fault("never opens; give the hours of a day, or say \"alwaysOpen\": true")
        }
        return week
    }

    /// `[["09:00","14:00"],["15:00","18:00"]]`
    func dayIntervals() -> [DayInterval] {
        list(atMost: 24).compactMap { pair in
            guard pair.list(atLeast: 2, atMost: 2).count == 2 else { return nil }
            let open = pair[0].text("a time like 09:00") { DayInterval.minute($0) }
            let close = pair[1].text("a time like 18:00, at most 24:00") { DayInterval.minute($0) }
            guard let open, let close else { return nil }
            if let interval = DayInterval(open: open, close: close) { return interval }
            pair[0].fault("must be before 24:00")
            return nil
        }
    }

    func holidays() -> [CivilDate: String] {
        var holidays: [CivilDate: String] = [:]
        for element in list(atMost: 2_000) {
            var reader = element
            var name = ""
            if case .object = element.json {
                element.allow("date", "name")
                reader = element["date"]
                name = element["name"].ifPresent?.text(atMost: 200) ?? ""
            }
            guard let date = reader.date() else { continue }
            if holidays.updateValue(name, forKey: date) != nil { reader.fault("is listed twice") }
        }
        return holidays
    }

    func exceptions() -> [CivilDate: [DayInterval]] {
        var exceptions: [CivilDate: [DayInterval]] = [:]
        for (text, hours) in members(atMost: 2_000) {
            guard let date = CivilDate(text) else {
                hours.fault("must have a date like 2026-12-24 as its key")
                continue
            }
            exceptions[date] = hours.dayIntervals()
        }
        return exceptions
    }
}
