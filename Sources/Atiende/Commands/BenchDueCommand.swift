// `atiende bench-due`: tickets of which a step is due in the same second, for measuring. Not in the everyday help.

internal import SLA
internal import SQL

enum BenchDueCommand {
    static let command = Command(
        ["bench-due"], [],
        [
            .init("--tenant", "SLUG", "the tenant to be filled", isRequired: true),
            .init("--tickets", "N", "how many", isRequired: true),
            .init("--seconds", "N", "from now until their step is due", isRequired: true),
            CommandList.data,
        ],
        "opens tickets whose first step is due in the same second, to measure what time brings about",
        .onData { invocation, installation throws(CommandFault) in
            try CommandFault.catching { try fill(invocation, installation) }
        }, isForDevelopment: true)

    /// Rows to a commit: the writer of a running server is nobody's alone.
    private static let ticketsAtOnce = 100

    private static func fill(_ invocation: Invocation, _ installation: Installation) throws -> String {
        guard let count = Int(invocation["--tickets"] ?? ""), 1...1_000_000 ~= count,
            let seconds = Int(invocation["--seconds"] ?? ""), 0...86_400 ~= seconds
        else { throw CommandFault.usage("--tickets and --seconds take numbers") }
        let desk = try TenantCommands.desk(invocation["--tenant"] ?? "", in: installation)
        let now = Site.systemClock()
        guard let rules = desk.ticketRules, let first = rules.firstElapsedStep else {
            throw CommandFault.failed("no plan of this contract has steps that count every second")
        }
        let organization = try desk.write { connection in
            try connection.insert(
                OrganizationDetails(legalName: "Medidas", country: .colombia), state: .active, at: now)
        }
        let due = now + seconds
        let draft = TicketDraft(
            organization: organization, kind: rules.contract.kinds[0].key, subject: "El tablero no carga",
            channel: .portal, severity: first.severity, plan: first.plan, openedAt: due - first.seconds)
        for start in stride(from: 0, to: count, by: ticketsAtOnce) {
            let some = min(ticketsAtOnce, count - start)
            try desk.write { connection in
                for _ in 0..<some { try connection.openTicket(draft, rules, at: now) }
            }
        }
        return "\(due)\n"
    }
}

extension TicketRules {
    /// The first step of a plan that counts every second, and after how many seconds it is due.
    fileprivate var firstElapsedStep: (plan: PlanReference, severity: Severity, seconds: Int)? {
        for plan in contract.plans {
            guard let reference = self.plan(plan.key) else { continue }
            for target in plan.targets where target.unit == .hours || target.unit == .minutes {
                let budget = target.amount * (target.unit == .hours ? 3600 : 60)
                let percents = plan.steps.filter { $0.clock == target.clock }.map(\.percent)
                guard let percent = percents.min(), budget < 86_400 * 365 else { continue }
                return (reference, target.severity, (budget * percent + 99) / 100)
            }
        }
        return nil
    }
}
