// `atiende sla explain`: why each clock of a ticket is due when it is, as a table that a person reads, in Spanish.

internal import SLA

struct ExplanationTable {
    private let ticket: TicketCase
    private let fold: TicketFold
    private let evaluation: Evaluation

    /// The most stretches that are printed of one clock.
    private static let mostStretches = 1_000

    init(_ ticket: TicketCase) throws(SLAError) {
        self.ticket = ticket
        var fold = TicketFold(plan: ticket.plan, calendars: ticket.calendars)
        let events = ticket.events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        for (_, event) in events where event.at <= ticket.at { try fold.apply(event) }
        self.fold = fold
        evaluation = try fold.evaluation(at: ticket.at)
    }

    func text() throws(SLAError) -> String {
        var text = ""
        for (run, clock) in evaluation.clocks.enumerated() {
            let explanation = try fold.explanation(of: run, at: ticket.at, atMost: Self.mostStretches)
            guard let explanation else { continue }
            if !text.isEmpty { text += "\n" }
            text += section(run, clock, explanation)
        }
        return text.isEmpty ? "El caso no tiene ningún reloj en \(ticket.at).\n" : text
    }

    private func section(_ run: Int, _ clock: ClockReading, _ explanation: Explanation) -> String {
        let target = ticket.plan.targets[clock.target]
        let zone = ticket.calendars[target.calendar]?.version(at: clock.startedAt).zone ?? .utc
        var shown = explanation.stretches.flatMap { [$0.from, $0.to] } + [ticket.at, clock.startedAt]
        shown += [clock.dueAt, clock.stoppedAt, clock.breachedAt].compactMap(\.self)
        let times = SpanishTimes(zone: zone, shown: shown)
        var text = SpanishWords.clock(clock).capitalizedFirst + ": \(SpanishWords.amount(target))"
        text += target.isStrict ? ", estricto" : ""
        text += " (calendario \(target.calendar), \(zone.name))\n"
        text += "  desde \(times.text(clock.startedAt)), visto \(times.text(ticket.at))\n"
        text += "  \(state(clock, times))\n"
        for step in evaluation.fired where step.run == run {
            text += "  paso \(step.step) (\(step.percent) %): \(times.text(step.at))\n"
        }
        return text + "\n" + Self.table(explanation, times)
    }

    private func state(_ clock: ClockReading, _ times: SpanishTimes) -> String {
        let used = "\(SpanishWords.duration(clock.consumed)) de \(SpanishWords.duration(clock.budget))"
        var text = "\(SpanishWords.state(clock.state)): \(used)"
        if let due = clock.dueAt { text += ", \(due <= ticket.at ? "venció" : "vence") \(times.text(due))" }
        if clock.dueAt == nil, let breached = clock.breachedAt { text += ", vencido desde \(times.text(breached))" }
        if let stopped = clock.stoppedAt {
            text += ", \(clock.state == .cancelled ? "cancelado" : "detenido") \(times.text(stopped))"
        }
        return text
    }

    private static func table(_ explanation: Explanation, _ times: SpanishTimes) -> String {
        var rows = [["de", "a", "tramo", "dura", "acumulado"]]
        for stretch in explanation.stretches {
            rows.append([
                times.text(stretch.from), times.text(stretch.to), SpanishWords.stretch(stretch.kind),
                SpanishWords.duration(stretch.from.distance(to: stretch.to)), SpanishWords.duration(stretch.total),
            ])
        }
        let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
        var text = ""
        for row in rows {
            let cells = row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                // Durations end at the right.
                return column < 3 ? cell + space : space + cell
            }
            text += "  " + cells.joined(separator: "  ") + "\n"
        }
        return text + (explanation.isComplete ? "" : "  … y más tramos, que no caben aquí\n")
    }
}

/// Instants in a zone: `lun 02 mar 2026 09:00`.
private struct SpanishTimes {
    let zone: TimeZoneRules
    /// Whether the offset stands beside each time, because the clocks were moved between those that are shown.
    let showsOffset: Bool

    init(zone: TimeZoneRules, shown: [Instant]) {
        self.zone = zone
        showsOffset = Set(shown.map { zone.offset(at: $0) }).count > 1
    }

    func text(_ instant: Instant) -> String {
        let time = zone.wallTime(at: instant)
        let (year, month, day) = time.date.parts
        let weekday = ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"][time.date.weekday.rawValue]
        let name = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"][month - 1]
        var text = "\(weekday) \(pad(day)) \(name) \(year) \(pad(time.second / 3600)):\(pad(time.second / 60 % 60))"
        if time.second % 60 != 0 { text += ":\(pad(time.second % 60))" }
        if showsOffset {
            let minutes = zone.offset(at: instant) / 60
            text += " \(minutes < 0 ? "−" : "+")\(pad(abs(minutes) / 60)):\(pad(abs(minutes) % 60))"
        }
        return text
    }

    private func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
