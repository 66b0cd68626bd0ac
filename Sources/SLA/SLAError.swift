// Why the engine could not answer.

/// A question that has no answer; `description` is one sentence, which names the calendar it is about.
public enum SLAError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No second is open in the 3,660 days after an instant.
    case neverOpens(calendar: String, after: Instant)
    /// The answer would lie beyond the year 9999.
    case beyondTime(calendar: String)
    /// An amount below or beyond what is allowed.
    case amount(Int, allowed: ClosedRange<Int>)
    /// A target counts on a calendar that was not handed in.
    case unknownCalendar(String)
    /// The first event of a ticket must open it.
    case notOpened
    /// A ticket is opened once.
    case openedTwice(Instant)
    /// Events folded one at a time must come in the order of their instants.
    case outOfOrder(Instant)

    public var description: String {
        switch self {
        case .neverOpens(let calendar, let after):
            "calendar \"\(calendar)\" has no open second in the 3660 days after \(after)"
        case .beyondTime(let calendar):
            "calendar \"\(calendar)\" has no answer before the year 10000"
        case .amount(let amount, let allowed):
            "\(amount) is not between \(allowed.lowerBound) and \(allowed.upperBound)"
        case .unknownCalendar(let name):
            "there is no calendar \"\(name)\""
        case .notOpened:
            "the first event must be \"opened\""
        case .openedTwice(let at):
            "the ticket is opened a second time at \(at)"
        case .outOfOrder(let at):
            "an event at \(at) comes after a later one"
        }
    }
}
