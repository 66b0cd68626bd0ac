// Filters in words: as they are typed, as their chips say, and what is wrong with one.

internal import Markup
internal import SLA

struct SearchWords: Sendable {
    let words: Words
    let contract: Contract

    private var language: Language { words.language }

    // MARK: As typed

    /// The box of a search that asks for the same.
    func text(_ search: Search) -> String {
        (search.filters.map(typed) + search.words.map(Self.quoted)).joined(separator: " ")
    }

    func typed(_ filter: SearchFilter) -> String {
        filter.key.name(in: language) + ":" + Self.quoted(value(filter))
    }

    private static func quoted(_ value: String) -> String {
        value.contains(where: \.isWhitespace) ? "\"\(value)\"" : value
    }

    private func value(_ filter: SearchFilter) -> String {
        switch filter {
        case .state(let state): words.text("search.state.\(state)").lowercased()
        case .due(let due): words.text("search.due.\(due.rawValue)").lowercased()
        case .severity(let severity):
            contract.severities.firstIndex { $0.severity == severity }.map { String($0 + 1) } ?? severity.rawValue
        case .level(let level): String(level)
        case .kind(let kind): kind
        case .organization(let name): name
        case .assignee(.me): language == .es ? "yo" : "me"
        case .assignee(.nobody): language == .es ? "nadie" : "nobody"
        case .assignee(.named(let name)): name
        case .tag(let tag): tag
        case .from(let date), .upTo(let date): "\(date)"
        }
    }

    // MARK: As chips

    /// `Severidad: Crítica`
    func label(_ filter: SearchFilter) -> String {
        let value: String =
            switch filter {
            case .state(let state): words.text("search.state.\(state)")
            case .due(let due): words.text("search.due.\(due.rawValue)")
            case .severity(let severity): severityName(severity)
            case .kind(let key): kindName(key)
            case .assignee(.me): words.text("search.me")
            case .assignee(.nobody): words.text("search.nobody")
            case .from(let date), .upTo(let date): words.date(date)
            default: self.value(filter)
            }
        return words.text("search.filter", ["name": .text(name(filter.key)), "value": .text(value)])
    }

    func name(_ key: SearchKey) -> String { words.text("search.key.\(key.rawValue)") }

    func severityName(_ severity: Severity) -> String {
        contract.severity(severity)?.name.text(in: language) ?? severity.rawValue
    }

    func kindName(_ key: String) -> String {
        contract.kinds.first { $0.key == key }?.name.text(in: language) ?? key
    }

    // MARK: Faults

    func text(_ fault: SearchFault) -> String {
        switch fault {
        case .unknownKey(let key): return words.text("search.fault.key", ["key": .text(key)])
        case .tooLong: return words.text("search.fault.tooLong", ["most": .number(Search.longest)])
        case .noValue(let key):
            return words.text(
                "search.fault.noValue", ["key": .text(key.name(in: language)), "examples": .text(examples(key))])
        case .unknownValue(.organization, let value):
            return words.text("search.fault.organization", ["value": .text(value)])
        case .unknownValue(.assignee, let value):
            return words.text("search.fault.assignee", ["value": .text(value)])
        case .unknownValue(let key, let value):
            return words.text(
                "search.fault.value",
                ["key": .text(key.name(in: language)), "value": .text(value), "examples": .text(examples(key))])
        }
    }

    /// What may stand after the colon.
    private func examples(_ key: SearchKey) -> String {
        let all: [String] =
            switch key {
            case .state: SearchFilter.State.allCases.map { value(.state($0)) }
            case .due: SearchFilter.Due.allCases.map { value(.due($0)) }
            case .severity:
                contract.severities.enumerated().map { "\($0.offset + 1) (\($0.element.name.text(in: language)))" }
            case .level: contract.levels.map { "\($0.level)" }
            case .kind: contract.kinds.map(\.key)
            case .organization: ["\"La Ceiba\""]
            case .assignee: [value(.assignee(.me)), value(.assignee(.nobody))]
            case .tag: ["vpn"]
            case .from, .upTo: ["2026-11-01"]
            }
        return all.joined(separator: ", ")
    }
}
