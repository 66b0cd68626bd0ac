// The second step of somebody's log-in: a key that his telephone has too, and codes on paper for when he lost it.

struct TwoStep: Sendable {
    let key: TimeCode
    /// Since when it is asked for.
    let since: Int
    /// The last step whose code was used.
    let lastStep: Int
    let codesLeft: Int

    /// How long a key that was shown waits for its first code.
    static let offerSeconds = 3600
}

/// What came of a code that was typed.
enum CodeOutcome: Sendable, Equatable {
    case right
    /// A code from paper was used up; so many are left.
    case rightOnPaper(left: Int)
    case wrong
    case tooMany(until: Int)
}
