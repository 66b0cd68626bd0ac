// What stands around a desk's queues, as it was read last: as long as no event came, nobody is called otherwise and the
// second is the same, it is what reading again would find.

internal import SLA
internal import SQL
internal import Synchronization

final class QueueBoard: Sendable {
    struct State: Sendable {
        let counts: QueueCounts
        let technicians: [(id: Person.ID, name: String)]
        /// What is due in the hours that a line shows, on the clocks of a zone.
        let dues: QueueDues
    }

    private struct Kept<Value> {
        let version: Int
        let now: Int
        let value: Value
    }

    private let counted = Mutex<Kept<QueueCounts>?>(nil)
    /// By the readers' zones: a desk has few.
    private let states = Mutex<[String: (grounds: Grounds, kept: Kept<State>)]>([:])
    private static let mostZones = 16

    func counts(_ connection: Connection, version: Int, at now: Int) throws(SQLError) -> QueueCounts {
        let known = counted.withLock { $0 }
        if let known, known.version == version, known.now == now { return known.value }
        let counts = try connection.queueCounts(at: now)
        counted.withLock { $0 = Kept(version: version, now: now, value: counts) }
        return counts
    }

    func state(
        _ connection: Connection, _ grounds: Grounds, version: Int, _ zone: TimeZoneRules, at now: Int
    ) throws(SQLError) -> State {
        if let (known, kept) = states.withLock({ $0[zone.name] }), known == grounds, kept.version == version,
            kept.now == now
        {
            return kept.value
        }
        let counts = try counts(connection, version: version, at: now)
        let state = State(
            counts: counts, technicians: try connection.technicians(),
            dues: try connection.queueDues(counts, zone, at: now))
        states.withLock { states in
            if states.count >= Self.mostZones { states = [:] }
            states[zone.name] = (grounds, Kept(version: version, now: now, value: state))
        }
        return state
    }
}
