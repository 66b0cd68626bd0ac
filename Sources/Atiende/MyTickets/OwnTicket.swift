// A ticket as its customer follows it (PW-3): what was promised, how far it is, what was said, and what he can do.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum OwnTicket {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let seen = try SeenTicket(visit)
        // The staff works on it elsewhere.
        guard try !visit.signedIn().person.role.isStaff else {
            return .seeOther(visit.link("/desk/\(seen.ticket.folio)"))
        }
        let kept = try visit.askedDraft(of: "/tickets/\(seen.ticket.folio)")?.content
        var values = kept?.values ?? [:]
        if let face = visit.asked("face").flatMap(SurveyFace.init) { values["face"] = face.rawValue }
        return try page(visit, seen, values, Faults(), files: try kept?.files(visit) ?? SentFiles())
    }

    static func page(
        _ visit: Visit, _ seen: SeenTicket, _ values: [String: String], _ faults: Faults,
        files: SentFiles = SentFiles()
    ) throws(Refusal) -> Response {
        let parts = OwnTicketParts(visit: visit, seen: seen, values: values, faults: faults)
        let ticket = seen.ticket
        let rows = try MyTicketRows(visit)
        var page = OwnTicketPage(
            back: visit.link(MyTickets.path), folio: "\(ticket.folio)", subject: ticket.subject,
            badge: rows.badge(ticket)
                ?? MyTicketBadge(kind: "", icon: "pulse", text: rows.terms.status(ticket.status)),
            isPrivate: ticket.isPrivate, faults: faults.list.map { FormFault(field: $0.field, text: $0.text) },
            clocks: try visit.clockStrip(seen.entries.map(\.fact), isForStaff: false),
            stages: try visit.stages(of: ticket, seen.entries, rows.moments),
            conversation: try visit.conversation(of: ticket, seen.entries, isForStaff: false),
            files: files.part(visit), severityRank: String(min(rows.rules.rank(ticket.severity) + 1, 4)),
            severity: rows.terms.severity(ticket.severity), facts: parts.facts(rows),
            followers: try parts.followers(), fileHref: visit.link("/tickets/\(ticket.folio)/file"))
        page.confirmation = parts.confirmation
        page.reopening = parts.reopening
        page.survey = parts.survey
        page.message = parts.message
        if seen.allows(.followUp) {
            page.followUpHref = visit.link(NewTicketForm.path + "?parent=\(ticket.folio)")
        }
        page.follow = try parts.follow()
        page.add = parts.add
        return visit.showForm(
            page, visit.site.pages.ownTicket, title: "\(ticket.folio): \(ticket.subject)", faults)
    }
}

/// A ticket with all that its page needs, read at one instant.
struct SeenTicket: Sendable {
    let ticket: Ticket
    let entries: [TicketEntry]
    let details: TicketDetails
    let party: TicketParty
    let assignee: Speaker?
    /// Customers who follow it.
    let followers: [(id: Person.ID, name: String)]
    let others: [(id: Person.ID, name: String)]
    /// Tickets that it is tied to and that the reader may see.
    let links: [(kind: TicketLink, folio: Folio)]

    private static let mostColleagues = 200

    /// That of the path; not found unless the visitor may see it.
    init(_ visit: Visit) throws(Refusal) {
        let scope = try visit.ticketScope()
        let person = try visit.signedIn().person
        let party = TicketParty(person)
        self = try visit.tenantDesk().read { connection in
            try SeenTicket(
                try connection.ticket(visit.parameters["folio"], in: scope), party, scope, in: connection)
        }
    }

    private init(
        _ ticket: Ticket, _ party: TicketParty, _ scope: TicketScope, in connection: SQL.Connection
    ) throws {
        self.ticket = ticket
        self.party = party
        entries = try connection.story(of: ticket.id)
        details = try connection.details(of: ticket.id)
        assignee = try ticket.assignee.flatMap { try connection.speaker($0) }
        var followers: [(id: Person.ID, name: String)] = []
        for id in try connection.followers(of: ticket.id) {
            // Who of the staff follows a ticket concerns no customer.
            if let speaker = try connection.speaker(id), !speaker.role.isStaff { followers.append((id, speaker.name)) }
        }
        self.followers = followers
        others = try connection.possibleFollowers(
            of: ticket.id, in: ticket.organization, limit: Self.mostColleagues)
        var links: [(kind: TicketLink, folio: Folio)] = []
        for link in try connection.links(of: ticket.id) {
            guard let folio = try connection.ticket(link.other)?.folio,
                try connection.ticket(folio, in: scope) != nil
            else { continue }
            links.append((link.kind, folio))
        }
        self.links = links
    }

    func allows(_ action: TicketAction) -> Bool { action.isAllowed(to: party, on: ticket) }
}
