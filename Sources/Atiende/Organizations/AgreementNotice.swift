// A side told in writing that an agreement ends (FP-11): noted with the side and the day.

internal import HTTP
internal import Markup
internal import SLA

enum AgreementNotice {
    static let fields: [FieldSpec] = [
        .choice("side", "organizations.notice.side"),
        .date("day", "organizations.notice.day", hasHint: true),
    ]

    static func new(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let (found, agreement) = try find(visit)
        let draft = FormDraft(["day": "\(try visit.today())"], options: options(visit))
        return try page(visit, found, agreement, draft)
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let (found, agreement) = try find(visit)
        let today = try visit.today()
        var sent = SentForm(form, fields, visit.words)
        let side = AgreementSide(rawValue: sent["side"])
        if side == nil { sent.faultEmpty("side") }
        let day = CivilDate(sent["day"])
        if sent.isGood("day") {
            if day == nil { sent.fault("day", "organizations.fault.date") }
            if let day, day > today { sent.fault("day", "organizations.fault.future") }
        }
        guard let side, let day, sent.faults.isEmpty else {
            return .answer(try page(visit, found, agreement, FormDraft(sent, options: options(visit))))
        }
        return try .file(form, said: "organizations.said.notice") { connection in
            // Nobody else noted one meanwhile, or signed another agreement.
            guard let current = try connection.agreement(of: found.id), current.id == agreement.id,
                current.term.noticeOn == nil
            else { throw Refusal.conflict }
            try connection.giveNotice(current, of: found.id, on: day, by: side, today: today)
            try connection.record(
                visit.entry(
                    .agreementChanged, OrganizationView.subject(found.id), of: found.id,
                    after: "\(side.rawValue) \(day)"))
            return visit.link("/organizations/\(found.id)#agreement")
        }
    }

    /// The organization with the agreement of which nobody gave notice yet.
    private static func find(_ visit: Visit) throws(Refusal) -> (OrganizationRecord, AgreementRecord) {
        let found = try OrganizationEditing.findUnmerged(visit)
        guard let agreement = try visit.tenantDesk().read({ try $0.agreement(of: found.id) }),
            agreement.term.noticeOn == nil
        else { throw .notFound }
        return (found, agreement)
    }

    private static func options(_ visit: Visit) -> [String: [FieldOption]] {
        [
            "side": AgreementSide.allCases.map { side in
                FieldOption(value: side.rawValue, label: visit.words.text("organizations.side.\(side.rawValue)"))
            }
        ]
    }

    private static func page(
        _ visit: Visit, _ found: OrganizationRecord, _ agreement: AgreementRecord, _ draft: FormDraft
    ) throws(Refusal) -> Response {
        let words = visit.words
        var lead = ""
        if case .running(let span, _) = agreement.term.standing(on: try visit.today()) {
            lead = words.text(
                "organizations.notice.lead",
                ["end": .text(words.date(span.ends)), "notice": .text(words.date(span.noticeBy))])
        }
        let page = OrganizationFormPage(
            back: LinkItem(label: found.details.legalName, href: visit.link("/organizations/\(found.id)")),
            heading: words.text("organizations.noticing", ["name": .text(found.details.legalName)]), lead: lead,
            keys: visit.formKeys(), hidden: [], fields: draft.fields(fields, words), faults: draft.faultLines,
            submit: words.text("organizations.notice"))
        return visit.showForm(page, visit.site.pages.organizationForm, title: page.heading, draft.faults)
    }
}
