// Accounts that are being brought into operation, in the tenant's database.

internal import SLA
internal import SQL

/// A ticket of a new account that is not in operation yet.
struct OpenOnboarding: Sendable {
    let ticket: Ticket
    let name: String
}

extension Connection {
    /// Opens the ticket with which a new account is brought into operation, in the transaction that made the account.
    /// An organization has one: asked again, it answers with the same folio. Nil where the contract knows no such
    /// request.
    /// - Parameters:
    ///   - author: Who signed up or added the organization.
    ///   - requester: Who of the customer's asked for the account.
    @discardableResult
    func openOnboarding(
        of organization: Organization.ID, by author: Person.ID?, for requester: Person.ID? = nil,
        _ rules: TicketRules?, at now: Int
    ) throws -> Folio? {
        guard let rules, let kind = rules.kind(RequestKind.newAccount), let severity = kind.severity else { return nil }
        if let known = try ticket(ofKind: kind.key, of: organization) { return known.folio }
        guard let plan = try presentPlan(of: organization, rules), let name = try legalName(of: organization) else {
            return nil
        }
        return try openTicket(
            TicketDraft(
                organization: organization, requester: requester, kind: kind.key,
                subject: "\(kind.name.spanish): \(name)", channel: .portal, severity: severity, level: kind.level,
                plan: plan, openedAt: now, author: author),
            rules, at: now)
    }

    /// The account is in operation. Throws not found where none was being brought there, conflict where it is already.
    func finishOnboarding(
        of organization: Organization.ID, by person: Person.ID, _ rules: TicketRules, at now: Int
    ) throws -> Folio {
        guard let ticket = try ticket(ofKind: RequestKind.newAccount, of: organization) else { throw Refusal.notFound }
        guard ticket.doneAt == nil else { throw Refusal.conflict }
        try append(
            TicketFact(at: now, actor: person, kind: .status(.resolved)), to: ticket.id, rules, recordedAt: now)
        return ticket.folio
    }

    func openOnboardingCount() throws(SQLError) -> Int {
        try first(
            """
            SELECT count(*) FROM ticket AS t JOIN organization AS o ON o.id = t.organization
            WHERE t.kind = ? AND t.done_at IS NULL AND o.state IN ('pending', 'active')
            """, RequestKind.newAccount
        ) { $0.int(0) } ?? 0
    }

    /// The nearest due first, those without a clock last. Nobody waits for an organization that was closed or merged.
    func openOnboardings(from offset: Int, limit: Int) throws(SQLError) -> [OpenOnboarding] {
        try query(
            """
            SELECT t.id, t.folio, t.organization, t.requester, t.channel, t.subject, t.kind, t.opened_at, t.severity,
                t.level, t.status, t.plan, t.plan_version, t.changed_at, t.done_at, t.due_at, t.due_run, t.assignee,
                t.is_private, t.word_at, t.word_by, t.word_is_staff, t.answered_at, t.keeper, t.is_merged, t.face,
                t.version, o.legal_name
            FROM ticket AS t JOIN organization AS o ON o.id = t.organization
            WHERE t.kind = ? AND t.done_at IS NULL AND o.state IN ('pending', 'active')
            ORDER BY t.due_at IS NULL, t.due_at, t.id LIMIT ? OFFSET ?
            """, RequestKind.newAccount, limit, offset
        ) { row in Ticket(row).map { OpenOnboarding(ticket: $0, name: row.text(27)) } }.compactMap { $0 }
    }

    func legalName(of organization: Organization.ID) throws(SQLError) -> String? {
        try first("SELECT legal_name FROM organization WHERE id = ?", organization) { $0.text(0) }
    }
}
