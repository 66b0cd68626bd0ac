// A customer reports something: the form, what becomes of it, and the page that confirms its receipt.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum NewTicket {
    // MARK: The form

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let person = try visit.signedIn().person.id
        let kept = try visit.tenantDesk().read {
            try $0.draft(of: person, path: NewTicketForm.path, at: visit.now)
        }
        let terms = try ServiceTerms.find(visit)
        // An unfinished report is offered; whoever asks for it goes on with it.
        if let kept, visit.asked("draft") == "\(kept.id)" {
            return try page(visit, terms, kept.content.values, Faults(), files: try kept.content.files(visit))
        }
        let kind = visit.asked("kind").flatMap { asked in terms.kinds.first { $0.key == asked }?.key }
        if let parent = try FollowedTicket.find(visit.asked("parent"), visit) {
            return try page(visit, terms, parent.values, Faults(), offered: kept)
        }
        let start = ["kind": kind ?? (terms.kinds.count == 1 ? terms.kinds[0].key : "")]
        return try page(visit, terms, start, Faults(), offered: kept)
    }

    /// What somebody wrote on a ticket that is closed, as the beginning of one that goes on from it: nothing of it is lost.
    /// Nil where the ticket is not closed.
    static func page(
        _ visit: Visit, goingOnFrom ticket: Ticket, _ party: TicketParty, _ text: String,
        _ files: SentFiles = SentFiles()
    ) throws(Refusal) -> Response? {
        guard TicketAction.followUp.isAllowed(to: party, on: ticket) else { return nil }
        guard let parent = try FollowedTicket.find("\(ticket.folio)", visit) else { throw .notFound }
        var values = parent.values
        values["description"] = text
        let why = visit.words.text("report.goesOn", ["folio": .text(parent.folio)])
        return try page(visit, ServiceTerms.find(visit), values, Faults.one("description", why), files: files)
    }

    private static func page(
        _ visit: Visit, _ terms: ServiceTerms, _ values: [String: String], _ faults: Faults,
        files: SentFiles = SentFiles(), offered: Draft? = nil
    ) throws(Refusal) -> Response {
        let form = NewTicketForm(visit: visit, terms: terms)
        var draft = FormDraft(values, options: try form.options())
        draft.faults = faults.ordered(
            by: NewTicketForm.main.map(\.id) + [SentFiles.field] + NewTicketForm.more.map(\.id))
        let words = visit.words
        let session = try visit.signedIn()
        let membership = try visit.membership()
        let moments = Moments(words: words, zone: try visit.zone(), now: visit.now)
        var facts = [
            FactItem(label: words.text("report.you.name"), value: session.person.name),
            FactItem(label: words.text("report.you.organization"), value: membership.name),
            FactItem(label: words.text("report.you.email"), value: session.person.email),
        ]
        if !session.person.phone.isEmpty {
            facts.append(FactItem(label: words.text("report.you.phone"), value: session.person.phone))
        }
        let more = draft.fields(NewTicketForm.more, words)
        let page = NewTicketPage(
            action: visit.link(NewTicketForm.path), keys: visit.formKeys(),
            parent: try FollowedTicket.find(values["parent"], visit), faults: draft.faultLines,
            offer: try offered.map { draft throws(Refusal) in try offer(draft, visit, moments) },
            closed: ClosedHours(terms, moments), notices: PlanNotice.all(terms, visit, moments),
            fields: draft.fields(NewTicketForm.main, words), more: more,
            files: files.part(visit), isMoreOpen: more.contains { !$0.value.isEmpty || !$0.fault.isEmpty },
            isUsedUp: terms.isUsedUp,
            facts: facts, profileHref: visit.link("/profile"))
        return visit.showForm(page, visit.site.pages.newTicket, title: words.text("report.title"), draft.faults)
    }

    private static func offer(_ draft: Draft, _ visit: Visit, _ moments: Moments) throws(Refusal) -> DraftOffer {
        DraftOffer(
            text: visit.words.text("report.draft", ["when": .text(moments.on(draft.at))]),
            href: visit.link(NewTicketForm.path + "?draft=\(draft.id)"),
            discardHref: visit.link("/drafts/\(draft.id)/discard"), keys: visit.formKeys())
    }

    // MARK: What becomes of it

    /// What a form brought.
    private struct Filled: Sendable {
        var sent: SentForm
        let parent: FollowedTicket?
        let files: SentFiles

        var values: [String: String] {
            var values = sent.values.compactMapValues(\.first)
            values["parent"] = parent?.folio
            return values
        }
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let terms = try ServiceTerms.find(visit)
        var filled = Filled(
            sent: SentForm(form, NewTicketForm.specs, visit.words),
            parent: try FollowedTicket.find(form.carried("parent"), visit), files: try visit.keepFiles(form))
        if filled.files.isEditing {
            return .answer(try page(visit, terms, filled.values, Faults(), files: filled.files))
        }
        filled.sent.tell(filled.files)
        if form["later"] != nil { return try keep(form, filled, terms, visit) }
        let reader = NewTicketForm(visit: visit, terms: terms)
        guard var draft = try reader.read(&filled.sent) else {
            return .answer(try page(visit, terms, filled.values, filled.sent.faults, files: filled.files))
        }
        draft.files = filled.files.ids
        return try open(draft, form, filled, terms, visit)
    }

    private static func open(
        _ draft: TicketDraft, _ form: Form, _ filled: Filled, _ terms: ServiceTerms, _ visit: Visit
    ) throws(Refusal) -> Submission {
        let (scope, party) = (try visit.ticketScope(), TicketParty(try visit.signedIn().person))
        let news = try visit.ticketNews()
        return try .file(
            form, otherwise: { faults in try? page(visit, terms, filled.values, faults, files: filled.files) },
            { connection in
                let now = try connection.serviceTerms(of: draft.organization, terms.rules, at: visit.now)
                if now.isUsedUp { throw Faults.one("subject", try PlanNotice.usedUp(now, visit)) }
                let folio = try connection.openTicket(draft, terms.rules, at: visit.now)
                try news.confirmReceipt(of: folio, in: connection)
                if let parent = filled.parent, let ticket = try connection.ticket(folio) {
                    let closed = try connection.ticket(parent.folio, in: scope)
                    var work = TicketWork(on: closed, by: party, terms.rules, at: visit.now, in: connection)
                    try work.goOn(in: ticket)
                }
                if let person = draft.requester {
                    try connection.removeDraft(of: person, path: NewTicketForm.path)
                }
                return visit.link("/tickets/\(folio)/confirmation")
            })
    }

    /// Saved unfinished, to be finished later (SE-8): nothing of it has to be good.
    private static func keep(
        _ form: Form, _ filled: Filled, _ terms: ServiceTerms, _ visit: Visit
    ) throws(Refusal) -> Submission {
        let person = try visit.signedIn().person.id
        let sent = filled.sent
        let unseen =
            filled.files.kept.map { (SentFiles.keptField, $0.token) }
            + (filled.parent.map { [("parent", $0.folio)] } ?? [])
        guard let content = NewTicketForm.content(sent, unseen: unseen, visit.words) else {
            let faults = Faults.one("description", visit.words.text("drafts.tooLarge"))
            return .answer(try page(visit, terms, filled.values, faults, files: filled.files))
        }
        let title = sent["subject"].isEmpty ? visit.words.text("report.title") : sent["subject"]
        return try .file(form, said: "report.said.kept") { connection in
            _ = try connection.keepDraft(
                content, of: person, path: NewTicketForm.path, title: String(title.prefix(200)), at: visit.now)
            return visit.link("/drafts")
        }
    }
}

extension DraftContent {
    /// The files that wait with it.
    func files(_ visit: Visit) throws(Refusal) -> SentFiles {
        var form = Form()
        form.fields = entries.filter { [SentFiles.keptField, SentFiles.lostField].contains($0.name) }.map {
            ($0.name, $0.value)
        }
        return try visit.keepFiles(form)
    }
}
