// The letters of a sign-up. Nobody has shown yet that the address is his: nothing that a stranger typed stands in them,
// not even a name.

internal import Markup

struct SignUpLetters: Sendable {
    let visit: Visit
    let desk: Desk

    /// Brings the link for the first password.
    func invitation(
        _ email: EmailAddress, _ language: Language, reason: String? = nil
    ) throws(Refusal) -> LinkLetter {
        let words = visit.site.templates.words(in: language)
        return try visit.invitation(
            to: "", at: email.text, in: language, reasons: reason.map { [words.text($0)] } ?? [])
    }

    /// That there is an account already.
    func known(_ email: EmailAddress, _ language: Language) throws(Refusal) -> WrittenLetter {
        try letter("known", Mailbox(name: "", email: email.text), language, page: "/login")
    }

    /// That there was one.
    func closed(_ email: EmailAddress, _ language: Language) throws(Refusal) -> WrittenLetter {
        try letter("closed", Mailbox(name: "", email: email.text), language, page: "/")
    }

    /// That there is no organization with that number.
    func unknown(_ email: EmailAddress, _ language: Language) throws(Refusal) -> WrittenLetter {
        try letter("unknown", Mailbox(name: "", email: email.text), language, page: "/signup")
    }

    /// To somebody who can decide on a person, or on an organization.
    func waiting(_ what: Waiting, _ reader: Person) throws(Refusal) -> WrittenLetter {
        try letter(
            "waiting.\(what.rawValue)", Mailbox(name: reader.name, email: reader.email), visit.language(of: reader),
            page: what.page(for: reader))
    }

    enum Waiting: String, Sendable {
        case person
        case organization

        /// Where it is decided.
        func page(for reader: Person) -> String {
            switch self {
            case .person: reader.role == .customer ? "/organization/people" : "/people"
            case .organization: "/organizations"
            }
        }
    }

    private func letter(
        _ kind: String, _ recipient: Mailbox, _ language: Language, page: String
    ) -> WrittenLetter {
        let words = visit.site.templates.words(in: language)
        let provider = Words.Value.text(desk.provider.name)
        let key = "signup.letter.\(kind)"
        let letter = Letter(
            kind: Letter.Kind(rawValue: "signup.\(kind)"), recipient: recipient, language: language,
            subject: words.text("\(key).subject", ["provider": provider]),
            paragraphs: [words.text("\(key).what", ["provider": provider]), words.text("\(key).then")],
            action: Letter.Action(
                label: words.text("\(key).action"), url: visit.site.installation.url(of: desk.tenant, page)))
        return visit.site.write(letter, for: desk.provider.name)
    }
}
