// Whoever is in says the password again before something weighty: a session that was left open is not enough.

internal import HTTP
internal import SQL

enum CurrentPassword {
    static let field = FieldSpec.secret("current", "password.current", autocomplete: "current-password")

    enum Verdict: Sendable {
        /// Its attempt is counted until the work takes that back with `endAttempt`.
        case right(AttemptKeys)
        case wrong
        /// Not looked at before that instant.
        case tooMany(until: Int)
    }

    /// Blocks as long as any hash.
    static func verdict(on password: String, of session: Session, _ visit: Visit) throws(Refusal) -> Verdict {
        let desk = try visit.tenantDesk()
        let person = session.person
        let keys = try AttemptKeys("password", account: person.email, address: visit.subscriber)
        if let earliest = try desk.write({ try $0.beginAttempt(keys, at: visit.now) }) {
            return .tooMany(until: earliest)
        }
        let credential = try desk.read { try $0.credential(person.id) }
        return visit.site.hashing.matches(password, credential) ? .right(keys) : .wrong
    }
}

extension Visit {
    /// Looks at the password that a form brought: the counters of its attempts where it is right, else the form again.
    /// - Parameter act: What it was asked for, for the trail.
    func checkingPassword(
        _ sent: SentForm, of session: Session, for act: AuditEntry.Act, again: (SentForm, Status?) -> Response
    ) throws(Refusal) -> CheckedPassword {
        var answered = sent
        switch try CurrentPassword.verdict(on: sent["current"], of: session, self) {
        case .right(let keys): return .right(keys)
        case .wrong:
            trace(entry(act, "person:\(session.person.id)", isDone: false))
            answered.fault("current", "password.fault.current")
            return .again(again(answered, nil))
        case .tooMany(let instant):
            answered.fault("current", text: try tooManyWords(until: instant))
            return .again(
                again(answered, .tooManyRequests).adding("Retry-After", String(max(1, instant - now))))
        }
    }
}

enum CheckedPassword {
    case right(AttemptKeys)
    case again(Response)
}
