// Which names a tenant may have.

import Testing

@testable import Atiende

@Suite struct SlugTests {
    @Test(arguments: [
        "a", "0", "proware", "a-b", "a--b", "0-9", "xn--caf-dma", String(repeating: "a", count: 40),
    ])
    func `lower-case letters, digits and inner hyphens name a tenant`(_ text: String) {
        #expect(Slug(rawValue: text)?.rawValue == text)
    }

    @Test(arguments: [
        "", "-", "-a", "a-", "A", "Proware", "a b", "a_b", "a.b", ".", "..", "../a", "a/b", "a\\b", "a%2Fb", "%61",
        "ñ", "café", "а", "a\u{301}", "ａ", "🙂", " a", "a ",
        String(repeating: "a", count: 41),
    ])
    func `nothing that means something else in a path, on a disk or in a host name does`(_ text: String) {
        #expect(Slug(rawValue: text) == nil)
    }

    @Test func `neither do control bytes and endless words`() {
        for text in ["\0", "a\0", "a\n", "\u{1B}[2J", "a\u{7F}", String(repeating: "a", count: 1_000_000)] {
            #expect(Slug(rawValue: text) == nil)
        }
    }
}
