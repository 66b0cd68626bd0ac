// Asking for the password again before something that whoever finds an open session must not be able to do.

internal import HTTP
internal import Markup
internal import SQL

enum PasswordProof {
    /// Looks at the password on the queue that is there for it, counts failures, and goes on with `accepted` when it is
    /// right; otherwise `refused` shows the form again with what is wrong with that field.
    static func ask(
        _ typed: String, _ visit: Visit,
        refused: @escaping @Sendable (_ fault: String, _ status: Status?) throws(Refusal) -> Response,
        accepted: @escaping @Sendable () throws(Refusal) -> Response
    ) throws(Refusal) -> Submission {
        .answer(try visit.hashed { () throws(Refusal) in try check(typed, visit, refused, accepted) })
    }

    private static func check(
        _ typed: String, _ visit: Visit, _ refused: (String, Status?) throws(Refusal) -> Response,
        _ accepted: () throws(Refusal) -> Response
    ) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let person = try visit.signedIn().person.id
        let keys = try AttemptKeys("password", account: "\(person)", address: visit.subscriber)
        if let earliest = try desk.write({ try $0.beginAttempt(keys, at: visit.now) }) {
            return try refused(try visit.tooManyWords(until: earliest), .tooManyRequests)
                .adding("Retry-After", String(max(1, earliest - visit.now)))
        }
        guard visit.site.hashing.matches(typed, try desk.read { try $0.credential(person) }) else {
            return try refused(visit.words.text("sessions.password.wrong"), nil)
        }
        try desk.write { try $0.endAttempt(keys) }
        return try accepted()
    }
}
