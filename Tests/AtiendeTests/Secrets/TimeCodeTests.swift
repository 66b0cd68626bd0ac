// One-time codes by the clock, and Base32.

import Testing

@testable import Atiende

@Suite("One-time codes")
struct TimeCodeTests {
    static let rfc = TimeCode(secret: Array("12345678901234567890".utf8), digits: .eight)
    static let six = TimeCode(secret: Array("12345678901234567890".utf8))

    /// RFC 6238, appendix B, the rows of SHA-1.
    static let vectors = [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ]

    @Test(arguments: vectors)
    func `Codes are those of RFC 6238`(instant: Int, code: String) throws {
        #expect(try Self.rfc.code(step: TimeCode.step(at: instant)) == code)
        #expect(try Self.six.code(step: TimeCode.step(at: instant)) == String(code.suffix(6)))
        #expect(try Self.rfc.step(of: code, at: instant, after: nil) == instant / 30)
    }

    /// RFC 4226, appendix D: the counter from 0 to 9.
    @Test func `Codes are those of RFC 4226`() throws {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
        ]
        for (step, code) in codes.enumerated() { #expect(try Self.six.code(step: step) == code) }
    }

    @Test(
        arguments: [
            (-61, nil), (-60, nil), (-31, nil), (-30, 4), (-1, 4), (0, 4), (29, 4), (30, 4), (59, 4), (60, nil),
            (90, nil),
        ] as [(Int, Int?)])
    func `A code counts one step before and one after its own`(seconds: Int, step: Int?) throws {
        #expect(try Self.six.step(of: "338314", at: 4 * 30 + seconds, after: nil) == step)
    }

    @Test func `A used step does not match again, nor does an earlier one`() throws {
        let instant = 5 * 30
        #expect(try Self.six.step(of: "254676", at: instant, after: 4) == 5)
        #expect(try Self.six.step(of: "254676", at: instant, after: 5) == nil)
        #expect(try Self.six.step(of: "338314", at: instant, after: 5) == nil)
        #expect(try Self.six.step(of: "287922", at: instant, after: 5) == 6)
        #expect(try Self.six.step(of: "254676", at: instant + 30, after: 6) == nil)
    }

    @Test(arguments: ["338 314", " 338314 ", "3 3 8 3 1 4"])
    func `Spaces are borne`(typed: String) throws {
        #expect(try Self.six.step(of: typed, at: 120, after: nil) == 4)
    }

    @Test(
        arguments: [
            "", " ", "338315", "33831", "3383140", "0338314", "338314\n", "338314\u{0}", "+38314", "-338314", "３３８３１４",
            "٣٣٨٣١٤", "338,314", "14338314", String(repeating: "3", count: 100_000),
        ])
    func `Anything else is a wrong code`(typed: String) throws {
        #expect(try Self.six.step(of: typed, at: 120, after: nil) == nil)
    }

    @Test(arguments: [Int.min, -1, 0, 29, Int.max, Int.max - 29])
    func `Any instant is borne`(instant: Int) throws {
        #expect(try Self.six.step(of: "000000", at: instant, after: nil) == nil)
        #expect(try Self.six.step(of: "000000", at: instant, after: Int.max) == nil)
    }

    @Test func `A new secret has 160 bits and is another each time`() throws {
        let one = try TimeCode.make()
        #expect(one.secret.count == 20)
        #expect(one.digits == .six)
        #expect(try TimeCode.make().secret != one.secret)
        #expect(Base32.decode(one.typedSecret) == one.secret)
    }

    @Test func `A secret is typed in groups of four`() {
        #expect(Self.six.typedSecret == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")
        #expect(TimeCode(secret: Array("foob".utf8)).typedSecret == "MZXW 6YQ")
        #expect(TimeCode(secret: []).typedSecret == "")
    }

    static let end = "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer="
    static let tail = "&algorithm=SHA1&digits=6&period=30"

    @Test(
        arguments: [
            ("Luna", "ana@luna.example", "Luna:ana%40luna.example", "Luna"),
            (
                "Peña: soporte", "José Ñáñez", "Pe%C3%B1a%3A%20soporte:Jos%C3%A9%20%C3%91%C3%A1%C3%B1ez",
                "Pe%C3%B1a%3A%20soporte"
            ),
            ("A&B=C?", "a/b#c+d%41", "A%26B%3DC%3F:a%2Fb%23c%2Bd%2541", "A%26B%3DC%3F"),
            ("", "", ":", ""), ("-._~", "\u{0}\n\"<", "-._~:%00%0A%22%3C", "-._~"),
        ])
    func `The URI carries names in percent signs`(issuer: String, account: String, label: String, parameter: String) {
        let uri = Self.six.uri(issuer: issuer, account: account)
        #expect(uri == "otpauth://totp/" + label + Self.end + parameter + Self.tail)
    }
}

@Suite("Base32")
struct Base32Tests {
    /// RFC 4648 §10, without padding.
    static let vectors = [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ]

    @Test(arguments: vectors)
    func `Text is that of RFC 4648`(bytes: String, text: String) {
        #expect(Base32.encode(Array(bytes.utf8)) == text)
        #expect(Base32.decode(text) == Array(bytes.utf8))
        #expect(Base32.decode(text.lowercased()) == Array(bytes.utf8))
        #expect(Base32.decode(" " + text.map { "\($0) " }.joined()) == Array(bytes.utf8))
    }

    @Test func `Every byte comes back`() {
        for size in 0...12 {
            for first in 0...255 {
                let bytes = (0..<size).map { UInt8(truncatingIfNeeded: first &* 7 &+ $0 &* 31) }
                #expect(Base32.decode(Base32.encode(bytes)) == bytes)
            }
        }
    }

    @Test(
        arguments: [
            "M", "A", "MZX", "MYA", "MZXW6Y", "MZXW6A", "MZ", "MZXR", "MZXW7", "MZXW6YR", "MY======", "MY=", "M1", "M0",
            "M8", "MZXW6-YQ",
            "MÑ",
            "M\u{0}", "MY\n", "MY\t", "ＭＹ",
        ])
    func `What bytes do not give is refused`(text: String) {
        #expect(Base32.decode(text) == nil)
    }
}
