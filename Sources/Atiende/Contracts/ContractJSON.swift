// A contract as a JSON document: the one that admins edit, versions keep and `contract print` shows. What is as it
// would be without saying so is left out. Reading it back is in ContractReading.swift.

internal import SLA

extension Contract {
    var json: JSON {
        var document: JSON.Object = [
            "contract": .string(key), "version": .int(version), "provider": .string(provider), "product": product.json,
            "country": .string(country.rawValue), "timeZone": .string(timeZone), "locale": .string(locale),
            "icon": .string(icon), "attention": .string(attention),
        ]
        var listed = JSON.Object()
        for calendar in calendars { listed[calendar.key] = calendar.json }
        document["calendars"] = .object(listed)
        document["channels"] = .array(channels.map(\.json))
        document["kinds"] = .array(kinds.map(\.json))
        document.add("categories", categories.map(\.json))
        document["severities"] = .array(severities.map(\.json))
        document["levels"] = .array(levels.map(\.json))
        document.add("stages", stages.map(\.json))
        if policies != TenantPolicies() { document["policies"] = policies.json }
        document["closing"] = closing.json
        document["charge"] = charge?.json
        document["plans"] = .array(plans.map(\.json))
        document.add("terms", terms.map { ["requirement": .string($0.clause), "text": .string($0.text)] })
        return .object(document)
    }
}

extension JSON.Object: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.init()
        for (key, value) in elements { self[key] = value }
    }

    /// Adds a text that says something.
    fileprivate mutating func add(_ key: String, _ text: String) {
        if !text.isEmpty { self[key] = .string(text) }
    }

    /// Adds a list that has elements.
    fileprivate mutating func add(_ key: String, _ list: [JSON]) {
        if !list.isEmpty { self[key] = .array(list) }
    }

    /// Adds what is true.
    fileprivate mutating func add(_ key: String, _ flag: Bool) {
        if flag { self[key] = true }
    }

    fileprivate mutating func add(requirement clause: String) { add("requirement", clause) }
}

extension Phrase {
    var json: JSON {
        spanish == english ? .string(spanish) : ["es": .string(spanish), "en": .string(english)]
    }
}

extension ContractCalendar {
    var json: JSON {
        var object: JSON.Object = ["name": name.json]
        if isAlwaysOpen {
            object["alwaysOpen"] = true
        } else {
            object["week"] = Self.json(week)
            object["publicHolidays"] = publicHolidays.map { .string($0.rawValue) }
            object.add("holidays", holidays.sorted { $0.key < $1.key }.map { Self.json($0.key, $0.value) })
            if !exceptions.isEmpty {
                var dates = JSON.Object()
                for (date, hours) in exceptions.sorted(by: { $0.key < $1.key }) {
                    dates[date.description] = Self.json(hours)
                }
                object["exceptions"] = .object(dates)
            }
        }
        object.add(requirement: clause)
        return .object(object)
    }

    /// The names of the weekdays in documents, Monday first.
    static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    private static func json(_ week: [Weekday: [DayInterval]]) -> JSON {
        var days = JSON.Object()
        for (name, day) in zip(dayNames, Weekday.allCases) { days[name] = week[day].map { json($0) } }
        return .object(days)
    }

    private static func json(_ hours: [DayInterval]) -> JSON {
        .array(hours.map { .array([.string(clock($0.open)), .string(clock($0.close))]) })
    }

    private static func json(_ date: CivilDate, _ name: String) -> JSON {
        name.isEmpty ? .string(date.description) : ["date": .string(date.description), "name": .string(name)]
    }

    /// `09:00`, `24:00`
    static func clock(_ minute: Int) -> String {
        [minute / 60, minute % 60].map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
    }
}

extension ClosingRule {
    /// Always said: no source gives the days.
    var json: JSON {
        var object: JSON.Object = ["afterBusinessDays": .int(days)]
        object.add("requirement", clause.isEmpty ? Agreement.ours : clause)
        return .object(object)
    }
}

extension ContractChannel {
    var json: JSON {
        var object: JSON.Object = ["channel": .string(channel.rawValue), "name": name.json]
        object.add("address", address)
        object.add("hours", hours ?? "")
        if !isOfficial { object["official"] = false }
        object.add(requirement: clause)
        return .object(object)
    }
}

extension RequestKind {
    var json: JSON {
        var object: JSON.Object = ["key": .string(key), "name": name.json]
        object.add("severity", severity?.rawValue ?? "")
        if level != 1 { object["level"] = .int(level) }
        object.add("complaint", isComplaint)
        object.add("charged", mayBeCharged)
        object.add(requirement: clause)
        return .object(object)
    }
}

