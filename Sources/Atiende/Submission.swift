// What a form comes to.

public import HTTP
public import SQL

public enum Submission: Sendable {
    /// The answer is known without writing: the form again, with its faults.
    case answer(Response)
    /// Work for the desk's database, done once under the form's key; it returns where the result is shown. What it throws
    /// takes all of it back.
    case file(SubmissionKey, @Sendable (Connection) throws -> String)
}
