// Percent coding (RFC 3986 §2.1), strict: what does not decode to valid UTF-8 is no text.

public enum PercentCoding {
    /// Which control bytes a decoded text may hold.
    public enum Controls: Sendable {
        /// None of U+0000–U+001F and U+007F: for what is shown on one line or looked up.
        case refused
        /// All but NUL: for text that may have lines.
        case allowedButNUL
        case allowed
    }

    /// The text of percent-encoded bytes; nil where a `%` lacks its two hexadecimal digits, where the result is not
    /// UTF-8 or where it holds a control byte that is not allowed. `plusIsSpace` is for forms and queries.
    public static func decode(
        _ bytes: ArraySlice<UInt8>, plusIsSpace: Bool = false, controls: Controls = .refused
    ) -> String? {
        var scratch: [UInt8] = []
        return bytes.withUnsafeBufferPointer {
            decode($0, plusIsSpace: plusIsSpace, controls: controls, scratch: &scratch)
        }
    }

    /// The same with a scratch buffer that many calls share, so that each costs no allocation but its text's.
    static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, plusIsSpace: Bool, controls: Controls, scratch: inout [UInt8]
    ) -> String? {
        guard bytes.contains(where: { $0 == .percent || plusIsSpace && $0 == 0x2B }) else {
            return text(bytes, controls)
        }
        if scratch.count < bytes.count { scratch = [UInt8](repeating: 0, count: bytes.count) }
        return scratch.withUnsafeMutableBufferPointer { output in
            var index = 0
            var count = 0
            while index < bytes.count {
                var byte = bytes[index]
                index += 1
                if byte == .percent {
                    guard index + 1 < bytes.count, let high = bytes[index].hexValue,
                        let low = bytes[index + 1].hexValue
                    else { return nil }
                    byte = high << 4 | low
                    index += 2
                } else if plusIsSpace && byte == 0x2B {
                    byte = 0x20
                }
                output[count] = byte
                count += 1
            }
            return text(UnsafeBufferPointer(rebasing: output[..<count]), controls)
        }
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>, _ controls: Controls) -> String? {
        switch controls {
        case .refused: if bytes.contains(where: { $0.isControl }) { return nil }
        case .allowedButNUL: if bytes.contains(0) { return nil }
        case .allowed: break
        }
        // ASCII needs no check; the checking initializer is not specialized and measured 120 ns more.
        let isASCII = bytes.reduce(0) { $0 | $1 } < 0x80
        return isASCII ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
    }

    /// One segment of a path: everything but unreserved characters is encoded, `/` too. A segment `.` or `..` cannot
    /// be told from a step in the path in any coding (RFC 3986 §6.2.2.2): the caller does not make such names.
    public static func encode(segment text: String) -> String { encode(text, spaceIsPlus: false) }

    /// A name or a value in a query or a form's body: spaces become `+`.
    public static func encode(queryComponent text: String) -> String { encode(text, spaceIsPlus: true) }

    private static func encode(_ text: String, spaceIsPlus: Bool) -> String {
        if text.utf8.allSatisfy({ $0.isUnreserved }) { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count * 2)
        for byte in text.utf8 {
            if byte.isUnreserved {
                bytes.append(byte)
            } else if spaceIsPlus && byte == 0x20 {
                bytes.append(0x2B)
            } else {
                bytes.append(.percent)
                bytes.append((byte >> 4).hexDigit)
                bytes.append((byte & 0x0F).hexDigit)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    /// RFC 3986 §2.3.
    var isUnreserved: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }

    /// The upper-case hexadecimal digit of a value below 16.
    fileprivate var hexDigit: UInt8 { self < 10 ? 0x30 &+ self : 0x37 &+ self }
}
