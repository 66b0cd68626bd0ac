// Points in time as whole seconds since the Unix epoch, and their RFC 3339 text.

/// A whole second of UTC between the years 1 and 9999, so that sums of a few of them can never overflow.
public struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Seconds since 1970-01-01T00:00:00Z; leap seconds are not counted.
    public let seconds: Int

    public static let earliest = Instant(unchecked: -62_135_596_800)
    public static let latest = Instant(unchecked: 253_402_300_799)

    /// Nothing outside the years 1 to 9999.
    public init?(seconds: Int) {
        guard seconds >= Self.earliest.seconds, seconds <= Self.latest.seconds else { return nil }
        self.seconds = seconds
    }

    /// The nearest instant within the years 1 to 9999.
    public init(clamping seconds: Int) {
        self.seconds = min(max(seconds, Self.earliest.seconds), Self.latest.seconds)
    }

    /// For seconds that this module worked out itself from bounded numbers.
    init(unchecked seconds: Int) {
        self.seconds = seconds
    }

    /// The instant so many seconds later (earlier when negative); nothing outside the years 1 to 9999.
    public func advanced(by seconds: Int) -> Instant? {
        let (sum, overflow) = self.seconds.addingReportingOverflow(seconds)
        return overflow ? nil : Instant(seconds: sum)
    }

    /// Seconds from here to another instant, negative when that one is earlier.
    public func distance(to other: Instant) -> Int { other.seconds - seconds }

    public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }
}

extension Instant {
    /// Reads RFC 3339 (`2026-03-02T09:00:00-06:00`, `…Z`). Fractions of a second are cut off, not rounded.
    ///
    /// A leap second (`23:59:60` UTC) is the first second of the next day, as Unix time has it.
    public init?(_ text: String) {
        var bytes = DigitReader(text)
        guard let year = bytes.number(digits: 4), bytes.skip("-"), let month = bytes.number(digits: 2),
            bytes.skip("-"), let day = bytes.number(digits: 2), bytes.skip("T", "t"),
            let date = CivilDate(year: year, month: month, day: day),
            let hour = bytes.number(digits: 2), hour < 24, bytes.skip(":"),
            let minute = bytes.number(digits: 2), minute < 60, bytes.skip(":"),
            let second = bytes.number(digits: 2), second <= 60
        else { return nil }
        if bytes.skip(".") {
            guard bytes.skipDigits() > 0 else { return nil }
        }
        guard let offset = Self.readOffset(&bytes), bytes.isAtEnd else { return nil }
        let seconds = date.dayNumber * secondsPerDay + hour * 3600 + minute * 60 + second - offset
        if second == 60 {
            guard floorRemainder(seconds, secondsPerDay) == 0 else { return nil }
        }
        self.init(seconds: seconds)
    }

    private static func readOffset(_ bytes: inout DigitReader) -> Int? {
        if bytes.skip("Z", "z") { return 0 }
        let isNegative = bytes.next == 0x2D
        guard bytes.skip("+", "-"), let hours = bytes.number(digits: 2), hours < 24, bytes.skip(":"),
            let minutes = bytes.number(digits: 2), minutes < 60
        else { return nil }
        let offset = hours * 3600 + minutes * 60
        return isNegative ? -offset : offset
    }

    /// RFC 3339 in UTC with whole seconds: `2026-03-02T15:00:00Z`.
    public var description: String {
        let day = floorDivide(seconds, secondsPerDay)
        let second = seconds - day * secondsPerDay
        var text = DigitWriter()
        text.append(CivilDate(unchecked: day))
        text.append("T")
        text.append(second / 3600, digits: 2)
        text.append(":")
        text.append(second / 60 % 60, digits: 2)
        text.append(":")
        text.append(second % 60, digits: 2)
        text.append("Z")
        return text.string
    }
}
