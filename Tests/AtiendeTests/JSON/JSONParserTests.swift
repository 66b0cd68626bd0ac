// What is JSON and what is not, and that what was read is written again.

import Atiende
import Testing

@Suite struct JSONParserTests {
    @Test(
        arguments: [
            ("null", .null),
            (" \t\r\n true \n", true),
            ("false", false),
            ("0", 0),
            ("-0", 0),
            ("-0.0e9", 0),
            ("9223372036854775807", .int(.max)),
            ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", .decimal("9223372036854775808")),
            ("2.0", 2),
            ("2.50e1", 25),
            ("1200E-2", 12),
            ("1e18", 1_000_000_000_000_000_000),
            ("1e19", .decimal("1e19")),
            ("1e999999999999999999999", .decimal("1e999999999999999999999")),
            ("1e-9223372036854775808", .decimal("1e-9223372036854775808")),
            ("99.30", .decimal("99.30")),
            ("-0.5", .decimal("-0.5")),
            ("\"\"", ""),
            (#""\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00""#, "\"\\/\u{8}\u{c}\n\r\tAé€😀"),
            ("\"días\u{7f}\"", "días\u{7f}"),
            (#""a\u0000b""#, "a\u{0}b"),
            ("[]", []),
            ("[1, [2, []]]", [1, [2, []]]),
            ("{ }", [:]),
            (#"{"b":1,"a":{"b":null}}"#, ["b": 1, "a": ["b": .null]]),
        ] as [(String, JSON)])
    func `what is JSON is read`(text: String, value: JSON) throws {
        #expect(try JSON(parsing: text) == value)
    }

    @Test func `members keep the order in which they were written`() throws {
        guard case .object(let object) = try JSON(parsing: #"{"z":1,"a":2,"m":3}"#) else { throw NoObject() }
        #expect(object.members.map(\.key) == ["z", "a", "m"])
    }

    @Test(
        arguments: [
            ("", "line 1, column 1: the document ends too soon"),
            ("  ", "line 1, column 3: the document ends too soon"),
            ("[1,", "line 1, column 4: the document ends too soon"),
            ("[1,]", "line 1, column 4: a value is expected"),
            ("{\n  \"a\": 1,\n}", "line 3, column 1: a key in quotes is expected"),
            ("{\"a\" 1}", "line 1, column 6: \":\" is expected"),
            ("{\"a\":1 \"b\":2}", "line 1, column 8: \",\" or \"}\" is expected"),
            ("[1 2]", "line 1, column 4: \",\" or \"]\" is expected"),
            ("{a:1}", "line 1, column 2: a key in quotes is expected"),
            ("nul", "line 1, column 1: a value is expected"),
            ("[nulL]", "line 1, column 2: a value is expected"),
            ("NaN", "line 1, column 1: a value is expected"),
            ("1 2", "line 1, column 3: the document goes on after its end"),
            ("1\u{0}", "line 1, column 2: the document goes on after its end"),
            ("{}// no", "line 1, column 3: the document goes on after its end"),
            ("\u{FEFF}1", "line 1, column 1: a value is expected"),
            ("01", "line 1, column 2: a number does not begin with 0"),
            ("-", "line 1, column 2: the document ends too soon"),
            ("+1", "line 1, column 1: a value is expected"),
            (".5", "line 1, column 1: a value is expected"),
            ("[1.]", "line 1, column 4: a digit is expected"),
            ("[1e+]", "line 1, column 5: a digit is expected"),
            ("\"a\tb\"", "line 1, column 3: a control character in a text must be escaped"),
            ("\"a", "line 1, column 3: the document ends too soon"),
            (#""\x""#, "line 1, column 3: there is no such escape"),
            (#""\u12g4""#, "line 1, column 6: four hexadecimal digits are expected"),
            (#"["\ud800"]"#, "line 1, column 3: half of a surrogate pair"),
            (#"["\udc00\ud800"]"#, "line 1, column 3: half of a surrogate pair"),
            (#"["\ud83d\u0041"]"#, "line 1, column 3: half of a surrogate pair"),
            (#"["\ud83d\n"]"#, "line 1, column 3: half of a surrogate pair"),
            (#"{"a":1,"b":2,"a":3}"#, "line 1, column 14: the key \"a\" comes twice"),
            (#"{"a":1,"\u0061":3}"#, "line 1, column 8: the key \"a\" comes twice"),
        ] as [(String, String)])
    func `what is no JSON is refused with its place`(text: String, fault: String) {
        #expect(refusal(Array(text.utf8)) == fault)
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xC3, 0x5C, 0x6E, 0xA9, 0x22], [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22],
        ] as [[UInt8]])
    func `a text that is not UTF-8 is refused`(bytes: [UInt8]) {
        #expect(refusal(bytes) == "line 1, column 1: the text is not valid UTF-8")
    }

    @Test func `a key comes twice among many`() throws {
        let members = (0..<5000).map { "\"k\($0)\":\($0)" }
        let all = members.joined(separator: ",")
        #expect(try JSON(parsing: "{\(all)}")["k4999"] == 4999)
        #expect(refusal(Array("{\(all),\"k7\":1}".utf8))?.hasSuffix("the key \"k7\" comes twice") == true)
    }

    @Test func `nesting and length are bounded`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try JSON(parsing: nested(64))
        #expect(refusal(Array(nested(65).utf8)) == "line 1, column 65: nested more than 64 deep")
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(refusal(deep) == "line 1, column 65: nested more than 64 deep")
        _ = try JSON(parsing: "[1]", atMost: 3)
        #expect(refusal(Array("[12]".utf8), atMost: 3) == "line 1, column 4: the document is longer than 3 bytes")
    }

    @Test func `a document cut anywhere is refused`() throws {
        let whole = Array(#"{"a":[1.5e3,true,null,"é\u00e9\ud83d\ude00"],"b":{"c":-12}}"#.utf8)
        _ = try JSON(parsing: whole)
        for length in 0..<whole.count { #expect(refusal(Array(whole.prefix(length))) != nil) }
    }

    private func refusal(_ bytes: [UInt8], atMost limit: Int = JSON.longestDocument) -> String? {
        do throws(JSONSyntaxFault) {
            _ = try JSON(parsing: bytes, atMost: limit)
            return nil
        } catch { return error.description }
    }

    private struct NoObject: Error {}
}
