// The question and the answer with which the technicians know somebody on the telephone: changed with the password.

internal import HTTP
internal import Markup
internal import SQL

enum IdentityChange {
    private static let fields = IdentityProof.fields + [CurrentPassword.field]

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let person = try visit.signedIn().person.id
        return page(visit, try visit.tenantDesk().read { try $0.identity(of: person) }, FormDraft())
    }

    static func update(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let session = try visit.signedIn()
        return try visit.hashing(request) { () throws(Refusal) in try prepare(visit, form, session) }
    }

    private static func prepare(_ visit: Visit, _ form: Form, _ session: Session) throws(Refusal) -> Submission {
        let person = session.person.id
        let known = try visit.tenantDesk().read { try $0.identity(of: person) }
        var sent = SentForm(form, fields, visit.words)
        guard let proof = IdentityProof.read(&sent, visit.words), sent.faults.isEmpty else {
            return .answer(page(visit, known, FormDraft(sent)))
        }
        let checked = try visit.checkingPassword(sent, of: session, for: .personChanged) { sent, status in
            page(visit, known, FormDraft(sent), status: status)
        }
        switch checked {
        case .again(let response): return .answer(response)
        case .right(let keys):
            let identity = try proof.hashed(by: visit.site.hashing)
            // The question stands in the trail, the answer nowhere.
            let entry = visit.entry(
                .personChanged, "person:\(person)", before: known?.question ?? "", after: identity.question)
            let location = visit.link("/profile/identity")
            let now = visit.now
            return try .file(form, said: "identity.said.kept") { connection in
                try connection.endAttempt(keys)
                try connection.setIdentity(identity, of: person, at: now)
                try connection.record(entry)
                return location
            }
        }
    }

    private static func page(
        _ visit: Visit, _ known: KeptIdentity?, _ draft: FormDraft, status: Status? = nil
    ) -> Response {
        let words = visit.words
        var draft = draft
        draft.options = IdentityProof.options(words)
        let present =
            known.map { words.text("identity.present", ["question": .text($0.question)]) }
            ?? words.text("identity.absent")
        let page = AccountFormPage(
            heading: words.text("identity.heading"), lead: words.text("identity.lead") + " " + present,
            action: visit.link("/profile/identity"), submit: words.text("identity.submit"), keys: visit.formKeys(),
            fields: draft.fields(fields, words), faults: draft.faultLines)
        return visit.show(page, draft.faults, status: status)
    }
}
