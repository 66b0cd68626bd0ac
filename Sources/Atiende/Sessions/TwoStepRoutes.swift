// One's own second step: setting it up, other codes for paper, turning it off.

internal import HTTP
internal import Markup
internal import SQL

enum TwoStepRoutes {
    /// Which of the page's forms was sent.
    enum Act: String {
        case start
        case confirm
        case codes
        case off
    }

    static let code = FieldSpec.line("code", "sessions.code", upTo: 40)
    static let startPassword = password("start-password")
    static let codesPassword = password("codes-password")
    static let offPassword = password("off-password")

    private static func password(_ id: String) -> FieldSpec {
        .secret(id, "sessions.password", autocomplete: "current-password")
    }

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        try TwoStepPage.response(visit, FormDraft())
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body, let act = form["act"].flatMap(Act.init) else { throw .forbidden }
        switch act {
        case .confirm: return try confirm(visit, request, form)
        case .start: return try prove(startPassword, visit, form) { () throws(Refusal) in try start(visit) }
        case .codes:
            guard let key = form["key"].flatMap(SubmissionKey.init) else { throw .forbidden }
            return try prove(codesPassword, visit, form) { () throws(Refusal) in try makeCodes(visit, key) }
        case .off: return try prove(offPassword, visit, form) { () throws(Refusal) in try turnOff(visit, request) }
        }
    }

    private static func prove(
        _ field: FieldSpec, _ visit: Visit, _ form: Form, _ accepted: @escaping @Sendable () throws(Refusal) -> Response
    ) throws(Refusal) -> Submission {
        let sent = SentForm(form, [field], visit.words)
        guard sent.faults.isEmpty else { return .answer(try TwoStepPage.response(visit, FormDraft(sent))) }
        return try PasswordProof.ask(
            sent[field.id], visit,
            refused: { (fault, status) throws(Refusal) in
                var again = sent
                again.fault(field.id, text: fault)
                return try TwoStepPage.response(visit, FormDraft(again), status: status)
            }, accepted: accepted)
    }

    // MARK: Setting up

    private static func start(_ visit: Visit) throws(Refusal) -> Response {
        let session = try visit.signedIn()
        let key = try TimeCode.make()
        try visit.tenantDesk().write { connection in
            guard try connection.twoStep(of: session.person.id) == nil else { return }
            try connection.offerTwoStep(key, to: session.hash, at: visit.now)
        }
        return .seeOther(visit.link("/profile/two-step"))
    }

    /// What the first code decides.
    private enum Confirmation: Sendable {
        case done(Session)
        case wrong
        case tooMany(until: Int)
        /// No key waits for this session: it took too long, or the form was sent twice.
        case nothing
    }

    private static func confirm(_ visit: Visit, _ request: Request, _ form: Form) throws(Refusal) -> Submission {
        let sent = SentForm(form, [code], visit.words)
        guard sent.faults.isEmpty else { return .answer(try TwoStepPage.response(visit, FormDraft(sent))) }
        let desk = try visit.tenantDesk()
        let session = try visit.signedIn()
        let keys = try AttemptKeys("setup", account: "\(session.person.id)", address: visit.subscriber)
        let codes = try RecoveryCode.makeSet()
        let token = try SecretToken.make()
        let letter = visit.letter(.twoStepOn, to: session.person, visit.personLanguage(session.person))
        let policy = desk.policy
        let typed = sent["code"]
        return .answer(
            .later { answer in
                desk.database.write({ connection in
                    try turnOn(visit, session, typed, keys, codes, token, letter, policy, connection)
                }) { result in
                    do throws(Refusal) {
                        let outcome = try result.mapError(Refusal.init).get()
                        answer(try response(to: outcome, visit, request, sent, codes, token))
                    } catch {
                        answer(ErrorPage.response(to: error, visit))
                    }
                }
            })
    }

    private static func turnOn(
        _ visit: Visit, _ session: Session, _ typed: String, _ keys: AttemptKeys, _ codes: [RecoveryCode],
        _ token: SecretToken, _ letter: WrittenLetter?, _ policy: AccessPolicy, _ connection: SQL.Connection
    ) throws -> Confirmation {
        let person = session.person.id
        guard try connection.twoStep(of: person) == nil,
            let key = try connection.offeredTwoStep(to: session.hash, at: visit.now)
        else { return .nothing }
        if let earliest = try connection.beginAttempt(keys, at: visit.now) { return .tooMany(until: earliest) }
        guard let step = try key.step(of: typed, at: visit.now, after: nil) else { return .wrong }
        try connection.endAttempt(keys)
        try connection.turnOnTwoStep(key, step: step, codes, of: person, at: visit.now)
        try connection.forgetTwoStepOffers(of: person)
        try connection.completeSession(session.hash, as: token.hash, at: visit.now)
        try connection.endSessions(of: person, except: token.hash)
        try connection.record(visit.entry(.twoStepOn, "person:\(person)"))
        if let letter { try connection.enqueue(letter, at: visit.now) }
        guard let renewed = try connection.session(token.hash, policy, at: visit.now) else { throw Refusal.conflict }
        return .done(renewed)
    }

    private static func response(
        to outcome: Confirmation, _ visit: Visit, _ request: Request, _ sent: SentForm, _ codes: [RecoveryCode],
        _ token: SecretToken
    ) throws(Refusal) -> Response {
        var again = sent
        switch outcome {
        case .nothing: return .seeOther(visit.link("/profile/two-step"))
        case .wrong:
            again.fault("code", "sessions.setup.wrong")
            return try TwoStepPage.response(visit, FormDraft(again))
        case .tooMany(let instant):
            again.fault("code", text: try visit.tooManyWords(until: instant))
            return try TwoStepPage.response(visit, FormDraft(again), status: .tooManyRequests)
                .adding("Retry-After", String(max(1, instant - visit.now)))
        case .done(let session):
            visit.site.postman.nudge(try visit.tenantDesk().tenant.slug)
            let renewed = try visit.renewed(session, token)
            return try visit.continuing(with: token, RecoveryCodesPage.response(renewed, codes, isNew: true), request)
        }
    }

    // MARK: Once it is on

    /// Other codes, shown once. Of a form that was pressed twice only the page whose codes were kept shows them.
    private static func makeCodes(_ visit: Visit, _ key: SubmissionKey) throws(Refusal) -> Response {
        let person = try visit.signedIn().person.id
        let codes = try RecoveryCode.makeSet()
        let entry = visit.entry(.recoveryCodesMade, "person:\(person)")
        let own = visit.link("/profile/two-step?made=\(try Random.identifier())")
        let place = try visit.tenantDesk().write { connection in
            try connection.location(of: key, at: visit.now) { connection in
                guard try connection.twoStep(of: person) != nil else { throw Refusal.conflict }
                try connection.replaceRecoveryCodes(codes, of: person)
                try connection.record(entry)
                return own
            }
        }
        guard place == own else { return .seeOther(visit.link("/profile/two-step")) }
        return RecoveryCodesPage.response(visit, codes, isNew: false)
    }

    private static func turnOff(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let session = try visit.signedIn()
        let person = session.person
        guard !desk.policy.twoStepRoles.contains(person.role.name) else { throw .forbidden }
        let letter = visit.letter(.twoStepOff, to: person, visit.personLanguage(person))
        let entry = visit.entry(.twoStepOff, "person:\(person.id)")
        try desk.write { connection in
            guard try connection.turnOffTwoStep(of: person.id) else { return }
            try connection.endSessions(of: person.id, except: session.hash)
            try connection.record(entry)
            if let letter { try connection.enqueue(letter, at: visit.now) }
        }
        visit.site.postman.nudge(desk.tenant.slug)
        return Response.seeOther(visit.link("/profile/two-step")).saying("sessions.said.off", visit, request)
    }

    /// The codes of the page that shows them, as a file. They are not kept readable: the page sends them, and nothing is
    /// sent back that is not one of this person's.
    static func file(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let desk = try visit.tenantDesk()
        let person = try visit.signedIn().person
        let codes = form.values("recovery").prefix(RecoveryCode.countPerPerson).compactMap { RecoveryCode($0) }
        guard !codes.isEmpty,
            try desk.read({ connection in
                try codes.allSatisfy { try connection.hasRecoveryCode($0, of: person.id) }
            })
        else { throw .notFound }
        let head = visit.words.text(
            "sessions.codes.file", ["provider": .text(desk.provider.name), "email": .text(person.email)])
        let text = ([head, ""] + codes.map(\.text)).joined(separator: "\r\n") + "\r\n"
        return .answer(
            Response(.ok, body: .bytes(Array(text.utf8), type: "text/plain; charset=utf-8"))
                .adding("Content-Disposition", "attachment; filename=\"\(desk.tenant.slug)-codes.txt\"")
                .adding("Cache-Control", "no-store"))
    }
}
