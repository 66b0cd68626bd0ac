import Testing

@testable import HTTP

@Suite struct PercentCodingTests {
    @Test(arguments: [
        "%", "a%", "%4", "%4g", "%g4", "%%41", "%u0041", "% 41", "%-1", "100%", "%C3", "%c3%28", "%C0%AF", "%ED%A0%80",
        "%F4%90%80%80", "%FF", "\u{7F}", "%00", "a%0Ab", "a\u{1}",
    ])
    func `what is not well encoded text is no text`(coded: String) {
        #expect(PercentCoding.decode(coded.bytes) == nil)
    }

    @Test(arguments: [
        ("", ""), ("abc", "abc"), ("%41%62%2f%2F", "Ab//"), ("a+b", "a+b"), ("%25", "%"), ("%2541", "%41"),
        ("%C3%B1and%C3%BA", "ñandú"), ("ñ", "ñ"), ("%F0%9F%8C%B5", "🌵"), ("%2e%2E", ".."), ("%C2%85", "\u{85}"),
    ])
    func `bytes become the text that they stand for`(coded: String, text: String) {
        #expect(PercentCoding.decode(coded.bytes) == text)
    }

    @Test func `plus is a space only where a form is decoded`() {
        #expect(PercentCoding.decode("a+b%2B".bytes, plusIsSpace: true) == "a b+")
        #expect(PercentCoding.decode("a+b%2B".bytes) == "a+b+")
    }

    @Test func `controls pass only where they are asked for`() {
        #expect(PercentCoding.decode("a%0D%0Ab".bytes, controls: .allowedButNUL) == "a\r\nb")
        #expect(PercentCoding.decode("a%00b".bytes, controls: .allowedButNUL) == nil)
        #expect(PercentCoding.decode("a%00b".bytes, controls: .allowed) == "a\0b")
    }

    @Test func `every byte and many texts survive encoding and decoding`() {
        let scalars = (0...0x10FFFF).compactMap(Unicode.Scalar.init).filter { $0.value < 0x900 || $0.value % 997 == 0 }
        let wrong = scalars.filter { scalar in
            let text = "a\(Character(scalar))/+ "
            let segment = PercentCoding.encode(segment: text)
            let query = PercentCoding.encode(queryComponent: text)
            return PercentCoding.decode(segment.bytes, controls: .allowed) != text
                || PercentCoding.decode(query.bytes, plusIsSpace: true, controls: .allowed) != text
                || segment.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: " ") }
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: [
        ("a/b?c#d", "a%2Fb%3Fc%23d", "a%2Fb%3Fc%23d"), ("uno dos", "uno%20dos", "uno+dos"),
        ("a+b&c=d", "a%2Bb%26c%3Dd", "a%2Bb%26c%3Dd"),
        ("-._~", "-._~", "-._~"), ("ñ", "%C3%B1", "%C3%B1"), ("\"<>'", "%22%3C%3E%27", "%22%3C%3E%27"), ("", "", ""),
    ])
    func `texts are encoded for a segment and for a query`(text: String, segment: String, query: String) {
        #expect(PercentCoding.encode(segment: text) == segment)
        #expect(PercentCoding.encode(queryComponent: text) == query)
    }
}
