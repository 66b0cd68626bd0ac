// Tickets as customers see them in lists: whose turn it is, and when what was promised is due.

internal import Markup
internal import SLA
internal import SQL

/// What `mytickets/row` shows.
struct MyTicketRow: Item {
    let href: String
    let subject: String
    let line: String
    /// Its status, where it says more than a clock.
    let badge: MyTicketBadge?
    let clock: ClockBadge?
    let note: String

    static let fields: [Field<MyTicketRow>] = [
        .text("rowHref") { $0.href },
        .text("rowSubject") { $0.subject },
        .text("rowLine") { $0.line },
        .part("badge") { $0.badge },
        .part("clock") { $0.clock },
        .text("rowNote") { $0.note },
    ]
}

struct MyTicketBadge: Item {
    /// Its class.
    let kind: String
    let icon: String
    let text: String

    static let fields: [Field<MyTicketBadge>] = [
        .text("badgeKind") { $0.kind },
        .text("badgeIcon") { $0.icon },
        .text("badgeText") { $0.text },
    ]
}

struct MyTicketRows {
    let visit: Visit
    let rules: TicketRules
    let terms: TicketWords
    let moments: Moments
    let reader: Person.ID

    init(_ visit: Visit) throws(Refusal) {
        guard let rules = try visit.tenantDesk().ticketRules else { throw .broken("a desk without a contract") }
        self.visit = visit
        self.rules = rules
        terms = visit.ticketWords(isForStaff: false)
        moments = Moments(words: visit.words, zone: try visit.zone(), now: visit.now)
        reader = try visit.signedIn().person.id
    }

    private var words: Words { visit.words }

    func row(_ ticket: Ticket, in connection: Connection) throws -> MyTicketRow {
        let clock = try nearest(ticket, connection)
        let standing = clock?.standing(at: visit.now, rules.calendars)
        let badge = badge(ticket)
        let names = ClockWords(moments: moments, isForStaff: false)
        return MyTicketRow(
            href: visit.link("/tickets/\(ticket.folio)"), subject: ticket.subject,
            line: try line(ticket, connection), badge: badge,
            clock: badge != nil
                ? nil
                : clock.flatMap { clock in
                    standing.flatMap { names.badge($0, of: clock.clock, level: clock.level, isNamed: true) }
                },
            note: note(ticket, standing))
    }

    /// The clock that is due first; of a ticket that waits, the first one that is paused.
    private func nearest(_ ticket: Ticket, _ connection: Connection) throws -> TicketClock? {
        guard ticket.doneAt == nil else { return nil }
        let clocks = try connection.clocks(of: ticket.id)
        return clocks.first { $0.run == ticket.dueRun } ?? clocks.first { $0.stoppedAt == nil && $0.isPaused }
    }

    /// Nil while support has the turn.
    func badge(_ ticket: Ticket) -> MyTicketBadge? {
        let text = terms.status(ticket.status)
        if ticket.isMerged { return MyTicketBadge(kind: "", icon: "merge", text: words.text("myTickets.merged")) }
        return switch ticket.status {
        case .waitingCustomer: MyTicketBadge(kind: "act", icon: "reply", text: text)
        case .resolved: MyTicketBadge(kind: "act", icon: "ok", text: text)
        case .closed: MyTicketBadge(kind: "good", icon: "ok", text: text)
        case .new, .open, .waitingThirdParty, .inDevelopment: nil
        }
    }

    /// `PRW-2026-004131 · En revisión · Alta · De Rodrigo Peláez`
    private func line(_ ticket: Ticket, _ connection: Connection) throws -> String {
        var parts = ["\(ticket.folio)"]
        if badge(ticket) == nil { parts.append(terms.status(ticket.status)) }
        parts.append(terms.severity(ticket.severity))
        if let requester = ticket.requester, requester != reader, let name = try connection.speaker(requester)?.name {
            parts.append(words.text("myTickets.of", ["name": .text(name)]))
        }
        if ticket.isPrivate { parts.append(words.text("myTickets.private")) }
        return parts.joined(separator: " · ")
    }

    private func note(_ ticket: Ticket, _ standing: ClockStanding?) -> String {
        if ticket.doneAt != nil, let done = ticket.doneAt, !ticket.needsCustomer {
            return words.text("myTickets.doneAt", ["when": .text(moments.on(done))])
        }
        if ticket.status == .waitingCustomer, case .paused = standing { return words.text("myTickets.paused") }
        let when: Words.Value = .text(moments.on(ticket.lastWord.at))
        return words.text(ticket.lastWord.isOfStaff ? "myTickets.answered" : "myTickets.yourWord", ["when": when])
    }
}
