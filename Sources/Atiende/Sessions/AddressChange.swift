// Another e-mail address for whoever is in: asked for with the password, done once the new address has confirmed it.

internal import HTTP
internal import Markup
internal import SQL

enum AddressChange {
    private static let fields: [FieldSpec] = [
        .mail("email", "password.email.new", autocomplete: "email"), CurrentPassword.field,
    ]

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        page(visit, try visit.signedIn(), FormDraft())
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let session = try visit.signedIn()
        return try visit.hashing(request) { () throws(Refusal) in try prepare(visit, form, session) }
    }

    private static func prepare(_ visit: Visit, _ form: Form, _ session: Session) throws(Refusal) -> Submission {
        let person = session.person
        var sent = SentForm(form, fields, visit.words)
        let asked = sent.address("email", visit.words)
        if asked?.text == person.email { sent.fault("email", "password.fault.sameEmail") }
        guard let address = asked, sent.faults.isEmpty else { return .answer(page(visit, session, FormDraft(sent))) }
        let checked = try visit.checkingPassword(sent, of: session, for: .addressChanged) { sent, status in
            page(visit, session, FormDraft(sent), status: status)
        }
        switch checked {
        case .again(let response): return .answer(response)
        case .right(let keys): return try send(visit, form, person, address, keys)
        }
    }

    /// Whether the address is another person's already is not said: nobody learns here who has an account.
    private static func send(
        _ visit: Visit, _ form: Form, _ person: Person, _ address: EmailAddress, _ keys: AttemptKeys
    ) throws(Refusal) -> Submission {
        let link = try visit.confirmation(of: address, for: person)
        let notice = try visit.addressNotice(for: person, asked: address)
        let location = visit.link("/profile/email")
        let now = visit.now
        return try .file(form, said: "password.said.addressAsked") { connection in
            try connection.endAttempt(keys)
            try connection.enqueue(notice, at: now)
            if try connection.person(email: address.text) == nil,
                try connection.maySendLink(to: address.text, at: now)
            {
                try connection.send(link, to: person.id, at: now)
            }
            return location
        }
    }

    private static func page(
        _ visit: Visit, _ session: Session, _ draft: FormDraft, status: Status? = nil
    ) -> Response {
        let words = visit.words
        let page = AccountFormPage(
            heading: words.text("password.email.heading"),
            lead: words.text("password.email.lead", ["email": .text(session.person.email)]),
            action: visit.link("/profile/email"), submit: words.text("password.email.submit"), keys: visit.formKeys(),
            fields: draft.fields(fields, words), faults: draft.faultLines)
        return visit.show(page, draft.faults, status: status)
    }
}

/// What the link leads to that the new address got.
enum AddressConfirmation {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        guard let followed = try visit.follow(visit.asked("token"), [.address]), let address = followed.link.address
        else { return visit.deadLink() }
        let words = visit.words
        let page = AccountFormPage(
            heading: words.text("password.confirm.heading"),
            lead: words.text("password.confirm.lead", ["email": .text(address)]), action: visit.link("/email/confirm"),
            submit: words.text("password.confirm.submit"), token: followed.token.text, keys: visit.formKeys(),
            fields: [], faults: [])
        return visit.show(page, Faults())
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let followed = try visit.follow(form["token"], [.address])
        let letter = try followed.map { followed throws(Refusal) in
            try visit.addressNotice(for: followed.person, now: followed.link.address ?? "")
        }
        let isOwn = followed != nil && visit.session?.person.id == followed?.person.id
        let kept = isOwn ? visit.session?.hash ?? [] : []
        let location = visit.link(isOwn ? "/" : "/login")
        return try .file(
            form, said: "password.said.addressChanged", otherwise: { $0.isNotKept ? nil : visit.deadLink() }
        ) {
            connection in
            guard let followed, let letter, let person = try connection.useUp(followed, at: visit.now),
                let address = followed.link.address.flatMap(EmailAddress.init),
                try connection.person(email: address.text) == nil
            else { throw Faults.deadLink }
            try connection.setAddress(address, of: person.id, at: visit.now)
            // What went to the address from before leads nowhere.
            try connection.removeLinks(of: person.id)
            try connection.endSessions(of: person.id, except: kept)
            try connection.record(
                visit.entry(
                    .addressChanged, "person:\(person.id)", by: person.id, before: person.email, after: address.text))
            try connection.enqueue(letter, at: visit.now)
            return location
        }
    }
}
