// What a cookie or a link carries to show who comes back: 256 random bits, of which only the hash is stored.

internal import HTTP

/// Its hash needs neither salt nor work: nobody guesses 256 bits, and whoever reads the stored hash gets no token from
/// it.
struct SecretToken: Sendable {
    private static let size = 32

    /// 64 hexadecimal digits in lower case.
    let text: String
    /// Its SHA-256, to be stored and looked up by.
    let hash: [UInt8]

    static func make() throws(Refusal) -> SecretToken {
        guard let bytes = Random.bytes(size), let hash = SHA256.digest(bytes) else {
            throw .broken("the system gives no random bytes")
        }
        return SecretToken(text: Hexadecimal.text(bytes), hash: hash)
    }

    private init(text: String, hash: [UInt8]) {
        self.text = text
        self.hash = hash
    }

    /// Nil for any other text than one that `make` could have given.
    init?(_ text: String) {
        guard let bytes = Hexadecimal.bytes(text), bytes.count == Self.size, let hash = SHA256.digest(bytes) else {
            return nil
        }
        self.init(text: text, hash: hash)
    }
}

enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
            for (index, byte) in bytes.enumerated() {
                text[2 * index] = digits[Int(byte >> 4)]
                text[2 * index + 1] = digits[Int(byte & 15)]
            }
            return 2 * bytes.count
        }
    }

    /// Nil unless it is pairs of digits in lower case and nothing else.
    static func bytes(_ text: String) -> [UInt8]? {
        let values = text.utf8.map { digits.firstIndex(of: $0) }
        guard values.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: values.count, by: 2) {
            guard let high = values[index], let low = values[index + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}
