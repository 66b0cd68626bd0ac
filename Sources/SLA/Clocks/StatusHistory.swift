// Which status a ticket had when, and what a run consumed through it.

/// The statuses of a ticket from its opening on.
struct StatusHistory: Sendable {
    private(set) var changes: [(at: Instant, status: TicketStatus)] = []

    var status: TicketStatus { changes.last?.status ?? .new }

    mutating func append(_ status: TicketStatus, at instant: Instant) {
        changes.append((instant, status))
    }

    /// The stretches of `[from, to)` with one status each, in order; `from` is not before the opening.
    func stretches(_ from: Instant, _ to: Instant, _ body: (Instant, Instant, TicketStatus) -> Bool) {
        var index = changes.lastIndex { $0.at <= from } ?? 0
        var at = from
        while at < to, index < changes.count {
            let end = index + 1 < changes.count ? min(changes[index + 1].at, to) : to
            if at < end, !body(at, end, changes[index].status) { return }
            at = max(at, end)
            index += 1
        }
    }

    /// The seconds of a calendar counted in `[from, to)` outside some statuses.
    func consumed(_ from: Instant, _ to: Instant, stillIn: StatusSet, on calendar: CalendarHistory) -> Int {
        var sum = 0
        stretches(from, to) { start, end, status in
            if !stillIn.contains(status) { sum += calendar.between(start, end) }
            return true
        }
        return sum
    }

    /// The instant at which a run from `from` on has consumed an amount, known to be reached before or at `to`.
    func instant(
        consuming amount: Int, _ from: Instant, _ to: Instant, stillIn: StatusSet, on calendar: CalendarHistory
    ) throws(SLAError) -> Instant {
        if amount == 0 { return from }
        var rest = amount
        var stretchStart = from
        stretches(from, to) { start, end, status in
            guard !stillIn.contains(status) else { return true }
            let counted = calendar.between(start, end)
            stretchStart = start
            if counted >= rest { return false }
            rest -= counted
            return true
        }
        return try calendar.add(stretchStart, rest)
    }
}
