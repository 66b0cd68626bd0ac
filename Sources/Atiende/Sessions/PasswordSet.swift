// Setting a password with the link that a letter brought: the first one, or another for one that was forgotten.

internal import HTTP
internal import Markup
internal import SQL

enum PasswordSet {
    private static let purposes: Set<OneTimeLink.Purpose> = [.set, .recover]

    /// Shows the form and leaves the link as it is: programs that look at mail open links too.
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        guard let followed = try visit.follow(visit.asked("token"), purposes) else { return visit.deadLink() }
        return try page(visit, followed, FormDraft(options: options(followed, visit)))
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        guard let followed = try visit.follow(form["token"], purposes) else {
            return try repeated(visit, form)
        }
        return try visit.hashing(request) { () throws(Refusal) in try prepare(visit, form, followed) }
    }

    /// The link was used up: by this very form, pressed twice, or by another one.
    private static func repeated(_ visit: Visit, _ form: Form) throws(Refusal) -> Submission {
        try .file(form, said: "password.said.set", otherwise: { $0.isNotKept ? nil : visit.deadLink() }) { _ in
            throw Faults.deadLink
        }
    }

    private static func prepare(
        _ visit: Visit, _ form: Form, _ followed: FollowedLink
    ) throws(Refusal) -> Submission {
        let person = followed.person
        var sent = SentForm(form, specs(followed), visit.words)
        NewPassword.check(&sent, personal: try visit.personalWords(of: person))
        let proof = asksIdentity(followed) ? IdentityProof.read(&sent, visit.words) : nil
        guard sent.faults.isEmpty else {
            return .answer(try page(visit, followed, FormDraft(sent, options: options(followed, visit))))
        }
        let hashing = visit.site.hashing
        let password = try hashing.make(sent["password"])
        let identity = try proof.map { proof throws(Refusal) in try proof.hashed(by: hashing) }
        let letter = try visit.passwordNotice(for: person)
        let keys = try AttemptKeys("login", account: person.email, address: visit.subscriber)
        let entry = visit.entry(.passwordSet, "person:\(person.id)", by: person.id)
        let location = visit.link("/login")
        let now = visit.now
        return try .file(form, said: "password.said.set", otherwise: { $0.isNotKept ? nil : visit.deadLink() }) {
            connection in
            guard try connection.useUp(followed, at: now) != nil else { throw Faults.deadLink }
            try connection.setPassword(password, of: person.id, at: now)
            if let identity { try connection.setIdentity(identity, of: person.id, at: now) }
            // Its letter said that whoever follows it accepts.
            if let offer = try connection.receivedOffer(broughtBy: followed.link, at: now) {
                try connection.accept(offer, by: person.id, visit)
            }
            try connection.removeLinks(of: person.id)
            try connection.endSessions(of: person.id)
            try connection.endAttempt(keys)
            try connection.record(entry)
            try connection.enqueue(letter, at: now)
            return location
        }
    }

    // MARK: The page

    /// Whoever forgot a password answered the question when the first one was set; and it opens no account.
    private static func asksIdentity(_ followed: FollowedLink) -> Bool { followed.link.purpose == .set }

    private static func specs(_ followed: FollowedLink) -> [FieldSpec] {
        NewPassword.fields + (asksIdentity(followed) ? IdentityProof.fields : [])
    }

    private static func options(_ followed: FollowedLink, _ visit: Visit) -> [String: [FieldOption]] {
        asksIdentity(followed) ? IdentityProof.options(visit.words) : [:]
    }

    private static func page(
        _ visit: Visit, _ followed: FollowedLink, _ draft: FormDraft
    ) throws(Refusal) -> Response {
        let words = visit.words
        let offer = try visit.tenantDesk().read { try $0.receivedOffer(broughtBy: followed.link, at: visit.now) }
        let key = "password.\(followed.link.purpose.rawValue)"
        let identity = AccountFormPage.Part(
            heading: words.text("identity.heading"), lead: words.text("identity.lead"),
            fields: draft.fields(IdentityProof.fields, words))
        let page = AccountFormPage(
            heading: words.text("\(key).heading"),
            lead: words.text("\(key).lead", ["email": .text(followed.person.email)])
                + (offer.map { " " + words.text("password.accepts", ["organization": .text($0.organizationName)]) }
                    ?? ""),
            action: visit.link("/password/set"), submit: words.text("\(key).submit"), token: followed.token.text,
            username: followed.person.email, keys: visit.formKeys(),
            fields: draft.fields(NewPassword.fields, words), parts: asksIdentity(followed) ? [identity] : [],
            faults: draft.faultLines)
        return visit.show(page, draft.faults)
    }
}
