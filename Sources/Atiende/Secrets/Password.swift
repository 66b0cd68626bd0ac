// Passwords as they are stored: yescrypt through libxcrypt, with salt and parameters in the string.

internal import CCrypt
internal import CCrypto
internal import Glibc

/// How much work a guess costs: libxcrypt's number, each step twice the time and the memory of the one before.
struct PasswordCost: Sendable, Equatable {
    let count: UInt

    /// 140 ms and 128 MiB while it lasts, measured in a release build on two cores; twice the time where they are
    /// shared.
    static let standard = PasswordCost(count: 8)
    /// 1 ms, for tests.
    static let quick = PasswordCost(count: 1)
}

/// Making and checking block for as long as they take, and hold 128 MiB: they belong on a worker queue with few
/// threads, never on an event loop.
struct PasswordHash: Sendable, Equatable {
    /// The longest password, in bytes of UTF-8. The rules for new passwords (PasswordPolicy) say it to people.
    static let longest = 128

    let text: String

    static func make(_ password: String, cost: PasswordCost = .standard) throws(Refusal) -> PasswordHash {
        guard password.utf8.count <= longest else { throw .broken("a password too long to be hashed") }
        guard let salt = Random.bytes(16) else { throw .broken("the system gives no random bytes") }
        guard let setting = setting(cost: cost, salt: salt), let text = hash(password, setting: setting) else {
            throw .unavailable(retryAfter: 5, why: "libcrypt could not hash a password: errno \(errno)")
        }
        return PasswordHash(text: text)
    }

    /// False also for a stored text that is not yescrypt's: older methods cut passwords short.
    func matches(_ password: String) -> Bool {
        guard canBe(password), let candidate = Self.hash(password, setting: text) else { return false }
        return Digest.isEqualInConstantTime(Array(candidate.utf8), Array(text.utf8))
    }

    /// False where no hash is needed to say that it does not match.
    func canBe(_ password: String) -> Bool { password.utf8.count <= Self.longest && text.hasPrefix(Self.method) }

    /// How much work it takes, as libcrypt writes it: `jCT`.
    var parameters: String { text.split(separator: "$").dropFirst().first.map(String.init) ?? "" }
}

extension PasswordHash {
    private static let method = "$y$"

    private static func setting(cost: PasswordCost, salt: [UInt8]) -> String? {
        let setting = salt.withUnsafeBytes { salt in
            crypt_gensalt_ra(
                method, cost.count, salt.baseAddress?.assumingMemoryBound(to: CChar.self), CInt(salt.count))
        }
        guard let setting else { return nil }
        defer { free(setting) }
        return String(cString: setting)
    }

    /// `crypt_ra` is `crypt_r` with its 32 KiB of working memory taken from the heap, once per call; nil where it
    /// fails.
    private static func hash(_ password: String, setting: String) -> String? {
        var memory: UnsafeMutableRawPointer?
        var size: CInt = 0
        var phrase = phrase(password)
        defer {
            OPENSSL_cleanse(&phrase, phrase.count)
            if let memory {
                OPENSSL_cleanse(memory, Int(size))
                free(memory)
            }
        }
        let result = phrase.withUnsafeBytes { phrase in
            phrase.baseAddress.flatMap { crypt_ra($0.assumingMemoryBound(to: CChar.self), setting, &memory, &size) }
        }
        return result.map { String(cString: $0) }
    }

    /// The password as C wants it. A NUL would end it early, so it becomes the bytes C0 80, which are in no UTF-8:
    /// every password keeps all its characters, no two become one, and those without NUL are hashed as they are.
    private static func phrase(_ password: String) -> [UInt8] {
        var phrase: [UInt8] = []
        phrase.reserveCapacity(2 * password.utf8.count + 1)
        for byte in password.utf8 {
            if byte == 0 { phrase += [0xC0, 0x80] } else { phrase.append(byte) }
        }
        phrase.append(0)
        return phrase
    }
}
