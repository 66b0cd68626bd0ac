// The properties of a ticket in one form. Two people may edit it at once: what only one of them changed is kept, and where
// both did, each is shown what the other wrote and asked which to keep (SE-7).

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum DeskProperties {
    static let name = "properties"

    static let specs: [FieldSpec] = [
        .line("subject", "tickets.property.subject"),
        .select("kind", "tickets.property.kind", isShort: false),
        .line("category", "tickets.property.category", upTo: 100, isOptional: true),
        .line("tags", "tickets.property.tags", upTo: 300, isOptional: true, hasHint: true),
        .line("productVersion", "tickets.property.productVersion", upTo: 100, isOptional: true),
        .line("environment", "tickets.property.environment", upTo: 100, isOptional: true),
        .line("service", "tickets.property.service", upTo: 100, isOptional: true),
        .line("phone", "tickets.property.phone", upTo: 40, isOptional: true, isShort: true),
        .tick("isPrivate", "tickets.property.isPrivate", hasHint: true),
    ]

    static let mostTags = 10

    /// Small letters and digits, words apart by a space, each once: `caída red`.
    static func tags(_ text: String) -> String {
        var tags: [String] = []
        for word in text.lowercased().split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ";" || $0 == "#" })
        {
            let tag = String(word.filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." })
            if !tag.isEmpty, !tags.contains(tag) { tags.append(tag) }
        }
        return tags.joined(separator: " ")
    }

    static func property(_ spec: FieldSpec) -> TicketProperty? { TicketProperty(rawValue: spec.id) }

    @Sendable static func submit(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let reading = try DeskTicket.read(visit)
        var sent = SentForm(form, specs, visit.words)
        let seen = try form.version(of: reading)
        check(&sent, DeskForms(visit: visit, reading: reading))
        guard sent.faults.isEmpty else {
            return .answer(try DeskTicket.page(visit, reading, DeskReply(name, FormDraft(sent), seen: seen)))
        }
        var kept: [TicketProperty: Bool] = [:]
        for property in TicketProperty.allCases {
            if let answer = form["keep-\(property.rawValue)"] { kept[property] = answer == "mine" }
        }
        let (filled, answers) = (sent, kept)
        let (party, rules) = try visit.ticketParty()
        let folio = visit.parameters["folio"]
        return try .file(
            form, said: "desk.said.properties",
            otherwise: { faults in
                guard let reading = try? DeskTicket.read(visit) else { return nil }
                var draft = FormDraft(filled)
                draft.faults = faults
                return try? DeskTicket.page(visit, reading, DeskReply(name, draft, seen: seen))
            },
            { connection in
                let ticket = try connection.ticket(folio, in: .desk)
                let now = try DeskReading.states(of: ticket, seen: seen, connection)
                let merge = PropertyMerge(filled, base: now.base, current: now.current, answers)
                guard merge.collisions.isEmpty else {
                    throw Faults.one(DeskReply.stale, visit.words.text("desk.stale.fault"))
                }
                var work = TicketWork(on: ticket, by: party, rules, at: visit.now, in: connection)
                guard work.allows(.edit) else { throw Faults.one("subject", visit.words.text("desk.fault.notNow")) }
                try work.edit(merge.edits)
                if !merge.edits.isEmpty {
                    try connection.record(
                        visit.entry(
                            .ticketChanged, ticket.subjectOfAudit, of: ticket.organization,
                            before: PropertyMerge.told(merge.edits.map { ($0.property, $0.before) }),
                            after: PropertyMerge.told(merge.edits.map { ($0.property, $0.after) })))
                }
                return visit.link("/desk/\(ticket.folio)")
            })
    }

    private static func check(_ sent: inout SentForm, _ forms: DeskForms) {
        if sent.isGood("kind"), !forms.kinds.contains(where: { $0.key == sent["kind"] }) {
            sent.fault("kind", "desk.fault.choice")
        }
        if tags(sent["tags"]).split(separator: " ").count > mostTags {
            sent.fault("tags", "desk.fault.tags", ["most": .number(mostTags)])
        }
    }
}

/// What somebody sent, beside what stood there when the form was made and what stands there now.
struct PropertyMerge {
    struct Collision {
        let property: TicketProperty
        let mine: String
        let theirs: String
    }

    private(set) var edits: [TicketEdit] = []
    private(set) var collisions: [Collision] = []

    /// - Parameter answers: For a property that collided before, whether the sender's own is to be kept.
    init(_ sent: SentForm, base: TicketState, current: TicketState, _ answers: [TicketProperty: Bool]) {
        for property in DeskProperties.specs.compactMap(DeskProperties.property) {
            let mine = Self.value(sent, property)
            let (before, now) = (base.properties[property] ?? "", current.properties[property] ?? "")
            switch answers[property] {
            case true: add(property, now, mine)
            case false: continue
            case nil:
                if mine == before || mine == now { continue }
                if before == now {
                    add(property, now, mine)
                } else {
                    collisions.append(Collision(property: property, mine: mine, theirs: now))
                }
            }
        }
    }

