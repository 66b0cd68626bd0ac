// Makes the clocks of a ticket's page from its facts.

internal import HTTP
internal import Markup
internal import SLA

extension Visit {
    /// What a ticket's page shows of its clocks. Customers read it without the names and steps of the staff.
    func clockStrip(of ticket: Ticket, isForStaff: Bool) throws(Refusal) -> ClockStrip {
        try clockStrip(try tenantDesk().read { try $0.facts(of: ticket.id) }, isForStaff: isForStaff)
    }

    /// As above, for whoever has read the facts already: all of them, by instant and then as recorded.
    func clockStrip(_ facts: [TicketFact], isForStaff: Bool) throws(Refusal) -> ClockStrip {
        guard let rules = try tenantDesk().ticketRules else { throw .broken("a desk without a contract") }
        let moments = Moments(words: words, zone: try zone(), now: now)
        return try Refusal.catching {
            let course = try TicketCourse(facts, rules, at: now)
            let writing = WhyWords(course: course, facts: facts, moments: moments, isForStaff: isForStaff)
            return try ClockStripMaking(writing: writing, tellsNow: isOpen ? OpenMarkup.now : String(now)).strip()
        }
    }
}

struct ClockStripMaking {
    let writing: WhyWords
    /// What the script that counts down takes for the server's clock.
    let tellsNow: String

    private var course: TicketCourse { writing.course }
    private var moments: Moments { writing.moments }
    private var words: Words { writing.moments.words }
    private var now: Int { course.at.seconds }

    func strip() throws -> ClockStrip {
        let clocks = course.clocks
        let shown = shown(clocks)
        let drawing = WhyDrawing(writing: writing)
        let (hours, note) = hours()
        return ClockStrip(
            isForStaff: writing.isForStaff, clocks: try shown.compactMap { try line(clocks[$0], $0, drawing) },
            hours: hours, hoursNote: note, nextAnswer: nextAnswer(shown.map { clocks[$0] }),
            ticking: ClockTicking(words, now: tellsNow))
    }

    /// Of each clock, and of each level's, the last run: those that run first, the next one due first.
    private func shown(_ clocks: [TicketClock]) -> [Int] {
        let last = clocks.indices.filter { index in
            !clocks[(index + 1)...].contains {
                $0.clock == clocks[index].clock && $0.level == clocks[index].level
            }
        }
        return last.sorted { left, right in
            let (one, other) = (clocks[left], clocks[right])
            let isLive = (one.stoppedAt == nil, other.stoppedAt == nil)
            if isLive.0 != isLive.1 { return isLive.0 }
            return (one.dueAt ?? Int.max, left) < (other.dueAt ?? Int.max, right)
        }
    }

    // MARK: One clock

    private func line(_ clock: TicketClock, _ run: Int, _ drawing: WhyDrawing) throws -> ClockLine? {
        let standing = clock.standing(at: now, course.rules.calendars)
        let clockWords = ClockWords(moments: moments, isForStaff: writing.isForStaff)
        guard let badge = clockWords.badge(standing, of: clock.clock, level: clock.level, isNamed: true) else {
            return nil
        }
        let ticks = ticks(standing, clock)
        let promise = writing.isForStaff ? nil : clockWords.promise(standing)
        return ClockLine(
            name: clockWords.name(clock.clock, level: clock.level), state: badge.state, icon: badge.icon,
            text: promise ?? badge.text, note: note(standing, clock), moment: moment(standing, clock),
            due: ticks.map { String($0.due) } ?? "", soon: ticks.map { String($0.soon) } ?? "",
            closes: ticks?.closes.map { String($0) } ?? "", why: try drawing.why(run))
    }

    /// What the script needs to go on counting. What customers read is an instant, and needs none.
    private func ticks(_ standing: ClockStanding, _ clock: TicketClock) -> (due: Int, soon: Int, closes: Int?)? {
        guard writing.isForStaff, let due = clock.dueAt, let soon = clock.soonAt else { return nil }
        switch standing {
        case .onTime, .soon:
            let calendar = clock.calendar.flatMap { course.rules.calendars[$0] }?.version(at: course.at)
            let opening = calendar?.openings(course.at, Instant(clamping: due), atMost: 1).first
            return (due, soon, opening.flatMap { $0.close.seconds < due ? $0.close.seconds : nil })
        case .late: return (due, soon, nil)
        case .paused, .pausedLate, .closed, .met, .missed, .none: return nil
        }
    }

    private func moment(_ standing: ClockStanding, _ clock: TicketClock) -> ClockMoment? {
        let instant: Int? =
            switch standing {
            case .onTime, .soon, .late, .closed: clock.dueAt
            case .met, .missed: clock.stoppedAt
            case .paused, .pausedLate, .none: nil
            }
        // A badge that names the instant says it all.
        if !writing.isForStaff, let due = clock.dueAt, instant == due {
            switch standing {
            case .onTime, .soon, .late: return nil
            default: break
            }
        }
        return instant.map { ClockMoment(at: "\(Instant(clamping: $0))", text: moments.short($0).capitalizedFirst) }
    }

    private func note(_ standing: ClockStanding, _ clock: TicketClock) -> String {
        let reading = course.evaluation.clocks[clock.run - 1]
        switch standing {
        case .met, .missed:
            return words.text("clocks.of", ["promise": .text(writing.promise(course.target(reading)))])
        case .none where reading.state == .cancelled: return cancellation(clock.run - 1)
        default: return ""
        }
    }

    private func cancellation(_ run: Int) -> String {
        for milestone in course.evaluation.milestones.reversed() where milestone.run == run {
            guard case .cancelled(let reason) = milestone.kind else { continue }
            let key =
                switch reason {
                case .resolved: "resolved"
                case .merged: "merged"
                case .levelChanged: "level"
                case .noTarget: "noTarget"
                }
            return words.text("clocks.cancelled.\(key)")
        }
        return ""
    }

    // MARK: Now

    /// Whether the hours of the ticket's plan are open, and until when or from when.
    private func hours() -> (ClockBadge?, String) {
        let contract = course.rules.contract
        guard let plan = contract.plans.first(where: { $0.key == course.plans.last?.key }),
            let calendar = course.rules.calendars[plan.hours]?.version(at: course.at)
        else { return (nil, "") }
        func badge(_ state: String, _ icon: String, _ key: String) -> ClockBadge {
            ClockBadge(state: state, icon: icon, label: "", text: words.text(key))
        }
        let open = badge("on-time", "clock", "clocks.open")
        if calendar.definition.isAlwaysOpen { return (open, words.text("clocks.alwaysOpen")) }
        let week = Instant(clamping: now + 8 * 86_400)
        if calendar.isOpen(course.at) {
            guard let close = calendar.openings(course.at, week, atMost: 1).first?.close else { return (open, "") }
            return (open, words.text("clocks.closesAt", ["when": .text(moments.on(close.seconds))]))
        }
        let closed = badge("closed", "moon", "clocks.closed")
        guard let next = try? calendar.nextOpen(course.at) else { return (closed, "") }
        return (closed, words.text("clocks.opensAt", ["when": .text(moments.on(next.seconds))]))
    }

    private func nextAnswer(_ clocks: [TicketClock]) -> String {
        let answers: Set<ClockKind> = [.firstResponse, .nextResponse, .periodicUpdate, .levelResponse]
        let due = clocks.filter { $0.stoppedAt == nil && answers.contains($0.clock) }.compactMap(\.dueAt).min()
        guard let due, due > now else { return "" }
        return words.text("clocks.nextAnswer", ["when": .text(moments.on(due))])
    }
}
