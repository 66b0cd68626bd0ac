// The forms of the staff's page of a ticket, as they stand for a reader and as they come back.

internal import HTTP
internal import Markup
internal import SLA

struct DeskForms: Sendable {
    let visit: Visit
    let reading: DeskReading
    var reply: DeskReply?

    init(visit: Visit, reading: DeskReading, reply: DeskReply? = nil) {
        self.visit = visit
        self.reading = reading
        self.reply = reply
    }

    var ticket: Ticket { reading.ticket }
    var words: Words { visit.words }
    var contract: Contract? { visit.desk?.ticketRules?.contract }
    var terms: TicketWords { visit.ticketWords(isForStaff: true) }
    var today: CivilDate? { try? visit.today() }

    func allows(_ action: TicketAction) -> Bool {
        guard let (party, _) = try? visit.ticketParty() else { return false }
        return action.isAllowed(to: party, on: ticket)
    }

    // MARK: What can be chosen

    /// Whoever works at the ticket's level or above it; whoever has it stays in the list.
    var assignable: [StaffMember] {
        reading.staff.filter { $0.level >= ticket.level || $0.id == ticket.assignee }
    }

    var otherLevels: [Int] { (contract?.levels.map(\.level) ?? []).filter { $0 != ticket.level } }

    /// Those that people may give; none for a kind of request that has its own.
    var severities: [SeverityDefinition] {
        guard let contract, contract.kinds.first(where: { $0.key == ticket.kind })?.severity == nil else { return [] }
        let own = Set(contract.kinds.compactMap(\.severity))
        return contract.severities.filter { !own.contains($0.severity) }
    }

    /// To where the ticket may go from here.
    var statuses: [TicketStatus] {
        TicketStatus.allCases.filter { status in
            status != ticket.status && (status.action(from: ticket.status).map(allows) ?? false)
        }
    }

    /// With the ticket's own, which may be one that only the program gives.
    var kinds: [RequestKind] {
        (contract?.kinds ?? []).filter { $0.severity == nil || $0.key == ticket.kind }
    }

    private func options(of name: String) -> [String: [FieldOption]] {
        switch name {
        case "assignment":
            let nobody = FieldOption(value: "", label: words.text("desk.nobody"))
            return [
                "assignee": [nobody]
                    + assignable.map { FieldOption(value: "\($0.id)", label: $0.name + " · " + standing($0)) }
            ]
        case "level": return ["level": otherLevels.map { FieldOption(value: "\($0)", label: levelLabel($0)) }]
        case "severity":
            return [
                "severity": severities.map {
                    FieldOption(
                        value: $0.severity.rawValue, label: $0.name.text(in: visit.language),
                        detail: $0.definition.text(in: visit.language))
                }
            ]
        case "status":
            return [
                "statusTo": statuses.map {
                    let isReopening = $0 == .open && ticket.status == .resolved
                    return FieldOption(
                        value: $0.rawValue, label: isReopening ? words.text("desk.reopen") : terms.status($0))
                }
            ]
        case "diagnosis":
            return [
                "reproduction": Diagnosis.Reproduction.allCases.map {
                    FieldOption(value: $0.rawValue, label: words.text("diagnosis.reproduction.\($0.rawValue)"))
                }
            ]
        case "links":
            return ["link": TicketLink.allCases.map { FieldOption(value: $0.rawValue, label: terms.link($0)) }]
        default: return [:]
        }
    }

    private func standing(_ member: StaffMember) -> String { terms.standing(member.role) }

    private func levelLabel(_ level: Int) -> String {
        let key = level > ticket.level ? "desk.level.up" : "desk.level.down"
        return words.text(key, ["level": .number(level)])
    }

    // MARK: A form

