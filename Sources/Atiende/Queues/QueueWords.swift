// Tickets of a queue in finished words.

internal import Markup
internal import SLA

struct QueueWords: Sendable {
    let desk: Desk
    let rules: TicketRules
    let moments: Moments
    let now: Int
    /// The end of the day on the reader's clock.
    let midnight: Int
    let link: @Sendable (String) -> String
    private let clocks: ClockWords

    private var words: Words { moments.words }

    init(_ visit: Visit, _ desk: Desk, _ rules: TicketRules) throws(Refusal) {
        let zone = try visit.zone()
        self.desk = desk
        self.rules = rules
        now = visit.now
        moments = Moments(words: visit.words, zone: zone, now: visit.now)
        clocks = ClockWords(moments: moments, isForStaff: true)
        midnight = zone.midnight(after: visit.now)
        link = { visit.link($0) }
    }

    /// Nil where nothing is due.
    func line(_ dues: QueueDues) -> QueueLine? { QueueLineMaking(moments, desk.calendar).line(dues) }

    // MARK: Bands

    /// Rows in the order of the queue, cut where they are due. A clock that is due and not yet breached (its calendar is
    /// closed, or it is the last second) comes after those that are.
    func bands(_ made: [QueueRows.Made], endsOnPage: Bool, beginsOnPage: Bool) -> [QueuePage.Band] {
        var cut: [(band: QueueBand, rows: [QueuePage.Row])] = []
        for band in QueueBand.allCases {
            let rows = made.filter { $0.band == band }.map { QueuePage.Row(markup: $0.markup) }
            if !rows.isEmpty { cut.append((band, rows)) }
        }
        return cut.enumerated().map { index, part in
            let isWhole = (index > 0 || beginsOnPage) && (index < cut.count - 1 || endsOnPage)
            let tone = part.band == .late ? "late" : part.band == .hour ? "soon" : ""
            return QueuePage.Band(
                title: words.text("queue.band.\(part.band)"), count: isWhole ? String(part.rows.count) : "",
                tone: tone, rows: part.rows)
        }
    }

    func band(_ entry: QueueEntry) -> QueueBand {
        let clock = entry.clock
        return QueueBand(
            clock?.standing(at: now, rules.calendars) ?? .none, dueAt: clock?.isPaused == false ? clock?.dueAt : nil,
            now: now, midnight: midnight)
    }

    // MARK: Rows

    /// - Parameter names: Of those who look at it just now, besides the reader.
    func row(_ entry: QueueEntry, seenBy names: [String] = []) -> QueueRow {
        let isOfStaff = entry.wordBy != nil
        let definition = rules.contract.severity(entry.severity)
        return QueueRow(
            folio: entry.folio, href: link("/desk/" + entry.folio), badge: badge(entry), clockLine: clockLine(entry),
            subject: entry.subject, detail: detail(entry), seen: seen(names), isNew: !isOfStaff && entry.doneAt == nil,
            severityLevel: String(min(4, rules.rank(entry.severity) + 1)),
            severity: definition?.name.text(in: words.language) ?? entry.severity.rawValue, level: "N\(entry.level)",
            initials: entry.assignee?.initials ?? "", assignee: entry.assignee ?? words.text("queue.nobody"),
            wordBy: entry.wordBy.map { String($0.prefix { $0 != " " }) } ?? words.text("queue.customer"),
            wordAt: ago(entry.wordAt))
    }

    private func badge(_ entry: QueueEntry) -> ClockBadge? {
        if let doneAt = entry.doneAt {
            let key = entry.isMerged ? "merged" : entry.status.rawValue
            let icon = entry.isMerged ? "merge" : "ok"
            return ClockBadge(
                state: "none", icon: icon, label: "",
                text: words.text("queue.ended.\(key)", ["time": .text(moments.short(doneAt))]))
        }
        guard let clock = entry.clock else { return clocks.badge(.none, of: .resolution) }
        return clocks.badge(clock.standing(at: now, rules.calendars), of: clock.clock, level: clock.level)
    }

    /// `Primera respuesta · hoy 17:58`, `Solución · quedan 9 h 10 min`, `Fecha acordada: 4 de diciembre`
    private func clockLine(_ entry: QueueEntry) -> String {
        guard entry.doneAt == nil else { return "" }
        guard let clock = entry.clock else {
            return entry.agreedOn.map { words.text("queue.agreed", ["date": .text(words.date($0))]) } ?? ""
        }
        let name = clocks.name(clock.clock, level: clock.level)
        if !clock.isPaused, let dueAt = clock.dueAt { return name + " · " + moments.short(dueAt) }
        guard clock.isPaused, clock.state != .breached else { return name }
        let left = words.service(max(0, clock.budget - clock.consumed))
        return name + " · " + words.text("queue.left", ["time": .text(left)])
    }

    private func detail(_ entry: QueueEntry) -> String {
        let plan = rules.contract.plans.first { $0.key == entry.plan }?.name.text(in: words.language) ?? entry.plan
        var parts = [entry.folio, entry.organization, plan]
        switch entry.status {
        case .waitingCustomer, .waitingThirdParty, .inDevelopment: parts.append(status(entry.status))
        case .new, .open, .resolved, .closed: break
        }
        return parts.joined(separator: " · ")
    }

    /// `Iván lo está viendo`
    private func seen(_ names: [String]) -> String {
        guard let last = names.last else { return "" }
        let joined =
            names.count == 1
            ? last : names.dropLast().joined(separator: ", ") + (words.language == .es ? " y " : " and ") + last
        return words.text("queue.seen", ["count": .number(names.count), "names": .text(joined)])
    }

    /// Until when a row is right, if nothing happens to its ticket.
    func saidUntil(_ entry: QueueEntry) -> Int {
        var until = SaidUntil(now: now)
        until.ago(entry.wordAt)
        if let clock = entry.clock, entry.doneAt == nil { until.clock(clock) }
        return until.instant
    }

    private func status(_ status: TicketStatus) -> String { words.text("queue.status.\(status.rawValue)") }

    /// `hace 6 min`, `hoy 9:48`, `sáb 14 nov, 16:05`
    private func ago(_ instant: Int) -> String {
        let seconds = now - instant
        guard (0..<3600).contains(seconds) else { return moments.short(instant) }
        return words.text("queue.ago", ["time": .text(words.duration(seconds))])
    }
}

extension TimeZoneRules {
    /// The end of the day.
    func midnight(after instant: Int) -> Int {
        let today = wallTime(at: Instant(clamping: instant)).date
        let tomorrow = today.advanced(by: 1).flatMap { WallTime(date: $0, hour: 0, minute: 0) }
        return tomorrow.map { resolve($0).earliest.seconds } ?? instant
    }
}
