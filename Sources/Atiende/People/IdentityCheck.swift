// A technician asks a caller the question that the account's owner chose, and learns whether the answer is right. It
// tells nothing of the answer and opens no account.

internal import HTTP
internal import Markup
internal import SQL

struct IdentityCheckPage: Page {
    let heading: String
    let name: String
    let email: String
    /// Empty where the person has not chosen one.
    let question: String
    let absent: String
    let keys: FormKeys
    let fields: [FormField]
    let faults: [FormFault]

    static let template: StaticString = "people/identity-check.html"
    static let fields: [Field<IdentityCheckPage>] = [
        .text("heading") { $0.heading },
        .text("name") { $0.name },
        .text("email") { $0.email },
        .text("question") { $0.question },
        .text("absent") { $0.absent },
        .part("keys") { $0.keys },
        .list("fields") { $0.fields },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
    ]
}

enum IdentityCheck {
    private static let fields: [FieldSpec] = [
        .line("said", "identity.check.said", hasHint: true, autocomplete: "off")
    ]

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let (person, identity) = try asked(visit)
        return page(visit, person, identity, FormDraft())
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let (person, identity) = try asked(visit)
        // A form that was shown before the question went.
        guard let identity else { throw .conflict }
        let sent = SentForm(form, fields, visit.words)
        guard sent.faults.isEmpty else { return .answer(page(visit, person, identity, FormDraft(sent))) }
        return try visit.hashing(request) { () throws(Refusal) in
            try check(visit, form, sent, person, identity)
        }
    }

    private static func asked(_ visit: Visit) throws(Refusal) -> (Person, KeptIdentity?) {
        guard let id = Person.ID(visit.parameters["id"]) else { throw .notFound }
        let found = try visit.tenantDesk().read { connection in
            try connection.person(id).map { ($0, try connection.identity(of: id)) }
        }
        guard let found else { throw .notFound }
        return found
    }

    private static func check(
        _ visit: Visit, _ form: Form, _ sent: SentForm, _ person: Person, _ identity: KeptIdentity
    ) throws(Refusal) -> Submission {
        let desk = try visit.tenantDesk()
        var again = sent
        let keys = try AttemptKeys("identity", account: "\(person.id)", address: visit.subscriber)
        if let earliest = try desk.write({ try $0.beginAttempt(keys, at: visit.now) }) {
            again.fault("said", text: try visit.tooManyWords(until: earliest))
            return .answer(
                page(visit, person, identity, FormDraft(again), status: .tooManyRequests)
                    .adding("Retry-After", String(max(1, earliest - visit.now))))
        }
        let matches = visit.site.hashing.matches(IdentityProof.normal(sent["said"]), identity.answer)
        let entry = visit.entry(.identityAsked, "person:\(person.id)", isDone: matches)
        guard matches else {
            try desk.write { try $0.record(entry) }
            again.fault("said", "identity.check.different")
            return .answer(page(visit, person, identity, FormDraft(again)))
        }
        let location = visit.link("/people/\(person.id)/identity")
        return try .file(form, said: "identity.said.match") { connection in
            try connection.endAttempt(keys)
            try connection.record(entry)
            return location
        }
    }

    private static func page(
        _ visit: Visit, _ person: Person, _ identity: KeptIdentity?, _ draft: FormDraft, status: Status? = nil
    ) -> Response {
        let words = visit.words
        let heading = words.text("identity.check.heading")
        let page = IdentityCheckPage(
            heading: heading, name: person.name, email: person.email, question: identity?.question ?? "",
            absent: words.text("identity.check.absent", ["name": .text(person.name)]), keys: visit.formKeys(),
            fields: draft.fields(fields, words), faults: draft.faultLines)
        return visit.showForm(page, visit.site.pages.identityCheck, title: heading, draft.faults, status: status)
    }
}
