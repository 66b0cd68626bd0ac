// The statuses of a ticket, and sets of them.

public enum TicketStatus: String, CaseIterable, Sendable {
    case new
    case open
    case waitingCustomer
    case waitingThirdParty
    case inDevelopment
    case resolved
    case closed

    /// Resolved or closed.
    public var isDone: Bool { self == .resolved || self == .closed }
}

/// A set of statuses, as targets name those that pause a clock.
public struct StatusSet: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public init(_ status: TicketStatus) {
        switch status {
        case .new: self = .new
        case .open: self = .open
        case .waitingCustomer: self = .waitingCustomer
        case .waitingThirdParty: self = .waitingThirdParty
        case .inDevelopment: self = .inDevelopment
        case .resolved: self = .resolved
        case .closed: self = .closed
        }
    }

    public static let new = StatusSet(rawValue: 1)
    public static let open = StatusSet(rawValue: 2)
    public static let waitingCustomer = StatusSet(rawValue: 4)
    public static let waitingThirdParty = StatusSet(rawValue: 8)
    public static let inDevelopment = StatusSet(rawValue: 16)
    public static let resolved = StatusSet(rawValue: 32)
    public static let closed = StatusSet(rawValue: 64)

    public func contains(_ status: TicketStatus) -> Bool { contains(StatusSet(status)) }
}
