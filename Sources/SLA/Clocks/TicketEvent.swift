// What happens to a ticket, as far as its clocks are concerned.

/// The key of a severity in a plan.
public struct Severity: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
}

/// The way by which a ticket came in.
public struct Channel: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
}

/// A fact about a ticket and its instant.
public struct TicketEvent: Sendable {
    public var at: Instant
    public var kind: Kind

    public init(at: Instant, _ kind: Kind) {
        self.at = at
        self.kind = kind
    }

    public enum Kind: Sendable {
        /// Always the first event.
        case opened(severity: Severity, channel: Channel, level: Int)
        /// The confirmation was handed to the mail outbox or shown on a page.
        case acknowledged
        /// A public message by a person of the staff of that level; automatic replies and internal notes are none.
        case staffMessage(level: Int)
        /// A public message by the customer.
        case customerMessage
        /// A diagnosis recorded by staff of that level.
        case diagnosis(level: Int)
        case status(TicketStatus)
        case severity(Severity)
        /// The ticket enters a level, perhaps the same again.
        case level(Int)
        /// Service is recovered; a workaround counts.
        case recovered
        /// Root cause and permanent solution are recorded.
        case rootCause
        /// The ticket was merged into another: nothing after it counts.
        case merged
        /// An admin applied another version of the plan to this open ticket.
        case planApplied(Plan)
    }
}
