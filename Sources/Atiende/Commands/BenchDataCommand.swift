// `atiende bench-data`: a tenant as full as a large provider's, for measuring. Not in the everyday help.

internal import SLA
internal import SQL

enum BenchDataCommand {
    static let command = Command(
        ["bench-data"], [],
        [
            .init("--tenant", "SLUG", "the tenant to be filled", isRequired: true),
            .init("--people", "N", "customers, fifty to an organization"),
            .init("--tickets", "N", "tickets of about four events, with clocks and text"),
            .init("--admin", "EMAIL", "an admin whose password is --password"),
            .init("--customer", "EMAIL", "a customer of the first organization, with the same password"),
            .init("--password", "TEXT", "their password"),
            CommandList.data,
        ],
        "fills a tenant with invented people, to measure pages of many",
        .onData { invocation, installation throws(CommandFault) in
            try CommandFault.catching { try fill(invocation, installation) }
        }, isForDevelopment: true)

    private static let organizationSize = 50
    /// Rows to a commit: the writer of a running server is nobody's alone.
    private static let organizationsAtOnce = 20
    private static let mostPeople = 10_000_000

    /// Of the plan that allows the most.
    private static func addCustomer(_ email: String, _ password: PasswordHash, to desk: Desk, at now: Int) throws {
        let today = desk.zone.wallTime(at: Instant(clamping: now)).date
        guard let contract = desk.ticketRules?.contract, let startsOn = today.advanced(by: -30),
            let plan = contract.plans.first(where: { $0.monthlyTickets == nil })
        else { throw CommandFault.failed("its contract has no plan without a cap") }
        try desk.write { connection in
            guard let organization = try connection.someOrganizations(1).first else { return }
            let person = NewPerson(
                email: email, name: "Teresa Lozano", role: .customer, state: .active, password: password)
            let id = try connection.insert(person, at: now)
            try connection.insertMembership(of: id, in: organization.id, isManager: false, at: now)
            _ = try connection.sign(
                NewAgreement(
                    organization: organization.id, plan: plan.key, planVersion: contract.version,
                    term: AgreementTerm(startsOn: startsOn, months: 12, renews: true), document: "",
                    sha256: try Digest.sha256([])), today: today, at: now)
        }
    }

    private static let ticketsAtOnce = 1000
    private static let technicianCount = 8

    private static func fill(_ desk: Desk, tickets: Int, at now: Int) throws {
        guard let rules = desk.ticketRules else { throw CommandFault.failed("its contract is not known here") }
        let (organizations, technicians) = try desk.write { connection in
            let technicians = try (1...technicianCount).map { try connection.insertTechnician($0, at: now) }
            return (try connection.someOrganizations(200), technicians)
        }
        guard !organizations.isEmpty else { throw CommandFault.failed("it has no organizations: use --people") }
        let invented = BenchTickets(
            rules: rules, organizations: organizations.map { ($0.id, $0.name) }, technicians: technicians, now: now,
            count: tickets)
        for first in stride(from: 0, to: tickets, by: ticketsAtOnce) {
            let some = first..<min(first + ticketsAtOnce, tickets)
            try desk.write { connection in
                for number in some { try invented.make(number, in: connection) }
            }
        }
    }

    private static func fill(_ invocation: Invocation, _ installation: Installation) throws -> String {
        let desk = try TenantCommands.desk(invocation["--tenant"] ?? "", in: installation)
        let now = Site.systemClock()
        if let email = invocation["--admin"], let password = invocation["--password"] {
            let hash = try PasswordHash.make(password)
            try desk.write { connection in
                _ = try connection.insert(
                    NewPerson(email: email, name: "Elena Marín", role: .admin, state: .active, password: hash), at: now)
            }
        }
        guard let tickets = Int(invocation["--tickets"] ?? "0"), (0...mostPeople).contains(tickets),
            let people = Int(invocation["--people"] ?? (tickets > 0 ? "1000" : "0")), (0...mostPeople).contains(people)
        else { throw CommandFault.usage("--people and --tickets take a number up to \(mostPeople)") }
        let organizations = (people + organizationSize - 1) / organizationSize
        for first in stride(from: 0, to: organizations, by: organizationsAtOnce) {
            let some = first..<min(first + organizationsAtOnce, organizations)
            try desk.write { connection in
                for number in some {
                    try connection.insertInvented(
                        number, people: min(organizationSize, people - number * organizationSize), at: now)
                }
            }
        }
        let said = "\(people) people in \(organizations) organizations"
        if let email = invocation["--customer"], let password = invocation["--password"] {
            try addCustomer(email, PasswordHash.make(password), to: desk, at: now)
        }
        guard tickets > 0 else { return said + "\n" }
        try fill(desk, tickets: tickets, at: now)
        return said + ", \(tickets) tickets\n"
    }
}