    private mutating func add(_ property: TicketProperty, _ before: String, _ after: String) {
        if before != after { edits.append(TicketEdit(property: property, before: before, after: after)) }
    }

    static func value(_ sent: SentForm, _ property: TicketProperty) -> String {
        let text = sent[property.rawValue]
        switch property {
        case .isPrivate: return text.isEmpty ? "" : "1"
        case .tags: return DeskProperties.tags(text)
        default: return text
        }
    }

    static func told(_ values: [(TicketProperty, String)]) -> String {
        values.map { "\($0.0.rawValue): \($0.1)" }.joined(separator: "; ")
    }
}

extension DeskReading {
    /// What the ticket was when a form was made, and is now, from the rows of this very transaction.
    static func states(
        of ticket: Ticket, seen: Int, _ connection: Connection
    ) throws -> (base: TicketState, current: TicketState) {
        let entries = try connection.story(of: ticket.id)
        guard let first = entries.first, case .opened(let opening) = first.fact.kind else {
            throw Refusal.broken("a ticket that was never opened")
        }
        var base = TicketState(opening, at: first.fact.at, by: first.fact.actor)
        var current = base
        for entry in entries {
            if entry.id <= seen { base.take(entry.fact) }
            current.take(entry.fact)
        }
        return (base, current)
    }
}

extension DeskForms {
    /// The form of the properties; with the questions that it raises where two people wrote something else.
    func properties() throws(Refusal) -> DeskForm? {
        guard allows(.edit) else { return nil }
        let own = reply?.name == DeskProperties.name ? reply : nil
        var draft = own?.draft ?? FormDraft(currentProperties)
        draft.options["kind"] = kinds.map { FieldOption(value: $0.key, label: $0.name.text(in: visit.language)) }
        var stale: Stale?
        if let own, own.isStale {
            let base = try reading.state(at: own.seen)
            let current = try reading.state(at: ticket.version)
            stale = collisions(own, base, current)
        }
        return DeskForm(
            name: formID(DeskProperties.name), title: words.text("desk.form.properties"),
            path: path(DeskProperties.name), keys: visit.formKeys(), version: ticket.version,
            fields: draft.fields(DeskProperties.specs, words), submit: words.text("desk.submit.properties"),
            isOpen: own != nil, stale: stale)
    }

    private var currentProperties: [String: String] {
        let details = reading.details
        return [
            "subject": ticket.subject, "kind": ticket.kind, "category": details.category, "tags": details.tags,
            "productVersion": details.productVersion, "environment": details.environment, "service": details.service,
            "phone": details.phone, "isPrivate": ticket.isPrivate ? "on" : "",
        ]
    }

    private func collisions(_ reply: DeskReply, _ base: TicketState, _ current: TicketState) -> Stale? {
        let others = between(reply).filter { if case .edited = $0.fact.kind { true } else { false } }
        var choices: [FormField] = []
        for spec in DeskProperties.specs {
            guard let property = DeskProperties.property(spec) else { continue }
            let typed = reply.draft.values[spec.id]?.first ?? ""
            let mine =
                property == .isPrivate
                ? (typed.isEmpty ? "" : "1") : property == .tags ? DeskProperties.tags(typed) : typed
            let (before, now) = (base.properties[property] ?? "", current.properties[property] ?? "")
            guard mine != before, mine != now, before != now else { continue }
            choices.append(choice(spec, property, mine: mine, theirs: now, others))
        }
        return stale(others, choices: choices)
    }

    private func choice(
        _ spec: FieldSpec, _ property: TicketProperty, mine: String, theirs: String, _ others: [TicketEntry]
    ) -> FormField {
        let who = others.last { entry in
            if case .edited(let edits) = entry.fact.kind { edits.contains { $0.property == property } } else { false }
        }
        let detail = words.text(
            "desk.stale.theirs",
            [
                "name": .text(telling?.name(who?.fact.actor) ?? ""),
                "when": .text(who.flatMap { telling?.moments.short($0.recordedAt) } ?? ""),
            ])
        func shown(_ value: String) -> String {
            value.isEmpty ? words.text("desk.stale.empty") : terms.value(value, of: property)
        }
        let id = "keep-\(property.rawValue)"
        var draft = FormDraft([id: "mine"])
        draft.options[id] = [
            FieldOption(value: "mine", label: shown(mine), detail: words.text("desk.stale.mine")),
            FieldOption(value: "theirs", label: shown(theirs), detail: detail),
        ]
        return draft.fields([.choice(id, spec.words)], words)[0]
    }
}
