// Another password for whoever is in, also where the present one is too old for anything else (SE-5).

internal import HTTP
internal import Markup
internal import SQL

enum PasswordChange {
    private static let fields = [CurrentPassword.field] + NewPassword.fields

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        page(visit, try visit.signedIn(), FormDraft())
    }

    static func update(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let session = try visit.signedIn()
        return try visit.hashing(request) { () throws(Refusal) in
            .answer(try change(visit, request, session, SentForm(form, fields, visit.words)))
        }
    }

    private static func change(
        _ visit: Visit, _ request: Request, _ session: Session, _ sent: SentForm
    ) throws(Refusal) -> Response {
        let person = session.person
        var sent = sent
        NewPassword.check(&sent, personal: try visit.personalWords(of: person))
        if sent.isGood("password"), sent["password"].utf8.elementsEqual(sent["current"].utf8) {
            sent.fault("password", "password.fault.same")
        }
        guard sent.faults.isEmpty else { return page(visit, session, FormDraft(sent)) }
        let checked = try visit.checkingPassword(sent, of: session, for: .passwordChanged) { sent, status in
            page(visit, session, FormDraft(sent), status: status)
        }
        switch checked {
        case .again(let response): return response
        case .right(let keys):
            let password = try visit.site.hashing.make(sent["password"])
            return try keep(password, visit, request, session, keys)
        }
    }

    /// Other sessions end, and this one goes on under another token: whoever had a copy of the cookie is out.
    private static func keep(
        _ password: PasswordHash, _ visit: Visit, _ request: Request, _ session: Session, _ keys: AttemptKeys
    ) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let person = session.person
        let token = try SecretToken.make()
        let letter = try visit.passwordNotice(for: person)
        let entry = visit.entry(.passwordChanged, "person:\(person.id)")
        let now = visit.now
        try desk.write { connection in
            try connection.completeSession(session.hash, as: token.hash, at: now)
            // Another form was faster, and has the session.
            guard connection.changes == 1 else { throw Refusal.conflict }
            try connection.endAttempt(keys)
            try connection.setPassword(password, of: person.id, at: now)
            try connection.removeLinks(of: person.id)
            try connection.endSessions(of: person.id, except: token.hash)
            try connection.record(entry)
            try connection.enqueue(letter, at: now)
        }
        visit.site.postman.nudge(desk.tenant.slug)
        var response = Response.seeOther(visit.link("/")).saying("password.said.changed", visit, request)
        if let cookie = SessionCookie.set(token.text, of: desk.tenant.slug, request) { response.add(cookie) }
        return response
    }

    private static func page(
        _ visit: Visit, _ session: Session, _ draft: FormDraft, status: Status? = nil
    ) -> Response {
        let words = visit.words
        var lead = words.text("password.change.lead")
        if session.standing == .needsPassword, let days = visit.desk?.policy.passwordDays {
            lead = words.text("password.change.old", ["count": .number(days)])
        }
        let page = AccountFormPage(
            heading: words.text("password.change.heading"), lead: lead, action: visit.link("/profile/password"),
            submit: words.text("password.change.submit"), username: session.person.email, keys: visit.formKeys(),
            fields: draft.fields(fields, words), faults: draft.faultLines)
        return visit.show(page, draft.faults, status: status)
    }
}
