// A ticket as the staff works on it.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum DeskTicket {
    /// A reading of somebody's data is told once in so many seconds.
    private static let toldAgainAfter = 3600

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let person = try visit.signedIn().person
        let folio = visit.parameters["folio"]
        let zone = try visit.zone()
        let settings = desk.settingsNumber
        let (ticket, frame, sheet, isTold) = try desk.read { connection in
            let ticket = try connection.ticket(folio, in: .desk)
            let place = try connection.place(of: ticket)
            let frame = DeskFrame(
                ticket: ticket, place: place,
                counts: try desk.queueBoard.counts(
                    connection, version: connection.lastTicketEvent(), at: visit.now))
            let grounds = Grounds(naming: try connection.namingEdition(), settings: settings)
            let isTold = try connection.wasRecorded(
                .ticketRead, ticket.subjectOfAudit, by: person.id, since: visit.now - toldAgainAfter)
            let key = DeskSheetKey(ticket, visit, person, zone)
            return (ticket, frame, try DeskSheetReading(key, frame, grounds, visit, desk, connection), isTold)
        }
        if !isTold {
            try visit.traceOnce(
                .ticketRead, ticket.subjectOfAudit, of: ticket.organization, within: toldAgainAfter)
        }
        desk.presence.look(at: ticket.id, person.id, name: person.name, now: visit.now)
        guard let kept = try visit.askedDraft(of: "/desk/\(ticket.folio)") else {
            return try page(visit, frame, try sheet.markup(visit))
        }
        let reading = try read(visit)
        let (reply, composer) = try DeskDraft(kept.content).forms(visit, reading)
        return try page(visit, reading, reply, composer: composer)
    }

    /// The ticket of the path with all that its page tells.
    static func read(_ visit: Visit) throws(Refusal) -> DeskReading {
        let folio = visit.parameters["folio"]
        return try visit.tenantDesk().read { connection in
            let ticket = try connection.ticket(folio, in: .desk)
            return try DeskReading(ticket, try connection.place(of: ticket), connection)
        }
    }

    /// The page with a form that comes back, with what is wrong with it.
    static func page(
        _ visit: Visit, _ reading: DeskReading, _ reply: DeskReply? = nil, composer: ComposerReply? = nil
    ) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let counts = try desk.read { connection in
            try desk.queueBoard.counts(connection, version: connection.lastTicketEvent(), at: visit.now)
        }
        let frame = DeskFrame(ticket: reading.ticket, place: reading.place, counts: counts)
        return try page(
            visit, frame, try markup(visit, reading, reply, composer: composer),
            reply?.draft.faults ?? composer?.faults ?? Faults())
    }

    private static func page(
        _ visit: Visit, _ frame: DeskFrame, _ sheet: HTMLBuffer, _ faults: Faults = Faults()
    ) throws(Refusal) -> Response {
        guard let rules = try visit.tenantDesk().ticketRules else { throw .notFound }
        let ticket = frame.ticket
        let page = DeskTicketPage(
            queueHref: visit.link("/queue"), position: position(frame.place, visit),
            previousHref: href(frame.place?.previous, visit), nextHref: href(frame.place?.next, visit),
            presence: try presence(visit, ticket), presenceHref: visit.link("/desk/\(ticket.folio)/presence"),
            views: QueueFrame(visit, rules, frame.counts, current: nil).views, sheet: sheet)
        return visit.showForm(
            page, visit.site.pages.desk.ticket, title: "\(ticket.folio): \(ticket.subject)", faults)
    }

    static func markup(
        _ visit: Visit, _ reading: DeskReading, _ reply: DeskReply? = nil, composer: ComposerReply? = nil
    ) throws(Refusal) -> HTMLBuffer {
        let forms = DeskForms(visit: visit, reading: reading, reply: reply)
        let ticket = reading.ticket
        let words = visit.words
        let moments = Moments(words: words, zone: try visit.zone(), now: visit.now)
        let kind = forms.terms.kind(ticket.kind)
        let sheet = DeskSheet(
            folio: "\(ticket.folio)", subject: ticket.subject, status: badge(ticket, forms.terms),
            severity: forms.terms.severity(ticket.severity),
            severityIcon: "\(min(4, (visit.desk?.ticketRules?.rank(ticket.severity) ?? 0) + 1))",
            level: words.text("desk.levelBadge", ["level": .number(ticket.level)]),
            summary: words.text(
                "desk.summary", ["kind": .text(kind), "channel": .text(forms.terms.channel(ticket.channel))]),
            openedAt: "\(Instant(clamping: ticket.openedAt))", opened: moments.on(ticket.openedAt),
            actions: actions(forms), escalateHref: forms.allows(.escalate) ? "#" + forms.formID("level") : "",
            blocked: blocked(forms), faults: lines(reply?.draft.faults ?? composer?.faults ?? Faults(), forms, reply),
            stages: try visit.stages(of: ticket, reading.entries, moments),
            clocks: try visit.clockStrip(reading.entries.map(\.fact), isForStaff: true),
            conversation: try visit.conversation(
                of: ticket, reading.entries, reading.sources, isForStaff: true),
            composer: try forms.composer(composer), sections: try DeskSections(forms: forms, moments: moments).all(),
            fileHref: visit.link("/tickets/\(ticket.folio)/file"))
        var markup = HTMLBuffer(capacity: 48_000)
        visit.site.pages.desk.sheet.render(sheet, language: visit.language, into: &markup)
        return markup
    }

    /// A fault of a form as a whole leads to the form.
    private static func lines(_ faults: Faults, _ forms: DeskForms, _ reply: DeskReply?) -> [FormFault] {
        faults.list.map { fault in
            let field = fault.field == DeskReply.stale ? forms.formID(reply?.name ?? "message") : fault.field
            return FormFault(field: field, text: fault.text)
        }
    }

    private static func position(_ place: QueuePlace?, _ visit: Visit) -> String {
        guard let place, let position = place.position, place.total > 0 else { return "" }
        return visit.words.text(
            "desk.position",
            ["position": .text(visit.numbers.text(position)), "total": .text(visit.numbers.text(place.total))])
    }

    private static func href(_ folio: Folio?, _ visit: Visit) -> String {
        folio.map { visit.link("/desk/\($0)") } ?? ""
    }

    /// Who else is looking, in words; empty for nobody.
    static func presence(_ visit: Visit, _ ticket: Ticket) throws(Refusal) -> String {
        let others = try visit.tenantDesk().presence.others(
            at: ticket.id, but: try visit.signedIn().person.id, now: visit.now)
        guard let first = others.first else { return "" }
        return others.count == 1
            ? visit.words.text("desk.presence.alone", ["name": .text(first)])
            : visit.words.text(
                "desk.presence.several",
                ["names": .text(others.dropLast().joined(separator: ", ")), "last": .text(others[others.count - 1])])
    }

    static func badge(_ ticket: Ticket, _ terms: TicketWords) -> BadgeItem {
        let kind =
            switch ticket.status {
            case .new, .open: "act"
            case .resolved, .closed: "good"
            case .waitingCustomer, .waitingThirdParty, .inDevelopment: ""
            }
        return BadgeItem(label: terms.status(ticket.status), kind: kind, icon: "")
    }

    private static func actions(_ forms: DeskForms) -> [DeskForm] {
        var actions: [DeskForm] = []
        guard let me = forms.visit.session?.person.id else { return [] }
        let ticket = forms.ticket
        if forms.allows(.assign), ticket.assignee != me, forms.assignable.contains(where: { $0.id == me }) {
            actions.append(forms.button(.assignment, "desk.take", [("assignee", "\(me)")]))
        }
        if forms.allows(.assign), ticket.assignee == me {
            actions.append(forms.button(.assignment, "desk.release", [("assignee", "")]))
        }
        if ticket.keeper == nil, forms.allows(.lock) {
            actions.append(forms.button(.lock, "desk.lockIt", [("locked", "on")]))
        } else if ticket.keeper != nil, forms.allows(.unlock) {
            actions.append(forms.button(.lock, "desk.unlockIt", [("locked", "off")]))
        }
        return actions
    }

    private static func blocked(_ forms: DeskForms) -> String {
        let ticket = forms.ticket
        if ticket.isMerged { return forms.words.text("desk.merged") }
        guard let keeper = ticket.keeper, keeper != forms.visit.session?.person.id else { return "" }
        let name = forms.reading.staff.first { $0.id == keeper }?.name ?? forms.telling?.name(keeper) ?? ""
        return forms.words.text("desk.lockedBy", ["name": .text(name)])
    }
}
