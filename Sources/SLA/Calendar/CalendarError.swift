// Why a calendar could not answer.

/// A question that a calendar cannot answer; `description` is one sentence that names the calendar.
public enum CalendarError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No second is open in the 3,660 days after an instant.
    case neverOpens(calendar: String, after: Instant)
    /// The answer would lie beyond the year 9999.
    case beyondTime(calendar: String)
    /// An amount below or beyond what is allowed.
    case amount(Int, allowed: ClosedRange<Int>)

    public var description: String {
        switch self {
        case .neverOpens(let calendar, let after):
            "calendar \"\(calendar)\" has no open second in the 3660 days after \(after)"
        case .beyondTime(let calendar):
            "calendar \"\(calendar)\" has no answer before the year 10000"
        case .amount(let amount, let allowed):
            "\(amount) is not between \(allowed.lowerBound) and \(allowed.upperBound)"
        }
    }
}
