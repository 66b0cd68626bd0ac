// Reads the POSIX TZ string at the end of a TZif file: `CST6CDT,M3.2.0,M11.1.0`, `<-03>3`, `EST5EDT,0/0,J365/25`.

/// A cursor over the bytes of a TZ string; every step answers nothing when the text is not what it should be.
struct PosixRuleReader {
    private var rest: ArraySlice<UInt8>

    private init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The rule that the bytes say, or nothing when they are malformed or out of bounds.
    static func read(_ bytes: ArraySlice<UInt8>) -> PosixRule? {
        var reader = PosixRuleReader(bytes)
        guard reader.skipName(), let standard = reader.offset() else { return nil }
        guard !reader.rest.isEmpty else { return PosixRule(standardOffset: standard, daylight: nil) }
        guard reader.skipName() else { return nil }
        var daylight = standard + 3600
        if reader.rest.first != UInt8(ascii: ",") {
            guard let offset = reader.offset() else { return nil }
            daylight = offset
        }
        guard reader.skip(","), let start = reader.day(), reader.skip(","), let end = reader.day(),
            reader.rest.isEmpty, abs(daylight) < PosixRule.widestOffset
        else { return nil }
        return PosixRule(
            standardOffset: standard, daylight: PosixRule.Daylight(offset: daylight, start: start, end: end))
    }

    private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest.removeFirst()
        return true
    }

    /// An abbreviation: three letters or more, or letters, digits and signs between `<` and `>`.
    private mutating func skipName() -> Bool {
        if skip("<") {
            guard let close = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
            rest = rest[(close + 1)...]
            return true
        }
        let letters = rest.prefix { 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 }
        rest = rest[letters.endIndex...]
        return letters.count >= 3
    }

    private mutating func number(atMost limit: Int) -> Int? {
        let digits = rest.prefix { 0x30...0x39 ~= $0 }
        guard 1...3 ~= digits.count else { return nil }
        rest = rest[digits.endIndex...]
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return value <= limit ? value : nil
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    private mutating func time(hoursAtMost limit: Int) -> Int? {
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        guard let hours = number(atMost: limit) else { return nil }
        var seconds = hours * 3600
        if skip(":") {
            guard let minutes = number(atMost: 59) else { return nil }
            seconds += minutes * 60
            if skip(":") {
                guard let second = number(atMost: 59) else { return nil }
                seconds += second
            }
        }
        return isNegative ? -seconds : seconds
    }

    /// POSIX counts offsets west of Greenwich; the answer is east of it.
    private mutating func offset() -> Int? {
        time(hoursAtMost: 24).map { -$0 }
    }

    private mutating func day() -> PosixRule.Day? {
        guard let kind = dayKind() else { return nil }
        guard skip("/") else { return PosixRule.Day(kind: kind, time: 2 * 3600) }
        // RFC 8536 § 3.3.1 stretches POSIX's 24 hours to 167, either way.
        guard let time = time(hoursAtMost: 167) else { return nil }
        return PosixRule.Day(kind: kind, time: time)
    }

    private mutating func dayKind() -> PosixRule.Day.Kind? {
        if skip("J") {
            guard let day = number(atMost: 365), day >= 1 else { return nil }
            return .withoutLeapDay(day)
        }
        if skip("M") {
            guard let month = number(atMost: 12), month >= 1, skip("."), let week = number(atMost: 5), week >= 1,
                skip("."), let weekday = number(atMost: 6)
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
        return number(atMost: 365).map { .withLeapDay($0) }
    }
}
