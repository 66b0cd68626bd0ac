// What the pages of customers ask of the tickets of their organizations.

internal import SLA
internal import SQL

extension Connection {
    /// The plan by which a new ticket of an organization is counted: that of what it signed last; of who has signed nothing
    /// yet, the contract's first.
    func presentPlan(of organization: Organization.ID, _ rules: TicketRules) throws(SQLError) -> PlanReference? {
        let signed = try first(
            "SELECT plan FROM agreement WHERE organization = ? ORDER BY id DESC LIMIT 1", organization
        ) { $0.text(0) }
        return signed.flatMap(rules.plan) ?? rules.contract.plans.first.flatMap { rules.plan($0.key) }
    }

    /// How many requests an organization made in a stretch of time. Its new account is none of them.
    func requestCount(of organization: Organization.ID, from start: Int, to end: Int) throws(SQLError) -> Int {
        // No ticket was changed before it was opened: the index of changes leaves out the months before.
        try first(
            """
            SELECT count(*) FROM ticket
            WHERE organization = ?1 AND changed_at >= ?2 AND opened_at >= ?2 AND opened_at < ?3 AND kind <> ?4
            """, organization, start, end, RequestKind.newAccount
        ) { $0.int(0) } ?? 0
    }
}
