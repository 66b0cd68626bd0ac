// The distributor above an organization is chosen by search (FP-3).

internal import HTTP
internal import Markup

enum DistributorChoice {
    /// Found organizations that are shown; a search is narrowed rather than turned over.
    static let mostMatches = 20

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        try page(visit, OrganizationEditing.findUnmerged(visit), Faults())
    }

    static func update(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let found = try OrganizationEditing.findUnmerged(visit)
        let text = form["organization"] ?? ""
        let chosen = Organization.ID(text)
        guard chosen != nil || text.isEmpty else { throw .notFound }
        let words = visit.words
        return try .file(
            form, said: chosen == nil ? "organizations.said.noDistributor" : "organizations.said.distributor",
            otherwise: { faults in try? page(visit, found, faults) }
        ) { connection in
            guard let current = try connection.organization(found.id), current.state != .merged else {
                throw Refusal.conflict
            }
            var name = ""
            if let chosen {
                guard let distributor = try connection.organization(chosen), distributor.state == .active else {
                    throw Faults.one("q", words.text("organizations.fault.gone"))
                }
                guard try !connection.isDistributor(found.id, atOrAbove: chosen) else {
                    throw Faults.one("q", words.text("organizations.fault.circle"))
                }
                name = distributor.details.legalName
            }
            let former = try current.distributor.flatMap { try connection.organization($0) }
            try connection.setDistributor(chosen, of: found.id, at: visit.now)
            try connection.record(
                visit.entry(
                    .organizationChanged, OrganizationView.subject(found.id), of: found.id,
                    before: former?.details.legalName ?? "", after: name))
            return visit.link("/organizations/\(found.id)")
        }
    }

    private static func page(
        _ visit: Visit, _ found: OrganizationRecord, _ faults: Faults
    ) throws(Refusal) -> Response {
        let words = visit.words
        let (query, matches) = try visit.organizationsAsked(but: found.id)
        let page = OrganizationSearchPage(
            back: LinkItem(label: found.details.legalName, href: visit.link("/organizations/\(found.id)")),
            heading: words.text("organizations.choosingDistributor", ["name": .text(found.details.legalName)]),
            lead: words.text("organizations.distributorLead"),
            action: visit.link("/admin/organizations/\(found.id)/distributor"), query: query,
            matches: matches.map { $0.match(visit, href: "") },
            emptyText: query.isEmpty ? "" : words.text("organizations.noMatchText"),
            choose: words.text("organizations.choose"),
            none: found.distributor == nil ? "" : words.text("organizations.noDistributor"), keys: visit.formKeys(),
            faults: FormDraft().with(faults).faultLines)
        return visit.showForm(page, visit.site.pages.organizationSearch, title: page.heading, faults)
    }
}

extension Visit {
    /// What was typed, and the active organizations that it finds, without the one that asks.
    func organizationsAsked(
        but own: Organization.ID
    ) throws(Refusal) -> (query: String, matches: [OrganizationEntry]) {
        let query = HeaderText(asked("q") ?? "").text
        let search = OrganizationSearch(query)
        guard search.match != nil else { return (query, []) }
        let matches = try tenantDesk().read { connection in
            try connection.organizations(
                OrganizationFilter(search: search), from: 0, limit: DistributorChoice.mostMatches + 1)
        }
        return (query, Array(matches.filter { $0.id != own }.prefix(DistributorChoice.mostMatches)))
    }
}

extension OrganizationEntry {
    func match(_ visit: Visit, href: String) -> OrganizationSearchPage.Match {
        OrganizationSearchPage.Match(
            name: name, taxID: shownTaxID, href: href, value: String(id.rawValue), keys: visit.formKeys())
    }
}
