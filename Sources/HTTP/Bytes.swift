// ASCII on bytes: the few questions that every parser asks.

extension UInt8 {
    /// ASCII letters in lower case, everything else unchanged.
    @inline(__always)
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    @inline(__always)
    var isDigit: Bool { self &- 0x30 < 10 }

    /// The value of a hexadecimal digit; nil for any other byte.
    @inline(__always)
    var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self &- 0x30
        case 0x41...0x46: self &- 0x41 &+ 10
        case 0x61...0x66: self &- 0x61 &+ 10
        default: nil
        }
    }

    /// SP or HTAB, the white space of RFC 9110 §5.6.3.
    @inline(__always)
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    static let cr: UInt8 = 0x0D
    static let lf: UInt8 = 0x0A
}

extension UnsafeRawBufferPointer {
    /// Whether the bytes of the range are the word, without regard to ASCII case. The word is in lower case.
    @inline(__always)
    func matches(_ range: Range<Int>, _ lowercase: StaticString) -> Bool {
        guard range.count == lowercase.utf8CodeUnitCount else { return false }
        let word = lowercase.utf8Start
        for offset in 0..<range.count where self[range.lowerBound &+ offset].lowercased != word[offset] { return false }
        return true
    }

    /// The range without the SP and HTAB at its two ends.
    @inline(__always)
    func trimmingBlanks(_ range: Range<Int>) -> Range<Int> {
        var (lower, upper) = (range.lowerBound, range.upperBound)
        while lower < upper, self[lower].isBlank { lower &+= 1 }
        while lower < upper, self[upper &- 1].isBlank { upper &-= 1 }
        return lower..<upper
    }
}
