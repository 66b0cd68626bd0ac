// Organizations are written down, changed, closed and opened again, for whoever administers.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum OrganizationEditing {
    // MARK: A new one

    static func new(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let country = Contract.named(desk.provider.contract)?.country ?? .mexico
        let draft = FormDraft(
            OrganizationForm.values(startingIn: country), options: OrganizationForm.options(visit.words))
        return newPage(visit, draft)
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let words = visit.words
        var sent = SentForm(form, OrganizationForm.fields, words)
        let details = OrganizationForm.read(&sent, words)
        let options = OrganizationForm.options(words)
        guard let details else { return .answer(newPage(visit, FormDraft(sent, options: options))) }
        return try .file(
            form, said: "organizations.said.added",
            otherwise: { [sent] faults in newPage(visit, FormDraft(sent, options: options).with(faults)) }
        ) { connection in
            let id = try OrganizationForm.refusingKnownTaxID(words) {
                try connection.insert(details, state: .active, at: visit.now)
            }
            try connection.record(
                visit.entry(
                    .organizationAdded, OrganizationView.subject(id), of: id, after: details.inWords(words)))
            return visit.link("/organizations/\(id)")
        }
    }

    private static func newPage(_ visit: Visit, _ draft: FormDraft) -> Response {
        let words = visit.words
        let page = OrganizationFormPage(
            back: LinkItem(label: words.text("organizations.title"), href: visit.link("/organizations")),
            heading: words.text("organizations.new"), lead: "", keys: visit.formKeys(), hidden: [],
            fields: draft.fields(OrganizationForm.fields, words), faults: draft.faultLines,
            submit: words.text("organizations.add"))
        return visit.showForm(page, visit.site.pages.organizationForm, title: page.heading, draft.faults)
    }

    // MARK: Changes

    static func edit(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let found = try findUnmerged(visit)
        let draft = FormDraft(
            OrganizationForm.values(found.details), options: OrganizationForm.options(visit.words))
        return editPage(visit, found, draft)
    }

    static func update(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let found = try findUnmerged(visit)
        let words = visit.words
        var sent = SentForm(form, OrganizationForm.fields, words)
        let details = OrganizationForm.read(&sent, words)
        // As it was when the form was shown; the form again shows that it was, until it is loaded anew.
        let changedAt = form["changed"].flatMap { Int($0) } ?? 0
        let options = OrganizationForm.options(words)
        @Sendable func again(_ draft: FormDraft) -> Response {
            editPage(visit, found, draft, changedAt: changedAt)
        }
        guard let details else { return .answer(again(FormDraft(sent, options: options))) }
        return try .file(
            form, said: "organizations.said.changed",
            otherwise: { [sent] faults in again(FormDraft(sent, options: options).with(faults)) }
        ) { connection in
            guard let current = try connection.organization(found.id), current.state != .merged else {
                throw Refusal.conflict
            }
            guard current.changedAt == changedAt else {
                throw Faults.one("legalName", words.text("organizations.fault.stale"))
            }
            try OrganizationForm.refusingKnownTaxID(words) {
                try connection.update(found.id, details, at: visit.now)
            }
            try connection.record(
                visit.entry(
                    .organizationChanged, OrganizationView.subject(found.id), of: found.id,
                    before: current.details.inWords(words), after: details.inWords(words)))
            return visit.link("/organizations/\(found.id)")
        }
    }

    private static func editPage(
        _ visit: Visit, _ found: OrganizationRecord, _ draft: FormDraft, changedAt: Int? = nil
    ) -> Response {
        let words = visit.words
        let page = OrganizationFormPage(
            back: LinkItem(label: found.details.legalName, href: visit.link("/organizations/\(found.id)")),
            heading: words.text("organizations.editing", ["name": .text(found.details.legalName)]), lead: "",
            keys: visit.formKeys(),
            hidden: [FactItem(label: "changed", value: String(changedAt ?? found.changedAt))],
            fields: draft.fields(OrganizationForm.fields, words), faults: draft.faultLines,
            submit: words.text("organizations.save"))
        return visit.showForm(page, visit.site.pages.organizationForm, title: page.heading, draft.faults)
    }

    /// The organization that the path names; one that was merged is not changed any more.
    static func findUnmerged(_ visit: Visit) throws(Refusal) -> OrganizationRecord {
        let found = try OrganizationView.find(visit)
        guard found.state != .merged else { throw .notFound }
        return found
    }

    // MARK: States

    static func close(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        try move(visit, request, from: .active, to: .closed, .organizationChanged, said: "organizations.said.closed")
    }

    static func reopen(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        try move(visit, request, from: .closed, to: .active, .organizationChanged, said: "organizations.said.reopened")
    }

    /// Takes on an organization that signed up by itself; its managers come in and hear of it (SE-14).
    static func approve(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        try move(visit, request, from: .pending, to: .active, .approved, said: "organizations.said.approved") {
            connection, id in
            try connection.admitManagers(of: id, at: visit.now)
            try tellManagers(visit, connection, of: id, "approved")
        }
    }

    static func decline(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        try move(visit, request, from: .pending, to: .closed, .declined, said: "organizations.said.declined") {
            connection, id in
            try tellManagers(visit, connection, of: id, "declined")
        }
    }

    private static func move(
        _ visit: Visit, _ request: Request, from old: Organization.State, to new: Organization.State,
        _ act: AuditEntry.Act, said: String,
        also: @escaping @Sendable (Connection, Organization.ID) throws -> Void = { _, _ in }
    ) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let id = try OrganizationView.find(visit).id
        let words = visit.words
        let entry = visit.entry(
            act, OrganizationView.subject(id), of: id, before: words.text("organizations.state.\(old.rawValue)"),
            after: words.text("organizations.state.\(new.rawValue)"))
        return try .file(form, said: said) { connection in
            guard try connection.organization(id)?.state == old else { throw Refusal.conflict }
            try connection.setState(new, of: id, at: visit.now)
            try also(connection, id)
            try connection.record(entry)
            return visit.link("/organizations/\(id)")
        }
    }

    private static func tellManagers(
        _ visit: Visit, _ connection: Connection, of id: Organization.ID, _ key: String
    ) throws {
        let desk = try visit.tenantDesk()
        guard let organization = try connection.organization(id) else { return }
        for manager in try connection.managers(of: id) {
            guard let address = EmailAddress(manager.email) else { continue }
            let language = manager.language.flatMap { Language(rawValue: $0) } ?? .es
            let words = visit.site.templates.words(in: language)
            let names: KeyValuePairs<String, Words.Value> = [
                "name": .text(organization.details.legalName), "provider": .text(desk.provider.name),
            ]
            let action = Letter.Action(
                label: words.text("organizations.letter.approved.action"),
                url: visit.site.installation.url(of: desk.tenant, "/login"))
            let letter = Letter(
                kind: Letter.Kind(rawValue: "organization.\(key)"),
                recipient: Mailbox(name: manager.name, address: address), language: language,
                subject: words.text("organizations.letter.\(key).subject", names),
                paragraphs: [words.text("organizations.letter.\(key).text", names)],
                action: key == "approved" ? action : nil)
            _ = try connection.enqueue(visit.site.write(letter, for: desk.provider.name), at: visit.now)
        }
    }
}

extension FormDraft {
    /// The same with what was found wrong later.
    func with(_ faults: Faults) -> FormDraft {
        var draft = self
        draft.faults = faults
        return draft
    }
}

extension OrganizationDetails {
    /// For the trail: all of it on one line.
    func inWords(_ words: Words) -> String {
        [
            legalName, words.country(country), taxID?.display ?? "", street, neighborhood, postalCode, city, region,
            email, PhoneNumber.shown(phone), PhoneNumber.shown(otherPhone),
        ].filter { !$0.isEmpty }.joined(separator: "; ")
    }
}
