// The opening hours of a day as people write them.

/// Opening hours `[open, close)` of a date in minutes of the wall clock. A close that is not after the open runs over
/// midnight: `22:00–06:00` ends on the next date, `08:00–08:00` is a whole day.
public struct DayInterval: Hashable, Sendable, CustomStringConvertible {
    /// Minutes after midnight, 0 to 1,439.
    public let open: Int
    /// Minutes after midnight, 0 to 1,440.
    public let close: Int

    /// Nothing for minutes that no clock shows.
    public init?(open: Int, close: Int) {
        guard 0..<1440 ~= open, 0...1440 ~= close else { return nil }
        self.open = open
        self.close = close
    }

    /// From `HH:MM` and `HH:MM`; only the close may be `24:00`.
    public init?(_ open: String, _ close: String) {
        guard let open = Self.minute(open), let close = Self.minute(close) else { return nil }
        self.init(open: open, close: close)
    }

    /// The minute of the day of `HH:MM`, up to `24:00`.
    public static func minute(_ text: String) -> Int? {
        var bytes = DigitReader(text)
        guard let hour = bytes.number(digits: 2), bytes.skip(":"), let minute = bytes.number(digits: 2),
            bytes.isAtEnd, minute < 60, hour < 24 || (hour == 24 && minute == 0)
        else { return nil }
        return hour * 60 + minute
    }

    var runsOverMidnight: Bool { close <= open }

    public var description: String {
        var text = DigitWriter()
        text.append(open / 60, digits: 2)
        text.append(":")
        text.append(open % 60, digits: 2)
        text.append("-")
        text.append(close / 60, digits: 2)
        text.append(":")
        text.append(close % 60, digits: 2)
        return text.string
    }
}
