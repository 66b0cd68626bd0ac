// Why a clock is due when it is, in words: the sentence, what happened on each day, and where the promise comes from.

internal import Markup
internal import SLA

struct WhyWords {
    let course: TicketCourse
    let facts: [TicketFact]
    let moments: Moments
    let isForStaff: Bool

    private var words: Words { moments.words }
    private var contract: Contract { course.rules.contract }

    // MARK: Names

    func planName(_ plan: PlanReference) -> String {
        contract.plans.first { $0.key == plan.key }?.name.text(in: words.language) ?? plan.key
    }

    func name(_ severity: Severity) -> String {
        contract.severity(severity)?.name.text(in: words.language) ?? severity.rawValue
    }

    /// `menos de 2 días hábiles`, `5 días hábiles como máximo`
    func promise(_ target: Target) -> String {
        let isColombian = target.unit == .calendarDays && contract.country == .colombia
        let unit = "clocks.unit.\(target.unit.rawValue)" + (isColombian ? "Colombia" : "")
        let amount = words.text(unit, ["count": .number(target.amount)])
        return words.text(target.isStrict ? "clocks.lessThan" : "clocks.atMost", ["amount": .text(amount)])
    }

    /// `en espera del cliente`
    private func reason(_ status: TicketStatus) -> String {
        words.text("clocks.pause.\(status.rawValue)" + (status == .waitingCustomer && !isForStaff ? "You" : ""))
    }

    // MARK: The sentence

