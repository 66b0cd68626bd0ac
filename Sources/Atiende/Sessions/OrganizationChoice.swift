// A customer of several organizations says for which one he is here, and to which ones that ask him he wants to belong.

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
        guard session.person.role == .customer else { throw .notFound }
        let (own, received) = try visit.tenantDesk().read {
            (
                try $0.activeMemberships(of: session.person.id),
                try $0.receivedOffers(of: session.person.id, at: visit.now)
            )
        }
        var draft = draft
        draft.options["organization"] = own.map { membership in
            FieldOption(
                value: "\(membership.organization)", label: membership.name,
                detail: membership.isManager ? visit.words.text("sessions.organization.manager") : "")
        }
        // Whoever is here for the only one that he is in has nothing to choose.
        let present = session.membership?.organization
        let hasChoice = !draft.faults.isEmpty || own.contains { $0.organization != present }
        let page = OrganizationChoicePage(
            offers: try received.map { offer throws(Refusal) in try item(offer, visit) }, faults: draft.faultLines,
            fields: hasChoice ? draft.fields([organization], visit.words) : [], keys: visit.formKeys())
        return visit.showForm(
            page, visit.site.pages.organizationChoice, title: visit.words.text("sessions.organization.title"),
            draft.faults)
    }

    private static func item(
        _ offer: ReceivedOffer, _ visit: Visit
    ) throws(Refusal) -> OrganizationChoicePage.Offer {
        OrganizationChoicePage.Offer(
            organization: offer.organizationName,
            text: visit.words.text(
                "sessions.offer.text",
                ["name": .text(offer.managerName), "when": .text(try visit.moment(offer.endsAt))]),
            acceptance: visit.action("/offers/\(offer.id)/acceptance"),
            refusal: visit.action("/offers/\(offer.id)/refusal"))
    }
}

struct OrganizationChoicePage: Page {
    /// An organization that asks the visitor to belong to it.
    struct Offer: Item {
        let organization: String
        let text: String
        let acceptance: ActionForm?
        let refusal: ActionForm?

        static let fields: [Field<Offer>] = [
            .text("organization") { $0.organization },
            .text("text") { $0.text },
            .part("acceptance") { $0.acceptance },
            .part("refusal") { $0.refusal },
        ]
    }

    let offers: [Offer]
    let faults: [FormFault]
    let fields: [FormField]
    let keys: FormKeys

    static let template: StaticString = "sessions/organization.html"
    static let fields: [Field<OrganizationChoicePage>] = [
        .list("offers") { $0.offers },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .list("fields") { $0.fields },
        .part("keys") { $0.keys },
    ]
}
