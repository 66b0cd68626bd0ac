// Digests of secrets, and their comparison.

internal import CCrypto
internal import HTTP

enum Digest {
    static func sha256(_ bytes: [UInt8]) throws(Refusal) -> [UInt8] {
        guard let digest = SHA256.digest(bytes) else { throw failure }
        return digest
    }

    static func hmacSHA256(key: [UInt8], _ message: [UInt8]) throws(Refusal) -> [UInt8] {
        try hmac(EVP_sha256(), key: key, message)
    }

    /// For one-time codes alone, whose standard wants it (RFC 4226).
    static func hmacSHA1(key: [UInt8], _ message: [UInt8]) throws(Refusal) -> [UInt8] {
        try hmac(EVP_sha1(), key: key, message)
    }

    /// Takes as long wherever the first difference is. Different lengths are told apart at once: they are no secret.
    static func isEqualInConstantTime(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
    }

    private static func hmac(
        _ method: OpaquePointer?, key: [UInt8], _ message: [UInt8]
    ) throws(Refusal) -> [UInt8] {
        guard let keySize = CInt(exactly: key.count) else { throw failure }
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var size: CUnsignedInt = 0
        guard HMAC(method, key, keySize, message, message.count, &digest, &size) != nil else { throw failure }
        return Array(digest.prefix(Int(size)))
    }

    private static var failure: Refusal { .broken("libcrypto could not make a digest") }
}
