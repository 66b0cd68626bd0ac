// Which of two languages a browser would rather read.

import HTTP
import Testing

@Suite struct AcceptLanguageTests {
    static let rows: [(String?, Int?)] = [
        (nil, nil), ("", nil), ("es", 0), ("en", 1), ("en-US,en;q=0.9", 1), ("es-419,es;q=0.9,en;q=0.8", 0),
        ("EN", 1), ("fr,en;q=0.1", 1), ("fr", nil), ("*", nil), ("en;q=0.5, es;q=0.5", 1), ("en;q=0.4, es;q=0.5", 0),
        ("es;q=0, en;q=0.001", 1), ("es;q=0", nil), ("english", nil), ("e", nil), ("es-", 0), ("-es", nil),
        ("es;q=2, en", 1), ("es;q=x", nil), (",,es,,", 0), ("es;q=1.000", 0),
        (String(repeating: "a,", count: 4000) + "en", 1),
    ]

    @Test(arguments: rows)
    func `the field decides, and what is malformed is passed over`(_ value: String?, _ expected: Int?) throws {
        var parser = RequestParser(limits: Limits())
        let field = value.map { "Accept-Language: \($0)\r\n" } ?? ""
        let bytes = Exchange.get("/", field).latin1
        let parsed = try bytes.withUnsafeBytes { try parser.parse($0) }
        #expect(try #require(parsed).request.preferredLanguage(among: ["es", "en"]) == expected)
    }
}
