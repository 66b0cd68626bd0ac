// Codes on paper for whoever lost the phone with the authenticator app: each works once.

internal import HTTP

/// Ten characters out of 32: 50 bits. SHA-256 is enough for storing it: it is never the only secret asked for, and
/// nobody tries 2^50 codes at our door. Whoever holds the database could try them at home in days, but finds there the
/// secret of the authenticator app, which cannot be a hash and opens the same door.
struct RecoveryCode: Sendable {
    static let countPerPerson = 10
    private static let size = 10
    /// Digits and letters without i, l, o and u, which are taken for others.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// As it is printed: xxxx-xxxx-xx.
    let text: String
    /// SHA-256 of its ten characters, to be stored and looked up by.
    let hash: [UInt8]

    /// Ten different ones, for one person.
    static func makeSet() throws(Refusal) -> [RecoveryCode] {
        var codes: [RecoveryCode] = []
        while codes.count < countPerPerson {
            // 32 divides 256, so each character is as likely as any other.
            guard let bytes = Random.bytes(size),
                let code = RecoveryCode(characters: bytes.map { alphabet[Int($0) % alphabet.count] })
            else { throw .broken("the system gives no random bytes") }
            if !codes.contains(where: { $0.hash == code.hash }) { codes.append(code) }
        }
        return codes
    }

    /// What somebody typed: case, spaces and hyphens make no difference, and o is read as 0, i and l as 1. Nil for what
    /// cannot be a code.
    init?(_ typed: String) {
        var characters: [UInt8] = []
        for byte in typed.utf8 {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "-"): continue
            case UInt8(ascii: "o"), UInt8(ascii: "O"): characters.append(UInt8(ascii: "0"))
            case UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "l"), UInt8(ascii: "L"):
                characters.append(UInt8(ascii: "1"))
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): characters.append(byte + 32)
            default: characters.append(byte)
            }
            guard characters.count <= Self.size else { return nil }
        }
        self.init(characters: characters)
    }

    private init?(characters: [UInt8]) {
        guard characters.count == Self.size, characters.allSatisfy(Self.alphabet.contains),
            let hash = SHA256.digest(characters)
        else { return nil }
        text = [characters[0..<4], characters[4..<8], characters[8...]]
            .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
        self.hash = hash
    }
}
