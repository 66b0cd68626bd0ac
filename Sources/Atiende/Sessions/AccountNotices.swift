// Letters that tell people what was done to their account, so that they can do something about it.

internal import Markup

extension Visit {
    /// That the password is another one.
    func passwordNotice(for person: Person) throws(Refusal) -> WrittenLetter {
        try notice("changed", person, page: "/password/forgot")
    }

    /// To the present address: that another one is to take its place.
    func addressNotice(for person: Person, asked address: EmailAddress) throws(Refusal) -> WrittenLetter {
        try notice("moving", person, page: "/profile/password", ["address": .text(address.text)])
    }

    /// To the address from before: that another one took its place.
    func addressNotice(for person: Person, now address: String) throws(Refusal) -> WrittenLetter {
        try notice("moved", person, page: "/password/forgot#user", ["address": .text(address)])
    }

    private func notice(
        _ name: String, _ person: Person, page: String, _ arguments: KeyValuePairs<String, Words.Value> = [:]
    ) throws(Refusal) -> WrittenLetter {
        let desk = try tenantDesk()
        let language = language(of: person)
        let words = site.templates.words(in: language)
        let key = "password.letter.\(name)"
        let provider = desk.provider.name
        let letter = Letter(
            kind: Letter.Kind(rawValue: "account.\(name)"),
            recipient: try Mailbox(name: person.name, email: person.email), language: language,
            subject: words.text("\(key).subject"),
            paragraphs: [
                words.text("\(key).told", ["provider": .text(provider)]),
                arguments.isEmpty ? nil : words.text("\(key).address", arguments),
                words.text("\(key).ifNot"),
            ].compactMap(\.self),
            action: Letter.Action(
                label: words.text("\(key).action"), url: site.installation.url(of: desk.tenant, page)))
        return site.write(letter, for: provider)
    }
}