extension RequestCategory {
    var json: JSON {
        var object: JSON.Object = ["key": .string(key), "name": name.json]
        if level != 1 { object["level"] = .int(level) }
        object.add("skill", skill)
        object.add(requirement: clause)
        return .object(object)
    }
}

extension SeverityDefinition {
    var json: JSON {
        var object: JSON.Object = [
            "key": .string(severity.rawValue), "name": name.json, "definition": definition.json,
        ]
        object.add(requirement: clause)
        return .object(object)
    }
}

extension SupportLevel {
    var json: JSON {
        var object: JSON.Object = ["level": .int(level), "name": name.json, "duty": duty.json]
        object.add(requirement: clause)
        return .object(object)
    }
}

extension Stage {
    var json: JSON {
        var object: JSON.Object = ["fact": .string(fact.rawValue), "name": name.json]
        object.add(requirement: clause)
        return .object(object)
    }
}

extension TenantPolicies {
    var json: JSON {
        var object = JSON.Object()
        object["passwordDays"] = passwordDays.map(JSON.int)
        object["idleMinutes"] = idleMinutes.map(JSON.int)
        object.add(requirement: clause)
        return .object(object)
    }
}

extension ChargeRate {
    var json: JSON {
        var object: JSON.Object = [
            "currency": .string(currency), "firstHour": .string(Self.text(firstHour)),
            "furtherHour": .string(Self.text(furtherHour)), "causes": .array(causes.map(\.json)),
        ]
        object.add(requirement: clause)
        return .object(object)
    }

    /// `65.00`
    static func text(_ hundredths: Int) -> String {
        "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}

extension ContractPlan {
    var json: JSON {
        var object: JSON.Object = ["key": .string(key), "name": name.json]
        object.add("modality", modality)
        object["hours"] = .string(hours)
        object["channels"] = .array(channels.map { .string($0.rawValue) })
        object["answersBy"] = .array(answersBy.map { .string($0.rawValue) })
        object.add("features", features.map { .string($0.rawValue) })
        object["monthlyTickets"] = monthlyTickets.map(JSON.int)
        object["availability"] = availability?.json
        if mailCountsFrom != .received { object["mailCountsFrom"] = .string(mailCountsFrom.rawValue) }
        object["targets"] = .array(targets.map(\.json))
        object.add("steps", steps.map(\.json))
        object.add(requirement: clause)
        return .object(object)
    }
}

extension AvailabilityPromise {
    var json: JSON {
        var object: JSON.Object = ["percent": .string(target.description)]
        if policy.maintenanceCounts { object["maintenance"] = "counts" }
        object.add("excludedCauses", policy.excludedCauses.map(\.rawValue).sorted().map(JSON.string))
        if policy.noticeMinutes != AvailabilityPolicy.defaultNoticeMinutes {
            object["noticeMinutes"] = .int(policy.noticeMinutes)
        }
        object.add("announcedOn", policy.mandatoryChannels.sorted().map(JSON.string))
        object.add("serviceHours", serviceHours ?? "")
        object.add(requirement: clause)
        return .object(object)
    }
}

extension Target {
    var json: JSON {
        var object: JSON.Object = ["clock": .string(clock.rawValue), "severity": .string(severity.rawValue)]
        object.add("channel", channel?.rawValue ?? "")
        object["level"] = level.map(JSON.int)
        object["amount"] = .int(amount)
        object["unit"] = .string(unit.rawValue)
        if dayRule != .sameTime { object["dayRule"] = .string(dayRule.rawValue) }
        object["calendar"] = .string(calendar)
        object.add("strict", isStrict)
        object["pausedBy"] = pausedBy.map { statuses in
            .array(TicketStatus.allCases.filter(statuses.contains).map { .string($0.rawValue) })
        }
        object.add(requirement: id)
        return .object(object)
    }
}

extension EscalationStep {
    var json: JSON {
        var object: JSON.Object = ["clock": .string(clock.rawValue), "percent": .int(percent)]
        object["severities"] = severities.map { .array($0.map { .string($0.rawValue) }) }
        switch action {
        case .notify(let audience):
            object["action"] = "notify"
            object["to"] = .string(audience.rawValue)
        case .raiseLevel(let level):
            object["action"] = "raiseLevel"
            object["to"] = .int(level)
        case .raiseSeverity(let severity):
            object["action"] = "raiseSeverity"
            object["to"] = .string(severity.rawValue)
        case .note(let text):
            object["action"] = "note"
            object["text"] = .string(text)
        }
        object.add(requirement: clause)
        return .object(object)
    }
}
