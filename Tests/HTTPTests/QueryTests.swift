import Testing

@testable import HTTP

@Suite struct QueryTests {
    private func pairs(_ text: String) throws -> [String] {
        try Form.parse(urlencoded: text.bytes).fields.map { "\($0.name)→\($0.value)" }
    }

    @Test(arguments: ["a=%", "%zz=1", "a=%C3", "a=%00", "a%0A=1", "a=1&b=%F", "=%E0%80%80"])
    func `a malformed pair refuses the form`(text: String) {
        #expect(throws: RequestError.bad("A form field is not well encoded")) { try pairs(text) }
    }

    @Test(arguments: [
        ("", []), ("&", []), ("&&&", []), ("a", ["a→"]), ("a=", ["a→"]), ("=", ["→"]), ("=a", ["→a"]),
        ("a=b=c", ["a→b=c"]),
        ("a=1&&b=2&", ["a→1", "b→2"]), ("a=1&a=2", ["a→1", "a→2"]), ("a;b=1", ["a;b→1"]), ("+=+", [" → "]),
        ("asunto=No+enciende%21&texto=uno%0D%0Ados", ["asunto→No enciende!", "texto→uno\r\ndos"]), ("%26=%3D", ["&→="]),
        ("título=ñ", ["título→ñ"]),
    ])
    func `pairs are read in order`(text: String, expected: [String]) throws {
        #expect(try pairs(text) == expected)
    }

    @Test func `a thousand pairs pass and one more is too many`() throws {
        let thousand = Array(repeating: "a=1", count: 1000).joined(separator: "&")
        #expect(try pairs(thousand).count == 1000)
        #expect(try pairs(thousand + "&&").count == 1000)
        let error = #expect(throws: RequestError.self) { try pairs(thousand + "&b") }
        #expect(error?.status == .contentTooLarge)
    }

    @Test func `a request gives the pairs of its query`() throws {
        #expect(try Request.with(.get, "/a?q=caf%C3%A9&p=2").queryForm()["q"] == "café")
        #expect(try Request.with(.get, "/a").queryForm().fields.isEmpty)
        #expect(try Request.with(.get, "/a?").queryForm().fields.isEmpty)
        #expect(throws: RequestError.self) { try Request.with(.get, "/a?q=%").queryForm() }
    }
}
