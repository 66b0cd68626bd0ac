// A plan of a contract: its promises, what happens as they run out, and what the customer gets with it.

internal import SLA

struct ContractPlan: Sendable, Equatable {
    var key: String
    var name: Phrase
    /// As the contract abbreviates it: `5×8×8`; empty where it does not.
    var modality = ""
    /// The calendar of its support hours.
    var hours: String
    /// The channels by which its customers open tickets.
    var channels: [Channel]
    /// The channels through which its targets are kept; the targets hold for tickets of all channels.
    var answersBy: [Channel]
    var targets: [Target]
    var steps: [EscalationStep]
    var features: [Feature] = []
    /// The most tickets in a calendar month; nil for no cap.
    var monthlyTickets: Int?
    var availability: AvailabilityPromise?
    /// From when the clocks of a ticket that came by mail count.
    var mailCountsFrom = MailCountsFrom.received
    var clause = ""

    /// As the engine takes it.
    func plan() throws(PlanError) -> Plan { try Plan(targets: targets, steps: steps.map(\.step)) }
}

/// What a plan includes besides its channels and targets.
enum Feature: String, Sendable, CaseIterable {
    case extendedHours
    case monthlyReport
    case phoneAtAllLevels
    case community
    case escalationAttention
    case training
    case periodicReports
    case consulting
    case remoteAccess
    case knowledgeBase
    case warranty
    case newVersions
    case siteVisits

    var name: Phrase {
        switch self {
        case .extendedHours: Phrase("Horario extendido 5×12", "Extended hours 5×12")
        case .monthlyReport: Phrase("Informe mensual del servicio", "Monthly service report")
        case .phoneAtAllLevels: Phrase("Teléfono en todos los niveles", "Telephone at all levels")
        case .community: Phrase("Comunidad", "Community")
        case .escalationAttention: Phrase("Atención de escalamientos", "Escalation attention")
        case .training: Phrase("Capacitación", "Training")
        case .periodicReports: Phrase("Informes periódicos", "Periodic reports")
        case .consulting: Phrase("Consultoría", "Consulting")
        case .remoteAccess: Phrase("Acceso remoto cuando hace falta", "Remote access when needed")
        case .knowledgeBase: Phrase("Base de conocimiento", "Knowledge base")
        case .warranty: Phrase("Garantía de equipos biométricos", "Warranty of biometric devices")
        case .newVersions: Phrase("Versiones nuevas de los módulos contratados", "New versions of contracted modules")
        case .siteVisits: Phrase("Atención presencial en oficinas", "Visits to the office")
        }
    }
}

/// How much of a month the service works, and how that is counted.
struct AvailabilityPromise: Sendable, Equatable {
    var target: AvailabilityTarget
    var policy: AvailabilityPolicy
    /// The calendar whose minutes count; nil for every minute of the month.
    var serviceHours: String?
    var clause: String

    /// Nil for a percentage that cannot be read.
    init?(
        _ percent: String, policy: AvailabilityPolicy = AvailabilityPolicy(), serviceHours: String? = nil,
        clause: String
    ) {
        guard let target = AvailabilityTarget(percent) else { return nil }
        self.target = target
        self.policy = policy
        self.serviceHours = serviceHours
        self.clause = clause
    }
}
