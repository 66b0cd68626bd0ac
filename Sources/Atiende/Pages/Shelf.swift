// Parts of pages that were made a moment ago and are still right. Who takes one looks whether it is: the shelf knows
// nothing of what they tell. It holds so much and no more, and forgets first what nobody asked for.

internal import Synchronization

final class Shelf<Key: Hashable & Sendable, Part: Sendable>: Sendable {
    /// What was kept or asked for lately, and what was before that.
    private struct State {
        var young: [Key: (part: Part, size: Int)] = [:]
        var old: [Key: (part: Part, size: Int)] = [:]
        var youngSize = 0
    }

    private let state = Mutex(State())
    private let most: Int

    /// - Parameter most: Bytes of parts, about.
    init(most: Int) { self.most = most }

    func part(_ key: Key) -> Part? {
        state.withLock { state in
            if let found = state.young[key] { return found.part }
            guard let found = state.old.removeValue(forKey: key) else { return nil }
            Self.put(found.part, found.size, key, &state, most)
            return found.part
        }
    }

    func keep(_ part: Part, size: Int, as key: Key) {
        state.withLock { Self.put(part, size, key, &$0, most) }
    }

    func clear() { state.withLock { $0 = State() } }

    private static func put(_ part: Part, _ size: Int, _ key: Key, _ state: inout State, _ most: Int) {
        state.youngSize += size - (state.young[key]?.size ?? 0)
        state.young[key] = (part, size)
        guard state.youngSize > most / 2 else { return }
        state.old = state.young
        state.young = [:]
        state.youngSize = 0
    }
}
