// How a clock stands at an instant, as its badge shows it.

internal import SLA

enum ClockStanding: Sendable, Equatable {
    /// Seconds until it is due.
    case onTime(left: Int, due: Int)
    /// Little of its budget is left.
    case soon(left: Int, due: Int)
    case late(by: Int, due: Int)
    /// Seconds of its calendar that are left.
    case paused(left: Int)
    case pausedLate
    /// Out of hours; when it goes on.
    case closed(resumes: Int)
    /// Seconds of its calendar that it took.
    case met(in: Int)
    /// Seconds of its calendar beyond its budget.
    case missed(by: Int)
    /// No target, or one that was taken away.
    case none

    /// What is little: a quarter of the budget, and half an hour at least.
    static func warning(of budget: Int) -> Int { max(budget / 4, 30 * 60) }
}

extension TicketClock {
    /// How it stands at an instant that is not before its ticket's last fact. Its calendar is one of the desk's.
    func standing(at now: Int, _ calendars: [String: CalendarHistory]) -> ClockStanding {
        guard stoppedAt == nil else {
            return switch state {
            case .met: .met(in: consumed)
            case .breached: .missed(by: max(0, consumed - budget))
            case .running, .paused, .cancelled: .none
            }
        }
        if isPaused { return state == .breached ? .pausedLate : .paused(left: max(0, budget - consumed)) }
        guard let dueAt else { return .none }
        if let breaksAt, now >= breaksAt { return .late(by: max(0, now - dueAt), due: dueAt) }
        if let resumes = resumes(at: now, calendars) { return .closed(resumes: resumes) }
        let left = max(0, dueAt - now)
        return left <= ClockStanding.warning(of: budget)
            ? .soon(left: left, due: dueAt) : .onTime(left: left, due: dueAt)
    }

    /// When its calendar opens; nil while it is open.
    private func resumes(at now: Int, _ calendars: [String: CalendarHistory]) -> Int? {
        let instant = Instant(clamping: now)
        guard let calendar = calendar.flatMap({ calendars[$0] })?.version(at: instant), !calendar.isOpen(instant) else {
            return nil
        }
        return (try? calendar.nextOpen(instant))?.seconds
    }
}
