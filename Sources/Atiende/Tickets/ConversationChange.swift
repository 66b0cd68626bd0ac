// What changed in a ticket, a line each: `Lucía Arango cambió el estado a Esperando al cliente`.

internal import Markup
internal import SLA

struct ConversationChange {
    /// Under which word several of them fold.
    let sort: String
    let change: Conversation.Change
}

extension ConversationTelling {
    /// Nil for what is a message.
    func change(_ entry: TicketEntry, from level: Int) -> ConversationChange? {
        let fact = entry.fact
        guard let (sort, text) = clockChange(fact.kind, from: level) ?? workChange(fact) else { return nil }
        return ConversationChange(
            sort: sort,
            change: Conversation.Change(
                actor: name(fact.actor), text: text, reason: TextPiece.pieces(of: fact.body),
                at: "\(Instant(clamping: fact.at))", when: moments.short(fact.at)))
    }

    /// What clocks follow, and what they did.
    private func clockChange(_ kind: TicketFact.Kind, from level: Int) -> (String, String)? {
        switch kind {
        case .opened: ("opening", did("opened"))
        case .acknowledged: ("receipt", did("acknowledged"))
        case .status(let status): ("status", did("status", ["status": .text(terms.status(status))]))
        case .severity(let severity): ("severity", did("severity", ["severity": .text(terms.severity(severity))]))
        case .level(let new): ("level", did(new < level ? "returned" : "escalated", ["level": .number(new)]))
        case .recovered: ("recovery", did("recovered"))
        case .rootCause: ("cause", did("explained"))
        case .merged: ("merge", did("merged"))
        case .planApplied(let plan): ("plan", did("plan", ["plan": .text(terms.plan(plan.key))]))
        case .fired(let firing):
            (
                "clock",
                did(
                    "fired",
                    [
                        "clock": .text(words.text("clocks.name.\(firing.clock.rawValue)", ["level": .number(level)])),
                        "percent": .number(firing.percent),
                    ])
            )
        case .breached(let clock, _):
            (
                "clock",
                did(
                    "breached", ["clock": .text(words.text("clocks.name.\(clock.rawValue)", ["level": .number(level)]))]
                )
            )
        default: nil
        }
    }

    private func workChange(_ fact: TicketFact) -> (String, String)? {
        switch fact.kind {
        case .assigned(let person): ("assignee", assigned(person, by: fact.actor))
        case .edited(let edits): ("properties", edits.map(edited).joined(separator: "; "))
        case .followed(let person): ("followers", following("follows", person, by: fact.actor))
        case .unfollowed(let person): ("followers", following("leaves", person, by: fact.actor))
        case .linked(let link, let other): ("links", linked("linked", link, other))
        case .unlinked(let link, let other): ("links", linked("unlinked", link, other))
        case .agreed(let date):
            ("date", date.map { did("agreed", ["date": .text(words.date($0))]) } ?? did("disagreed"))
        case .confirmed: ("confirmation", did("confirmed"))
        case .locked: ("lock", did("locked"))
        case .unlocked: ("lock", did("unlocked"))
        default: nil
        }
    }

    private func assigned(_ person: Person.ID?, by actor: Person.ID?) -> String {
        guard let person else { return did("released") }
        return person == actor ? did("took") : did("assigned", ["name": .text(name(person))])
    }

    private func following(_ key: String, _ person: Person.ID, by actor: Person.ID?) -> String {
        person == actor ? did(key) : did(key + "Other", ["name": .text(name(person))])
    }

    private func linked(_ key: String, _ link: TicketLink, _ other: Ticket.ID) -> String {
        let folio = sources.folios[other].map { "\($0)" } ?? words.text("conversation.anotherTicket")
        return did(key, ["folio": .text(folio), "link": .text(terms.link(link))])
    }

    private func edited(_ edit: TicketEdit) -> String {
        let property = terms.property(edit.property)
        let (before, after) = (terms.value(edit.before, of: edit.property), terms.value(edit.after, of: edit.property))
        if edit.before.isEmpty { return did("filled", ["property": .text(property), "after": .text(after)]) }
        if edit.after.isEmpty { return did("emptied", ["property": .text(property), "before": .text(before)]) }
        return did("edited", ["property": .text(property), "before": .text(before), "after": .text(after)])
    }

    private func did(_ key: String, _ arguments: KeyValuePairs<String, Words.Value> = [:]) -> String {
        words.text("conversation.did.\(key)", arguments)
    }
}
