// What is said on a ticket, by either side: a noun that customers and the staff share.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum MessageRoutes {
    static let longest = 20_000

    private static let specs: [FieldSpec] = [
        .text("body", "desk.body", upTo: longest, rows: 5, isOptional: true),
        .line("visibility", "desk.visibility", isOptional: true), .line("status", "desk.then", isOptional: true),
        .line("channel", "desk.channel", isOptional: true), .line("canned", "desk.canned", isOptional: true),
    ]

    /// What of others whoever answers should have read first.
    static func collides(_ kind: TicketFact.Kind) -> Bool {
        switch kind {
        case .staffMessage, .customerMessage, .note, .status, .level, .severity, .recovered, .rootCause, .merged,
            .locked,
            .confirmed:
            true
        default: false
        }
    }

    @Sendable static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let scope = try visit.ticketScope()
        return scope == .desk ? try ofStaff(visit, form) : try CustomerMessage.create(visit, form, scope)
    }

    // MARK: Of the staff

    /// What a form of the staff's says.
    private struct Sent: Sendable {
        let body: String
        let isInternal: Bool
        let status: TicketStatus?
        let channel: Channel
        let files: SentFiles
        let goesToNext: Bool
    }

    private static func ofStaff(_ visit: Visit, _ form: Form) throws(Refusal) -> Submission {
        let reading = try DeskTicket.read(visit)
        let forms = DeskForms(visit: visit, reading: reading)
        let seen = try form.version(of: reading)
        let files = try visit.keepFiles(form)
        var filled = SentForm(form, specs, visit.words)
        filled.tell(files)
        var reply = ComposerReply(
            body: filled["body"], isInternal: filled["visibility"] == "internal", status: filled["status"],
            channel: filled["channel"], seen: seen, files: files)
        if form["insert"] != nil || files.isEditing {
            if form["insert"] != nil { reply.body = inserted(filled, forms) }
            return .answer(try DeskTicket.page(visit, reading, composer: reply))
        }
        let sent = try check(&filled, forms, files, goesToNext: form["next"] != nil)
        reply.faults = filled.faults
        guard filled.faults.isEmpty else { return .answer(try DeskTicket.page(visit, reading, composer: reply)) }
        return try file(visit, form, reading, sent, reply)
    }

    private static func inserted(_ filled: SentForm, _ forms: DeskForms) -> String {
        let answer = forms.reading.answers.first { "\($0.id)" == filled["canned"] }
        guard let answer else { return filled["body"] }
        let text = answer.text(forms.answerValues)
        return filled["body"].isEmpty ? text : filled["body"] + "\n\n" + text
    }

    private static func check(
        _ filled: inout SentForm, _ forms: DeskForms, _ files: SentFiles, goesToNext: Bool
    ) throws(Refusal) -> Sent {
        let isInternal = filled["visibility"] == "internal"
        if !filled["visibility"].isEmpty, !["public", "internal"].contains(filled["visibility"]) { throw .forbidden }
        let channel = Channel(rawValue: filled["channel"].isEmpty ? "portal" : filled["channel"])
        if !DeskForms.channels.contains(channel) { throw .forbidden }
        if filled["body"].isEmpty, files.ids.isEmpty {
            filled.fault("body", isInternal ? "desk.fault.emptyNote" : "desk.fault.emptyAnswer")
        }
        if !forms.allows(isInternal ? .note : .message) { filled.fault("body", forms.whyNoMessage) }
        var status: TicketStatus?
        if let asked = filled.optional("status"), asked != forms.ticket.status.rawValue {
            status = TicketStatus(rawValue: asked)
            if status.map(forms.statuses.contains) != true { filled.fault("status", "desk.fault.status") }
            if status == .resolved, isInternal, forms.ticket.answeredAt == nil {
                filled.fault("status", "desk.fault.unanswered")
            }
            if status == .closed { filled.fault("status", "desk.fault.closeApart") }
        }
        return Sent(
            body: filled["body"], isInternal: isInternal, status: status, channel: channel, files: files,
            goesToNext: goesToNext)
    }

    private static func file(
        _ visit: Visit, _ form: Form, _ reading: DeskReading, _ sent: Sent, _ reply: ComposerReply
    ) throws(Refusal) -> Submission {
        let (party, rules) = try visit.ticketParty()
        let folio = visit.parameters["folio"]
        let words = visit.words
        let news = try visit.ticketNews()
        let location = sent.goesToNext ? next(reading, visit) : visit.link("/desk/\(reading.ticket.folio)")
        return try .file(
            form,
            said: sent.isInternal
                ? "desk.said.noted" : sent.channel == .portal ? "desk.said.answered" : "desk.said.logged",
            otherwise: { faults in
                guard let reading = try? DeskTicket.read(visit) else { return nil }
                var again = reply
                again.faults = faults
                return try? DeskTicket.page(visit, reading, composer: again)
            },
            { connection in
                let ticket = try connection.ticket(folio, in: .desk)
                let between = try connection.story(of: ticket.id, after: reply.seen)
                if between.contains(where: { $0.fact.actor != party.person && collides($0.fact.kind) }) {
                    throw Faults.one(DeskReply.stale, words.text("desk.stale.message"))
                }
                var work = TicketWork(on: ticket, by: party, rules, at: visit.now, in: connection)
                guard work.allows(sent.isInternal ? .note : .message) else {
                    throw Faults.one("body", words.text("desk.fault.notNow"))
                }
                if try work.isFull { throw Faults.one("body", words.text("desk.fault.full")) }
                if sent.isInternal {
                    try work.note(sent.body, files: sent.files.ids)
                    if let status = sent.status { try work.set(status) }
                } else {
                    try work.answer(sent.body, files: sent.files.ids, by: sent.channel, status: sent.status)
                }
                try news.tell(since: ticket, in: connection)
                if let person = party.person { try connection.removeDraft(of: person, path: "/desk/\(ticket.folio)") }
                try connection.record(
                    visit.entry(
                        sent.isInternal ? .ticketNoted : .ticketAnswered, ticket.subjectOfAudit, of: ticket.organization
                    ))
                return location
            })
    }

    private static func next(_ reading: DeskReading, _ visit: Visit) -> String {
        reading.place?.next.map { visit.link("/desk/\($0)") } ?? visit.link("/queue")
    }
}

extension DeskForms {
    /// Why nothing can be said to the customer now.
    var whyNoMessage: String {
        if ticket.isMerged { return "desk.fault.merged" }
        if let keeper = ticket.keeper, keeper != visit.session?.person.id { return "desk.fault.locked" }
        return ticket.status == .closed ? "desk.fault.closed" : "desk.fault.notNow"
    }
}
