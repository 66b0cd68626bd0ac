// A form of the staff's page of a ticket: what it asks for, when it may be sent, and what it does. A noun each.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

struct DeskAction: Sendable {
    /// Its path below the ticket's, the beginning of its words, and the place of its form on the page.
    let name: String
    let action: TicketAction
    let specs: [FieldSpec]
    /// What of others makes it stale.
    let collides: @Sendable (TicketFact.Kind) -> Bool
    /// What is wrong with what was sent, beside its field.
    let check: @Sendable (inout SentForm, DeskForms) -> Void
    /// Does it; may throw `Faults`. Returns what the trail says of it.
    let perform: @Sendable (inout TicketWork, SentForm, Words) throws -> String

    static let unlinkingPath = "links/removal"

    init(
        _ name: String, _ action: TicketAction, _ specs: [FieldSpec] = [],
        collides: @escaping @Sendable (TicketFact.Kind) -> Bool = { _ in false },
        check: @escaping @Sendable (inout SentForm, DeskForms) -> Void = { _, _ in },
        perform: @escaping @Sendable (inout TicketWork, SentForm, Words) throws -> String
    ) {
        self.name = name
        self.action = action
        self.specs = specs
        self.collides = collides
        self.check = check
        self.perform = perform
    }

    /// Takes the form: done once, or shown again with what is wrong and what others did meanwhile.
    @Sendable func submit(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let reading = try DeskTicket.read(visit)
        var sent = SentForm(form, specs, visit.words)
        let forms = DeskForms(visit: visit, reading: reading)
        check(&sent, forms)
        let seen = try form.version(of: reading)
        guard sent.faults.isEmpty else {
            return .answer(try DeskTicket.page(visit, reading, DeskReply(name, FormDraft(sent), seen: seen)))
        }
        let filled = sent
        let (party, rules) = try visit.ticketParty()
        let words = visit.words
        let folio = visit.parameters["folio"]
        let news = try visit.ticketNews()
        return try .file(
            form, said: "desk.said." + (name == Self.unlinkingPath ? "unlinked" : name),
            otherwise: { faults in again(visit, filled, faults, seen: seen) },
            { connection in
                let ticket = try connection.ticket(folio, in: .desk)
                let mine = party.person
                let between = try connection.story(of: ticket.id, after: seen).filter { $0.fact.actor != mine }
                if between.contains(where: { collides($0.fact.kind) }) {
                    throw Faults.one(DeskReply.stale, words.text("desk.stale.fault"))
                }
                var work = TicketWork(on: ticket, by: party, rules, at: visit.now, in: connection)
                guard work.allows(action) else {
                    throw Faults.one(specs.first?.id ?? DeskReply.stale, words.text("desk.fault.notNow"))
                }
                let what = try perform(&work, filled, words)
                try news.tell(since: ticket, in: connection)
                try connection.record(
                    visit.entry(.ticketChanged, ticket.subjectOfAudit, of: ticket.organization, after: what))
                return visit.link("/desk/\(ticket.folio)")
            })
    }

    private func again(_ visit: Visit, _ sent: SentForm, _ faults: Faults, seen: Int) -> Response? {
        guard let reading = try? DeskTicket.read(visit) else { return nil }
        var draft = FormDraft(sent)
        draft.faults = faults
        return try? DeskTicket.page(visit, reading, DeskReply(name, draft, seen: seen))
    }
}

/// What a form of the page was answered with.
struct DeskReply: Sendable {
    let name: String
    let draft: FormDraft
    /// The last event that whoever filled it in had seen.
    let seen: Int

    init(_ name: String, _ draft: FormDraft, seen: Int) {
        self.name = name
        self.draft = draft
        self.seen = seen
    }

    /// The fault of a form that was overtaken, which belongs to none of its fields.
    static let stale = "stale"

    var isStale: Bool { !draft.faults[Self.stale].isEmpty }
}

extension Form {
    /// The number of the last event that was there when the form was made; the newest one for a form that does not say.
    func version(of reading: DeskReading) throws(Refusal) -> Int {
        guard let text = self["version"] else { return reading.ticket.version }
        guard let version = Identifier<TicketEntry>(text)?.rawValue, version <= reading.ticket.version else {
            throw .forbidden
        }
        return version
    }
}

extension Visit {
    func ticketParty() throws(Refusal) -> (TicketParty, TicketRules) {
        guard let rules = try tenantDesk().ticketRules else { throw .broken("a desk without a contract") }
        return (TicketParty(try signedIn().person), rules)
    }
}
