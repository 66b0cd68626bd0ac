// Letters that tell somebody what was done to his way in: if it was not he, he hears of it.

internal import Markup

extension Letter.Kind {
    static let twoStepOn = Letter.Kind(rawValue: "twoStep.on")
    static let twoStepOff = Letter.Kind(rawValue: "twoStep.off")
    static let twoStepReset = Letter.Kind(rawValue: "twoStep.reset")
}

extension Visit {
    /// The letter, written; nil for somebody whose address no letter can go to.
    func letter(_ kind: Letter.Kind, to person: Person, _ language: Language) -> WrittenLetter? {
        guard let desk, let address = EmailAddress(person.email) else { return nil }
        let words = site.templates.words(in: language)
        let provider = desk.provider.name
        let key = "sessions.letter.\(kind.rawValue)"
        let letter = Letter(
            kind: kind, recipient: Mailbox(name: person.name, address: address), language: language,
            subject: words.text(key + ".subject"),
            paragraphs: [
                words.text(key, ["provider": .text(provider), "email": .text(person.email)]),
                words.text("sessions.letter.notYou"),
            ],
            action: Letter.Action(
                label: words.text("sessions.letter.action"),
                url: site.installation.url(of: desk.tenant, "/profile/two-step")))
        return site.write(letter, for: provider)
    }

    /// The language in which somebody reads his mail: the one that he chose, else the one that he reads here, and of
    /// others the provider's.
    func personLanguage(_ person: Person) -> Language {
        if let own = person.language.flatMap(Language.init(rawValue:)) { return own }
        return person.id == session?.person.id ? language : .es
    }
}
