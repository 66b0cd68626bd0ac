// A form that arrives when its session is over: what was typed, and the files that came with it, are there again once its
// author has logged in. No script is needed for it.
//
// Where the cookie says whose session it was and the form was sealed by it, all is kept for that person at once, within the
// bounds of what anybody keeps. Of somebody who is not known nothing is stored: what he typed goes along in the log-in's own
// form, if the browser says that a page of this site sent it.

internal import HTTP
internal import SQL

enum EndedSession {
    /// For how long after its last use it is known whose a session was: over a weekend and some days.
    static let knownSeconds = 7 * 86_400
}

extension Gate {
    /// What a form is answered with that nobody's session brought; nil where nothing of it can be kept.
    func keepForm(_ visit: Visit, _ request: Request) throws(Refusal) -> Response? {
        guard let desk = visit.desk, case .form(let form) = request.body, let late = visit.lateForm(form) else {
            return nil
        }
        if let author = try author(of: form, desk, request, at: visit.now) {
            return try keep(late, form, of: author.id, author.role, visit) { place in
                .seeOther(visit.link("/login?next=" + PercentCoding.encode(queryComponent: place)))
            }
        }
        guard request.isFromThisSite else { return nil }
        let lost = (form.files.map { ($0.field, $0.name) } + form.lostFiles.map { ($0.field, $0.name) })
            .filter { $0.0 == SentFiles.field }.map(\.1)
        return Login.page(visit, carrying: late.adding(lost: lost))
    }

    /// What a form is answered with that another session's page made, as when one came in again elsewhere; nil where the
    /// browser does not say that it is a page of this site.
    func keepForm(_ visit: Visit, of session: Session, _ request: Request) throws(Refusal) -> Response? {
        guard request.isFromThisSite, case .form(let form) = request.body, let late = visit.lateForm(form) else {
            return nil
        }
        let person = session.person
        return try keep(late, form, of: person.id, person.role, visit) { place in
            Response.seeOther(visit.link(place)).saying("drafts.said.late", visit, request)
        }
    }

    private func author(
        of form: Form, _ desk: Desk, _ request: Request, at now: Int
    ) throws(Refusal) -> (id: Person.ID, role: Person.Role)? {
        guard let token = SessionCookie.token(of: desk.tenant.slug, request), let sent = form[FormSeal.field],
            try FormSeal(secret: token.text).matches(sent)
        else { return nil }
        return try desk.read { try $0.author(ofSession: token.hash, at: now) }
    }

    private func keep(
        _ late: LateForm, _ form: Form, of person: Person.ID, _ role: Person.Role, _ visit: Visit,
        _ answered: @escaping @Sendable (_ place: String) -> Response
    ) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        var late = late
        if !form.files.isEmpty || !form.lostFiles.isEmpty {
            var sent = Form()
            (sent.files, sent.lostFiles) = (form.files, form.lostFiles)
            let files = try visit.keepFiles(sent, of: person)
            late = late.adding(kept: files.kept.map(\.token), lost: files.refused.map(\.name))
        }
        let kept = late
        return .later { answer in
            desk.database.write({ try kept.keep(for: person, role, in: $0, at: visit.now) }) { result in
                answer(answered((try? result.get()) ?? "/"))
            }
        }
    }
}

extension Visit {
    fileprivate func lateForm(_ form: Form) -> LateForm? {
        LateForm(String(decoding: address.path, as: UTF8.self), form)
    }
}
