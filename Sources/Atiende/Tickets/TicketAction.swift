// What may be done to a ticket, by whom, in which status: the state machine as one table.

internal import SLA

/// Who acts on a ticket.
enum TicketParty: Sendable, Equatable {
    case customer(Person.ID)
    /// Admins count as of the highest level.
    case staff(Person.ID, level: Int)
    /// The program: what time brings about.
    case program

    init(_ person: Person) {
        switch person.role {
        case .customer: self = .customer(person.id)
        case .technician(let level): self = .staff(person.id, level: level)
        case .admin: self = .staff(person.id, level: 3)
        }
    }

    var person: Person.ID? {
        switch self {
        case .customer(let person), .staff(let person, _): person
        case .program: nil
        }
    }

    var isStaff: Bool { if case .staff = self { true } else { false } }
}

enum TicketAction: String, Sendable, CaseIterable {
    // Of both sides.
    case message
    case follow
    // Of customers.
    case confirm
    case followUp
    case survey
    // Of staff.
    case note
    case assign
    case work
    case wait
    case develop
    case resolve
    case reopen
    case close
    case classify
    case escalate
    case diagnose
    case recover
    case explainCause
    case edit
    case agree
    case link
    case lock
    case unlock

    /// In which statuses customers and staff may do it, for a ticket that was not merged.
    private var allowed: (customer: StatusSet, staff: StatusSet) {
        let live: StatusSet = [.new, .open, .waitingCustomer, .waitingThirdParty, .inDevelopment]
        let undone = live.union(.resolved)
        let every = undone.union(.closed)
        return switch self {
        // A customer's message on a resolved ticket reopens it.
        case .message: (undone, undone)
        case .follow: (every, every)
        case .confirm: (undone, [])
        case .followUp: (.closed, [])
        case .survey: ([.resolved, .closed], [])
        case .note, .edit, .link, .lock, .unlock: ([], every)
        case .assign, .diagnose, .agree: ([], undone)
        case .work, .wait, .develop, .resolve, .classify, .escalate, .recover: ([], live)
        case .reopen, .close: ([], .resolved)
        // Its clock goes on while the ticket is resolved or closed (sla.md §3).
        case .explainCause: ([], every)
        }
    }

    /// Whether it also goes while somebody else keeps the ticket for himself (SE-7).
    private var ignoresLock: Bool { self == .note || self == .unlock || self == .follow }

    func isAllowed(to party: TicketParty, on ticket: Ticket) -> Bool {
        guard !ticket.isMerged else { return self == .note && party.isStaff }
        let status = ticket.status
        switch party {
        case .program: return true
        case .customer:
            if self == .survey, ticket.face != nil { return false }
            return allowed.customer.contains(status)
        case .staff(let person, _):
            if !ignoresLock, let keeper = ticket.keeper, keeper != person { return false }
            return allowed.staff.contains(status)
        }
    }
}

extension TicketStatus {
    /// What staff does to bring a ticket there from another status.
    func action(from status: TicketStatus) -> TicketAction? {
        switch self {
        case .new: nil
        case .open: status == .resolved ? .reopen : .work
        case .waitingCustomer, .waitingThirdParty: .wait
        case .inDevelopment: .develop
        case .resolved: .resolve
        case .closed: .close
        }
    }
}
