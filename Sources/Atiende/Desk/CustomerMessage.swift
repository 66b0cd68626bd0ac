// What a customer says on a ticket of his.

internal import HTTP
internal import Markup
internal import SQL

enum CustomerMessage {
    static let specs: [FieldSpec] = [
        .text("body", "desk.customer.body", upTo: MessageRoutes.longest, rows: 6, isOptional: true)
    ]

    static func create(_ visit: Visit, _ form: Form, _ scope: TicketScope) throws(Refusal) -> Submission {
        let folio = visit.parameters["folio"]
        let ticket = try visit.tenantDesk().read { try $0.ticket(folio, in: scope) }
        let files = try visit.keepFiles(form)
        var sent = SentForm(form, specs, visit.words)
        sent.tell(files)
        if files.isEditing { return .answer(page(visit, ticket, FormDraft(["body": sent["body"]]), files)) }
        if sent["body"].isEmpty, files.ids.isEmpty { sent.fault("body", "desk.fault.emptyMessage") }
        guard sent.faults.isEmpty else { return .answer(page(visit, ticket, FormDraft(sent), files)) }
        let filled = sent
        let (party, rules) = try visit.ticketParty()
        let words = visit.words
        let goingOn: @Sendable (Ticket) throws(Refusal) -> Response? = { ticket throws(Refusal) in
            try NewTicket.page(visit, goingOnFrom: ticket, party, filled["body"], files)
        }
        if let page = try goingOn(ticket) { return .answer(page) }
        let news = try visit.ticketNews()
        return try .file(
            form, said: "desk.said.heard",
            otherwise: { faults in
                if let ticket = try? visit.tenantDesk().read({ try $0.ticket(folio, in: scope) }),
                    let page = try? goingOn(ticket)
                {
                    return page
                }
                var draft = FormDraft(filled)
                draft.faults = faults
                return page(visit, ticket, draft, files)
            },
            { connection in
                let ticket = try connection.ticket(folio, in: scope)
                var work = TicketWork(on: ticket, by: party, rules, at: visit.now, in: connection)
                guard work.allows(.message) else {
                    throw Faults.one("body", words.text("desk.fault.closedForYou"))
                }
                if try work.isFull { throw Faults.one("body", words.text("desk.fault.full")) }
                try work.hear(filled["body"], files: files.ids)
                try news.tell(since: ticket, in: connection)
                let place = "/tickets/\(ticket.folio)"
                if let person = party.person { try connection.removeDraft(of: person, path: place) }
                return visit.link(place)
            })
    }

    /// What was written, with what is wrong with it: nothing of it is lost.
    static func page(_ visit: Visit, _ ticket: Ticket, _ draft: FormDraft, _ files: SentFiles) -> Response {
        let page = CustomerMessagePage(
            folio: "\(ticket.folio)", subject: ticket.subject, ticketHref: visit.link("/tickets/\(ticket.folio)"),
            path: visit.link("/tickets/\(ticket.folio)/messages"), keys: visit.formKeys(),
            fields: draft.fields(specs, visit.words), faults: draft.faultLines, files: files.part(visit))
        return visit.showForm(
            page, visit.site.pages.customerMessage, title: "\(ticket.folio): \(ticket.subject)", draft.faults)
    }
}

struct CustomerMessagePage: Page {
    let folio: String
    let subject: String
    let ticketHref: String
    let path: String
    let keys: FormKeys
    let fields: [FormField]
    let faults: [FormFault]
    let files: AttachmentField

    static let template: StaticString = "tickets/message.html"
    static let fields: [Field<CustomerMessagePage>] = [
        .text("folio") { $0.folio },
        .text("subject") { $0.subject },
        .text("ticketHref") { $0.ticketHref },
        .text("path") { $0.path },
        .part("keys") { $0.keys },
        .list("fields") { $0.fields },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .part("files") { $0.files },
    ]
}
