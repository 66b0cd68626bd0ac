// The connections of one loop, by tokens that the kernel and other queues can hold.

/// A token names a slot and how often it was used before, so that news for a connection that is gone never reaches the
/// one that came after it.
struct ConnectionTable {
    private var slots: [Connection?] = []
    private var generations: [UInt32] = []
    private var vacant: [Int] = []
    private(set) var count = 0

    /// For walking over all of them while some leave: `table.connection(at:)` for each.
    var indices: Range<Int> { slots.indices }

    func connection(at index: Int) -> Connection? { slots[index] }

    subscript(_ token: UInt64) -> Connection? {
        let slot = Self.slot(token)
        guard slot < slots.count, generations[slot] == UInt32(truncatingIfNeeded: token >> 32) else { return nil }
        return slots[slot]
    }

    /// Takes a connection in, made with the token that it gets.
    mutating func insert(_ make: (_ token: UInt64) -> Connection) -> Connection {
        let slot: Int
        if let vacancy = vacant.popLast() {
            slot = vacancy
            generations[slot] &+= 1
        } else {
            slot = slots.count
            slots.append(nil)
            generations.append(0)
        }
        let connection = make(UInt64(generations[slot]) << 32 | UInt64(slot))
        slots[slot] = connection
        count += 1
        return connection
    }

    /// False when it was not there.
    mutating func remove(_ connection: Connection) -> Bool {
        guard self[connection.token] === connection else { return false }
        let slot = Self.slot(connection.token)
        slots[slot] = nil
        vacant.append(slot)
        count -= 1
        return true
    }

    private static func slot(_ token: UInt64) -> Int { Int(truncatingIfNeeded: token & 0xFFFF_FFFF) }
}
