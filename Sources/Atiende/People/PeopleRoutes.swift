// The people of a desk, for its staff: the list, and one of them.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum PeopleRoutes {
    /// More organizations than these are no list to choose from: the filter is then set from an organization's page.
    private static let mostChoices = 200

    static func index(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let filter = PersonFilter((try? request.queryForm()) ?? Form())
        let asked = try visit.paging(total: .max)
        let (matches, lines, chosen, choices) = try desk.read { connection in
            let matches = try connection.people(filter) { count in
                let paging = Paging(number: asked.number, total: count)
                return paging.offset..<paging.offset + paging.count
            }
            return (
                matches, try matches.ids.compactMap { try connection.personLine($0) },
                try filter.organization.flatMap { try connection.organizationName($0) },
                try connection.organizationChoices(atMost: mostChoices)
            )
        }
        let paging = Paging(number: asked.number, total: matches.count)
        let isAdmin = visit.session?.person.role == .admin
        let query = filter.query
        let shown = PeoplePage(
            action: visit.link("/people"), query: filter.text,
            organization: choices.isEmpty ? filter.organization.map { "\($0)" } ?? "" : "",
            selects: selects(filter, choices, visit), chips: chips(filter, chosen, visit),
            people: try lines.map { line throws(Refusal) in try row(line, visit) },
            pager: visit.pager(paging, capped: matches.isCapped),
            limit: matches.isCapped
                ? visit.words.text("people.limit", ["count": .text(visit.numbers.text(matches.count))]) : "",
            emptyTitle: visit.words.text(query.isEmpty ? "people.none" : "people.noMatch"),
            emptyText: visit.words.text(query.isEmpty ? "people.noneText" : "people.noMatchText"),
            newHref: isAdmin ? visit.link("/admin/people/new") : "",
            importHref: isAdmin ? visit.link("/admin/people/import") : "",
            exportHref: isAdmin ? visit.link("/admin/people/export") + (query.isEmpty ? "" : "?" + query) : "")
        return visit.show(shown, visit.site.pages.people, title: visit.words.text("people.title"))
    }

    private static func row(_ line: PersonLine, _ visit: Visit) throws(Refusal) -> PeoplePage.Row {
        PeoplePage.Row(
            href: visit.link("/people/\(line.id)"), name: line.name, email: line.email,
            role: visit.words.role(line.role), isLead: line.isLead, organizations: organizations(line.organizations),
            state: visit.state(line.state), seenAt: line.lastSeen.map { "\(Instant(clamping: $0))" } ?? "",
            seen: try line.lastSeen.map { instant throws(Refusal) in try visit.moment(instant) }
                ?? visit.words.text("people.never"))
    }

    private static func organizations(_ names: [String]) -> String {
        names.prefix(3).joined(separator: ", ") + (names.count > 3 ? "…" : "")
    }

    private static func selects(
        _ filter: PersonFilter, _ choices: [(id: Organization.ID, name: String)], _ visit: Visit
    ) -> [FormField] {
        let words = visit.words
        func options(_ values: [String], _ key: String) -> [FieldOption] {
            [FieldOption(value: "", label: words.text("people.filter.any"))]
                + values.map { FieldOption(value: $0, label: words.text(key + $0)) }
        }
        var specs: [FieldSpec] = [
            .select("role", "people.filter.role"), .select("level", "people.filter.level"),
            .select("state", "people.filter.state"),
        ]
        if !choices.isEmpty { specs.append(.select("organization", "people.filter.organization")) }
        let draft = FormDraft(
            [
                "role": filter.role ?? "", "level": filter.level.map(String.init) ?? "",
                "state": filter.state?.rawValue ?? "", "organization": filter.organization.map { "\($0)" } ?? "",
            ],
            options: [
                "role": options(PersonFilter.roles, "people.role."),
                "level": options(["1", "2", "3"], "people.level.n"),
                "state": options(Person.State.allCases.map(\.rawValue), "people.state."),
                "organization": options([], "") + choices.map { FieldOption(value: "\($0.id)", label: $0.name) },
            ])
        return draft.fields(specs, words)
    }

    private static func chips(_ filter: PersonFilter, _ organization: String?, _ visit: Visit) -> [FilterChip] {
        let words = visit.words
        func chip(_ label: String, _ value: String, _ remove: (inout PersonFilter) -> Void) -> FilterChip {
            var without = filter
            remove(&without)
            let query = without.query
            return FilterChip(
                label: "\(words.text("people.filter." + label)): \(value)",
                href: visit.link("/people") + (query.isEmpty ? "" : "?" + query))
        }
        var chips: [FilterChip] = []
        if let role = filter.role { chips.append(chip("role", words.text("people.role." + role)) { $0.role = nil }) }
        if let level = filter.level {
            chips.append(chip("level", words.text("people.level.n\(level)")) { $0.level = nil })
        }
        if let state = filter.state {
            chips.append(chip("state", words.text("people.state." + state.rawValue)) { $0.state = nil })
        }
        if filter.organization != nil {
            chips.append(chip("organization", organization ?? words.text("people.nothing")) { $0.organization = nil })
        }
        return chips
    }
}

extension Visit {
    func state(_ state: Person.State) -> PersonStateItem {
        let (kind, icon) =
            switch state {
            case .pending: ("act", "hourglass")
            case .invited: ("", "mail")
            case .active: ("good", "ok")
            case .deactivated: ("", "lock")
            }
        return PersonStateItem(kind: kind, icon: icon, label: words.text("people.state." + state.rawValue))
    }

    /// The pager of a list that is counted up to a limit only: its total says so.
    func pager(_ paging: Paging, capped: Bool) -> Pager? {
        var pager = pager(paging)
        if capped { pager?.total = words.text("people.moreThan", ["count": .text(numbers.text(paging.total))]) }
        return pager
    }
}
