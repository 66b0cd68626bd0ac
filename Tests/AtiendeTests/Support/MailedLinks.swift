// What the outbox of a desk holds, and the links in it.

import SQL
import Testing

@testable import Atiende
@testable import HTTP

struct MailedLetter: Sendable {
    let kind: String
    let recipient: String
    let language: String
    let subject: String
    let text: String
    let html: String

    /// The whole address in the letter; nil where it leads nowhere.
    var url: String? { text.firstMatch(of: /https?:\/\/\S+/).map { String($0.output) } }
    /// What the link proves itself with.
    var token: String? { text.firstMatch(of: /token=([0-9a-f]{64})\b/).map { String($0.1) } }
}

extension TestSite {
    /// Oldest first.
    func letters(_ tenant: String = "proware") throws -> [MailedLetter] {
        try desk(tenant).read {
            try $0.query("SELECT kind, recipient_address, language, subject, text, html FROM outbox ORDER BY id") {
                MailedLetter(
                    kind: $0.text(0), recipient: $0.text(1), language: $0.text(2), subject: $0.text(3),
                    text: $0.text(4), html: $0.text(5))
            }
        }
    }

    /// A link as a letter would bring it.
    func link(
        _ purpose: OneTimeLink.Purpose, for person: Person.ID, _ tenant: String = "proware", address: String? = nil
    ) throws -> String {
        let token = try SecretToken.make()
        let now = clock.now
        try desk(tenant).write { try $0.insertLink(token.hash, for: person, purpose, address: address, at: now) }
        return token.text
    }

    func count(_ table: SQLText, _ tenant: String = "proware") throws -> Int {
        try desk(tenant).read { try $0.first("SELECT count(*) FROM " + table) { $0.int(0) } ?? 0 }
    }
}
