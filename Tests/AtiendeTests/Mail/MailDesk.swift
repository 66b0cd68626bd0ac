// Letters for the tests of outgoing mail, and what became of them.

import Markup
import Testing

@testable import Atiende

extension TestSite {
    /// A letter in the words of its reader, from a provider of this site.
    func letter(
        to address: String = "ana@cliente.example", _ name: String = "Ana", subject: String = "Su ticket",
        paragraphs: [String] = ["Recibimos su ticket."], url: String? = nil, in language: Language = .es,
        from slug: String = "proware"
    ) throws -> WrittenLetter {
        let letter = Letter(
            kind: Letter.Kind(rawValue: "test"),
            recipient: Mailbox(name: name, address: try #require(EmailAddress(address))),
            language: language, subject: subject, paragraphs: paragraphs,
            action: url.map { Letter.Action(label: "Ver el ticket", url: $0) })
        return site.write(letter, for: try desk(slug).provider.name)
    }

    @discardableResult
    func enqueue(_ letter: WrittenLetter, _ slug: String = "proware", at instant: Int? = nil) throws -> Int {
        let instant = instant ?? clock.now
        return try desk(slug).write { try $0.enqueue(letter, at: instant) }
    }

    func state(_ id: Int, _ slug: String = "proware") throws -> OutboxState {
        try #require(try desk(slug).read { try $0.letter(id) }).state
    }

    /// The messages that the files of a tenant hold, by their names in order.
    func files(_ slug: String = "proware") throws -> [String] {
        let path = folder / "data/mail/\(slug)"
        return Folder.exists(path) ? try Folder.names(path) : []
    }

    func message(_ name: String, _ slug: String = "proware") throws -> MessageReader {
        try MessageReader(#require(Folder.read(folder / "data/mail/\(slug)/\(name)", atMost: 1 << 20)))
    }
}
