// Dates as HTTP writes them (RFC 9110 §5.6.7), from and to seconds since 1970, without locale or time zone.

import Glibc

public enum HTTPDate {
    private static let weekdays: StaticString = "SunMonTueWedThuFriSat"
    private static let longWeekdays: [StaticString] = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
    private static let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
    /// From the year 0 to the end of the year 9999: what four digits can say.
    private static let seconds = -62_167_219_200...253_402_300_799

    /// IMF-fixdate, 29 bytes: `Sun, 06 Nov 1994 08:49:37 GMT`. An instant outside the years 0 to 9999 is written as the
    /// nearest one inside.
    public static func append(_ instant: Int, to bytes: inout [UInt8]) {
        let instant = min(max(instant, seconds.lowerBound), seconds.upperBound)
        let (days, second) = split(instant)
        let date = CivilDate(daysSince1970: days)
        bytes.append(name: CivilDate.weekday(daysSince1970: days), of: weekdays)
        bytes.append(contentsOf: [.comma, 0x20])
        bytes.append(twoDigits: date.day)
        bytes.append(0x20)
        bytes.append(name: date.month - 1, of: months)
        bytes.append(0x20)
        bytes.append(twoDigits: date.year / 100)
        bytes.append(twoDigits: date.year % 100)
        bytes.append(0x20)
        bytes.append(twoDigits: second / 3600)
        bytes.append(.colon)
        bytes.append(twoDigits: second / 60 % 60)
        bytes.append(.colon)
        bytes.append(twoDigits: second % 60)
        bytes.append(contentsOf: [0x20, 0x47, 0x4D, 0x54])
    }

    public static func text(_ instant: Int) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(29)
        append(instant, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Seconds since 1970 of any of the three formats; nil for anything else, for a day that does not exist and for a
    /// weekday that is not that day's. A second 60 counts as the first of the next minute. `now`, by default the clock,
    /// resolves the two-digit year of the RFC 850 format: never more than 50 years ahead.
    public static func parse(_ bytes: ArraySlice<UInt8>, now: Int? = nil) -> Int? {
        var cursor = DateCursor(bytes: bytes, index: bytes.startIndex)
        if bytes.count >= 4, bytes[bytes.startIndex + 3] == .comma { return cursor.fixdate() }
        return bytes.contains(.comma) ? cursor.rfc850(now: now ?? time(nil)) : cursor.asctime()
    }

    fileprivate static func split(_ instant: Int) -> (days: Int, second: Int) {
        let second = instant % 86_400
        return second < 0 ? (instant / 86_400 - 1, second + 86_400) : (instant / 86_400, second)
    }

    /// Reads a date from left to right; every step says nil where the bytes are not what it wants.
    private struct DateCursor {
        let bytes: ArraySlice<UInt8>
        var index: Int

        mutating func fixdate() -> Int? {
            guard let weekday = name(of: weekdays), skip(", "), let day = number(digits: 2), skip(" "),
                let month = name(of: months), skip(" "), let year = number(digits: 4), skip(" "),
                let second = timeOfDay(), skip(" GMT"), index == bytes.endIndex
            else { return nil }
            return instant(CivilDate(year: year, month: month + 1, day: day), second, weekday)
        }

        mutating func asctime() -> Int? {
            guard let weekday = name(of: weekdays), skip(" "), let month = name(of: months), skip(" "),
                let day = skip(" ") ? number(digits: 1) : number(digits: 2), skip(" "),
                let second = timeOfDay(), skip(" "), let year = number(digits: 4), index == bytes.endIndex
            else { return nil }
            return instant(CivilDate(year: year, month: month + 1, day: day), second, weekday)
        }

        mutating func rfc850(now: Int) -> Int? {
            guard let weekday = longWeekdays.firstIndex(where: { skip($0) }), skip(", "),
                let day = number(digits: 2), skip("-"), let month = name(of: months), skip("-"),
                let shortYear = number(digits: 2), skip(" "), let second = timeOfDay(), skip(" GMT"),
                index == bytes.endIndex
            else { return nil }
            let now = min(max(now, seconds.lowerBound), seconds.upperBound)
            let thisYear = CivilDate(daysSince1970: split(now).days).year
            var year = thisYear / 100 * 100 + shortYear
            if year > thisYear + 50 { year -= 100 }
            if year <= thisYear - 50 { year += 100 }
            return instant(CivilDate(year: year, month: month + 1, day: day), second, weekday)
        }

        private func instant(_ date: CivilDate?, _ second: Int, _ weekday: Int) -> Int? {
            guard let days = date?.daysSince1970, CivilDate.weekday(daysSince1970: days) == weekday else { return nil }
            return days * 86_400 + second
        }

        private mutating func timeOfDay() -> Int? {
            guard let hour = number(digits: 2), hour < 24, skip(":"), let minute = number(digits: 2), minute < 60,
                skip(":"), let second = number(digits: 2), second <= 60
            else { return nil }
            return hour * 3600 + minute * 60 + second
        }

        private mutating func number(digits: Int) -> Int? {
            guard bytes.endIndex - index >= digits, let value = bytes[index..<(index + digits)].decimal else {
                return nil
            }
            index += digits
            return value
        }

        /// True, and behind it, when the text comes next. Case matters (RFC 9110 §5.6.7).
        private mutating func skip(_ text: StaticString) -> Bool {
            let isNext = text.withUTF8Buffer { bytes[index...].starts(with: $0) }
            if isNext { index += text.utf8CodeUnitCount }
            return isNext
        }

        /// Which name of three letters comes next.
        private mutating func name(of names: StaticString) -> Int? {
            guard bytes.endIndex - index >= 3 else { return nil }
            let word = bytes[index..<(index + 3)]
            let position = names.withUTF8Buffer { names in
                stride(from: 0, to: names.count, by: 3).first { names[$0..<($0 + 3)].elementsEqual(word) }
            }
            guard let position else { return nil }
            index += 3
            return position / 3
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(twoDigits value: Int) {
        append(0x30 &+ UInt8(truncatingIfNeeded: value / 10))
        append(0x30 &+ UInt8(truncatingIfNeeded: value % 10))
    }

    fileprivate mutating func append(name index: Int, of names: StaticString) {
        names.withUTF8Buffer { append(contentsOf: $0[(index * 3)..<(index * 3 + 3)]) }
    }
}
