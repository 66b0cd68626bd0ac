// Coming in with e-mail and password, and going out.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum Login {
    static let fields: [FieldSpec] = [
        .mail("email", "login.email", autocomplete: "username"),
        .secret("password", "login.password", autocomplete: "current-password"),
    ]

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        if let session = visit.session {
            return .seeOther(
                visit.link(
                    session.standing == .complete ? WayBack.home("/", for: session.person.role) : session.standing.path)
            )
        }
        let next = WayBack.path(visit.asked("next"))
        let notice = next.contains("draft=") ? "login.kept" : next == "/" ? "" : "login.first"
        return page(visit, FormDraft(), next: next, notice: notice.isEmpty ? "" : visit.words.text(notice))
    }

    /// Looks at the password on the queue that is there for it, one after the other.
    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let sent = SentForm(form, fields, visit.words)
        let next = WayBack.path(form["next"])
        let late = LateForm(carried: form[LateForm.field])
        guard sent.faults.isEmpty else { return .answer(page(visit, FormDraft(sent), next: next, late)) }
        return .answer(
            try visit.hashed { () throws(Refusal) in try attempt(visit, request, sent, next: next, late) })
    }

    private static func attempt(
        _ visit: Visit, _ request: Request, _ sent: SentForm, next: String, _ late: LateForm?
    ) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let email = sent["email"].lowercased()
        let keys = try AttemptKeys("login", account: email, address: visit.subscriber)
        if let earliest = try desk.write({ try $0.beginAttempt(keys, at: visit.now) }) {
            return try tooMany(visit, sent, next: next, late, until: earliest)
        }
        let credential = try desk.read { try $0.credential(email: email) }
        guard visit.site.hashing.matches(sent["password"], credential), let credential else {
            visit.trace(visit.entry(.loginFailed, credential.map { "person:\($0.person)" } ?? "", isDone: false))
            var again = sent
            again.fault("password", "login.wrong")
            return page(visit, FormDraft(again), next: next, late)
        }
        return try enter(visit, request, credential, keys, next: next, late)
    }

    private static func enter(
        _ visit: Visit, _ request: Request, _ credential: Credential, _ keys: AttemptKeys, next: String,
        _ late: LateForm?
    ) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let token = try SecretToken.make()
        let agent = String((request.field("User-Agent") ?? "").prefix(200))
        let former = SessionCookie.token(of: desk.tenant.slug, request)?.hash
        let person = credential.person
        let entry = visit.entry(.loggedIn, "person:\(person)", by: person)
        let oldest = visit.now - max(desk.policy.idleMinutes * 60, EndedSession.knownSeconds)
        let (role, kept) = try desk.write { connection in
            try connection.endAttempt(keys)
            if let former { try connection.endSession(former) }
            try connection.startSession(
                token.hash, of: person, needsCode: credential.hasTwoStep, from: visit.clientAddress, agent: agent,
                at: visit.now)
            try connection.forgetSessions(before: oldest)
            try connection.record(entry)
            let role = try connection.person(person)?.role
            return (role, try role.flatMap { try late?.keep(for: person, $0, in: connection, at: visit.now) })
        }
        let next = kept ?? next
        let place = credential.hasTwoStep ? "/login/code" : WayBack.home(next, for: role)
        let query = credential.hasTwoStep && next != "/" ? "?next=" + PercentCoding.encode(queryComponent: next) : ""
        var response = Response.seeOther(visit.link(place + query))
        if let cookie = SessionCookie.set(token.text, of: desk.tenant.slug, request) { response.add(cookie) }
        return response
    }

    /// The form again: when to try, in the visitor's time, and in seconds for programs.
    private static func tooMany(
        _ visit: Visit, _ sent: SentForm, next: String, _ late: LateForm?, until instant: Int
    ) throws(Refusal) -> Response {
        var again = sent
        again.fault("password", text: try visit.tooManyWords(until: instant))
        return page(visit, FormDraft(again), next: next, late, status: .tooManyRequests)
            .adding("Retry-After", String(max(1, instant - visit.now)))
    }

    /// In the place of a form that nobody's session brought: what was typed goes along, unseen.
    static func page(_ visit: Visit, carrying late: LateForm) -> Response {
        var response = page(visit, FormDraft(), next: "/", late, notice: visit.words.text("login.kept"))
        response.status = .forbidden
        return response
    }

    private static func page(
        _ visit: Visit, _ draft: FormDraft, next: String, _ late: LateForm? = nil, notice: String = "",
        status: Status? = nil
    ) -> Response {
        let page = LoginPage(
            keys: visit.formKeys(), action: visit.link("/login"), carried: late?.carried ?? "",
            fields: draft.fields(fields, visit.words), faults: draft.faultLines,
            next: next, notice: notice, forgotHref: visit.link("/password/forgot"), signUpHref: visit.link("/signup"),
            reportHref: visit.link("/report"))
        return visit.showForm(
            page, visit.site.pages.login, title: visit.words.text("login.title"), draft.faults, status: status)
    }

    /// Going out ends the session at once, wherever its cookie may still lie.
    static func delete(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        let desk = try visit.tenantDesk()
        let session = try visit.signedIn()
        let entry = visit.entry(.loggedOut, "person:\(session.person.id)")
        return .answer(
            .later { answer in
                desk.database.write({
                    try $0.endSession(session.hash)
                    try $0.record(entry)
                }) { result in
                    guard case .success = result else {
                        answer(ErrorPage.response(.serviceUnavailable, visit).adding("Retry-After", "30"))
                        return
                    }
                    var response = Response.seeOther(visit.link("/login"))
                        .saying("login.said.out", visit, request)
                    if let cookie = SessionCookie.clear(of: desk.tenant.slug, request) { response.add(cookie) }
                    answer(response)
                }
            })
    }
}

extension Visit {
    /// Whom failures of this visitor are counted with.
    var subscriber: String { IPAddress(clientAddress).map { "\($0.subscriber)" } ?? clientAddress }

    /// `Demasiados intentos. Pruebe de nuevo a las 17:52`
    func tooManyWords(until instant: Int) throws(Refusal) -> String {
        // The minute after: at the one that is named it will be so.
        let local = try zone().wallTime(at: .init(clamping: instant + 59))
        return words.text("login.tooMany", ["time": .text(words.clock(local.second / 60))])
    }
}
