// Names of what a ticket is: its status, channel, severity, kind and properties.

internal import Markup
internal import SLA

/// How one reader is told of tickets: in a language, in the words of the desk's contract.
struct TicketWords: Sendable {
    let words: Words
    /// Nil for a contract that is not known here: then its keys stand for its words.
    let contract: Contract?
    let isForStaff: Bool

    /// `Esperando al cliente`; to customers `Necesita su respuesta`.
    func status(_ status: TicketStatus) -> String {
        words.text("tickets.status.\(isForStaff ? "staff" : "customer").\(status.rawValue)")
    }

    func severity(_ severity: Severity) -> String {
        contract?.severity(severity)?.name.text(in: words.language) ?? severity.rawValue
    }

    func kind(_ key: String) -> String {
        contract?.kinds.first { $0.key == key }?.name.text(in: words.language) ?? key
    }

    func plan(_ key: String) -> String {
        contract?.plans.first { $0.key == key }?.name.text(in: words.language) ?? key
    }

    /// `portal web`, `teléfono`: in the middle of a sentence.
    func channel(_ channel: Channel) -> String {
        let key = "tickets.channel.\(channel.rawValue)"
        let text = words.text(key)
        return text == key ? channel.rawValue : text
    }

    func property(_ property: TicketProperty) -> String { words.text("tickets.property.\(property.rawValue)") }

    /// A property's value as people read it.
    func value(_ value: String, of property: TicketProperty) -> String {
        switch property {
        case .kind: kind(value)
        case .category: contract?.category(value)?.name.text(in: words.language) ?? value
        case .isPrivate: words.text(value == "1" ? "tickets.yes" : "tickets.no")
        default: value
        }
    }

    func face(_ face: SurveyFace) -> String { words.text("tickets.face.\(face.rawValue)") }

    func link(_ link: TicketLink) -> String { words.text("tickets.link.\(link.rawValue)") }

    /// `Soporte, nivel 2`, `Cliente`: from what the database knows, not from what anybody calls himself.
    func standing(_ role: Person.Role) -> String {
        switch role {
        case .customer: words.text("tickets.standing.customer")
        case .technician(let level): words.text("tickets.standing.staffOfLevel", ["level": .number(level)])
        case .admin: words.text("tickets.standing.staff")
        }
    }
}

extension Visit {
    func ticketWords(isForStaff: Bool) -> TicketWords {
        TicketWords(words: words, contract: desk?.ticketRules?.contract, isForStaff: isForStaff)
    }
}
