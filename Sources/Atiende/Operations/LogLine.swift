// One line of the log while it is put together.

internal import Glibc

struct LogLine {
    private(set) var bytes: [UInt8] = []

    /// Longest value; what a stranger sends may be long, and a log is read by people.
    private static let longestValue = 512

    init(_ level: Log.Level, _ event: StaticString) {
        bytes.reserveCapacity(256)
        bytes.append(contentsOf: "t=".utf8)
        appendTime()
        add("level", level.rawValue)
        add("event", event)
    }

    mutating func add(_ name: StaticString, _ value: StaticString) {
        begin(name)
        value.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func add(_ name: StaticString, _ number: Int) {
        begin(name)
        bytes.append(contentsOf: String(number).utf8)
    }

    mutating func add(_ name: StaticString, _ value: String) { add(name, bytes: value.utf8) }

    /// A value of unknown origin: quoted where a reader of logfmt needs it, and everything that a terminal or a reader
    /// of lines might obey as `\xNN`, so that nobody can begin a line of his own.
    mutating func add(_ name: StaticString, bytes value: some Collection<UInt8>) {
        begin(name)
        let isPlain = !value.isEmpty && value.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3D }
        if isPlain, value.count <= Self.longestValue {
            bytes.append(contentsOf: value)
            return
        }
        bytes.append(0x22)
        // Invalid UTF-8 becomes U+FFFD; a character that the cut goes through becomes one, too.
        for scalar in String(decoding: value.prefix(Self.longestValue), as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C: bytes.append(contentsOf: [0x5C, UInt8(truncatingIfNeeded: scalar.value)])
            // Controls, also those of ISO 6429 above ASCII; line separators; marks that turn the direction of text.
            case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069:
                for byte in UTF8.encode(scalar) ?? .init() { append(hexadecimal: byte) }
            default: bytes.append(contentsOf: String(scalar).utf8)
            }
        }
        if value.count > Self.longestValue { bytes.append(contentsOf: "…".utf8) }
        bytes.append(0x22)
    }

    private mutating func append(hexadecimal byte: UInt8) {
        let digits = String(byte, radix: 16)
        bytes.append(contentsOf: "\\x\(digits.utf8.count < 2 ? "0" : "")\(digits)".utf8)
    }

    private mutating func begin(_ name: StaticString) {
        bytes.append(0x20)
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(0x3D)
    }

    /// UTC with milliseconds: `2026-11-20T14:03:07.250Z`.
    private mutating func appendTime() {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var parts = tm()
        gmtime_r(&time.tv_sec, &parts)
        append(Int(parts.tm_year) + 1900, digits: 4)
        bytes.append(0x2D)
        append(Int(parts.tm_mon) + 1, digits: 2)
        bytes.append(0x2D)
        append(Int(parts.tm_mday), digits: 2)
        bytes.append(0x54)
        append(Int(parts.tm_hour), digits: 2)
        bytes.append(0x3A)
        append(Int(parts.tm_min), digits: 2)
        bytes.append(0x3A)
        append(Int(parts.tm_sec), digits: 2)
        bytes.append(0x2E)
        append(time.tv_nsec / 1_000_000, digits: 3)
        bytes.append(0x5A)
    }

    private mutating func append(_ number: Int, digits: Int) {
        let text = String(number)
        for _ in text.utf8.count..<max(digits, text.utf8.count) { bytes.append(0x30) }
        bytes.append(contentsOf: text.utf8)
    }
}
