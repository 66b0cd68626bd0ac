// Agreements of an organization, for whoever administers: a plan is signed, notice is noted, the document is fetched.

internal import HTTP
internal import Markup
internal import SLA

enum AgreementRoutes {
    private static let months = 1...120
    /// Those for which holidays are listed in the document.
    private static let years = 2000...2099

    static let fields: [FieldSpec] = [
        .choice("plan", "organizations.agreement.plan"),
        .date("startsOn", "organizations.agreement.start", hasHint: true),
        .number("months", "organizations.agreement.months", hasHint: true),
        .tick("renews", "organizations.agreement.renews", hasHint: true),
    ]

    // MARK: Signing

    static func new(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let found = try OrganizationEditing.findUnmerged(visit)
        let contract = try contract(visit)
        var values = ["startsOn": "\(try visit.today())", "months": "12", "renews": "on"]
        if contract.plans.count == 1 { values["plan"] = contract.plans[0].key }
        return page(visit, found, FormDraft(values, options: options(contract, visit)))
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let found = try OrganizationEditing.findUnmerged(visit)
        let contract = try contract(visit)
        var sent = SentForm(form, fields, visit.words)
        let plan = contract.plans.first { $0.key == sent["plan"] }
        if plan == nil { sent.faultEmpty("plan") }
        let term = term(&sent)
        guard let plan, let term, sent.faults.isEmpty else {
            return .answer(page(visit, found, FormDraft(sent, options: options(contract, visit))))
        }
        let provider = try visit.tenantDesk().provider.name
        let today = try visit.today()
        return try .file(form, said: "organizations.said.signed") { connection in
            guard let current = try connection.organization(found.id), current.state != .merged else {
                throw Refusal.conflict
            }
            let document = AgreementDocument.html(contract, plan, of: provider, with: current.details, term)
            let former = try connection.agreement(of: found.id)
            _ = try connection.sign(
                NewAgreement(
                    organization: found.id, plan: plan.key, planVersion: contract.version, term: term,
                    document: document, sha256: try Digest.sha256(Array(document.utf8))),
                today: today, at: visit.now)
            try connection.record(
                visit.entry(
                    .agreementSigned, OrganizationView.subject(found.id), of: found.id,
                    before: former.map { "\($0.plan) \($0.planVersion), \($0.term.startsOn)" } ?? "",
                    after: "\(plan.key) \(contract.version), \(term.startsOn)"))
            return visit.link("/organizations/\(found.id)#agreement")
        }
    }

    private static func term(_ sent: inout SentForm) -> AgreementTerm? {
        let startsOn = CivilDate(sent["startsOn"])
        let count = Int(sent["months"])
        if sent.isGood("startsOn"), startsOn.map({ !years.contains($0.year) }) ?? true {
            sent.fault("startsOn", "organizations.fault.date")
        }
        if sent.isGood("months"), count.map({ !months.contains($0) }) ?? true {
            sent.fault(
                "months", "organizations.fault.months",
                ["least": .number(months.lowerBound), "most": .number(months.upperBound)])
        }
        guard let startsOn, let count, sent.faults.isEmpty else { return nil }
        return AgreementTerm(startsOn: startsOn, months: count, renews: sent.isTicked("renews"))
    }

    private static func contract(_ visit: Visit) throws(Refusal) -> Contract {
        guard let contract = Contract.named(try visit.tenantDesk().provider.contract) else { throw .notFound }
        return contract
    }

    private static func options(_ contract: Contract, _ visit: Visit) -> [String: [FieldOption]] {
        [
            "plan": contract.plans.map { plan in
                FieldOption(value: plan.key, label: plan.name.text(in: visit.language), detail: plan.modality)
            }
        ]
    }

    private static func page(_ visit: Visit, _ found: OrganizationRecord, _ draft: FormDraft) -> Response {
        let words = visit.words
        let page = OrganizationFormPage(
            back: LinkItem(label: found.details.legalName, href: visit.link("/organizations/\(found.id)")),
            heading: words.text("organizations.signing", ["name": .text(found.details.legalName)]),
            lead: words.text("organizations.signLead"), keys: visit.formKeys(), hidden: [],
            fields: draft.fields(fields, words), faults: draft.faultLines, submit: words.text("organizations.sign"))
        return visit.showForm(page, visit.site.pages.organizationForm, title: page.heading, draft.faults)
    }

    // MARK: The document

    /// For staff: the agreement that counts, or the one that the query numbers.
    static func file(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let found = try OrganizationView.find(visit)
        guard let text = visit.asked("number") else { return try document(visit, of: found.id) }
        guard let number = Identifier<AgreementRecord>(text)?.rawValue else { throw .notFound }
        return try document(visit, number, of: found.id)
    }

    /// What was signed, byte for byte.
    static func document(
        _ visit: Visit, _ number: Int? = nil, of id: Organization.ID
    ) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let found = try desk.read { connection -> (number: Int, bytes: [UInt8])? in
            guard let number = try number ?? connection.agreement(of: id)?.id else { return nil }
            return try connection.agreementDocument(number, of: id).map { (number, $0) }
        }
        guard let found else { throw .notFound }
        let name = "\(desk.tenant.slug)-acuerdo-\(found.number).html"
        return Response(.ok, body: .bytes(found.bytes, type: "text/html; charset=utf-8"))
            .adding("Content-Disposition", "attachment; filename=\"\(name)\"")
            .adding("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
            .adding("Cache-Control", "no-store")
    }
}