    /// What stands in a form that nobody filled in yet.
    private func values(of name: String) -> [String: String] {
        switch name {
        case "assignment": return ["assignee": ticket.assignee.map { "\($0)" } ?? ""]
        case "level":
            let next = otherLevels.first { $0 == ticket.level + 1 } ?? otherLevels.last
            return ["level": next.map { "\($0)" } ?? ""]
        case "severity": return ["severity": ticket.severity.rawValue]
        case "status": return ["statusTo": statuses.first?.rawValue ?? ""]
        case "agreed-date": return ["agreedOn": reading.details.agreedOn.map { "\($0)" } ?? ""]
        case "links": return ["link": TicketLink.related.rawValue]
        case "diagnosis":
            let known = reading.diagnosis
            return [
                "reproduction": known.reproduction.rawValue, "errorMessages": known.errorMessages,
                "expected": known.expected, "actual": known.actual,
                "diagnosedVersion": known.version.isEmpty ? reading.details.productVersion : known.version,
                "diagnosedEnvironment": known.environment.isEmpty ? reading.details.environment : known.environment,
                "knownProblem": known.knownProblem,
            ]
        default: return [:]
        }
    }

    /// Nil where what it does is not allowed now, or nothing could be chosen.
    /// - Parameter shown: The fields to draw; the others go unseen or not at all.
    func form(_ action: DeskAction, shown: (FieldSpec) -> Bool = { _ in true }) -> DeskForm? {
        let options = options(of: action.name)
        guard allows(action.action), options.values.allSatisfy({ !$0.isEmpty }) else { return nil }
        let own = reply?.name == action.name ? reply : nil
        var draft = own?.draft ?? FormDraft(values(of: action.name))
        draft.options = options
        return DeskForm(
            name: formID(action.name), title: words.text("desk.form.\(action.name)"), path: path(action.name),
            keys: visit.formKeys(), version: ticket.version, fields: draft.fields(action.specs.filter(shown), words),
            submit: words.text("desk.submit.\(action.name)"), isOpen: own != nil,
            stale: own.flatMap { stale($0, action.collides) })
    }

    func formID(_ name: String) -> String { DeskDraft.form(name) }

    func path(_ name: String) -> String { visit.link("/desk/\(ticket.folio)/\(name)") }

    /// A button that does one thing at once.
    func button(_ action: DeskAction, _ label: String, _ hidden: [(String, String)]) -> DeskForm {
        DeskForm(
            name: "", title: "", path: path(action.name), keys: visit.formKeys(), version: ticket.version,
            hidden: hidden.map { Hidden(name: $0.0, value: $0.1) }, submit: words.text(label))
    }

    // MARK: What came in between

    func between(_ reply: DeskReply) -> [TicketEntry] {
        let mine = visit.session?.person.id
        return reading.entries.filter { $0.id > reply.seen && $0.fact.actor != mine }
    }

    private func stale(_ reply: DeskReply, _ collides: (TicketFact.Kind) -> Bool) -> Stale? {
        guard reply.isStale else { return nil }
        return stale(between(reply).filter { collides($0.fact.kind) })
    }

    func stale(_ entries: [TicketEntry], choices: [FormField] = []) -> Stale? {
        guard let telling, let last = entries.last else { return nil }
        let changes = entries.compactMap { telling.line($0) }
        let text = words.text(
            "desk.stale",
            [
                "name": .text(telling.name(last.fact.actor)),
                "when": .text(telling.moments.on(last.recordedAt)),
            ])
        return Stale(text: text, changes: changes, choices: choices)
    }

    /// The same beside the messages themselves.
    func wrote(_ entries: [TicketEntry]) -> Stale? {
        guard let telling, let last = entries.last else { return nil }
        let text = words.text(
            "desk.stale.wrote",
            ["name": .text(telling.name(last.fact.actor)), "when": .text(telling.moments.on(last.recordedAt))])
        return Stale(text: text, changes: [], choices: [])
    }

    var telling: ConversationTelling? {
        guard let zone = try? visit.zone() else { return nil }
        return ConversationTelling(
            sources: reading.sources, terms: terms, moments: Moments(words: words, zone: zone, now: visit.now),
            numbers: visit.numbers, base: visit.link(""), requester: ticket.requester)
    }
}

extension ConversationTelling {
    /// Any fact in a line, with what was written.
    func line(_ entry: TicketEntry) -> Conversation.Change? {
        if let change = change(entry, from: 1) { return change.change }
        return Conversation.Change(
            actor: name(entry.fact.actor), text: words.text("conversation.did.wrote"),
            reason: TextPiece.pieces(of: entry.fact.body), at: "\(Instant(clamping: entry.fact.at))",
            when: moments.short(entry.fact.at))
    }
}
