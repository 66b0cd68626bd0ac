// What was made lately, so that it is not made again for the next line that says the same.

/// Keeps between `capacity` and twice as many of the values that were asked for last.
struct RecentValues<Key: Hashable, Value> {
    private let capacity: Int
    private var recent: [Key: Value] = [:]
    private var older: [Key: Value] = [:]

    init(capacity: Int) { self.capacity = capacity }

    /// The value kept for a key, or a new one; nil is not kept.
    mutating func value(_ key: Key, _ make: () -> Value?) -> Value? {
        if let value = recent[key] { return value }
        guard let value = older[key] ?? make() else { return nil }
        if recent.count >= capacity {
            older = recent
            recent = [:]
        }
        recent[key] = value
        return value
    }
}
