// What people read when they are invited to an organization, let in, or not.

internal import Markup

struct ColleagueLetters {
    let visit: Visit
    let membership: Session.Membership

    /// To somebody without an account.
    func invitation(to draft: PersonDraft) throws(Refusal) -> LinkLetter {
        let inviter = try visit.signedIn().person.name
        let reason = visit.words.text(
            "people.org.letter.invited", ["name": .text(inviter), "organization": .text(membership.name)])
        return try visit.invitation(to: draft.name, at: draft.email, in: visit.language, reasons: [reason])
    }

    /// To somebody who has an account.
    func welcome(_ person: Person) throws(Refusal) -> WrittenLetter {
        try letter("subject", "text", to: person, leads: true)
    }

    func approval(_ person: Person) throws(Refusal) -> WrittenLetter {
        try letter("approvedSubject", "text", to: person, leads: true)
    }

    func refusal(_ person: Person) throws(Refusal) -> WrittenLetter {
        try letter("declinedSubject", "declined", to: person, leads: false)
    }

    private func letter(
        _ subject: String, _ text: String, to person: Person, leads: Bool
    ) throws(Refusal) -> WrittenLetter {
        let desk = try visit.tenantDesk()
        let language = visit.language(of: person)
        let words = visit.site.templates.words(in: language)
        func say(_ key: String) -> String {
            words.text(
                "people.org.letter." + key,
                ["organization": .text(membership.name), "provider": .text(desk.provider.name)])
        }
        let action = Letter.Action(
            label: words.text("people.org.letter.action"),
            url: visit.site.installation.url(of: desk.tenant, "/login"))
        let letter = Letter(
            kind: Letter.Kind(rawValue: "member." + text),
            recipient: try Mailbox(name: person.name, email: person.email),
            language: language, subject: say(subject), paragraphs: [say(text)], action: leads ? action : nil)
        return visit.site.write(letter, for: desk.provider.name)
    }
}
