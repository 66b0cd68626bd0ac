// Spanish and English for what no file of words can hold: times, days, zones. Hours of a week are in
// WeekHours.swift.

internal import Markup
internal import SLA

extension Words {
    /// Keys that templates do not name; `errors.*` stands for all that begin so.
    static let usedByCode = [
        "answers.*",
        "attachments.*",
        "audit.*",
        "clocks.*",
        "conversation.*",
        "csv.*",
        "desk.*",
        "diagnosis.*",
        "drafts.*",
        "errors.*",
        "escalations.*",
        "identity.*",
        "layout.nav.*",
        "layout.role.*",
        "layout.zone",
        "log.*",
        "login.*",
        "mail.*",
        "myTickets.*",
        "news.*",
        "onboarding.*",
        "organizations.*",
        "overview.*",
        "password.*",
        "people.*",
        "portal.*",
        "profile.*",
        "report.*",
        "queue.*",
        "search.*",
        "sessions.*",
        "settings.*",
        "shared.character.*",
        "shared.errorTitle",
        "shared.fault.*",
        "signup.*",
        "site.title",
        "stages.*",
        "stranger.*",
        "styleguide.title",
        "ticketfile.*",
        "tickets.*",
    ]

    func time(minute: Int) -> String { language.time(minute: minute) }

    func weekday(_ day: Weekday) -> String { language.weekday(day) }

    func hours(_ openings: [Provider.Opening]) -> String { language.hours(openings) }

    // MARK: Times

    /// `las 9:00`, `la 1:00`: one o'clock is singular in Spanish.
    func clock(_ minute: Int) -> String {
        let time = time(minute: minute)
        return language == .en ? time : (minute / 60 == 1 ? "la " : "las ") + time
    }

    /// When something happens that is at most a week away: `hoy a las 16:52`, `mañana a las 9:00`, `el lunes a las 9:00`,
    /// `el próximo lunes a las 9:00` on a Monday.
    func soon(_ then: WallTime, from now: WallTime) -> String {
        let clock = clock(then.second / 60)
        let weekday = weekday(then.date.weekday)
        return switch (then.date.dayNumber - now.date.dayNumber, language) {
        case (...0, .es): "hoy a \(clock)"
        case (...0, .en): "today at \(clock)"
        case (1, .es): "mañana a \(clock)"
        case (1, .en): "tomorrow at \(clock)"
        case (2...6, .es): "el \(weekday) a \(clock)"
        case (2...6, .en): "\(weekday) at \(clock)"
        case (_, .es): "el próximo \(weekday) a \(clock)"
        case (_, .en): "next \(weekday) at \(clock)"
        }
    }

    /// Until when something lasts that ends within a week: `las 21:00`, `mañana a las 5:00`. An end at midnight is the
    /// end of its day: `las 24:00`, `el viernes a las 24:00`.
    func until(_ end: Calendar.Closing, from now: WallTime) -> String {
        if end.daysAhead == 0 { return clock(end.minute) }
        let at = language == .es ? " a " + clock(end.minute) : " at " + clock(end.minute)
        if end.daysAhead == 1 { return (language == .es ? "mañana" : "tomorrow") + at }
        let day = Weekday(rawValue: (now.date.weekday.rawValue + end.daysAhead) % 7).map(weekday) ?? ""
        return (language == .es ? "el " : "") + day + at
    }

    // MARK: Zones

    /// `Horas de Bogotá (UTC−5).`
    func zoneLine(_ zone: TimeZoneRules, at instant: Instant) -> String {
        text("layout.zone", ["place": .text(place(of: zone.name)), "offset": .text(offset(zone.offset(at: instant)))])
    }

    /// `Bogotá (UTC−5)`, in a list of zones.
    func zoneName(_ zone: TimeZoneRules, at instant: Instant) -> String {
        let place = place(of: zone.name)
        let city = place.hasPrefix("la ") ? String(place.dropFirst(3)) : place
        return "\(city) (UTC\(offset(zone.offset(at: instant))))"
    }

    /// A zone by its name alone: `America/Argentina/Buenos Aires`.
    func zoneName(_ name: String) -> String { String(name.map { $0 == "_" ? " " : $0 }) }

    /// The city of a zone's name as people write it.
    private func place(of zone: String) -> String {
        switch zone {
        case "America/Bogota": return "Bogotá"
        case "America/Mexico_City": return language == .es ? "la Ciudad de México" : "Mexico City"
        case "America/Cancun": return "Cancún"
        case "America/Mazatlan": return "Mazatlán"
        case "America/Merida": return "Mérida"
        case "America/Ciudad_Juarez": return "Ciudad Juárez"
        default:
            return String(zone.split(separator: "/").last ?? "").map { $0 == "_" ? " " : $0 }.reduce("") {
                $0 + String($1)
            }
        }
    }

    /// `−5`, `+5:30`, or nothing for none.
    private func offset(_ seconds: Int) -> String {
        guard seconds != 0 else { return "" }
        let minutes = abs(seconds) / 60
        return (seconds < 0 ? "−" : "+") + (minutes % 60 == 0 ? String(minutes / 60) : time(minute: minutes))
    }
}

extension String {
    /// The same words as a sentence of their own.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
