// Bringing a new account into operation (SE-14): the ticket whose clock says until when.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

extension RequestKind {
    /// The kind of request with which an account begins. A contract without it promises nothing about new accounts.
    static let newAccount = "newAccount"
}

enum Onboarding {
    /// The promise about a new account: of two clocks, the one that ends with the operation.
    static func clock(among clocks: [TicketClock]) -> TicketClock? {
        clocks.last { $0.clock == .resolution } ?? clocks.last { $0.clock == .recovery }
    }

    /// The open ones, the nearest due first.
    static func index(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let total = try desk.read { try $0.openOnboardingCount() }
        let paging = try visit.paging(total: total)
        let rows = try desk.read { connection in
            try connection.openOnboardings(from: paging.offset, limit: Paging.size).map { open in
                (open, Onboarding.clock(among: try connection.clocks(of: open.ticket.id)))
            }
        }
        let writer = try OnboardingWriter(visit)
        let isPromised = desk.ticketRules?.kind(RequestKind.newAccount) != nil
        let page = OnboardingListPage(
            rows: rows.map {
                writer.row($0, $1, href: visit.link("/organizations/\($0.ticket.organization)/onboarding"))
            },
            emptyText: visit.words.text(isPromised ? "onboarding.noneText" : "onboarding.unpromisedText"),
            pager: visit.pager(paging))
        return visit.show(page, visit.site.pages.onboardings, title: visit.words.text("onboarding.title"))
    }

    /// One of them, by its organization.
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        guard let organization = Organization.ID(visit.parameters["id"]),
            let name = try desk.read({ try $0.legalName(of: organization) }),
            let card = try visit.onboardingCard(of: organization)
        else { throw .notFound }
        let page = OnboardingPage(name: name, listHref: visit.link("/onboarding"), card: card)
        return visit.show(page, visit.site.pages.onboarding, title: name)
    }

    /// The account is in operation.
    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        let desk = try visit.tenantDesk()
        let person = try visit.signedIn().person.id
        guard case .form(let form) = request.body, let rules = desk.ticketRules,
            let organization = Organization.ID(visit.parameters["id"])
        else { throw .notFound }
        let place = form["next"].map { WayBack.path($0) } ?? "/organizations/\(organization)/onboarding"
        return try .file(form, said: "onboarding.said.inOperation") { connection in
            let folio = try connection.finishOnboarding(of: organization, by: person, rules, at: visit.now)
            try connection.record(
                visit.entry(.accountInOperation, "organization:\(organization)", of: organization, after: "\(folio)"))
            return visit.link(place)
        }
    }
}

extension Visit {
    /// The card of an organization's page; nil where no account is, or was, being brought into operation. Whoever shows
    /// it has made sure that this visitor may see the organization.
    func onboardingCard(of organization: Organization.ID) throws(Refusal) -> OnboardingCard? {
        let found = try tenantDesk().read { connection -> (Ticket, TicketClock?)? in
            guard let ticket = try connection.ticket(ofKind: RequestKind.newAccount, of: organization) else {
                return nil
            }
            return (ticket, Onboarding.clock(among: try connection.clocks(of: ticket.id)))
        }
        guard let (ticket, clock) = found else { return nil }
        return try OnboardingWriter(self).card(ticket, clock)
    }
}
