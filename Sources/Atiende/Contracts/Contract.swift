// A support contract as a value: what a provider promises, from which pages, clocks and the printed agreement follow.

internal import SLA

/// A contract of a provider. Each rule carries the clause of the source that it comes from (`PW-10`); an empty clause
/// marks what the source does not say and we chose.
public struct Contract: Sendable, Equatable {
    public var key: String
    public var provider: String
    /// Of this document: it grows with every edit, and a version that was used never changes.
    var version = 1
    /// What is supported.
    var product: Phrase
    var country: Country
    public var timeZone: String
    /// `es-MX` or `es-CO`: how Spanish pages write numbers.
    var locale: String
    /// The icon of the sprite that stands beside the name.
    var icon: String
    /// The calendar that tells visitors when somebody attends.
    var attention: String
    var calendars: [ContractCalendar]
    var channels: [ContractChannel]
    var kinds: [RequestKind]
    /// Empty where requests are not told apart by what they are about.
    var categories: [RequestCategory] = []
    /// The gravest first.
    var severities: [SeverityDefinition]
    var levels: [SupportLevel]
    /// What is recorded of every ticket with its time, in order; empty where the contract names no stages.
    var stages: [Stage] = []
    var policies = TenantPolicies()
    var closing = ClosingRule()
    var charge: ChargeRate?
    var plans: [ContractPlan]
    /// What else the agreement says.
    var terms: [Term] = []

    /// In the order in which they are listed.
    public static let all = [factupronto, ingressio, seres, bizflow, proware]

    public static func named(_ key: String) -> Contract? { all.first { $0.key == key } }

    func calendar(_ key: String) -> ContractCalendar? { calendars.first { $0.key == key } }

    func severity(_ severity: Severity) -> SeverityDefinition? { severities.first { $0.severity == severity } }

    func category(_ key: String) -> RequestCategory? { categories.first { $0.key == key } }

    /// The calendars as the engine takes them.
    func calendarHistories(in zone: TimeZoneRules) -> [String: CalendarHistory] {
        var histories: [String: CalendarHistory] = [:]
        for calendar in calendars { histories[calendar.key] = CalendarHistory(Calendar(calendar.definition(in: zone))) }
        return histories
    }
}

extension Contract {
    /// The weekly hours that visitors are told.
    var openings: [Provider.Opening] { calendar(attention)?.openings ?? [] }

    /// The tenant that is made from this contract.
    func provider(name: String, timeZone: String) -> Provider {
        var listed: [Provider.Channel] = []
        for channel in channels {
            guard let kind = Provider.Channel.Kind(rawValue: channel.channel.rawValue),
                !listed.contains(where: { $0.kind == kind })
            else { continue }
            listed.append(Provider.Channel(kind: kind, address: channel.address))
        }
        return Provider(
            name: name, contract: key, timeZone: timeZone, locale: locale, icon: icon, openings: openings,
            channels: listed)
    }
}
