// The demo: the five providers with organizations and people, in a folder that has no tenant yet.

internal import HTTP
internal import SLA
internal import SQL

enum Demo {
    /// Makes what is missing and returns who can come in, one a line: tenant, role, e-mail, password. The lines are kept
    /// beside the data, readable by its owner alone, so that the next start can tell them again.
    static func make(in installation: Installation, at now: Int) throws(Refusal) -> String {
        let file = installation.root + "/demo-logins"
        guard try installation.tenants().isEmpty else {
            return String(decoding: Folder.read(file, atMost: 65_536) ?? [], as: UTF8.self)
        }
        let password = try makePassword()
        // One hash for all of them, since it is one password: the demo starts as fast as the product.
        let hash = try PasswordHash.make(password)
        var lines = ""
        for contract in Contract.all {
            guard let slug = Slug(rawValue: contract.key), let cast = DemoCast.named(contract.key) else { continue }
            try installation.create(slug, name: contract.provider, from: contract, timeZone: contract.timeZone)
            guard let tenant = try installation.directory.tenant(slug) else { continue }
            let people = try fill(installation.desk(of: tenant), cast, contract, hash, at: now)
            lines += people.map { "\(slug)\t\($0.role.name)\t\($0.email)\t\(password)\n" }.joined()
        }
        try Refusal.catching { try Folder.write(Array(lines.utf8), to: file) }
        return lines
    }

    /// Sixty bits that can be typed.
    private static func makePassword() throws(Refusal) -> String {
        guard let bytes = Random.bytes(12) else { throw .broken("the system gives no random bytes") }
        let letters = Array("23456789abcdefghjkmnpqrstuvwxyz".utf8)
        let text = bytes.map { letters[Int($0) % letters.count] }
        return stride(from: 0, to: 12, by: 4).map { String(decoding: text[$0..<$0 + 4], as: UTF8.self) }
            .joined(separator: "-")
    }

    private static func fill(
        _ desk: Desk, _ cast: DemoCast, _ contract: Contract, _ password: PasswordHash, at now: Int
    ) throws(Refusal) -> [NewPerson] {
        let staff = cast.staff(of: contract.key, password)
        let companies = cast.companies.map { ($0, $0.people(password)) }
        let today = desk.zone.wallTime(at: Instant(clamping: now)).date
        guard let rules = desk.ticketRules, let texts = DemoTexts.named(contract.key) else {
            throw .broken("the demo knows no contract \(contract.key)")
        }
        try desk.write { connection in
            let technicians = try staff.map { try connection.insert($0, at: now) }
            var customers: [DemoCustomer] = []
            for (number, (company, people)) in companies.enumerated() {
                let details = try company.details(contract.country)
                let organization = try connection.insert(details, state: .active, at: now)
                try sign(number, contract, for: organization, details, connection, today: today, at: now)
                var members: [DemoCustomer.Member] = []
                for (index, person) in people.enumerated() {
                    let id = try connection.insert(person, at: now)
                    try connection.insertMembership(of: id, in: organization, isManager: index == 0, at: now)
                    members.append(DemoCustomer.Member(id: id, name: person.name, email: person.email))
                }
                let plan = contract.plans[number % contract.plans.count].key
                customers.append(
                    DemoCustomer(
                        organization: organization, name: company.name,
                        plan: PlanReference(key: plan, version: contract.version), people: members))
            }
            let tickets = DemoTickets(
                connection: connection, rules: rules, hours: desk.calendar,
                technicians: Array(technicians.suffix(3)), customers: customers, now: now)
            try tickets.make(texts)
        }
        return staff + companies.flatMap { $0.1 }
    }

    /// Each company on another plan, where there are several; the first one's term ends within the month, so that the
    /// overview has something to say (FP-11).
    private static func sign(
        _ number: Int, _ contract: Contract, for organization: Organization.ID, _ details: OrganizationDetails,
        _ connection: Connection, today: CivilDate, at now: Int
    ) throws {
        let plan = contract.plans[number % contract.plans.count]
        guard let startsOn = today.advanced(by: number == 0 ? -345 : -100 * number) else { return }
        let term = AgreementTerm(startsOn: startsOn, months: 12, renews: true)
        let document = AgreementDocument.html(contract, plan, of: contract.provider, with: details, term)
        _ = try connection.sign(
            NewAgreement(
                organization: organization, plan: plan.key, planVersion: contract.version, term: term,
                document: document, sha256: try Digest.sha256(Array(document.utf8))),
            today: today, at: now)
    }
}
