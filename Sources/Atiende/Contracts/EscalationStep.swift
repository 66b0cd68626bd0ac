// What happens by itself when a clock has used a part of its budget.

internal import SLA

struct EscalationStep: Sendable, Equatable {
    var clock: ClockKind
    /// Percent of the budget, 1 to 1,000.
    var percent: Int
    /// Nil for tickets of every severity.
    var severities: [Severity]?
    var action: Action
    /// Empty for a step of ours.
    var clause = ""

    enum Action: Sendable, Equatable {
        case notify(Audience)
        case raiseLevel(to: Int)
        case raiseSeverity(to: Severity)
        case note(String)
    }

    enum Audience: String, Sendable, CaseIterable {
        /// Who has the ticket, or the whole level where nobody has.
        case technician
        /// Who coordinates the technicians.
        case lead
        case admin
    }

    /// As the engine takes it; its position in the plan says which step fired.
    var step: Step { Step(clock, percent: percent, severities: severities) }

    init(
        _ clock: ClockKind, percent: Int, severities: [Severity]? = nil, _ action: Action, clause: String = ""
    ) {
        self.clock = clock
        self.percent = percent
        self.severities = severities
        self.action = action
        self.clause = clause
    }

    /// Our steps for every clock that has a target: the technician hears before the promise is broken, the lead when
    /// it nearly is, and of what lasts days or hours an admin when it was. None of the five contracts gives
    /// percentages.
    static func standard(for targets: [Target]) -> [EscalationStep] {
        ClockKind.allCases.filter { clock in targets.contains { $0.clock == clock } }.flatMap { clock in
            switch clock {
            case .acknowledge:
                [EscalationStep(clock, percent: 100, .notify(.admin))]
            case .firstResponse, .nextResponse, .periodicUpdate, .levelResponse:
                [
                    EscalationStep(clock, percent: 75, .notify(.technician)),
                    EscalationStep(clock, percent: 100, .notify(.lead)),
                ]
            case .recovery, .resolution, .rootCause:
                [
                    EscalationStep(clock, percent: 75, .notify(.technician)),
                    EscalationStep(clock, percent: 90, .notify(.lead)),
                    EscalationStep(clock, percent: 100, .notify(.admin)),
                ]
            }
        }
    }
}
