// The second step of coming in: a code from the telephone or from paper.

internal import HTTP
internal import Markup
internal import SQL

enum LoginCode {
    static let fields: [FieldSpec] = [.line("code", "sessions.code", upTo: 40)]

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        page(visit, FormDraft(), next: WayBack.path(visit.asked("next")))
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let sent = SentForm(form, fields, visit.words)
        let session = try visit.signedIn()
        let next = WayBack.home(WayBack.path(form["next"]), for: session.person.role)
        guard sent.faults.isEmpty else { return .answer(page(visit, FormDraft(sent), next: next)) }
        let desk = try visit.tenantDesk()
        let keys = try AttemptKeys("code", account: "\(session.person.id)", address: visit.subscriber)
        let token = try SecretToken.make()
        let typed = sent["code"]
        return .answer(
            .later { answer in
                desk.database.write({ connection in
                    let outcome = try connection.useCode(typed, of: session.person.id, keys, at: visit.now)
                    try conclude(outcome, visit, session, as: token, connection)
                    return outcome
                }) { result in
                    do throws(Refusal) {
                        let outcome = try result.mapError(Refusal.init).get()
                        answer(try response(to: outcome, visit, request, sent, token: token, next: next))
                    } catch .conflict {
                        // The session ended, or went on elsewhere, in between.
                        answer(.seeOther(visit.link("/login")))
                    } catch {
                        answer(ErrorPage.response(to: error, visit))
                    }
                }
            })
    }

    /// Lets in with another token, and tells the trail.
    private static func conclude(
        _ outcome: CodeOutcome, _ visit: Visit, _ session: Session, as token: SecretToken, _ connection: SQL.Connection
    ) throws {
        let subject = "person:\(session.person.id)"
        switch outcome {
        case .tooMany: return
        case .wrong: try connection.record(visit.entry(.codeFailed, subject, isDone: false))
        case .right: try connection.record(visit.entry(.codeAccepted, subject))
        case .rightOnPaper(let left):
            let after = visit.words.text("sessions.codesLeft", ["count": .number(left)])
            try connection.record(visit.entry(.recoveryCodeUsed, subject, after: after))
        }
        guard outcome != .wrong else { return }
        try connection.completeSession(session.hash, as: token.hash, at: visit.now)
        guard connection.changes == 1 else { throw Refusal.conflict }
    }

    private static func response(
        to outcome: CodeOutcome, _ visit: Visit, _ request: Request, _ sent: SentForm, token: SecretToken, next: String
    ) throws(Refusal) -> Response {
        var again = sent
        switch outcome {
        case .wrong:
            again.fault("code", "sessions.code.wrong")
            return page(visit, FormDraft(again), next: next)
        case .tooMany(let instant):
            again.fault("code", text: try visit.tooManyWords(until: instant))
            return page(visit, FormDraft(again), next: next, status: .tooManyRequests)
                .adding("Retry-After", String(max(1, instant - visit.now)))
        case .right:
            return try visit.continuing(with: token, .seeOther(visit.link(next)), request)
        case .rightOnPaper(let left):
            let response = Response.seeOther(visit.link(next)).saying("sessions.said.onPaper.\(left)", visit, request)
            return try visit.continuing(with: token, response, request)
        }
    }

    /// A code is never shown again. From paper it has letters, for which a telephone needs its other keyboard.
    private static func page(_ visit: Visit, _ draft: FormDraft, next: String, status: Status? = nil) -> Response {
        let isOnPaper = visit.asked("paper") != nil
        let back = next == "/" ? "" : "next=" + PercentCoding.encode(queryComponent: next)
        let query = [isOnPaper ? "" : "paper=1", back].filter { !$0.isEmpty }.joined(separator: "&")
        let page = LoginCodePage(
            keys: visit.formKeys(), faults: draft.faultLines, fault: draft.faults["code"], next: next,
            isOnPaper: isOnPaper, otherHref: visit.link("/login/code") + (query.isEmpty ? "" : "?" + query),
            logoutHref: visit.link("/logout"), logoutKeys: visit.formKeys())
        return visit.showForm(
            page, visit.site.pages.loginCode, title: visit.words.text("sessions.code.title"), draft.faults,
            status: status)
    }
}

extension Visit {
    /// A response that brings the browser the new token of its session.
    func continuing(with token: SecretToken, _ response: Response, _ request: Request) throws(Refusal) -> Response {
        var response = response
        if let cookie = SessionCookie.set(token.text, of: try tenantDesk().tenant.slug, request) {
            response.add(cookie)
        }
        return response
    }

    /// The same visit in a session that has another token since: its pages carry seals that hold.
    func renewed(_ session: Session, _ token: SecretToken) throws(Refusal) -> Visit {
        Visit(
            site: site, desk: desk, address: address, session: session, seal: try FormSeal(secret: token.text),
            said: said, query: query, language: language, languageIsNew: languageIsNew, parameters: parameters,
            requestNumber: requestNumber, clientAddress: clientAddress, now: now)
    }
}
