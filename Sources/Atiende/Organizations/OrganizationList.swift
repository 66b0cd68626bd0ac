// The list of organizations, for staff.

internal import HTTP
internal import Markup
internal import SLA

enum OrganizationList {
    /// So many days before the last day for a notice an agreement counts as ending soon (FP-11).
    static let noticeDays = 30
    /// Terms that are brought up to date at once.
    static let mostRenewed = 1_000

    static func index(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let today = try visit.today()
        try desk.renewTerms(today: today)
        let filter = try filter(visit, today: today)
        let typed = typed(visit)
        let total = try desk.read { try $0.organizationCount(filter) }
        let paging = try visit.paging(total: total)
        let entries = try desk.read { try $0.organizations(filter, from: paging.offset, limit: Paging.size) }
        let isAdmin = visit.session?.person.role == .admin
        let isFiltered = !typed.isEmpty || filter.plan != nil || filter.noticeBy != nil
        let page = OrganizationsPage(
            action: visit.link("/organizations"), query: typed, kept: kept(visit),
            states: states(visit, filter), filters: filters(visit, desk, filter),
            rows: entries.map { row($0, filter.state, visit, desk, today: today) }, pager: visit.pager(paging),
            emptyTitle: visit.words.text(isFiltered ? "organizations.noMatch" : "organizations.none"),
            emptyText: visit.words.text(isFiltered ? "organizations.noMatchText" : "organizations.noneText"),
            newHref: isAdmin ? visit.link("/admin/organizations/new") : "",
            exportHref: isAdmin ? visit.link("/admin/organizations/export") + (visit.query.map { "?" + $0 } ?? "") : "",
            importHref: isAdmin ? visit.link("/admin/organizations/import") : "")
        return visit.show(page, visit.site.pages.organizations, title: visit.words.text("organizations.title"))
    }

    private static func typed(_ visit: Visit) -> String { HeaderText(visit.asked("q") ?? "").text }

    /// What the query asks for. Not found where it names a state that is none.
    static func filter(_ visit: Visit, today: CivilDate) throws(Refusal) -> OrganizationFilter {
        var filter = OrganizationFilter(search: OrganizationSearch(typed(visit)))
        if let text = visit.asked("state") {
            guard let state = Organization.State(rawValue: text) else { throw .notFound }
            filter.state = state
        }
        if let plan = visit.asked("plan"), !plan.isEmpty { filter.plan = String(plan.prefix(100)) }
        if visit.asked("ending") != nil { filter.noticeBy = today.advanced(by: noticeDays) }
        return filter
    }

    // MARK: Filters

    private static func kept(_ visit: Visit) -> [FactItem] {
        ["state", "plan", "ending"].compactMap { name in
            visit.asked(name).map { FactItem(label: name, value: $0) }
        }
    }

    private static func states(_ visit: Visit, _ filter: OrganizationFilter) -> [LinkItem] {
        let states: [Organization.State] = [.active, .pending, .closed, .merged]
        return states.map { state in
            LinkItem(
                label: visit.words.text("organizations.states.\(state.rawValue)"),
                href: href(visit, changing: "state", to: state == .active ? nil : state.rawValue),
                isCurrent: state == filter.state)
        }
    }

    private static func filters(_ visit: Visit, _ desk: Desk, _ filter: OrganizationFilter) -> [LinkItem] {
        let plans = Contract.named(desk.provider.contract)?.plans ?? []
        let ending = LinkItem(
            label: visit.words.text("organizations.ending"),
            href: href(visit, changing: "ending", to: filter.noticeBy == nil ? "1" : nil),
            isCurrent: filter.noticeBy != nil)
        return [ending]
            + plans.map { plan in
                LinkItem(
                    label: visit.words.text(
                        "organizations.planNamed", ["plan": .text(plan.name.text(in: visit.language))]),
                    href: href(visit, changing: "plan", to: filter.plan == plan.key ? nil : plan.key),
                    isCurrent: filter.plan == plan.key)
            }
    }

    /// The list with one filter changed, from its first page.
    private static func href(_ visit: Visit, changing name: String, to value: String?) -> String {
        let pairs = ["q", "state", "plan", "ending"].compactMap { field -> String? in
            let text = field == name ? value : visit.asked(field)
            return text.flatMap { $0.isEmpty ? nil : field + "=" + PercentCoding.encode(queryComponent: $0) }
        }
        return visit.link("/organizations") + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
    }

    // MARK: Rows

    private static func row(
        _ entry: OrganizationEntry, _ state: Organization.State, _ visit: Visit, _ desk: Desk, today: CivilDate
    ) -> OrganizationsPage.Row {
        let words = visit.words
        var end = entry.endsOn.map { words.date($0) } ?? words.text("organizations.noAgreement")
        if let endsOn = entry.endsOn, entry.noticeBy == nil {
            end = words.text("organizations.endedOn", ["date": .text(words.date(endsOn))])
        }
        let badge: BadgeItem =
            if let noticeBy = entry.noticeBy, state == .active, isSoon(noticeBy, today: today) {
                BadgeItem(label: words.text("organizations.badge.ending"), kind: "act", icon: "calendar")
            } else { words.badge(state) }
        return OrganizationsPage.Row(
            href: visit.link("/organizations/\(entry.id)"), name: entry.name,
            taxID: entry.shownTaxID,
            plan: entry.plan.isEmpty ? "—" : visit.planName(entry.plan, desk), end: end,
            people: visit.numbers.text(entry.people), state: badge)
    }

    static func isSoon(_ noticeBy: CivilDate, today: CivilDate) -> Bool {
        noticeBy.dayNumber - today.dayNumber <= noticeDays
    }
}

extension OrganizationEntry {
    /// As people write it.
    var shownTaxID: String { TaxID.shown(taxID, country: Country(rawValue: country)) }
}

extension Desk {
    /// Brings the terms that renewed since the last time up to date, before they are listed.
    func renewTerms(today: CivilDate) throws(Refusal) {
        while try read({ try $0.hasPastTerms(today: today) }) {
            try write { try $0.renewTerms(today: today, limit: OrganizationList.mostRenewed) }
        }
    }
}

extension Words {
    func badge(_ state: Organization.State) -> BadgeItem {
        let (kind, icon) =
            switch state {
            case .pending: ("act", "hourglass")
            case .active: ("good", "ok")
            case .closed: ("", "lock")
            case .merged: ("", "merge")
            }
        return BadgeItem(label: text("organizations.state.\(state.rawValue)"), kind: kind, icon: icon)
    }
}

extension Visit {
    /// The name of a plan of the desk's contract; of one that is gone, its key.
    func planName(_ key: String, _ desk: Desk) -> String {
        let plan = Contract.named(desk.provider.contract)?.plans.first { $0.key == key }
        return plan?.name.text(in: language) ?? key
    }
}
