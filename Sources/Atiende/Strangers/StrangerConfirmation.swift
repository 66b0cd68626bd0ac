// The link that confirms the address of a report, and the ticket that comes of it. Following it shows a page; only that
// page's button does it, so that no program that looks at mail opens a ticket.
//
// Whose ticket it is: an address that belongs to a customer of exactly one organization opens that organization's, in that
// customer's name. Any other opens one of an organization of its own that the provider has not taken on: only the staff
// sees it, until it is taken on or merged into the one it belongs to.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum StrangerConfirmation {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        guard let token = visit.asked("token").flatMap(SecretToken.init),
            try visit.tenantDesk().read({ try $0.strangerReport(token.hash, at: visit.now) }) != nil
        else { return dead(visit) }
        let words = visit.words
        let page = AccountFormPage(
            heading: words.text("stranger.confirm.heading"), lead: words.text("stranger.confirm.lead"),
            action: visit.link("/report/confirm"), submit: words.text("stranger.confirm.submit"), token: token.text,
            keys: visit.formKeys(), fields: [], faults: [])
        return visit.show(page, Faults())
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let token = form["token"].flatMap(SecretToken.init)
        let news = try visit.ticketNews()
        let location = visit.link("/report/received")
        return try .file(form, otherwise: { $0.isNotKept ? nil : dead(visit) }) { connection in
            guard let token, let report = try connection.takeStrangerReport(token.hash, at: visit.now) else {
                throw Faults.deadLink
            }
            try connection.open(report, news, visit)
            return location
        }
    }

    private static func dead(_ visit: Visit) -> Response {
        StrangerForm.notice(visit, "dead", "/report", status: .notFound)
    }
}

extension Connection {
    /// The ticket of a report whose address was confirmed just now, with the letter that brings its folio.
    fileprivate func open(_ report: StrangerReport, _ news: TicketNews, _ visit: Visit) throws {
        let rules = news.rules
        let (organization, requester) = try place(report, news.desk, at: visit.now)
        let kinds = rules.contract.kinds.filter { $0.severity == nil }
        guard let kind = kinds.first(where: { $0.key == report.kind }) ?? kinds.first else { throw Refusal.conflict }
        let own = Set(rules.contract.kinds.compactMap(\.severity))
        // The mildest, until support's analysis sets it (IN-18).
        guard let severity = rules.contract.severities.last(where: { !own.contains($0.severity) })?.severity else {
            throw Refusal.conflict
        }
        let terms = try serviceTerms(of: organization, rules, at: visit.now)
        let draft = TicketDraft(
            organization: organization, requester: requester, kind: kind.key, subject: report.subject,
            channel: .portal, severity: severity, level: kind.level, plan: terms.reference, openedAt: visit.now,
            author: requester, description: report.description, isAcknowledged: true,
            names: [report.name, report.email.text, report.company])
        let folio = try openTicket(draft, rules, at: visit.now)
        if try news.confirmReceipt(of: folio, in: self) { return }
        // Somebody who does not belong to the ticket's organization, or wants no letters, has the folio all the same.
        let words = visit.site.templates.words(in: report.language)
        let provider = Words.Value.text(news.desk.provider.name)
        let letter = Letter(
            kind: Letter.Kind(rawValue: "report.folio"), recipient: Mailbox(name: "", address: report.email),
            language: report.language, subject: words.text("stranger.folio.subject", ["folio": .text("\(folio)")]),
            paragraphs: [words.text("stranger.folio.what", ["folio": .text("\(folio)"), "provider": provider])],
            action: Letter.Action(
                label: words.text("stranger.folio.action"),
                url: visit.site.installation.url(of: news.desk.tenant, "/")))
        try enqueue(visit.site.write(letter, for: news.desk.provider.name), at: visit.now)
    }

    /// The organization and the person in whose name it is asked.
    private func place(
        _ report: StrangerReport, _ desk: Desk, at now: Int
    ) throws -> (Organization.ID, Person.ID) {
        let known = try person(email: report.email.text)
        if let known, known.role == .customer, known.state == .active || known.state == .invited,
            let organization = try onlyMembership(of: known.id)
        {
            return (organization, known.id)
        }
        let details = OrganizationDetails(legalName: report.company, country: desk.provider.country)
        let organization = try insert(details, state: .pending, at: now)
        // One of several organizations, of the staff, or who was turned away: he does not come to belong to it by this.
        if let known { return (organization, known.id) }
        let person = try insert(
            NewPerson(
                email: report.email.text, name: report.name, role: .customer, state: .invited,
                language: report.language.rawValue), at: now)
        try insertMembership(of: person, in: organization, isManager: false, at: now)
        return (organization, person)
    }
}
