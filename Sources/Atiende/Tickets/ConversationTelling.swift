// Tells the facts of a ticket as a conversation.

internal import Markup
internal import SLA

struct ConversationTelling {
    let sources: ConversationSources
    let terms: TicketWords
    let moments: Moments
    let numbers: NumberStyle
    /// The tenant's.
    let base: String
    let requester: Person.ID?

    var words: Words { moments.words }

    /// For customers: only of what they may hear.
    func conversation(_ facts: [PublicFact]) -> Conversation {
        tell(facts.map(\.entry).filter { !isOfFollowingStaff($0.fact.kind) })
    }

    /// For staff.
    func conversation(_ entries: [TicketEntry]) -> Conversation { tell(entries) }

    /// Who of the staff follows a ticket concerns no customer.
    private func isOfFollowingStaff(_ kind: TicketFact.Kind) -> Bool {
        switch kind {
        case .followed(let person), .unfollowed(let person): sources.people[person]?.role.isStaff ?? true
        default: false
        }
    }

    private func tell(_ entries: [TicketEntry]) -> Conversation {
        var turns: [Conversation.Turn] = []
        var changes: [ConversationChange] = []
        var level = 1
        func endChanges() {
            if !changes.isEmpty { turns.append(Conversation.Turn(changes: fold(changes))) }
            changes = []
        }
        for entry in entries {
            if let message = message(entry) {
                endChanges()
                turns.append(Conversation.Turn(message: message))
            } else if let change = change(entry, from: level) {
                changes.append(change)
            }
            switch entry.fact.kind {
            case .opened(let opening): level = opening.level
            case .level(let new): level = new
            default: break
            }
        }
        endChanges()
        return Conversation(turns: turns)
    }

    private func fold(_ changes: [ConversationChange]) -> Conversation.Changes {
        var sorts: [String] = []
        for change in changes where !sorts.contains(change.sort) { sorts.append(change.sort) }
        let names = sorts.map { words.text("conversation.sort.\($0)") }.joined(separator: ", ")
        let summary =
            changes.count < 2
            ? "" : words.text("conversation.changes", ["count": .number(changes.count), "what": .text(names)])
        return Conversation.Changes(summary: summary, changes: changes.map(\.change))
    }

    // MARK: Messages

    /// Nil for what is told in a line.
    private func message(_ entry: TicketEntry) -> Conversation.Message? {
        let fact = entry.fact
        switch fact.kind {
        case .opened(let opening):
            guard !fact.body.isEmpty || sources.files[entry.id] != nil else { return nil }
            return message(entry, by: requester ?? fact.actor, deed: openingDeed(opening, by: fact.actor))
        case .customerMessage: return message(entry, by: fact.actor)
        case .staffMessage(_, let channel):
            return message(
                entry, by: fact.actor, side: "staff",
                deed: channel == .portal ? "" : words.text("conversation.logged.\(logged(channel))"))
        case .note: return message(entry, by: fact.actor, side: "note")
        case .diagnosis(_, let diagnosis):
            return message(
                entry, by: fact.actor, side: "note", deed: words.text("conversation.diagnosis"),
                facts: facts(of: diagnosis))
        case .level(let level) where !fact.body.isEmpty:
            return message(
                entry, by: fact.actor, side: "note",
                deed: words.text("conversation.moved", ["level": .number(level)]))
        case .recovered where !fact.body.isEmpty:
            return message(entry, by: fact.actor, side: "staff", deed: words.text("conversation.recovered"))
        case .rootCause(let solution) where !fact.body.isEmpty || !solution.isEmpty:
            let facts = [
                FactItem(label: words.text("conversation.cause"), value: fact.body),
                FactItem(label: words.text("conversation.solution"), value: solution),
            ]
            return message(
                entry, by: fact.actor, side: "staff", deed: words.text("conversation.rootCause"), text: "",
                facts: facts.filter { !$0.value.isEmpty })
        case .surveyed(let face):
            return message(
                entry, by: fact.actor,
                deed: words.text("conversation.rated", ["face": .text(terms.face(face))]))
        default: return nil
        }
    }

    private func message(
        _ entry: TicketEntry, by person: Person.ID?, side: String = "", deed: String = "", text: String? = nil,
        facts: [FactItem] = []
    ) -> Conversation.Message {
        let when = moments.short(entry.fact.at)
        let author = name(person)
        let standing = standing(person)
        let isInternal = side == "note"
        let label = isInternal ? words.text("conversation.noteOf", ["name": .text(author)]) : author + ", " + standing
        return Conversation.Message(
            side: side, isOfStaff: !side.isEmpty, isInternal: isInternal, id: "m\(entry.id)", author: author,
            standing: standing, deed: deed, label: label + ", " + when, at: "\(Instant(clamping: entry.fact.at))",
            when: when, body: TextPiece.pieces(of: text ?? entry.fact.body), facts: facts,
            files: (sources.files[entry.id] ?? []).map { file in
                Conversation.File(
                    name: file.name, href: file.path(below: base), size: numbers.size(file.size),
                    dimensions: file.dimensions)
            })
    }

    /// Where somebody of the staff wrote down what a customer said.
    private func openingDeed(_ opening: TicketFact.Opening, by author: Person.ID?) -> String {
        guard let author, author != requester, sources.people[author]?.role.isStaff == true else { return "" }
        return words.text(
            "conversation.writtenDown",
            ["channel": .text(terms.channel(opening.channel)), "name": .text(name(author))])
    }

    private func logged(_ channel: Channel) -> String {
        switch channel {
        case .phone: "call"
        case .visit: "visit"
        case .chat: "chat"
        case .mail: "mail"
        default: "anyhow"
        }
    }

    private func facts(of diagnosis: Diagnosis) -> [FactItem] {
        let answers = [
            ("reproduction", words.text("diagnosis.reproduction.\(diagnosis.reproduction.rawValue)")),
            ("errorMessages", diagnosis.errorMessages), ("expected", diagnosis.expected),
            ("actual", diagnosis.actual), ("version", diagnosis.version), ("environment", diagnosis.environment),
            ("knownProblem", diagnosis.knownProblem),
        ]
        guard diagnosis != Diagnosis() else { return [] }
        return answers.filter { !$0.1.isEmpty }.map { key, value in
            FactItem(label: words.text("diagnosis.\(key)"), value: value)
        }
    }

    // MARK: People

    /// The program where nobody did it.
    func name(_ person: Person.ID?) -> String {
        guard let person else { return words.text("conversation.program") }
        return sources.people[person]?.name ?? words.text("conversation.somebody")
    }

    private func standing(_ person: Person.ID?) -> String {
        guard let person, let speaker = sources.people[person] else { return sources.organization }
        let standing = terms.standing(speaker.role)
        return speaker.role.isStaff || sources.organization.isEmpty
            ? standing : sources.organization + " · " + standing
    }
}
