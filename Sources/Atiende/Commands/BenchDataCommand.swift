// `atiende bench-data`: a tenant as full as a large provider's, for measuring. Not in the everyday help.

internal import SQL

enum BenchDataCommand {
    static let command = Command(
        ["bench-data"], [],
        [
            .init("--tenant", "SLUG", "the tenant to be filled", isRequired: true),
            .init("--people", "N", "customers, fifty to an organization"),
            .init("--admin", "EMAIL", "an admin whose password is --password"),
            .init("--password", "TEXT", "the admin's password"),
            CommandList.data,
        ],
        "fills a tenant with invented people, to measure pages of many",
        .onData { invocation, installation throws(CommandFault) in
            do {
                return try fill(invocation, installation)
            } catch let fault as CommandFault {
                throw fault
            } catch { throw .failed((error as? Refusal)?.why ?? "\(error)") }
        }, isForDevelopment: true)

    private static let organizationSize = 50
    /// Rows to a commit: the writer of a running server is nobody's alone.
    private static let organizationsAtOnce = 20
    private static let mostPeople = 10_000_000

    private static func fill(_ invocation: Invocation, _ installation: Installation) throws -> String {
        guard let slug = Slug(rawValue: invocation["--tenant"] ?? ""),
            let tenant = try installation.tenants().first(where: { $0.slug == slug })
        else { throw CommandFault.failed("there is no tenant \(invocation["--tenant"] ?? "")") }
        let desk = try installation.desk(of: tenant)
        let now = Site.systemClock()
        if let email = invocation["--admin"], let password = invocation["--password"] {
            let hash = try PasswordHash.make(password)
            try desk.write { connection in
                _ = try connection.insert(
                    NewPerson(email: email, name: "Elena Marín", role: .admin, state: .active, password: hash), at: now)
            }
        }
        guard let people = Int(invocation["--people"] ?? "0"), (0...mostPeople).contains(people) else {
            throw CommandFault.usage("--people takes a number up to \(mostPeople)")
        }
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
        return "\(people) people in \(organizations) organizations\n"
    }
}
