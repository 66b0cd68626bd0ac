// When a letter that was not taken is tried again.

enum Redelivery {
    static let mostAttempts = 20

    /// Seconds: a day's trouble is waited out, an hour's is not felt for a day.
    private static let shortest = 60
    private static let longest = 6 * 3600

    /// Seconds until the next attempt after so many: one minute, two, four and so on up to six hours; nil where enough
    /// were made.
    static func delay(after attempts: Int) -> Int? {
        guard attempts < mostAttempts else { return nil }
        return min(shortest << min(max(attempts, 1) - 1, 16), longest)
    }
}
