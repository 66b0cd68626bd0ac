// What people read when they are invited to an organization, let in, or not.

internal import Markup

struct ColleagueLetters {
    let visit: Visit
    let membership: Session.Membership

    /// What may go to whoever is asked to belong to the organization: written alike for every address, since how long
    /// it takes would tell. Which of them goes is decided within the write.
    struct Offer: Sendable {
        /// With the link for a first password: who chooses one with it accepts.
        let link: LinkLetter
        /// For whoever has a password; nil where the address belongs to nobody yet.
        let notice: WrittenLetter?
    }

    /// - Parameter known: Whom the address belongs to.
    func offer(to known: Person?, as draft: PersonDraft) throws(Refusal) -> Offer {
        Offer(
            link: try invitation(to: draft, in: known.map(visit.language(of:)) ?? visit.language),
            notice: try known.map { person throws(Refusal) in try notice(to: person) })
    }

    /// Not by the name of the account: it may be what a stranger typed who signed up with this address.
    private func invitation(to draft: PersonDraft, in language: Language) throws(Refusal) -> LinkLetter {
        let reason = visit.site.templates.words(in: language).text(
            "people.org.letter.invited",
            ["name": .text(try visit.signedIn().person.name), "organization": .text(membership.name)])
        return try visit.invitation(to: draft.name, at: draft.email, in: language, reasons: [reason])
    }

    private func notice(to person: Person) throws(Refusal) -> WrittenLetter {
        try letter(
            "offerSubject", ["offer", "offerHow"], to: person, Way(label: "offerAction", path: "/organizations/choose"))
    }

    func approval(_ person: Person) throws(Refusal) -> WrittenLetter {
        try letter("approvedSubject", ["text"], to: person, Way(label: "action", path: "/login"))
    }

    func refusal(_ person: Person) throws(Refusal) -> WrittenLetter {
        try letter("declinedSubject", ["declined"], to: person, nil)
    }

    /// Where a letter leads.
    private struct Way {
        let label: String
        let path: String
    }

    private func letter(
        _ subject: String, _ paragraphs: [String], to person: Person, _ way: Way?
    ) throws(Refusal) -> WrittenLetter {
        let desk = try visit.tenantDesk()
        let language = visit.language(of: person)
        let words = visit.site.templates.words(in: language)
        let manager = try visit.signedIn().person.name
        func say(_ key: String) -> String {
            words.text(
                "people.org.letter." + key,
                [
                    "organization": .text(membership.name), "provider": .text(desk.provider.name),
                    "name": .text(manager), "count": .number(MembershipOffer.seconds / 3600),
                ])
        }
        let letter = Letter(
            kind: Letter.Kind(rawValue: "member." + (paragraphs.first ?? "")),
            recipient: try Mailbox(name: person.name, email: person.email),
            language: language, subject: say(subject), paragraphs: paragraphs.map(say),
            action: way.map { way in
                Letter.Action(
                    label: say(way.label), url: visit.site.installation.url(of: desk.tenant, way.path))
            })
        return visit.site.write(letter, for: desk.provider.name)
    }
}
