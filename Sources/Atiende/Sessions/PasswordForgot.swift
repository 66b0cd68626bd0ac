// "Forgot password" and "forgot user": the answer is the same, and takes as long, whether there is such an account.

internal import HTTP
internal import Markup
internal import SQL

struct PasswordForgotPage: Page {
    let keys: FormKeys
    let fields: [FormField]
    let faults: [FormFault]
    let loginHref: String
    let channels: [PortalPage.Channel]

    static let template: StaticString = "sessions/password-forgot.html"
    static let fields: [Field<PasswordForgotPage>] = [
        .part("keys") { $0.keys },
        .list("fields") { $0.fields },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .text("loginHref") { $0.loginHref },
        .list("channels") { $0.channels },
    ]
}

enum PasswordForgot {
    private static let fields: [FieldSpec] = [
        .mail("email", "login.email", hasHint: false, autocomplete: "username")
    ]

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        try page(visit, FormDraft())
    }

    /// Counts the request, answers, and only then looks whether there is such an account.
    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let desk = try visit.tenantDesk()
        var sent = SentForm(form, fields, visit.words)
        guard let address = sent.address("email", visit.words) else {
            return .answer(try page(visit, FormDraft(sent)))
        }
        try visit.site.hashing.checkRoom()
        let keys = try AttemptKeys("forgot", account: address.text, address: visit.subscriber)
        let again = sent
        return .answer(
            .later { answer in
                desk.database.write({ try $0.beginAttempt(counting: keys.ofAddress, at: visit.now) }) { result in
                    do throws(Refusal) {
                        if let earliest = try result.mapError(Refusal.init).get() {
                            answer(try tooMany(visit, again, until: earliest))
                        } else {
                            visit.site.hashing.run { deliver(to: address, visit, desk) }
                            answer(.seeOther(visit.link("/password/forgot/sent")))
                        }
                    } catch { answer(visit.failed(error)) }
                }
            })
    }

    /// What every address is told.
    static func sent(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let words = visit.words
        let page = NoticePage(
            heading: words.text("password.sent.heading"), lead: words.text("password.sent.lead"),
            action: words.text("password.sent.action"), href: visit.link("/login"))
        return visit.show(page, visit.site.pages.notice, title: words.text("password.sent.heading"))
    }

    /// Nobody waits for it; and it is as much work, a letter and a write, for an address that nobody has: how long the
    /// next page takes tells nothing either.
    private static func deliver(to address: EmailAddress, _ visit: Visit, _ desk: Desk) {
        do throws(Refusal) {
            let person = try desk.read { try $0.person(email: address.text) }
            let link = try letter(for: person, at: address, visit)
            let now = visit.now
            let refusal = visit.entry(.linkSent, person.map { "person:\($0.id)" } ?? "", isDone: false)
            let isSent = try desk.write { connection in
                guard let person, mayComeIn(person), try connection.maySendLink(to: person.email, at: now) else {
                    try connection.record(refusal)
                    return false
                }
                try connection.send(link, to: person.id, at: now)
                return true
            }
            if isSent { visit.site.postman.nudge(desk.tenant.slug) }
        } catch {
            visit.site.installation.log.write(
                .error, "link-not-sent", [("tenant", desk.tenant.slug.rawValue), ("why", error.why)])
        }
    }

    /// Whoever never had a password gets the link for the first one, without a name: it may be what a stranger typed who
    /// signed up with this address. That of an address for which there is nothing to open goes nowhere.
    private static func letter(
        for person: Person?, at address: EmailAddress, _ visit: Visit
    ) throws(Refusal) -> LinkLetter {
        if let person, person.state == .active { return try visit.recovery(for: person) }
        return try visit.invitation(to: "", at: address.text, in: person.map(visit.language) ?? visit.language)
    }

    private static func mayComeIn(_ person: Person) -> Bool {
        switch person.state {
        case .active, .invited: true
        case .pending, .deactivated: false
        }
    }

    private static func tooMany(_ visit: Visit, _ sent: SentForm, until instant: Int) throws(Refusal) -> Response {
        var again = sent
        again.fault("email", text: try visit.tooManyWords(until: instant))
        return try page(visit, FormDraft(again), status: .tooManyRequests)
            .adding("Retry-After", String(max(1, instant - visit.now)))
    }

    private static func page(_ visit: Visit, _ draft: FormDraft, status: Status? = nil) throws(Refusal) -> Response {
        let words = visit.words
        let page = PasswordForgotPage(
            keys: visit.formKeys(), fields: draft.fields(fields, words), faults: draft.faultLines,
            loginHref: visit.link("/login"),
            channels: Portal.channels(try visit.tenantDesk().provider, words))
        return visit.showForm(
            page, visit.site.pages.passwordForgot, title: words.text("password.forgot.heading"), draft.faults,
            status: status)
    }
}

extension SentForm {
    /// The address in its normal form; nil, with the fault added, for what is none.
    mutating func address(_ id: String, _ words: Words) -> EmailAddress? {
        guard isGood(id) else { return nil }
        do throws(EmailFault) {
            return try EmailAddress(reading: self[id])
        } catch {
            fault(id, text: error.sentence(in: words))
            return nil
        }
    }
}
