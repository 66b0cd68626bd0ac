// Things done to a ticket, each as the facts that it leaves. All of it happens in the transaction of its caller; what the
// table of actions does not allow is refused as a conflict.

internal import SLA
internal import SQL

struct TicketWork {
    let connection: Connection
    let rules: TicketRules
    let party: TicketParty
    let now: Int
    private(set) var ticket: Ticket

    init(
        on ticket: Ticket, by party: TicketParty, _ rules: TicketRules, at now: Int, in connection: Connection
    ) {
        self.connection = connection
        self.rules = rules
        self.party = party
        // Never before what was already recorded: the clock of the machine may have been set back.
        self.now = max(now, ticket.changedAt)
        self.ticket = ticket
    }

    func allows(_ action: TicketAction) -> Bool { action.isAllowed(to: party, on: ticket) }

    /// Whether so much was said on it that no page should have to bear more: it goes on in another ticket. The staff is left
    /// room to end it.
    var isFull: Bool {
        get throws {
            let size = try connection.size(of: ticket.id)
            let share = party.isStaff ? 2 : 1
            return size.events >= Ticket.mostEvents * share || size.text >= Ticket.mostText * share
                || size.files >= Ticket.mostFiles * share
        }
    }

    private func require(_ action: TicketAction) throws {
        guard allows(action) else { throw Refusal.conflict }
    }

    private mutating func record(
        _ kinds: [TicketFact.Kind], _ body: String = "", files: [Attachment.ID] = [], at instant: Int? = nil
    ) throws {
        let facts = kinds.enumerated().map { index, kind in
            TicketFact(at: instant ?? now, actor: party.person, kind: kind, body: index == 0 ? body : "")
        }
        try connection.append(facts, to: ticket.id, files: files, rules, recordedAt: now)
        guard let again = try connection.ticket(ticket.folio) else { throw Refusal.notFound }
        ticket = again
    }
}

// MARK: The conversation

extension TicketWork {
    /// What a customer says. A resolved ticket is reopened by it first; one that waited for the customer goes on.
    mutating func hear(_ body: String, files: [Attachment.ID] = []) throws {
        try require(.message)
        guard try !isFull else { throw Refusal.conflict }
        if ticket.status == .resolved || ticket.status == .waitingCustomer { try record([.status(.open)]) }
        try record([.customerMessage], body, files: files)
    }

    /// What the staff says to the customer: a message first, then a change of status (sla.md §3). Whoever answers a ticket
    /// that nobody has takes it.
    /// - Parameter channel: How it was said: a call that was written down counts as an answer.
    mutating func answer(
        _ body: String, files: [Attachment.ID] = [], by channel: Channel = .portal, status: TicketStatus? = nil
    ) throws {
        guard case .staff(let person, let level) = party, try !isFull else { throw Refusal.conflict }
        try require(.message)
        try record([.staffMessage(level: level, by: channel)], body, files: files)
        if ticket.assignee == nil, allows(.assign) { try record([.assigned(person)]) }
        let next = status ?? (ticket.status == .new ? .open : ticket.status)
        if next != ticket.status { try set(next) }
    }

    mutating func note(_ body: String, files: [Attachment.ID] = []) throws {
        try require(.note)
        guard try !isFull else { throw Refusal.conflict }
        try record([.note], body, files: files)
    }
}

// MARK: Status

extension TicketWork {
    mutating func set(_ status: TicketStatus, why: String = "") throws {
        guard status != ticket.status, let action = status.action(from: ticket.status) else { throw Refusal.conflict }
        try require(action)
        // Not without a word to the customer, or a call that was written down.
        if status == .resolved, ticket.answeredAt == nil { throw Refusal.conflict }
        try record([.status(status)], why)
    }

    /// The customer says that it is solved: that closes it (BZ-8).
    mutating func confirm() throws {
        try require(.confirm)
        try record([.confirmed, .status(.closed)])
    }

    /// Nobody answered within the contract's days.
    mutating func expire() throws {
        guard party == .program, ticket.status == .resolved else { throw Refusal.conflict }
        try record([.status(.closed)])
    }

    /// What time brought about.
    mutating func bringAbout(_ facts: [TicketFact]) throws {
        guard party == .program else { throw Refusal.conflict }
        try connection.append(facts, to: ticket.id, rules, recordedAt: now)
        guard let again = try connection.ticket(ticket.id) else { throw Refusal.notFound }
        ticket = again
    }

