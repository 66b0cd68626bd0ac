// What a form comes to.

public import HTTP
public import SQL

public enum Submission: Sendable {
    /// The answer is known without writing: the form again, with its faults.
    case answer(Response)
    /// Work for the desk's database, done once under the form's key; what it throws takes all of it back.
    case file(Filing)

    /// Work under the key that the form carries.
    public static func file(
        _ form: Form, said: String = "", otherwise: @escaping @Sendable (Faults) -> Response? = { _ in nil },
        afterwards: @escaping @Sendable () -> Void = {},
        _ work: @escaping @Sendable (Connection) throws -> String
    ) throws(Refusal) -> Submission {
        guard let key = form["key"].flatMap(SubmissionKey.init) else { throw .forbidden }
        return .file(Filing(key: key, said: said, work: work, otherwise: otherwise, afterwards: afterwards))
    }
}

public struct Filing: Sendable {
    let key: SubmissionKey
    /// The key of the words that the next page begins with; empty for none.
    let said: String
    /// Returns where the result is shown.
    let work: @Sendable (Connection) throws -> String
    /// The form again, where the work found that something is wrong with it.
    let otherwise: @Sendable (Faults) -> Response?
    /// What follows once the work is on the disk and before anybody is told; short, on the writer's queue.
    let afterwards: @Sendable () -> Void
}
