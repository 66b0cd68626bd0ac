// A customer of several organizations says for which one he is here.

internal import HTTP
internal import Markup
internal import SQL

enum OrganizationChoice {
    private static let organization = FieldSpec.choice("organization", "sessions.organization")

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let present = visit.session?.membership.map { "\($0.organization)" }
        return try page(visit, FormDraft(["organization": present ?? ""]))
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let sent = SentForm(form, [organization], visit.words)
        guard sent.faults.isEmpty else { return .answer(try page(visit, FormDraft(sent))) }
        guard let chosen = Organization.ID(sent["organization"]) else { throw .notFound }
        let session = try visit.signedIn()
        let entry = visit.entry(
            .organizationChosen, "organization:\(chosen)", of: chosen, before: session.membership?.name ?? "")
        let location = visit.link("/")
        return try .file(form, said: "sessions.said.organization") { connection in
            // Asked within the writing: whoever was removed meanwhile chooses no more.
            let own = try connection.activeMemberships(of: session.person.id)
            guard let membership = own.first(where: { $0.organization == chosen }) else { throw Refusal.notFound }
            try connection.chooseOrganization(chosen, for: session.hash)
            try connection.record(entry.with(after: membership.name))
            return location
        }
    }

    private static func page(_ visit: Visit, _ draft: FormDraft) throws(Refusal) -> Response {
        let session = try visit.signedIn()
        let own = try visit.tenantDesk().read { try $0.activeMemberships(of: session.person.id) }
        guard session.person.role == .customer, !own.isEmpty else { throw .notFound }
        var draft = draft
        draft.options["organization"] = own.map { membership in
            FieldOption(
                value: "\(membership.organization)", label: membership.name,
                detail: membership.isManager ? visit.words.text("sessions.organization.manager") : "")
        }
        let page = OrganizationChoicePage(
            faults: draft.faultLines, fields: draft.fields([organization], visit.words), keys: visit.formKeys())
        return visit.showForm(
            page, visit.site.pages.organizationChoice, title: visit.words.text("sessions.organization.title"),
            draft.faults)
    }
}

struct OrganizationChoicePage: Page {
    let faults: [FormFault]
    let fields: [FormField]
    let keys: FormKeys

    static let template: StaticString = "sessions/organization.html"
    static let fields: [Field<OrganizationChoicePage>] = [
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .list("fields") { $0.fields },
        .part("keys") { $0.keys },
    ]
}
