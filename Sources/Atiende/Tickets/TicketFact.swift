// Something that happened to a ticket, as its row keeps it and as the engine takes it.

internal import SLA

/// The version of a plan that a ticket is counted by.
struct PlanReference: Hashable, Sendable {
    let key: String
    let version: Int
}

struct TicketFact: Sendable, Equatable {
    /// When it was so.
    let at: Int
    /// Nil where nobody did it: the program.
    let actor: Person.ID?
    let kind: Kind
    /// What somebody wrote: the description, a message, a note, a reason. It changes no clock.
    var body = ""

    enum Kind: Sendable, Equatable {
        // What clocks follow.

        /// Always the first.
        case opened(Opening)
        case acknowledged
        /// To the customer, by a person of that level; by telephone or in person where a conversation was written down.
        case staffMessage(level: Int, by: Channel = .portal)
        case customerMessage
        case diagnosis(level: Int, Diagnosis = Diagnosis())
        case status(TicketStatus)
        case severity(Severity)
        case level(Int)
        case recovered
        case rootCause(solution: String = "")
        case merged
        case planApplied(PlanReference)

        // What clocks do not follow.

        /// For staff only.
        case note
        case assigned(Person.ID?)
        case edited([TicketEdit])
        case followed(Person.ID)
        case unfollowed(Person.ID)
        case linked(TicketLink, Ticket.ID)
        case unlinked(TicketLink, Ticket.ID)
        /// A date agreed with the customer, on the tenant's calendar (BZ-10); nil where it was taken back.
        case agreed(on: CivilDate?)
        /// The customer says that it is solved (BZ-8).
        case confirmed
        case surveyed(SurveyFace)
        /// Somebody keeps it for himself (SE-7), or it was opened to others again.
        case locked
        case unlocked
        case fired(Firing)
        /// A run of a clock is over its budget.
        case breached(ClockKind, run: Int)
    }

    struct Opening: Sendable, Equatable {
        let severity: Severity
        let channel: Channel
        let level: Int
        let plan: PlanReference
        /// What was known of it from the first.
        var properties: [TicketProperty: String] = [:]
    }

    /// An escalation step that was due (sla.md §4). The fact's instant is when it was carried out.
    struct Firing: Sendable, Equatable {
        let plan: PlanReference
        /// Its position in the plan.
        let step: Int
        let clock: ClockKind
        /// From 1.
        let run: Int
        let percent: Int
        let dueAt: Int
    }
}

/// What the first diagnosis gathers (BZ-4, IN-4).
struct Diagnosis: Sendable, Equatable {
    enum Reproduction: String, Sendable, CaseIterable {
        case yes
        case no
        case notTried
    }

    var reproduction = Reproduction.notTried
    var errorMessages = ""
    var expected = ""
    var actual = ""
    var version = ""
    var environment = ""
    /// Where the problem is known from, in the words of who looked; empty for a new one.
    var knownProblem = ""
}

/// What of a ticket is changed by hand and moves no clock.
enum TicketProperty: String, Sendable, CaseIterable {
    case subject
    /// A key of the contract's kinds.
    case kind
    case category
    case productVersion
    case environment
    /// What of the product is affected.
    case service
    /// By which the requester wants to be called.
    case phone
    /// Words in small letters, apart by a space.
    case tags
    /// `1` where only its requester and staff see it.
    case isPrivate
}

struct TicketEdit: Sendable, Equatable {
    let property: TicketProperty
    let before: String
    let after: String
}

enum TicketLink: String, Sendable, CaseIterable {
    /// The other one contains this one, or is what this one goes on from.
    case parent
    case child
    case duplicate
    case related

    /// As the other ticket has it.
    var inverse: TicketLink {
        switch self {
        case .parent: .child
        case .child: .parent
        case .duplicate, .related: self
        }
    }
}

/// The three faces of the survey (PW-8).
enum SurveyFace: String, Sendable, CaseIterable {
    case good
    case acceptable
    case bad
}

extension TicketFact {
    /// The opening that a draft describes.
    init(_ draft: TicketDraft, at instant: Int) {
        var properties = draft.properties
        properties[.subject] = draft.subject
        properties[.kind] = draft.kind
        self.init(
            at: instant, actor: draft.author,
            kind: .opened(
                Opening(
                    severity: draft.severity, channel: draft.channel, level: draft.level, plan: draft.plan,
                    properties: properties)),
            body: draft.description)
    }

    /// What it is found by: in searches of customers, and in those of staff alone.
    var searched: (shown: [String], hidden: [String]) {
        var shown: [String] = []
        var hidden: [String] = []
        if kind.isInternal || kind.keepsReasonInternal { hidden.append(body) } else { shown.append(body) }
        switch kind {
        case .opened(let opening):
            shown += [.subject, .productVersion, .environment, .service].compactMap { opening.properties[$0] }
            hidden += [opening.properties[.tags] ?? ""]
        case .edited(let edits):
            shown += edits.filter { $0.property != .isPrivate && !$0.property.isInternal }.map(\.after)
            hidden += edits.filter(\.property.isInternal).map(\.after)
        case .diagnosis(_, let diagnosis):
            hidden += [
                diagnosis.errorMessages, diagnosis.expected, diagnosis.actual, diagnosis.version,
                diagnosis.environment, diagnosis.knownProblem,
            ]
        case .rootCause(let solution): shown.append(solution)
        default: break
        }
        return (shown.filter { !$0.isEmpty }, hidden.filter { !$0.isEmpty })
    }
}
