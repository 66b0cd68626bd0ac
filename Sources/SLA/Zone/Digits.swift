// Reading and writing the fixed-width digits of dates and times, byte by byte.

/// Reads fixed-width decimal numbers and single ASCII marks from a text.
struct DigitReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        // A date or an instant never needs more; what is longer is refused by `isAtEnd`.
        bytes = Array(text.utf8.prefix(64))
    }

    var isAtEnd: Bool { position == bytes.count }

    /// The next byte, not taken.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// A number of exactly so many digits (at most 9), or nothing.
    mutating func number(digits: Int) -> Int? {
        guard digits <= 9, position + digits <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<position + digits] {
            guard 0x30...0x39 ~= byte else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        position += digits
        return value
    }

    /// Takes the next byte if it is one of the marks, and says whether it did.
    mutating func skip(_ marks: Unicode.Scalar...) -> Bool {
        guard let next, marks.contains(where: { $0.value == UInt32(next) }) else { return false }
        position += 1
        return true
    }

    /// Takes digits as long as there are some, and says how many.
    mutating func skipDigits() -> Int {
        let start = position
        while let next, 0x30...0x39 ~= next { position += 1 }
        return position - start
    }
}

/// Builds the fixed-width text of a date or an instant.
struct DigitWriter {
    private var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(20) }

    var string: String { String(decoding: bytes, as: UTF8.self) }

    mutating func append(_ mark: Unicode.Scalar) {
        bytes.append(UInt8(truncatingIfNeeded: mark.value))
    }

    /// The last `digits` digits of a number, with leading zeros.
    mutating func append(_ number: Int, digits: Int) {
        var divisor = 1
        for _ in 1..<max(digits, 1) { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(truncatingIfNeeded: 0x30 + (number.magnitude / UInt(divisor)) % 10))
            divisor /= 10
        }
    }

    mutating func append(_ date: CivilDate) {
        let parts = date.parts
        append(parts.year, digits: 4)
        append("-")
        append(parts.month, digits: 2)
        append("-")
        append(parts.day, digits: 2)
    }
}
