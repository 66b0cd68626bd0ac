// Text with links: what is an address and what only stands beside one.

import Testing

@testable import Atiende

@Suite struct LinkedTextTests {
    @Test(arguments: [
        ("", []),
        ("Sin enlaces: http y https", []),
        ("Vea https://ayuda.example/a?b=1#c.", ["https://ayuda.example/a?b=1#c"]),
        ("(https://ayuda.example/wiki/Folio_(2026))", ["https://ayuda.example/wiki/Folio_(2026)"]),
        ("¿http://a.example? ¡HTTP://B.example!", ["http://a.example", "HTTP://B.example"]),
        ("«https://a.example/ñ»\nhttp://b.example:8080/x,", ["https://a.example/ñ", "http://b.example:8080/x"]),
        ("<https://a.example><script>alert(1)</script>", ["https://a.example"]),
        ("https://a.example\"onmouseover=alert(1)", ["https://a.example"]),
        ("javascript://a.example/%0Aalert(1)", []),
        ("xhttp://a.example y ahttps://b.example", []),
        ("http:// https://) http://. https://?", []),
        ("data:text/html,<script>alert(1)</script> //evil.example mailto:a@b.example", []),
        ("https://[2001:db8::1]/x", ["https://[2001:db8::1]/x"]),
        ("https://a.example/x…", ["https://a.example/x"]),
    ])
    func `an address of the web becomes a link, nothing else does`(_ text: String, _ links: [String]) {
        let pieces = TextPiece.pieces(of: text)
        #expect(pieces.filter { !$0.href.isEmpty }.map(\.href) == links)
        #expect(pieces.map(\.text).joined() == text)
        #expect(pieces.allSatisfy { $0.href.isEmpty || $0.href == $0.text })
    }

    @Test(.timeLimit(.minutes(1)))
    func `a long text and one that is all addresses are read through in time that grows with their length`() {
        let long = String(repeating: "http://a.example ", count: 10_000)
        #expect(TextPiece.pieces(of: long).filter { !$0.href.isEmpty }.count == 10_000)
        let endless = String(repeating: "http://", count: 20_000)
        #expect(TextPiece.pieces(of: endless).map(\.text).joined() == endless)
        let brackets = "https://a.example/" + String(repeating: ")", count: 190_000)
        #expect(TextPiece.pieces(of: brackets).map(\.text).joined() == brackets)
    }
}
