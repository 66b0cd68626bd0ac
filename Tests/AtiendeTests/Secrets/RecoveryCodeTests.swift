// Codes on paper.

import Testing

@testable import Atiende

@Suite("Recovery codes")
struct RecoveryCodeTests {
    @Test func `A person gets ten different ones of the form that is printed`() throws {
        let codes = try RecoveryCode.makeSet()
        #expect(codes.count == 10)
        #expect(Set(codes.map(\.text)).count == 10)
        for code in codes {
            #expect(
                code.text.wholeMatch(of: /[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{2}/) != nil)
            #expect(RecoveryCode(code.text)?.hash == code.hash)
            #expect(RecoveryCode(code.text.uppercased())?.hash == code.hash)
            #expect(RecoveryCode(code.text.filter { $0 != "-" })?.hash == code.hash)
        }
    }

    @Test(
        arguments: [
            "0123-4abc-1z", "01234abc1z", "0123 4ABC 1Z", " o123-4abc-lz ", "Ol23-4abc-iz", "O I 2 3 4 A B C L Z",
            "--0123--4abc1z--",
        ])
    func `What is taken for another character is read as that`(typed: String) throws {
        let code = try #require(RecoveryCode(typed))
        #expect(code.text == "0123-4abc-1z")
        #expect(code.hash == (try Digest.sha256(Array("01234abc1z".utf8))))
    }

    @Test(
        arguments: [
            "", "-", "0123-4abc-1", "0123-4abc-1z2", "0123-4abc-1u", "0123-4abc-1ñ", "0123-4abc-1\u{0}", "0123_4abc_1z",
            "0123-4abc-1z\n", "０123-4abc-1z", String(repeating: "0", count: 100_000),
        ])
    func `What cannot be a code is none`(typed: String) {
        #expect(RecoveryCode(typed) == nil)
    }

    @Test func `Every character of the alphabet comes up`() throws {
        var seen: Set<Character> = []
        for _ in 0..<40 { seen.formUnion(try RecoveryCode.makeSet().flatMap(\.text)) }
        #expect(seen.count == 33)
    }
}