    /// A closed ticket goes on in another one of its customer's; both tickets say so.
    mutating func goOn(in other: Ticket) throws {
        try require(.followUp)
        guard other.id != ticket.id, other.organization == ticket.organization else { throw Refusal.conflict }
        try record([.linked(.child, other.id)])
        try noteOnOther(.linked(.parent, ticket.id), other)
    }

    mutating func rate(_ face: SurveyFace, _ comment: String) throws {
        try require(.survey)
        try record([.surveyed(face)], comment)
    }
}

// MARK: Who works on it

extension TicketWork {
    mutating func assign(to person: Person.ID?) throws {
        try require(.assign)
        guard person != ticket.assignee else { return }
        try record([.assigned(person)])
        if person != nil, ticket.status == .new { try record([.status(.open)]) }
    }

    /// Up with a diagnosis, which level 2 asks for before it takes a ticket (FP-6); straight to 3 and down with a reason
    /// alone (FP-7). The next level begins without an assignee.
    mutating func move(to level: Int, why reason: String, diagnosis: String = "") throws {
        guard case .staff(_, let own) = party else { throw Refusal.conflict }
        try require(.escalate)
        guard level != ticket.level, rules.contract.levels.contains(where: { $0.level == level }) else {
            throw Refusal.conflict
        }
        if !diagnosis.isEmpty { try record([.diagnosis(level: own)], diagnosis) }
        try record([.level(level)], reason)
        if ticket.assignee != nil { try record([.assigned(nil)]) }
    }

    mutating func lock() throws {
        try require(.lock)
        guard ticket.keeper != party.person else { return }
        try record([.locked])
    }

    mutating func unlock() throws {
        try require(.unlock)
        guard ticket.keeper != nil else { return }
        try record([.unlocked])
    }

    mutating func follow(_ person: Person.ID, _ follows: Bool) throws {
        try require(.follow)
        guard try connection.isFollowed(ticket.id, by: person) != follows else { return }
        if !party.isStaff, try isFull { throw Refusal.conflict }
        try record([follows ? .followed(person) : .unfollowed(person)])
    }
}

// MARK: What is found out

extension TicketWork {
    mutating func classify(_ severity: Severity, why reason: String) throws {
        try require(.classify)
        guard severity != ticket.severity, rules.contract.severity(severity) != nil else { throw Refusal.conflict }
        try record([.severity(severity)], reason)
    }

    mutating func diagnose(_ diagnosis: Diagnosis, _ summary: String) throws {
        guard case .staff(_, let level) = party else { throw Refusal.conflict }
        try require(.diagnose)
        try record([.diagnosis(level: level, diagnosis)], summary)
    }

    /// The service works again, by a workaround or for good.
    mutating func recover(_ how: String) throws {
        try require(.recover)
        try record([.recovered], how)
    }

    mutating func explain(cause: String, solution: String) throws {
        try require(.explainCause)
        try record([.rootCause(solution: solution)], cause)
    }

    /// A date for what development was asked for (BZ-10); nil takes it back.
    mutating func agree(on date: CivilDate?, why reason: String) throws {
        try require(.agree)
        try record([.agreed(on: date)], reason)
    }

    mutating func edit(_ edits: [TicketEdit]) throws {
        try require(.edit)
        let real = edits.filter { $0.before != $0.after }
        if !real.isEmpty { try record([.edited(real)]) }
    }

    /// Both tickets say so.
    mutating func link(_ kind: TicketLink, to other: Ticket) throws {
        try require(.link)
        guard other.id != ticket.id else { throw Refusal.conflict }
        try record([.linked(kind, other.id)])
        try noteOnOther(.linked(kind.inverse, ticket.id), other)
    }

    mutating func unlink(_ kind: TicketLink, from other: Ticket) throws {
        try require(.link)
        try record([.unlinked(kind, other.id)])
        try noteOnOther(.unlinked(kind.inverse, ticket.id), other)
    }

    private func noteOnOther(_ kind: TicketFact.Kind, _ other: Ticket) throws {
        let fact = TicketFact(at: max(now, other.changedAt), actor: party.person, kind: kind)
        try connection.append(fact, to: other.id, rules, recordedAt: now)
    }
}
