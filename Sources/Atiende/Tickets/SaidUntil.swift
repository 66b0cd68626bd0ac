// How long words about a ticket's times stay as they are: pages count in minutes, days begin and hours open with one, and
// a clock turns amber or is breached in its own second.

internal import SLA

struct SaidUntil: Sendable, Equatable {
    let now: Int
    private(set) var instant: Int

    init(now: Int) {
        self.now = now
        instant = now - now % 60 + 60
    }

    private mutating func end(at other: Int) { if other > now { instant = min(instant, other) } }

    /// Its time left, or by which it is late, is told, and whether it is due within the hour.
    mutating func due(_ due: Int) {
        if due > now {
            end(at: due)
            end(at: now + (due - now) % 60 + 1)
            end(at: due - 3600)
            end(at: due - 3600 + 1)
        } else {
            ago(due)
        }
    }

    /// The time since then is told.
    mutating func ago(_ then: Int) {
        guard then <= now else { return end(at: then) }
        end(at: now + 60 - (now - then) % 60)
    }

    /// A clock that nothing has stopped.
    mutating func clock(_ clock: TicketClock) {
        guard clock.stoppedAt == nil, let dueAt = clock.dueAt else { return }
        due(dueAt)
        if let breaksAt = clock.breaksAt { end(at: breaksAt) }
        end(at: dueAt - ClockStanding.warning(of: clock.budget))
    }
}
