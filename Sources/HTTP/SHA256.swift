// SHA-256 from OpenSSL, over bytes as they come.

import CCrypto

/// One digest in the making. Not shared: whoever made it feeds it.
public final class SHA256 {
    static let size = 32
    private let context: OpaquePointer

    /// Nil without memory.
    public init?() {
        guard let context = EVP_MD_CTX_new() else { return nil }
        self.context = context
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { return nil }
    }

    deinit { EVP_MD_CTX_free(context) }

    /// False where OpenSSL fails; the digest is worthless then.
    public func update(_ bytes: UnsafeRawBufferPointer) -> Bool {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
    }

    /// The 32 bytes; to be called once.
    public func finish() -> [UInt8]? {
        var digest = [UInt8](repeating: 0, count: Self.size)
        let result = digest.withUnsafeMutableBufferPointer { EVP_DigestFinal_ex(context, $0.baseAddress, nil) }
        return result == 1 ? digest : nil
    }

    /// Of all bytes at once; nil without memory.
    public static func digest(_ bytes: [UInt8]) -> [UInt8]? {
        guard let hash = SHA256(), bytes.withUnsafeBytes({ hash.update($0) }) else { return nil }
        return hash.finish()
    }
}
