// Bytes that nobody can guess, from OpenSSL's generator.

internal import CCrypto
internal import Synchronization

enum Random {
    /// What was drawn and not yet given out: asking for a little at a time costs a system call each.
    private static let store = Mutex<[UInt8]>([])
    private static let drawn = 2048
    /// More than that is drawn by itself.
    private static let mostStored = 64

    /// Nil when the system has no randomness to give, which is a reason to do nothing.
    static func bytes(_ count: Int) -> [UInt8]? {
        guard count <= mostStored else { return draw(count) }
        return store.withLock { store in
            if store.count < count {
                guard let fresh = draw(drawn) else { return nil }
                store = fresh
            }
            let given = Array(store.suffix(count))
            // What was given out is kept nowhere else.
            for index in store.indices.suffix(count) { store[index] = 0 }
            store.removeLast(count)
            return given
        }
    }

    private static func draw(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return RAND_bytes(&bytes, Int32(count)) == 1 ? bytes : nil
    }

    /// 32 hexadecimal digits: 128 bits.
    static func identifier() throws(Refusal) -> String {
        guard let bytes = bytes(16) else { throw .broken("the system gives no random bytes") }
        return Hexadecimal.text(bytes)
    }
}
