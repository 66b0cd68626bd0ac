// Somebody added from the command line, with the company that he belongs to.

internal import SLA
internal import SQL

struct UserAddition: Sendable {
    let person: NewPerson
    let organization: String?
    /// Of a company that is not there yet.
    let country: Country
    let at: Int
}

extension Connection {
    /// Throws `Refusal.conflict` where the address belongs to somebody.
    /// - Parameter link: The hash of the link for the first password; nil where there is a password already.
    func add(_ addition: UserAddition, link: [UInt8]?) throws {
        guard try person(email: addition.person.email) == nil else { throw Refusal.conflict }
        let id = try insert(addition.person, at: addition.at)
        if let name = addition.organization {
            let organization = try organization(named: name) ?? insertOrganization(named: name, addition)
            try insertMembership(of: id, in: organization, isManager: false, at: addition.at)
        }
        if let link { try insertLink(link, for: id, .set, at: addition.at) }
        try record(line(.personAdded, "person:\(id)", after: addition.person.email, at: addition.at))
    }

    private func organization(named name: String) throws(SQLError) -> Organization.ID? {
        try first(
            "SELECT id FROM organization WHERE folded = ? AND state IN ('pending', 'active') ORDER BY id LIMIT 1",
            name.folded
        ) { Organization.ID(rawValue: $0.int(0)) }
    }

    private func insertOrganization(named name: String, _ addition: UserAddition) throws(SQLError) -> Organization.ID {
        let details = OrganizationDetails(legalName: name, country: addition.country)
        let id = try insert(details, state: .active, at: addition.at)
        try record(line(.organizationAdded, "organization:\(id)", of: id, after: name, at: addition.at))
        return id
    }

    /// Nobody is in at the command line: whoever may open the data folder may do everything.
    private func line(
        _ act: AuditEntry.Act, _ subject: String, of organization: Organization.ID? = nil, after: String, at now: Int
    ) -> AuditEntry {
        AuditEntry(
            at: now, actor: nil, act: act, subject: subject, organization: organization, isDone: true,
            address: "command line", before: "", after: after)
    }
}
