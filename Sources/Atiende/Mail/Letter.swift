// What a feature says to somebody by mail: one description, from which the text and the HTML are made alike.

internal import Markup
internal import Synchronization

struct Letter: Sendable {
    /// What it is about, for whoever looks for letters of one sort: features name their own.
    struct Kind: RawRepresentable, Hashable, Sendable {
        let rawValue: String
    }

    /// The one thing that the reader may do about it.
    struct Action: Sendable {
        let label: String
        /// The whole address: a letter is read elsewhere.
        let url: String
    }

    let kind: Kind
    let recipient: Mailbox
    /// The reader's.
    let language: Language
    let subject: String
    /// Finished words; a line end within one stays a line end.
    let paragraphs: [String]
    let action: Action?
    /// Other places that it leads to.
    var links: [Action] = []
    /// The ticket that it is about: mail programs show the letters of one together.
    var ticket: Folio?
}

/// A letter as it goes into the outbox.
struct WrittenLetter: Sendable {
    let kind: Letter.Kind
    let recipient: Mailbox
    let language: Language
    let subject: HeaderText
    let text: String
    let html: String
    var ticket: Folio?
}

struct LetterPage: Page {
    struct Paragraph: Item {
        let text: String

        static let fields: [Field<Paragraph>] = [.text("text") { $0.text }]
    }

    struct Button: Item {
        let label: String
        let href: String

        static let fields: [Field<Button>] = [.text("label") { $0.label }, .text("href") { $0.href }]
    }

    let subject: String
    let greeting: String
    let paragraphs: [Paragraph]
    let button: Button?
    let links: [Button]
    let closing: String
    let provider: String

    static let template: StaticString = "mail/letter.html"
    static let fields: [Field<LetterPage>] = [
        .text("subject") { $0.subject },
        .text("greeting") { $0.greeting },
        .list("paragraphs") { $0.paragraphs },
        .part("button") { $0.button },
        .list("links") { $0.links },
        .text("closing") { $0.closing },
        .text("provider") { $0.provider },
    ]
}

extension Site {
    /// The letter in its reader's words, in the provider's name.
    func write(_ letter: Letter, for provider: String) -> WrittenLetter {
        lettersWritten.wrappingAdd(1, ordering: .relaxed)
        let words = templates.words(in: letter.language)
        let name = letter.recipient.name.text
        let page = LetterPage(
            subject: HeaderText(letter.subject).text,
            greeting: name.isEmpty
                ? words.text("mail.greetingNameless") : words.text("mail.greeting", ["name": .text(name)]),
            paragraphs: letter.paragraphs.map { LetterPage.Paragraph(text: $0) },
            button: letter.action.map { LetterPage.Button(label: $0.label, href: $0.url) },
            links: letter.links.map { LetterPage.Button(label: $0.label, href: $0.url) },
            closing: words.text("mail.closing"), provider: provider)
        let html = pages.letter.render(page, language: letter.language)
        return WrittenLetter(
            kind: letter.kind, recipient: letter.recipient, language: letter.language,
            subject: HeaderText(letter.subject), text: page.text, html: String(decoding: html, as: UTF8.self),
            ticket: letter.ticket)
    }
}

extension LetterPage {
    /// The same words for a reader without HTML.
    fileprivate var text: String {
        var parts = [greeting] + paragraphs.map(\.text)
        for link in links { parts.append("\(link.label):\n\(link.href)") }
        if let button { parts.append("\(button.label):\n\(button.href)") }
        parts.append("\(closing)\n\(provider)")
        return parts.joined(separator: "\n\n") + "\n"
    }
}
