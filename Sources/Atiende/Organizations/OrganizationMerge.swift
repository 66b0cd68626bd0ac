// Two organizations that are one: the other is chosen, what moves is shown, then it is done at once or not at all.

internal import HTTP
internal import Markup
internal import SQL

enum OrganizationMerge {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let found = try OrganizationEditing.findUnmerged(visit)
        guard let text = visit.asked("into") else { return try choice(visit, found, Faults()) }
        let desk = try visit.tenantDesk()
        guard let id = Organization.ID(text), let other = try desk.read({ try $0.organization(id) }) else {
            throw .notFound
        }
        let wrong = try desk.read { try faults($0, found.id, into: other, visit.words) }
        return wrong.isEmpty ? try preview(visit, found, other) : try choice(visit, found, wrong)
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let found = try OrganizationEditing.findUnmerged(visit)
        guard let otherID = form["into"].flatMap({ Organization.ID($0) }) else { throw .notFound }
        let words = visit.words
        return try .file(
            form, said: "organizations.said.merged", otherwise: { faults in try? choice(visit, found, faults) }
        ) { connection in
            guard let current = try connection.organization(found.id), current.state != .merged,
                let other = try connection.organization(otherID)
            else { throw Refusal.conflict }
            try faults(connection, found.id, into: other, words).check()
            try connection.merge(found.id, into: otherID, at: visit.now)
            for id in [found.id, otherID] {
                try connection.record(
                    visit.entry(
                        .organizationsMerged, OrganizationView.subject(id), of: id,
                        before: current.details.inWords(words), after: other.details.legalName))
            }
            return visit.link("/organizations/\(otherID)")
        }
    }

    /// Why one cannot be merged into another; nothing where it can.
    private static func faults(
        _ connection: Connection, _ id: Organization.ID, into other: OrganizationRecord, _ words: Words
    ) throws -> Faults {
        let key: String? =
            if other.id == id {
                "same"
            } else if other.state == .merged {
                "merged"
            } else if other.state != .active {
                "gone"
            } else if try connection.isDistributor(id, atOrAbove: other.id) { "below" } else { nil }
        return key.map { Faults.one("q", words.text("organizations.fault.\($0)")) } ?? Faults()
    }

    // MARK: Pages

    private static func choice(
        _ visit: Visit, _ found: OrganizationRecord, _ faults: Faults
    ) throws(Refusal) -> Response {
        let words = visit.words
        let (query, matches) = try visit.organizationsAsked(but: found.id)
        let path = visit.link("/admin/organizations/\(found.id)/merge")
        let page = OrganizationSearchPage(
            back: LinkItem(label: found.details.legalName, href: visit.link("/organizations/\(found.id)")),
            heading: words.text("organizations.merging", ["name": .text(found.details.legalName)]),
            lead: words.text("organizations.mergeLead", ["name": .text(found.details.legalName)]), action: path,
            query: query, matches: matches.map { $0.match(visit, href: path + "?into=\($0.id)") },
            emptyText: query.isEmpty ? "" : words.text("organizations.noMatchText"),
            choose: words.text("organizations.seeMerge"), none: "", keys: visit.formKeys(),
            faults: FormDraft().with(faults).faultLines)
        return visit.showForm(page, visit.site.pages.organizationSearch, title: page.heading, faults)
    }

    private static func preview(
        _ visit: Visit, _ found: OrganizationRecord, _ other: OrganizationRecord
    ) throws(Refusal) -> Response {
        let words = visit.words
        let moving = try visit.tenantDesk().read { try $0.belongings(of: found.id) }
        let path = visit.link("/admin/organizations/\(found.id)/merge")
        let names: KeyValuePairs<String, Words.Value> = [
            "name": .text(found.details.legalName), "other": .text(other.details.legalName),
        ]
        let counts = [
            ("people", moving.people), ("tickets", moving.tickets), ("notes", moving.notes),
            ("agreements", moving.agreements),
            ("below", moving.below),
        ]
        let page = OrganizationMergePage(
            back: LinkItem(label: words.text("organizations.chooseAnother"), href: path),
            heading: words.text("organizations.mergeTitle", names),
            moves: counts.map { key, count in
                FactItem(label: words.text("organizations.moves.\(key)"), value: visit.numbers.text(count))
            },
            stays: ["data", "agreement", "trail"].map { key in
                LinkItem(label: words.text("organizations.stays.\(key)", names), href: "")
            }, keys: visit.formKeys(), into: String(other.id.rawValue), action: path,
            submit: words.text("organizations.mergeNow"), faults: [])
        return visit.show(page, visit.site.pages.organizationMerge, title: page.heading)
    }
}
