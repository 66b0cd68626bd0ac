// Digests, their comparison, and tokens.

import Testing

@testable import Atiende

@Suite("Digests and tokens")
struct DigestTests {
    @Test(
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func `SHA-256 is that of FIPS 180-4`(text: String, digest: String) throws {
        #expect(try Hexadecimal.text(Digest.sha256(Array(text.utf8))) == digest)
    }

    @Test(
        arguments: [
            (
                [UInt8](repeating: 0x0b, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func `HMAC-SHA-256 is that of RFC 4231`(key: [UInt8], message: String, digest: String) throws {
        #expect(try Hexadecimal.text(Digest.hmacSHA256(key: key, Array(message.utf8))) == digest)
    }

    @Test func `HMAC-SHA-1 is that of RFC 2202, and an empty key or message is none the worse`() throws {
        let digest = try Digest.hmacSHA1(key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
        #expect(Hexadecimal.text(digest) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
        #expect(
            try Hexadecimal.text(Digest.hmacSHA256(key: [], []))
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test(
        arguments: [
            ([], [], true), ([1], [1], true), ([1], [2], false), ([1, 2], [1], false), ([], [0], false),
            ([1, 2, 3], [1, 2, 4], false), ([9, 2, 3], [1, 2, 3], false),
        ] as [([UInt8], [UInt8], Bool)])
    func `Equal is equal`(one: [UInt8], other: [UInt8], equal: Bool) {
        #expect(Digest.isEqualInConstantTime(one, other) == equal)
    }

    @Test func `A token comes back from its text`() throws {
        let token = try SecretToken.make()
        let again = try #require(SecretToken(token.text))
        #expect(again.text == token.text)
        #expect(again.hash == token.hash)
        #expect(token.hash == (try Digest.sha256(#require(Hexadecimal.bytes(token.text)))))
        #expect(try SecretToken.make().text != token.text)
    }

    static let good = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

    @Test func `A text of 64 digits is a token`() {
        #expect(SecretToken(Self.good) != nil)
    }

    static let stem = String(good.dropLast(2))
    static let wrong: [String] = [
        "", "00", stem, "\(stem)f", "\(good)0", "\(good)00", good.uppercased(), " \(stem)f", "\(stem)f ", "\(stem)fg",
        "\(stem)f\u{0}", "0x\(stem)", "\(good)\n", String(repeating: "é", count: 32), String(repeating: "٠", count: 32),
    ]

    @Test(arguments: wrong)
    func `Any other text is none`(text: String) {
        #expect(SecretToken(text) == nil)
    }
}