    func sentence(_ run: Int, _ reading: ClockReading, _ stretches: [Stretch]) -> String {
        let target = course.target(reading)
        let plan = words.text(
            isForStaff ? "clocks.why.plan" : "clocks.why.yourPlan",
            ["plan": .text(planName(course.plans[reading.plan]))])
        let promise = words.text(
            "clocks.why.promise.\(reading.clock.rawValue)",
            [
                "plan": .text(plan), "severity": .text(name(target.severity)), "level": .number(reading.level ?? 1),
                "promise": .text(promise(target)),
            ])
        let sentences = [promise, course(of: run, reading, target, stretches), holidays(stretches)]
        return sentences.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func course(of run: Int, _ reading: ClockReading, _ target: Target, _ stretches: [Stretch]) -> String {
        let start = start(reading)
        if let stopped = reading.stoppedAt { return end(reading, start, stopped) }
        if reading.isPaused, let status = lastPause(stretches), reading.state != .breached {
            return words.text(
                "clocks.why.standsStill",
                [
                    "start": .text(start), "reason": .text(reason(status)),
                    "left": .text(words.span(max(0, reading.remaining))),
                ])
        }
        guard let due = reading.dueAt else { return start + "." }
        let isPast = due <= course.at
        let calendar = course.calendar(of: target)
        let pauses = pauses(stretches, calendar, until: due)
        let plain = try? calendar.add(reading.startedAt, reading.budget)
        guard !pauses.isEmpty, let plain, plain != due else {
            return words.text(
                isPast ? "clocks.why.wasDue" : "clocks.why.due",
                [
                    "start": .text(start), "due": .text(moments.on(due.seconds)),
                    "span": .text(span(reading, target, calendar)),
                ])
        }
        return words.text(
            isPast ? "clocks.why.wasDuePaused" : "clocks.why.duePaused",
            [
                "start": .text(start), "plain": .text(moments.on(plain.seconds)),
                "span": .text(span(reading, target, calendar)), "pauses": .text(pauses),
                "due": .text(moments.on(due.seconds)),
            ])
    }

    private func start(_ reading: ClockReading) -> String {
        let isFromOpening = reading.startedAt.seconds == facts.first?.at
        let key =
            switch reading.clock {
            case .nextResponse: "clocks.why.message"
            case .periodicUpdate where !isFromOpening: "clocks.why.update"
            case .levelResponse where !isFromOpening: "clocks.why.level"
            default: "clocks.why.opened"
            }
        return words.text(
            key, ["when": .text(moments.on(reading.startedAt.seconds)), "level": .number(reading.level ?? 1)])
    }

    private func end(_ reading: ClockReading, _ start: String, _ stopped: Instant) -> String {
        let key =
            switch reading.state {
            case .met: "clocks.why.met"
            case .breached: "clocks.why.missed"
            case .running, .paused, .cancelled: "clocks.why.cancelled"
            }
        return words.text(
            key,
            [
                "start": .text(start), "when": .text(moments.on(stopped.seconds)),
                "used": .text(words.span(reading.consumed)), "budget": .text(words.span(reading.budget)),
                "over": .text(words.span(max(0, reading.consumed - reading.budget))),
            ])
    }

    /// What a promise in days is in hours: `: son 24 h de atención`.
    private func span(_ reading: ClockReading, _ target: Target, _ calendar: CalendarHistory) -> String {
        let isInDays = target.unit == .businessDays || target.unit == .calendarDays
        guard isInDays, !calendar.version(at: course.at).definition.isAlwaysOpen else { return "" }
        return ": " + words.text("clocks.why.span", ["time": .text(words.span(reading.budget))])
    }

    private func lastPause(_ stretches: [Stretch]) -> TicketStatus? {
        if case .paused(let status) = stretches.last?.kind { return status }
        // It stands still since this very second.
        for fact in facts.reversed() { if case .status(let status) = fact.kind { return status } }
        return nil
    }

    /// `6 h 25 min en espera del cliente y 2 h en desarrollo`: the open time in which it did not count.
    private func pauses(_ stretches: [Stretch], _ calendar: CalendarHistory, until due: Instant) -> String {
        var sums: [(status: TicketStatus, seconds: Int)] = []
        for stretch in stretches where stretch.from < due {
            guard case .paused(let status) = stretch.kind else { continue }
            let seconds = calendar.between(stretch.from, stretch.to)
            if let index = sums.firstIndex(where: { $0.status == status }) {
                sums[index].seconds += seconds
            } else {
                sums.append((status, seconds))
            }
        }
        return list(
            sums.filter { $0.seconds > 0 }.map { sum in
                words.text(
                    "clocks.why.pause", ["time": .text(words.span(sum.seconds)), "reason": .text(reason(sum.status))])
            })
    }

    private func holidays(_ stretches: [Stretch]) -> String {
        var names: [String] = []
        for stretch in stretches {
            guard case .holiday(let name) = stretch.kind else { continue }
            let day = moments.day(moments.zone.wallTime(at: stretch.from).date)
            names.append(name.isEmpty ? day : "\(day) (\(name))")
        }
        guard !names.isEmpty else { return "" }
        return words.text("clocks.why.holidays", ["days": .text(list(names))])
    }

    func list(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + " \(words.text("clocks.and")) " + last
    }
}

// MARK: What happened

extension WhyWords {
    /// What is told of a run, by instant.
    func notes(_ run: Int, _ reading: ClockReading) -> [(at: Int, text: String)] {
        let start = reading.startedAt.seconds
        var notes = [timed(start == facts.first?.at ? "clocks.day.opened" : "clocks.day.started", start)]
        notes += changes(reading)
        for milestone in course.evaluation.milestones where milestone.run == run {
            let at = milestone.at.seconds
            switch milestone.kind {
            case .breached: notes.append(timed("clocks.day.breached", at))
            case .verdict(let state): notes.append(timed("clocks.day.\(state == .met ? "met" : "missed")", at))
            case .cancelled: notes.append(timed("clocks.day.cancelled", at))
            case .changed, .goesOn: break
            }
        }
        if reading.isLive {
            let now = course.at.seconds
            notes.append((now, words.text("clocks.day.now", ["time": .text(words.time(minute: minute(now)))])))
            if let due = reading.dueAt?.seconds, due > now { notes.append(timed("clocks.day.due", due)) }
        }
        return notes.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    private func timed(_ key: String, _ instant: Int) -> (at: Int, text: String) {
        (instant, words.text(key, ["time": .text(moments.clock(instant))]))
    }

    private func minute(_ instant: Int) -> Int {
        moments.zone.wallTime(at: Instant(clamping: instant)).second / 60
    }

    /// Pauses, and changes of severity and plan, in the life of a run.
    private func changes(_ reading: ClockReading) -> [(at: Int, text: String)] {
        let still = course.target(reading).stillIn
        let start = reading.startedAt.seconds
        let life = start...max(start, (reading.stoppedAt ?? course.at).seconds)
        var told: [(at: Int, text: String)] = []
        var (status, severity) = (TicketStatus.new, Severity(rawValue: ""))
        for fact in facts {
            let time = Words.Value.text(moments.clock(fact.at))
            func tell(_ text: String) { if life.contains(fact.at) { told.append((fact.at, text)) } }
            switch fact.kind {
            case .opened(let opening): severity = opening.severity
            case .status(let new):
                // Of an end by resolving, its verdict tells.
                let isEnd = new.isDone && reading.stoppedAt?.seconds == fact.at
                if still.contains(new), new != status, !isEnd {
                    tell(words.text("clocks.day.paused", ["time": time, "reason": .text(reason(new))]))
                } else if still.contains(status), !still.contains(new) {
                    tell(words.text("clocks.day.resumed", ["time": time]))
                }
                status = new
            case .severity(let new):
                let (before, after) = (name(severity), name(new))
                tell(
                    words.text("clocks.day.severity", ["time": time, "before": .text(before), "after": .text(after)]))
                severity = new
            case .planApplied(let plan):
                tell(
                    words.text(
                        "clocks.day.plan",
                        ["time": time, "plan": .text(planName(plan)), "version": .number(plan.version)]))
            default: break
            }
        }
        return told
    }
}

extension Target {
    /// The statuses in which its clock stands still.
    var stillIn: StatusSet {
        let always: StatusSet = clock == .recovery || clock == .resolution ? [.resolved, .closed] : []
        return (pausedBy ?? clock.defaultPausedBy).union(always)
    }
}

extension Words {
    /// `24 h`, `6 h 25 min`, `45 min`, `0`: service time, which has no days.
    func span(_ seconds: Int) -> String {
        let minutes = max(0, seconds) / 60
        guard minutes > 0 else { return seconds > 0 ? text("clocks.lessThanMinute") : "0" }
        let (hours, rest) = (minutes / 60, minutes % 60)
        guard hours > 0 else { return "\(rest) min" }
        return rest == 0 ? "\(hours) h" : "\(hours) h \(rest < 10 ? "0" : "")\(rest) min"
    }
}
