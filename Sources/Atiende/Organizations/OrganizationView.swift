// The page of one organization, for staff: what is known of it, who belongs to it, what was agreed, what was noted.

internal import HTTP
internal import Markup
internal import SLA

enum OrganizationView {
    static let mostMembers = 20
    static let mostNotes = 50
    static let mostBelow = 50
    static let mostAgreements = 20

    static let noteFields: [FieldSpec] = [
        .text("note", "organizations.note", upTo: 4_000, rows: 3)
    ]

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let found = try find(visit)
        visit.trace(visit.entry(.organizationRead, subject(found.id), of: found.id))
        return try page(visit, found, FormDraft())
    }

    /// Adds a note of the staff's.
    static func addNote(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let found = try find(visit)
        let author = try visit.signedIn().person.id
        let sent = SentForm(form, noteFields, visit.words)
        guard sent.faults.isEmpty else { return .answer(try page(visit, found, FormDraft(sent))) }
        let body = sent["note"]
        let entry = visit.entry(.noteAdded, subject(found.id), of: found.id, after: body)
        let location = visit.link("/organizations/\(found.id)#notes")
        let now = visit.now
        return try .file(form, said: "organizations.said.noteAdded") { connection in
            try connection.addNote(body, to: found.id, by: author, at: now)
            try connection.record(entry)
            return location
        }
    }

    static func subject(_ id: Organization.ID) -> String { "organization:\(id)" }

    /// The organization that the path names.
    static func find(_ visit: Visit) throws(Refusal) -> OrganizationRecord {
        guard let id = Organization.ID(visit.parameters["id"]),
            let found = try visit.tenantDesk().read({ try $0.organization(id) })
        else { throw .notFound }
        return found
    }

    // MARK: The page

    /// What is read for it at once.
    private struct Parts {
        let members: [MemberEntry]
        let memberCount: Int
        let agreement: AgreementRecord?
        let agreements: [AgreementRecord]
        let notes: [OrganizationNote]
        let distributor: OrganizationRecord?
        let merged: OrganizationRecord?
        let below: [OrganizationName]
    }

    private static func parts(_ desk: Desk, _ found: OrganizationRecord) throws(Refusal) -> Parts {
        try desk.read { connection in
            Parts(
                members: try connection.members(of: found.id, limit: mostMembers),
                memberCount: try connection.memberCount(of: found.id),
                agreement: try connection.agreement(of: found.id),
                agreements: try connection.agreements(of: found.id, limit: mostAgreements),
                notes: try connection.notes(of: found.id, limit: mostNotes),
                distributor: try found.distributor.flatMap { try connection.organization($0) },
                merged: try found.mergedInto.flatMap { try connection.organization($0) },
                below: try connection.organizations(below: found.id, limit: mostBelow))
        }
    }

    private static func page(
        _ visit: Visit, _ found: OrganizationRecord, _ draft: FormDraft
    ) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let today = try visit.today()
        let parts = try parts(desk, found)
        let words = visit.words
        let isAdmin = visit.session?.person.role == .admin
        let former = parts.agreements.filter { $0.id != parts.agreement?.id }
        let page = OrganizationPage(
            list: visit.link("/organizations"), name: found.details.legalName, state: words.badge(found.state),
            merged: parts.merged.map { merged in
                LinkItem(
                    label: words.text("organizations.mergedInto", ["name": .text(merged.details.legalName)]),
                    href: visit.link("/organizations/\(merged.id)"))
            },
            onboarding: found.state == .merged ? nil : try visit.onboardingCard(of: found.id),
            links: isAdmin ? links(visit, found) : [], actions: isAdmin ? actions(visit, found) : [],
            facts: facts(visit, found.details), members: parts.members.map { member($0, visit) },
            moreMembers: parts.memberCount > mostMembers ? moreMembers(visit, found.id, parts.memberCount) : nil,
            agreement: try parts.agreement.map { agreement throws(Refusal) in
                try AgreementWording(visit: visit, desk: desk, today: today).panel(
                    agreement, file: "/organizations/\(found.id)/agreement/file")
            },
            agreementLinks: isAdmin && found.state != .merged ? agreementLinks(visit, found.id, parts.agreement) : [],
            formerAgreements: former.map { agreement in
                FactItem(
                    label: visit.planName(agreement.plan, desk), value: words.date(agreement.term.startsOn),
                    href: visit.link("/organizations/\(found.id)/agreement/file?number=\(agreement.id)"))
            },
            distributor: parts.distributor.map { distributor in
                LinkItem(
                    label: distributor.details.legalName, href: visit.link("/organizations/\(distributor.id)"))
            },
            distributorHref: isAdmin && found.state != .merged
                ? visit.link("/admin/organizations/\(found.id)/distributor") : "",
            below: parts.below.map { LinkItem(label: $0.name, href: visit.link("/organizations/\($0.id)")) },
            notes: try parts.notes.map { note throws(Refusal) in
                OrganizationPage.Note(
                    author: note.author, initials: note.author.initials, at: "\(Instant(clamping: note.at))",
                    when: try visit.moment(note.at),
                    body: note.body)
            },
            noteForm: OrganizationPage.NoteForm(
                path: visit.link("/organizations/\(found.id)/notes"), keys: visit.formKeys(),
                fields: draft.fields(noteFields, words)),
            faults: draft.faultLines)
        return visit.showForm(page, visit.site.pages.organization, title: page.name, draft.faults)
    }

    // MARK: Its parts

    static func facts(_ visit: Visit, _ details: OrganizationDetails) -> [FactItem] {
        let words = visit.words
        let place = [details.city, details.region].filter { !$0.isEmpty }.joined(separator: ", ")
        let address = [details.street, details.neighborhood, details.postalCode, place].filter { !$0.isEmpty }
        let facts = [
            FactItem(label: details.country.taxIDName, value: details.taxID?.display ?? ""),
            FactItem(label: words.text("organizations.country"), value: words.country(details.country)),
            FactItem(label: words.text("organizations.address"), value: address.joined(separator: "; ")),
            FactItem(
                label: words.text("organizations.email"), value: details.email,
                href: details.email.isEmpty ? "" : "mailto:" + details.email),
            FactItem(label: words.text("organizations.phone"), value: PhoneNumber.shown(details.phone)),
            FactItem(label: words.text("organizations.otherPhone"), value: PhoneNumber.shown(details.otherPhone)),
        ]
        return facts.filter { !$0.value.isEmpty }
    }

    private static func links(_ visit: Visit, _ found: OrganizationRecord) -> [LinkItem] {
        let trail = LinkItem(
            label: visit.words.text("organizations.trail"), href: visit.link("/admin/audit?company=%23\(found.id)"))
        guard found.state != .merged else { return [trail] }
        return ["edit", "merge"].map { action in
            LinkItem(
                label: visit.words.text("organizations.\(action)"),
                href: visit.link("/admin/organizations/\(found.id)/\(action)"))
        } + [trail]
    }

    private static func actions(_ visit: Visit, _ found: OrganizationRecord) -> [OrganizationPage.Action] {
        let names: [(name: String, kind: String)] =
            switch found.state {
            case .pending: [("approve", "go"), ("decline", "risk")]
            case .active: [("close", "risk")]
            case .closed: [("reopen", "")]
            case .merged: []
            }
        return names.map { action in
            OrganizationPage.Action(
                label: visit.words.text("organizations.\(action.name)"),
                path: visit.link("/admin/organizations/\(found.id)/\(action.name)"), kind: action.kind,
                keys: visit.formKeys())
        }
    }

    private static func member(_ entry: MemberEntry, _ visit: Visit) -> OrganizationPage.Member {
        let detail = entry.isPending ? "organizations.member.pending" : entry.isManager ? "organizations.manager" : ""
        return OrganizationPage.Member(
            name: entry.name, email: entry.email, href: visit.link("/people/\(entry.person)"),
            detail: detail.isEmpty ? "" : visit.words.text(detail))
    }

    private static func moreMembers(_ visit: Visit, _ id: Organization.ID, _ count: Int) -> LinkItem {
        LinkItem(
            label: visit.words.text("organizations.allPeople", ["number": .text(visit.numbers.text(count))]),
            href: visit.link("/people?organization=\(id)"))
    }

    private static func agreementLinks(
        _ visit: Visit, _ id: Organization.ID, _ agreement: AgreementRecord?
    ) -> [LinkItem] {
        let sign = LinkItem(
            label: visit.words.text(agreement == nil ? "organizations.sign" : "organizations.signAgain"),
            href: visit.link("/admin/organizations/\(id)/agreement"))
        guard let agreement, agreement.term.noticeOn == nil else { return [sign] }
        let notice = LinkItem(
            label: visit.words.text("organizations.notice"),
            href: visit.link("/admin/organizations/\(id)/agreement/notice"))
        return [notice, sign]
    }
}
