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
