// The eight clocks of a ticket.

/// A clock that a contract may set a target for.
public enum ClockKind: String, CaseIterable, Sendable {
    case acknowledge
    case firstResponse
    case nextResponse
    case periodicUpdate
    case levelResponse
    case recovery
    case resolution
    case rootCause

    /// The place of a clock in lists of all eight.
    var position: Int {
        switch self {
        case .acknowledge: 0
        case .firstResponse: 1
        case .nextResponse: 2
        case .periodicUpdate: 3
        case .levelResponse: 4
        case .recovery: 5
        case .resolution: 6
        case .rootCause: 7
        }
    }

    /// The clocks that resolving cancels when they are still live.
    static let cancelledByResolving: [ClockKind] = [
        .acknowledge, .firstResponse, .nextResponse, .periodicUpdate, .levelResponse,
    ]

    /// The clocks that resolving stops and reopening lets go on.
    static let stoppedByResolving: [ClockKind] = [.recovery, .resolution]

    /// The statuses that stop a clock unless its target says otherwise.
    public var defaultPausedBy: StatusSet {
        switch self {
        case .acknowledge, .firstResponse, .nextResponse: []
        case .periodicUpdate, .levelResponse, .recovery, .resolution, .rootCause: [.waitingCustomer]
        }
    }

    /// The statuses in which a clock never counts, whatever its target says: what reopening needs.
    var neverCountsIn: StatusSet {
        switch self {
        case .recovery, .resolution: [.resolved, .closed]
        default: []
        }
    }
}
