// The drawing of "why this date": rows of days with their rectangles, steps, and the source of the promise.

internal import HTTP
internal import Markup
internal import SLA

struct WhyDrawing {
    let writing: WhyWords

    private var course: TicketCourse { writing.course }
    private var moments: Moments { writing.moments }
    private var words: Words { writing.moments.words }

    /// More stretches than a clock has in years; what lies beyond is not drawn.
    private static let mostStretches = 10_000

    /// Nil where there is nothing to explain.
    func why(_ run: Int) throws -> WhyDate? {
        let reading = course.evaluation.clocks[run]
        guard let explanation = try course.explanation(of: run, atMost: Self.mostStretches) else { return nil }
        let target = course.target(reading)
        let days = WhyDays(
            explanation.stretches, on: course.calendar(of: target), in: moments.zone, now: course.at,
            due: reading.dueAt, isLive: reading.isLive)
        return WhyDate(
            sentence: writing.sentence(run, reading, explanation.stretches), caption: caption(days),
            hours: days.hours.map { hour in
                WhyDate.Hour(x: Self.percent(hour * 3600 - days.axis.from, of: days.axis), label: String(hour))
            },
            rows: rows(days, writing.notes(run, reading)), left: left(reading),
            hasPauses: days.days.contains { $0.pieces.contains { $0.kind == .hold } },
            steps: writing.isForStaff ? steps(run, reading) : [],
            source: writing.isForStaff ? source(reading, target) : [])
    }

    private func caption(_ days: WhyDays) -> String {
        let axis = days.axis
        return words.text(
            "clocks.caption",
            [
                "from": .text(words.time(minute: axis.from / 60)), "to": .text(words.time(minute: axis.to / 60)),
            ])
    }

    private func left(_ reading: ClockReading) -> String {
        guard reading.isLive, reading.remaining > 0 else { return "" }
        return words.text(
            "clocks.key.left",
            ["left": .text(words.span(reading.remaining)), "budget": .text(words.span(reading.budget))])
    }

    // MARK: Rows

    private func rows(_ days: WhyDays, _ notes: [(at: Int, text: String)]) -> [WhyDate.Row] {
        func told(_ day: WhyDay) -> [String] {
            notes.filter { day.start.seconds <= $0.at && $0.at < day.end.seconds }.map(\.text)
        }
        var rows = days.spans { !told($0).isEmpty }.map { span in row(span, told(span.first), days.axis) }
        if days.before > 0 {
            rows.insert(
                WhyDate.Row(
                    label: words.text("clocks.day.before"), pieces: [], lines: [], say: "", counted: "",
                    total: words.span(days.before)),
                at: 0)
        }
        return rows
    }

    private func row(_ span: WhySpan, _ notes: [String], _ axis: (from: Int, to: Int)) -> WhyDate.Row {
        let day = span.first
        let label =
            span.days == 1
            ? moments.day(day.date)
            : words.text(
                "clocks.day.span",
                ["first": .text(moments.day(day.date)), "last": .text(moments.day(span.last.date))])
        var say = notes
        if let holiday = day.holiday {
            say.insert(
                holiday.isEmpty
                    ? words.text("clocks.day.unnamedHoliday")
                    : words.text("clocks.day.holiday", ["name": .text(holiday)]), at: 0)
        } else if day.isClosed {
            say.insert(words.text("clocks.day.closed"), at: 0)
        }
        if span.days > 1 { say.insert(words.text("clocks.day.alike", ["count": .number(span.days)]), at: 0) }
        if day.shift != 0 {
            say.append(
                words.text(
                    day.shift > 0 ? "clocks.day.forward" : "clocks.day.back",
                    ["time": .text(words.span(abs(day.shift)))]))
        }
        return WhyDate.Row(
            label: label, pieces: day.pieces.compactMap { Self.piece($0, axis) }, lines: Self.lines(day, axis),
            say: say.joined(separator: " "), counted: span.counted.map(words.span) ?? "",
            total: day.counted == nil ? "" : words.span(span.last.total))
    }

    private static func piece(_ piece: WhyDay.Piece, _ axis: (from: Int, to: Int)) -> WhyDate.Piece? {
        let (from, to) = (max(piece.from, axis.from), min(piece.to, axis.to))
        guard from < to else { return nil }
        // 24 units high; what stands still lies 3 lower, what is left 1.
        let (y, height) =
            switch piece.kind {
            case .open, .count: (0, "100%")
            case .hold: (3, "18")
            case .left: (1, "22")
            }
        return WhyDate.Piece(
            kind: piece.kind.rawValue, x: percent(from - axis.from, of: axis), width: percent(to - from, of: axis),
            y: y, height: height)
    }

    private static func lines(_ day: WhyDay, _ axis: (from: Int, to: Int)) -> [WhyDate.Line] {
        [("now", day.now), ("due", day.due)].compactMap { kind, place in
            place.flatMap { place in
                axis.from...axis.to ~= place
                    ? WhyDate.Line(kind: kind, x: percent(place - axis.from, of: axis)) : nil
            }
        }
    }

