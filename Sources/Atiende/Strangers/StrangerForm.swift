// The public form (PW-2): asked without an account, answered alike whoever owns the address, a ticket only once the
// address is confirmed. Nothing that a stranger typed stands in the letter that asks for it.

internal import HTTP
internal import Markup
internal import SQL

enum StrangerForm {
    private static let specs: [FieldSpec] = [
        .line("name", "stranger.name", upTo: PersonName.maximumLength, autocomplete: "name"),
        .mail("email", "stranger.email", hasHint: true),
        .line("company", "stranger.company", upTo: 120, autocomplete: "organization"),
        .choice("kind", "stranger.kind"),
        .line("subject", "stranger.subject"),
        .text("description", "stranger.description", upTo: 10_000, rows: 6),
    ]

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        // Whoever is in has better ones.
        if let session = visit.session {
            return .seeOther(visit.link(session.person.role == .customer ? "/tickets/new" : "/"))
        }
        return try page(visit, FormDraft(options: options(visit)))
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        if visit.session != nil { return .answer(.seeOther(visit.link("/"))) }
        var sent = SentForm(form, specs, visit.words)
        guard let report = try read(&sent, visit) else {
            return .answer(try page(visit, FormDraft(sent, options: options(visit))))
        }
        let desk = try visit.tenantDesk()
        let keys = try AttemptKeys("report", account: report.email.text, address: visit.subscriber)
        let again: @Sendable (SentForm, Faults) -> Response? = { sent, faults in
            guard var draft = try? FormDraft(sent, options: options(visit)) else { return nil }
            draft.faults = faults
            return try? page(visit, draft)
        }
        let earliest: Int?
        do throws(Refusal) { earliest = try desk.write { try $0.beginAttempt(keys, at: visit.now) } } catch {
            guard let faults = visit.notKept(error), var answer = again(sent, faults) else { throw error }
            answer.status = error.status
            return .answer(answer.adding("Retry-After", "30"))
        }
        if let earliest {
            sent.fault("email", text: try visit.tooManyWords(until: earliest))
            return .answer(
                try page(visit, FormDraft(sent, options: options(visit)), status: .tooManyRequests)
                    .adding("Retry-After", String(max(1, earliest - visit.now))))
        }
        let token = try SecretToken.make()
        let letter = try confirmation(report, token, visit, desk)
        let location = visit.link("/report/sent")
        let filled = sent
        return try .file(form, otherwise: { again(filled, $0) }) { connection in
            if try connection.keep(report, under: token.hash, at: visit.now) {
                try connection.enqueue(letter, at: visit.now)
            }
            return location
        }
    }

    private static func read(_ sent: inout SentForm, _ visit: Visit) throws(Refusal) -> StrangerReport? {
        let email = sent.address("email", visit.words)
        let provider = try visit.tenantDesk().provider.name
        if sent.isGood("name") {
            do throws(PersonNameFault) { _ = try PersonName(sent["name"], ofCustomerOf: provider) } catch {
                sent.fault("name", text: error.sentence(in: visit.words))
            }
        }
        let kind = try kinds(visit).first { $0.key == sent["kind"] }
        if sent.isGood("kind"), kind == nil { sent.faultEmpty("kind") }
        guard let email, let kind, sent.faults.isEmpty else { return nil }
        return StrangerReport(
            email: email, name: sent["name"], company: sent["company"], subject: sent["subject"],
            description: sent["description"], kind: kind.key, language: visit.language)
    }

    private static func confirmation(
        _ report: StrangerReport, _ token: SecretToken, _ visit: Visit, _ desk: Desk
    ) throws(Refusal) -> WrittenLetter {
        let words = visit.words
        let provider = Words.Value.text(desk.provider.name)
        let letter = Letter(
            kind: Letter.Kind(rawValue: "report.confirm"), recipient: Mailbox(name: "", address: report.email),
            language: visit.language, subject: words.text("stranger.letter.subject", ["provider": provider]),
            paragraphs: [
                words.text("stranger.letter.what", ["provider": provider]), words.text("stranger.letter.ignore"),
            ],
            action: Letter.Action(
                label: words.text("stranger.letter.action"),
                url: visit.site.installation.url(of: desk.tenant, "/report/confirm?token=\(token.text)")))
        return visit.site.write(letter, for: desk.provider.name)
    }

    // MARK: Pages

    static func sent(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        notice(visit, "sent", "/")
    }

    static func received(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        notice(visit, "received", "/")
    }

    static func notice(_ visit: Visit, _ key: String, _ path: String, status: Status = .ok) -> Response {
        let words = visit.words
        let page = NoticePage(
            heading: words.text("stranger.\(key).heading"), lead: words.text("stranger.\(key).lead"),
            action: words.text("stranger.\(key).action"), href: visit.link(path))
        return visit.show(page, visit.site.pages.notice, title: words.text("stranger.\(key).heading"), status: status)
    }

    private static func kinds(_ visit: Visit) throws(Refusal) -> [RequestKind] {
        guard let rules = try visit.tenantDesk().ticketRules else { throw .notFound }
        return rules.contract.kinds.filter { $0.severity == nil }
    }

    private static func options(_ visit: Visit) throws(Refusal) -> [String: [FieldOption]] {
        ["kind": try kinds(visit).map { FieldOption(value: $0.key, label: $0.name.text(in: visit.language)) }]
    }

    private static func page(
        _ visit: Visit, _ draft: FormDraft, status: Status? = nil
    ) throws(Refusal) -> Response {
        let words = visit.words
        let page = StrangerPage(
            keys: visit.formKeys(), action: visit.link("/report"), fields: draft.fields(specs, words),
            faults: draft.faultLines, loginHref: visit.link("/login?next=/tickets/new"))
        return visit.showForm(
            page, visit.site.pages.stranger, title: words.text("stranger.title"), draft.faults, status: status)
    }
}

struct StrangerPage: Page {
    let keys: FormKeys
    let action: String
    let fields: [FormField]
    let faults: [FormFault]
    let loginHref: String

    static let template: StaticString = "strangers/new.html"
    static let fields: [Field<StrangerPage>] = [
        .part("keys") { $0.keys },
        .text("action") { $0.action },
        .list("fields") { $0.fields },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .text("loginHref") { $0.loginHref },
    ]
}
