// What a customer does with a ticket of his: confirms, reopens, rates, follows (BZ-8, PW-3, PW-8).

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum OwnTicketActions {
    /// It is solved. A last word may come with it.
    static func close(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        try act(visit, request, OwnTicketParts.lastWord, said: "myTickets.said.closed", looksAtNews: true) {
            sent, work in
            if !sent["body"].isEmpty {
                if try work.isFull { throw Faults.one("body", visit.words.text("desk.fault.full")) }
                try work.hear(sent["body"])
            }
            try work.confirm()
        }
    }

    /// It still fails.
    static func reopen(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        try act(visit, request, OwnTicketParts.failing, said: "myTickets.said.reopened") { sent, work in
            guard work.ticket.status == .resolved else { throw Refusal.conflict }
            if try work.isFull { throw Faults.one("failing", visit.words.text("desk.fault.full")) }
            try work.hear(sent["failing"])
        }
    }

    static func rate(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        try act(visit, request, OwnTicketParts.survey, said: "myTickets.said.rated") { sent, work in
            guard let face = SurveyFace(rawValue: sent["face"]) else {
                throw Faults.one("face", visit.words.text("myTickets.face.fault"))
            }
            try work.rate(face, sent["comment"])
        }
    }

    static func follow(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        try setFollower(visit, request, follows: true, said: "myTickets.said.followed")
    }

    static func unfollow(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        try setFollower(visit, request, follows: false, said: "myTickets.said.unfollowed")
    }

    // MARK: How each is done

    /// Does something to the path's ticket; with a fault the page comes back with what was typed.
    /// - Parameter looksAtNews: Not before the customer has seen what the staff did since his page was made.
    private static func act(
        _ visit: Visit, _ request: Request, _ specs: [FieldSpec], said: String, looksAtNews: Bool = false,
        _ body: @escaping @Sendable (SentForm, inout TicketWork) throws -> Void
    ) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body, let rules = try visit.tenantDesk().ticketRules else {
            throw .forbidden
        }
        let party = try customer(visit)
        let scope = try visit.ticketScope()
        let sent = SentForm(form, specs, visit.words)
        let values = sent.values.compactMapValues(\.first)
        let typed = ["body", "failing", "comment"].map { sent[$0] }.first { !$0.isEmpty }
        let again: @Sendable (Faults) -> Response? = { faults in
            guard let seen = try? SeenTicket(visit) else { return nil }
            // The page has no place any more for what was typed.
            if let typed, !faults[Self.closed].isEmpty {
                var draft = FormDraft(["body": typed])
                draft.faults = .one("body", faults[Self.closed])
                let goingOn = try? NewTicket.page(visit, goingOnFrom: seen.ticket, party, typed)
                var page = goingOn ?? CustomerMessage.page(visit, seen.ticket, draft, SentFiles())
                page.status = .conflict
                return page
            }
            return try? OwnTicket.page(visit, seen, values, faults)
        }
        guard sent.faults.isEmpty else {
            return .answer(try OwnTicket.page(visit, SeenTicket(visit), values, sent.faults))
        }
        let version = looksAtNews ? form["version"].flatMap { Int($0) } : nil
        let letters = try visit.ticketNews()
        return try .file(form, said: said, otherwise: again) { connection in
            let ticket = try connection.ticket(visit.parameters["folio"], in: scope)
            if let version, let news = try news(of: ticket, after: version, visit, connection) {
                throw Faults.one("body", news)
            }
            var work = TicketWork(on: ticket, by: party, rules, at: visit.now, in: connection)
            do { try body(sent, &work) } catch Refusal.conflict where typed != nil {
                let why = work.allows(.message) ? "desk.fault.notNow" : "desk.fault.closedForYou"
                throw Faults.one(Self.closed, visit.words.text(why))
            }
            try letters.tell(since: ticket, in: connection)
            let place = "/tickets/\(ticket.folio)"
            if let person = party.person { try connection.removeDraft(of: person, path: place) }
            return visit.link(place)
        }
    }

    /// The fault of what can no longer be said on a ticket.
    private static let closed = "closed"

    private static func customer(_ visit: Visit) throws(Refusal) -> TicketParty {
        TicketParty(try visit.signedIn().person)
    }

    /// What the staff told the customer since a page was made; nil for nothing.
    private static func news(
        of ticket: Ticket, after version: Int, _ visit: Visit, _ connection: SQL.Connection
    ) throws -> String? {
        let spoke = try connection.story(of: ticket.id, after: version).last {
            if case .staffMessage = $0.fact.kind { true } else { false }
        }
        guard let spoke else { return nil }
        let name = try spoke.fact.actor.flatMap { try connection.speaker($0)?.name } ?? ""
        let moments = Moments(words: visit.words, zone: try visit.zone(), now: visit.now)
        return visit.words.text(
            "myTickets.news", ["name": .text(name), "when": .text(moments.on(spoke.fact.at))])
    }

    /// Oneself, or a colleague of the same organization; only oneself and the requester take somebody off.
    private static func setFollower(
        _ visit: Visit, _ request: Request, follows: Bool, said: String
    ) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body, let rules = try visit.tenantDesk().ticketRules else {
            throw .forbidden
        }
        let party = try customer(visit)
        let scope = try visit.ticketScope()
        let reader = try visit.signedIn().person.id
        guard let person = form["person"].flatMap({ Person.ID($0) }) else { throw .notFound }
        return try .file(form, said: said) { connection in
            let ticket = try connection.ticket(visit.parameters["folio"], in: scope)
            if follows {
                guard let colleague = try connection.colleague(person, in: ticket.organization),
                    !colleague.isPending, colleague.state == .active
                else { throw Refusal.notFound }
            } else if person != reader, ticket.requester != reader {
                throw Refusal.notFound
            }
            var work = TicketWork(on: ticket, by: party, rules, at: visit.now, in: connection)
            try work.follow(person, follows)
            // Whoever leaves what was only shown to him as a follower sees it no more.
            let isSeen = try connection.ticket(ticket.folio, in: scope) != nil
            return visit.link(isSeen ? "/tickets/\(ticket.folio)" : MyTickets.path)
        }
    }
}
