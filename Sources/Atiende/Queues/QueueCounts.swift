// How many tickets stand in each queue, and who has how many of which severity (IN-3).

internal import SLA
internal import SQL

struct QueueCounts: Sendable, Equatable {
    /// What the clock decides is counted up to here.
    static let most = 1000
    /// A list's pages end here: nobody looks through more.
    static let mostListed = 10_000

    let tallies: [String: Int]
    let breached: Int
    let soon: Int
    let resolved: Int

    /// Nil where it is not counted.
    func count(of view: QueueView, for person: Person.ID) -> Int? {
        switch view {
        case .all: tallies[TicketTally.open] ?? 0
        case .mine: tallies[TicketTally.of(assignee: person)] ?? 0
        case .assigned(let other): tallies[TicketTally.of(assignee: other)] ?? 0
        case .unassigned: tallies[TicketTally.unassigned] ?? 0
        case .waiting: tallies[TicketTally.of(status: .waitingCustomer)] ?? 0
        case .level(let level): tallies[TicketTally.of(level: level)] ?? 0
        case .breached: breached
        case .soon: soon
        case .resolved: resolved
        case .closed: nil
        }
    }

    /// Whether there may be more than were counted.
    static func isCapped(_ count: Int, of view: QueueView) -> Bool {
        switch view {
        case .breached, .soon, .resolved: count >= most
        default: false
        }
    }
}

extension Connection {
    func queueCounts(at now: Int) throws(SQLError) -> QueueCounts {
        QueueCounts(
            tallies: try ticketTallies(), breached: try breachedCount(at: now), soon: try soonCount(at: now),
            resolved: try doneCount(isResolved: true, limit: QueueCounts.most))
    }
}

/// What somebody has to do.
struct QueueLoad: Sendable, Equatable {
    /// So many people are shown.
    static let most = 50

    let person: Person.ID
    let name: String
    let total: Int
    /// By the contract's severities, the gravest first; without those of which there are none.
    let severities: [(rank: Int, severity: Severity, count: Int)]

    static func == (left: QueueLoad, right: QueueLoad) -> Bool {
        left.person == right.person && left.name == right.name && left.total == right.total
            && left.severities.elementsEqual(right.severities, by: ==)
    }

    /// Of everybody who works on tickets.
    static func all(
        _ technicians: [(id: Person.ID, name: String)], _ counts: QueueCounts, _ contract: Contract
    ) -> [QueueLoad] {
        technicians.map { technician in
            let severities = contract.severities.enumerated().compactMap { rank, definition in
                counts.tallies[TicketTally.of(assignee: technician.id, definition.severity)].map {
                    (rank, definition.severity, $0)
                }
            }
            return QueueLoad(
                person: technician.id, name: technician.name,
                total: counts.tallies[TicketTally.of(assignee: technician.id)] ?? 0, severities: severities)
        }
    }
}

/// What a ticket is put in order by, where not by when it is due.
struct QueueSortKey: Sendable {
    let id: Ticket.ID
    let subject: String
    let severityRank: Int
    let level: Int
    /// Folded; nil for nobody's.
    let assignee: String?
    let wordAt: Int
}

extension QueueSort {
    /// So many of a queue are put in another order: those that stand first in it.
    static let most = 2000

    /// The numbers in this order; what is equal keeps the queue's own.
    func order(_ keys: [QueueSortKey]) -> [Ticket.ID] {
        let sorted: [QueueSortKey]
        switch column {
        case .due: sorted = keys
        case .subject: sorted = Self.sorted(keys) { $0.subject.folded }
        case .severity: sorted = Self.sorted(keys, by: \.severityRank)
        case .level: sorted = Self.sorted(keys, by: \.level)
        // Nobody's come last.
        case .assignee: sorted = Self.sorted(keys) { $0.assignee ?? "\u{10FFFF}" }
        case .said: sorted = Self.sorted(keys) { -$0.wordAt }
        }
        return (isReversed ? sorted.reversed() : sorted).map(\.id)
    }

    private static func sorted(_ keys: [QueueSortKey], by key: (QueueSortKey) -> some Comparable) -> [QueueSortKey] {
        let pairs = keys.enumerated().map { (key: key($0.element), index: $0.offset) }
        let order = pairs.sorted { $0.key == $1.key ? $0.index < $1.index : $0.key < $1.key }
        return order.map { keys[$0.index] }
    }
}
