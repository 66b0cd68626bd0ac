// A one-time link with the letter that brings it. Both are made ready outside the database's writer, which only keeps
// them, together with what caused them.

internal import Markup
internal import SQL

struct LinkLetter: Sendable {
    let hash: [UInt8]
    let purpose: OneTimeLink.Purpose
    /// The address to be confirmed.
    let address: String?
    let letter: WrittenLetter
    /// Who has it sent, and from where; nil for somebody who is not in.
    let sender: Person.ID?
    let sentFrom: String
}

extension Visit {
    /// The letter that brings a new account and the link for its first password.
    /// - Parameters:
    ///   - email: In its normal form.
    ///   - reasons: Who made the account and why: finished sentences in the reader's language.
    func invitation(
        to name: String, at email: String, in language: Language, reasons: [String] = []
    ) throws(Refusal) -> LinkLetter {
        try linkLetter(.set, name, email, language) { words, provider in
            reasons + [words.text("password.letter.set.account", ["provider": provider, "email": .text(email)])]
        }
    }

    /// The same for somebody who is in the table and has no password yet.
    func invitation(to person: Person, reasons: [String] = []) throws(Refusal) -> LinkLetter {
        try invitation(to: person.name, at: person.email, in: language(of: person), reasons: reasons)
    }

    /// The letter that brings the link for another password.
    func recovery(for person: Person) throws(Refusal) -> LinkLetter {
        try linkLetter(.recover, person.name, person.email, language(of: person)) { words, provider in
            [words.text("password.letter.recover.asked", ["provider": provider])]
        }
    }

    /// The letter to a person's new address; following its link shows that it is the person's.
    func confirmation(of address: EmailAddress, for person: Person) throws(Refusal) -> LinkLetter {
        try linkLetter(.address, person.name, address.text, language(of: person)) { words, provider in
            [words.text("password.letter.address.asked", ["provider": provider])]
        }
    }

    /// The one in which letters to a person are written: the chosen one, or that of who causes them.
    func language(of person: Person) -> Language { person.language.flatMap(Language.init(rawValue:)) ?? language }

    private func linkLetter(
        _ purpose: OneTimeLink.Purpose, _ name: String, _ email: String, _ language: Language,
        opening: (Words, Words.Value) -> [String]
    ) throws(Refusal) -> LinkLetter {
        let desk = try tenantDesk()
        let token = try SecretToken.make()
        let words = site.templates.words(in: language)
        let provider = Words.Value.text(desk.provider.name)
        let key = "password.letter.\(purpose.rawValue)"
        let letter = Letter(
            kind: Letter.Kind(rawValue: "link.\(purpose.rawValue)"), recipient: try Mailbox(name: name, email: email),
            language: language, subject: words.text("\(key).subject", ["provider": provider]),
            paragraphs: opening(words, provider) + [
                words.text("\(key).what")
                    + " " + words.text("password.letter.once", ["count": .number(purpose.seconds / 3600)]),
                words.text("\(key).ignore"),
            ],
            action: Letter.Action(
                label: words.text("\(key).action"),
                url: site.installation.url(of: desk.tenant, "\(purpose.path)?token=\(token.text)")))
        return LinkLetter(
            hash: token.hash, purpose: purpose, address: purpose == .address ? email : nil,
            letter: site.write(letter, for: desk.provider.name), sender: session?.person.id, sentFrom: clientAddress)
    }
}

extension Connection {
    /// Keeps the link, its letter and a line of the trail, within the write of what caused them. Links that the person
    /// had for the same purpose are worth nothing from now on.
    func send(_ link: LinkLetter, to person: Person.ID, at now: Int) throws {
        let letter = try enqueue(link.letter, at: now)
        try insertLink(link.hash, for: person, link.purpose, address: link.address, in: letter, at: now)
        try record(
            AuditEntry(
                at: now, actor: link.sender, act: .linkSent, subject: "person:\(person)", organization: nil,
                isDone: true, address: link.sentFrom, before: "", after: link.purpose.rawValue))
    }
}

extension OneTimeLink.Purpose {
    /// The page that takes such links.
    var path: String {
        switch self {
        case .set, .recover: "/password/set"
        case .address: "/email/confirm"
        }
    }
}

extension Mailbox {
    /// - Parameter email: A normal form as the table of people holds it.
    init(name: String, email: String) throws(Refusal) {
        guard let address = EmailAddress(email) else { throw .broken("no letter can go to \(email)") }
        self.init(name: name, address: address)
    }
}
