// Bytes that nobody can guess, from OpenSSL's generator.

internal import CCrypto

enum Random {
    /// Nil when the system has no randomness to give, which is a reason to do nothing.
    static func bytes(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return RAND_bytes(&bytes, Int32(count)) == 1 ? bytes : nil
    }

    /// 32 hexadecimal digits: 128 bits.
    static func identifier() throws(Refusal) -> String {
        guard let bytes = bytes(16) else { throw .broken("the system gives no random bytes") }
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
