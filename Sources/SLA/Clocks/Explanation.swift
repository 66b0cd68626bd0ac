// Why a clock is due when it is: its life cut into stretches that counted or did not.

/// A part of a run in which one thing was the case.
public struct Stretch: Hashable, Sendable {
    public let from: Instant
    public let to: Instant
    public let kind: Kind
    /// Seconds consumed since the start of the run up to `to`.
    public let total: Int

    public enum Kind: Hashable, Sendable {
        case counted
        case closed
        case paused(TicketStatus)
        /// A holiday by its name, which may be empty.
        case holiday(String)
    }
}

/// The stretches of a run from its start to its stop, or while it is live to its due instant (or now, if later).
public struct Explanation: Hashable, Sendable {
    public let stretches: [Stretch]
    /// False when there were more stretches than asked for.
    public let isComplete: Bool
}

extension TicketFold {
    /// Explains a run, by its position in `Evaluation.clocks`, at an instant not before the last event. What lies
    /// after that instant supposes that the status stays. Nothing if there is no such run.
    public func explanation(
        of run: Int, at instant: Instant, atMost limit: Int = 10_000
    ) throws(SLAError) -> Explanation? {
        guard runs.indices.contains(run) else { return nil }
        let run = runs[run]
        var builder = StretchBuilder(limit: limit)
        let end: Instant =
            switch run.phase {
            case .live: instant
            case .stopped(let at), .cancelled(let at): at
            }
        history.stretches(run.start, end) { from, to, status in
            if run.terms.stillIn.contains(status) {
                builder.append(from.seconds, to.seconds, .paused(status))
            } else {
                for part in run.terms.calendar.versions(from, to) {
                    builder.append(part.calendar, part.from.seconds, part.to.seconds)
                }
            }
            return !builder.isFull
        }
        let rest = run.terms.budget - builder.total
        if run.phase == .live, run.isCounting, rest > 0, !builder.isFull {
            let calendar = run.terms.calendar.version(at: instant)
            builder.append(calendar, instant.seconds, try calendar.add(instant, rest).seconds)
        }
        return Explanation(stretches: builder.stretches, isComplete: !builder.isFull)
    }
}

/// Collects stretches and joins neighbours of one kind.
private struct StretchBuilder {
    let limit: Int
    var stretches: [Stretch] = []
    var total = 0
    var isFull = false

    init(limit: Int) { self.limit = limit }

    mutating func append(_ from: Int, _ to: Int, _ kind: Stretch.Kind) {
        guard from < to, !isFull else { return }
        if kind == .counted { total += to - from }
        var from = Instant(unchecked: from)
        if let last = stretches.last, last.kind == kind, last.to == from {
            from = last.from
            stretches.removeLast()
        }
        guard stretches.count < limit else {
            isFull = true
            return
        }
        stretches.append(Stretch(from: from, to: Instant(unchecked: to), kind: kind, total: total))
    }

    /// The open and closed stretches of a calendar in `[from, to)`.
    mutating func append(_ calendar: Calendar, _ from: Int, _ to: Int) {
        guard !calendar.definition.isAlwaysOpen else { return append(from, to, .counted) }
        var at = from
        calendar.forEachOpening(from, to) { open, close in
            closed(calendar, at, open)
            append(open, close, .counted)
            at = close
            return !isFull
        }
        closed(calendar, at, to)
    }

    /// A closed time, with its holidays named.
    private mutating func closed(_ calendar: Calendar, _ from: Int, _ to: Int) {
        var at = from
        for holiday in calendar.holidays(from, to) where !isFull {
            append(at, holiday.from, .closed)
            append(max(at, holiday.from), min(holiday.to, to), .holiday(holiday.name))
            at = max(at, min(holiday.to, to))
        }
        append(at, to, .closed)
    }
}