    /// `7.14%`
    static func percent(_ part: Int, of axis: (from: Int, to: Int)) -> String {
        let whole = max(1, axis.to - axis.from)
        let hundredths = (part * 10_000 + whole / 2) / whole
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
    }

    // MARK: Steps and source

    private func steps(_ run: Int, _ reading: ClockReading) -> [WhyDate.Step] {
        guard let plan = contractPlan(course.plans[reading.plan]) else { return [] }
        let done = writing.facts.compactMap { fact -> (firing: TicketFact.Firing, at: Int)? in
            guard case .fired(let firing) = fact.kind, firing.run == run + 1 else { return nil }
            return (firing, fact.at)
        }
        var steps = done.sorted { ($0.firing.dueAt, $0.firing.percent) < ($1.firing.dueAt, $1.firing.percent) }
            .compactMap { done -> WhyDate.Step? in
                guard let plan = contractPlan(done.firing.plan), plan.steps.indices.contains(done.firing.step)
                else { return nil }
                return step(plan.steps[done.firing.step], done.firing.dueAt, carriedOutAt: done.at)
            }
        guard reading.isLive else { return steps }
        let severity = course.severity(writing.facts)
        let calendar = course.calendar(of: course.target(reading))
        for (index, step) in plan.steps.enumerated().sorted(by: { $0.element.percent < $1.element.percent })
        where step.clock == reading.clock && step.severities?.contains(severity) ?? true {
            let isDone = done.contains {
                $0.firing.step == index && $0.firing.plan.key == course.plans[reading.plan].key
            }
            guard !isDone else { continue }
            let rest = (reading.budget * step.percent + 99) / 100 - reading.consumed
            let due = reading.isPaused || rest < 0 ? nil : try? calendar.add(course.at, rest)
            steps.append(self.step(step, due?.seconds, carriedOutAt: nil))
        }
        return steps
    }

    private func step(_ step: EscalationStep, _ due: Int?, carriedOutAt: Int?) -> WhyDate.Step {
        let key = "clocks.step." + (carriedOutAt == nil ? "todo." : "done.")
        let text =
            switch step.action {
            case .notify(let audience): words.text(key + audience.rawValue)
            case .raiseLevel(let level): words.text(key + "level", ["level": .number(level)])
            case .raiseSeverity(let severity):
                words.text(key + "severity", ["severity": .text(writing.name(severity))])
            case .note(let note): words.text(key + "note", ["text": .text(note)])
            }
        var late = ""
        if let carriedOutAt, let due, carriedOutAt - due >= TicketFact.Firing.lateAfter {
            late = " " + words.text("clocks.step.late", ["when": .text(moments.short(carriedOutAt))])
        }
        return WhyDate.Step(
            isDone: carriedOutAt != nil, percent: "\(step.percent)\u{A0}%", text: text + late,
            moment: due.map { ClockMoment(at: "\(Instant(clamping: $0))", text: moments.short($0)) })
    }

    private func contractPlan(_ plan: PlanReference) -> ContractPlan? {
        course.rules.contract.plans.first { $0.key == plan.key && plan.version == course.rules.contract.version }
    }

    private func source(_ reading: ClockReading, _ target: Target) -> [FactItem] {
        let plan = course.plans[reading.plan]
        let still = TicketStatus.allCases.filter { target.stillIn.contains($0) && !$0.isDone }
        return [
            FactItem(
                label: words.text("clocks.source.plan"),
                value: words.text(
                    "clocks.source.version",
                    ["plan": .text(writing.planName(plan)), "version": .number(plan.version)])),
            FactItem(label: words.text("clocks.source.hours"), value: hours(target)),
            FactItem(
                label: words.text("clocks.source.clause"),
                value: target.id.isEmpty ? words.text("clocks.source.own") : target.id),
            FactItem(
                label: words.text("clocks.source.pauses"),
                value: still.isEmpty
                    ? words.text("clocks.source.never")
                    : writing.list(still.map { words.text("clocks.pause.\($0.rawValue)") })),
        ]
    }

    private func hours(_ target: Target) -> String {
        guard !target.unit.isElapsed, let calendar = course.rules.contract.calendar(target.calendar),
            !calendar.isAlwaysOpen
        else { return words.text("clocks.source.always") }
        let hours = words.hours(calendar.openings)
        return calendar.publicHolidays == nil
            ? hours : words.text("clocks.source.noHolidays", ["hours": .text(hours)])
    }
}

extension TicketCourse {
    /// The severity that the facts leave.
    func severity(_ facts: [TicketFact]) -> Severity {
        for fact in facts.reversed() {
            switch fact.kind {
            case .severity(let severity): return severity
            case .opened(let opening): return opening.severity
            default: continue
            }
        }
        return Severity(rawValue: "")
    }
}

extension TicketFact.Firing {
    /// Seconds after which what was done is said to have been done late: the timer looks every second.
    static let lateAfter = 60
}
