// What the staff reads when a step of escalation is due: one letter for a person and a moment, whatever the number of
// tickets. It never goes to a customer, and nobody reads in it who else was told.

internal import Markup
internal import SLA
internal import SQL

/// Somebody of the staff to whom letters go.
struct StaffReader: Sendable, Hashable {
    let id: Person.ID
    let email: String
    let name: String
    let language: String?
    let timeZone: String?
    let notices: Profile.Notices
}

struct EscalationLetters {
    let site: Site
    let desk: Desk
    let rules: TicketRules
    let now: Int

    /// Puts the letters in the outbox of the transaction that carried out what they tell.
    func enqueue(_ notices: [EscalationNotice], in connection: Connection) throws {
        guard !notices.isEmpty else { return }
        var staff = StaffOnDuty()
        var piles: [(reader: StaffReader, notices: [EscalationNotice])] = []
        var places: [Person.ID: Int] = [:]
        for notice in notices {
            for reader in try staff.readers(of: notice, connection) {
                if let place = places[reader.id] {
                    piles[place].notices.append(notice)
                } else {
                    places[reader.id] = piles.count
                    piles.append((reader, [notice]))
                }
            }
        }
        var names: [Organization.ID: String] = [:]
        for notice in notices where names[notice.ticket.organization] == nil {
            names[notice.ticket.organization] = try connection.organizationName(of: notice.ticket)
        }
        for pile in piles {
            guard let recipient = try? Mailbox(name: pile.reader.name, email: pile.reader.email) else { continue }
            try connection.enqueue(letter(pile.notices, to: pile.reader, recipient, names), at: now)
        }
    }

    private func letter(
        _ notices: [EscalationNotice], to reader: StaffReader, _ recipient: Mailbox, _ names: [Organization.ID: String]
    ) -> WrittenLetter {
        let chosen = reader.language.flatMap(Language.init(rawValue:)).flatMap(desk.languages.having)
        let language = chosen ?? desk.languages.first
        let words = site.templates.words(in: language)
        let zone = reader.timeZone.flatMap { try? site.installation.zones.rules($0) } ?? desk.zone
        let moments = Moments(words: words, zone: zone, now: now)
        let lines = notices.map { line($0, moments, names[$0.ticket.organization] ?? "") }
        let isOne = notices.allSatisfy { $0.ticket.id == notices[0].ticket.id }
        let action = Letter.Action(
            label: words.text(isOne ? "escalations.letter.open" : "escalations.letter.openQueue"),
            url: site.installation.url(of: desk.tenant, isOne ? "/desk/\(notices[0].ticket.folio)" : "/queue"))
        let letter = Letter(
            kind: Letter.Kind(rawValue: "escalation"), recipient: recipient, language: language,
            subject: subject(notices, moments), paragraphs: lines, action: action,
            ticket: isOne ? notices[0].ticket.folio : nil)
        return site.write(letter, for: desk.provider.name)
    }

    private func subject(_ notices: [EscalationNotice], _ moments: Moments) -> String {
        guard notices.count == 1, let notice = notices.first else {
            return moments.words.text("escalations.letter.many", ["count": .number(notices.count)])
        }
        return moments.words.text(
            "escalations.letter.single",
            [
                "folio": .text("\(notice.ticket.folio)"), "clock": .text(name(notice, moments)),
                "percent": .number(notice.percent),
            ])
    }

    private func name(_ notice: EscalationNotice, _ moments: Moments) -> String {
        ClockWords(moments: moments, isForStaff: true).name(notice.cause.clock, level: notice.cause.level)
    }

    private func line(_ notice: EscalationNotice, _ moments: Moments, _ organization: String) -> String {
        let due = notice.clock.dueAt ?? notice.cause.dueAt
        let key = due <= notice.at ? "escalations.letter.over" : "escalations.letter.line"
        let line = moments.words.text(
            key,
            [
                "folio": .text("\(notice.ticket.folio)"), "subject": .text(notice.ticket.subject),
                "organization": .text(organization), "clock": .text(name(notice, moments)),
                "percent": .number(notice.percent), "due": .text(moments.on(due)),
            ])
        guard notice.isLate else { return line }
        let when = Words.Value.text(moments.on(notice.cause.dueAt))
        return line + " " + moments.words.text("escalations.letter.late", ["when": when])
    }
}

/// Who reads what, looked up once for each transaction.
private struct StaffOnDuty {
    private var ofLevel: [Int: [StaffReader]] = [:]
    private var leads: [StaffReader]?
    private var admins: [StaffReader]?

    /// Nobody is left out by wish where nobody else would be told.
    mutating func readers(of notice: EscalationNotice, _ connection: Connection) throws -> [StaffReader] {
        let ticket = notice.ticket
        var found: [StaffReader] = []
        switch notice.audience {
        case .technician:
            if let assignee = ticket.assignee, let colleague = try connection.colleague(assignee) {
                return [colleague]
            }
            let level = try ofLevel[ticket.level] ?? connection.technicians(ofLevel: ticket.level)
            ofLevel[ticket.level] = level
            // Who wants to hear of his own tickets alone does not hear of those that nobody has.
            found = level.filter { $0.notices == .all }
            if found.isEmpty { found = level }
            if found.isEmpty { found = try coordinators(connection) }
        case .lead: found = try coordinators(connection)
        case .admin: found = try administrators(connection)
        }
        return found
    }

    private mutating func coordinators(_ connection: Connection) throws -> [StaffReader] {
        let found = try leads ?? connection.leads()
        leads = found
        return found.isEmpty ? try administrators(connection) : found
    }

    private mutating func administrators(_ connection: Connection) throws -> [StaffReader] {
        let found = try admins ?? connection.admins()
        admins = found
        return found
    }
}
