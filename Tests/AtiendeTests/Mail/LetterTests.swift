// One description, the same words as text and as HTML, in the language of whoever reads it.

import Markup
import Testing

@testable import Atiende

private let shared = Result { try TestSite() }

@Suite struct LetterTests {
    private let site: TestSite

    init() throws { site = try shared.get() }

    @Test(arguments: [
        (Language.es, "Ana", "Hola, Ana:", "Atentamente,"), (.es, "", "Hola:", "Atentamente,"),
        (.en, "Ann", "Hello Ann,", "Kind regards,"), (.en, "\r\n", "Hello,", "Kind regards,"),
    ])
    func `a letter greets and ends in its reader's language`(
        _ language: Language, _ name: String, _ greeting: String, _ closing: String
    ) throws {
        let letter = try site.letter(to: "ana@cliente.example", name, in: language)
        #expect(letter.text.hasPrefix(greeting + "\n\n") && letter.text.hasSuffix("\n\n\(closing)\nProware\n"))
        #expect(letter.html.contains("<html lang=\"\(language.rawValue)\">"))
        #expect(letter.html.contains(">\(greeting)</p>") && letter.html.contains("\(closing)<br>Proware"))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</title><script>alert(1)</script>",
        "<style>@import'//evil.example'</style>", "{{name}}", "A & B",
    ])
    func `what people wrote is text in every place of a letter`(_ words: String) throws {
        let letter = try site.letter(
            to: "ana@cliente.example", words, subject: words, paragraphs: [words, "uno\n" + words])
        #expect(letter.text.contains("\n\n\(words)\n\n") && letter.subject.text == words)
        #expect(!letter.html.contains("<script") && !letter.html.contains("<img") && !letter.html.contains("@import'"))
        let escaped = words.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
        #expect(letter.html.contains("<title>\(escaped)</title>") && letter.html.contains(">\(escaped)</p>"))
    }

    @Test(arguments: ["javascript:alert(1)", "data:text/html,<b>", "\u{1}javascript:alert(1)"])
    func `a button leads nowhere but to a page`(_ url: String) throws {
        #expect(try site.letter(url: url).html.contains("<a href=\"#\""))
    }

    @Test func `a letter asks nothing of any server`() throws {
        let html = try site.letter(url: "https://proware.example/tickets/1").html
        for loads in ["src=", "url(", "<link", "<script", "<img", "@import"] { #expect(!html.contains(loads)) }
        #expect(html.count(of: "http") == 1)
    }

    @Test(arguments: [
        ([Provider.Channel(kind: .mail, address: "soporte@uno.example")], "soporte@uno.example"),
        ([], "no-reply@mesa.example"),
        ([Provider.Channel(kind: .phone, address: "soporte@uno.example")], "no-reply@mesa.example"),
        ([Provider.Channel(kind: .mail, address: "a@b\r\nBcc: c@d.example")], "no-reply@mesa.example"),
    ])
    func `letters come from the provider's support, or from nobody who reads`(
        _ channels: [Provider.Channel], _ address: String
    ) throws {
        let provider = Provider(
            name: "Uno\r\nBcc: x@y.example", contract: "x", timeZone: "America/Bogota", locale: "es-CO", icon: "mark",
            openings: [], channels: channels)
        let sender = try #require(Mailbox.sender(of: provider, host: "mesa.example"))
        #expect(sender.address.text == address && sender.name.text == "Uno Bcc: x@y.example")
        #expect(Mailbox.sender(of: provider) != nil)
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
