// Text as lines of ASCII that pass through any mail server (RFC 2045 §6.7).

enum QuotedPrintable {
    private static let longestLine = 76
    private static let hexadecimal = Array("0123456789ABCDEF".utf8)

    /// Appends the text with CRLF for each of its line ends, and one at its end.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        let source = Array(text.utf8)
        var column = 0
        var index = 0
        while index < source.count {
            let byte = source[index]
            if byte == 0x0D || byte == 0x0A {
                index += byte == 0x0D && index + 1 < source.count && source[index + 1] == 0x0A ? 2 : 1
                bytes += "\r\n".utf8
                column = 0
                continue
            }
            let isLast = index + 1 == source.count || source[index + 1] == 0x0D || source[index + 1] == 0x0A
            let isLiteral = (0x21...0x7E).contains(byte) && byte != 0x3D || (byte == 0x20 || byte == 0x09) && !isLast
            // A character's bytes stay on one line, with room for the mark of a soft line break.
            let width = isLiteral ? 1 : 3 * sequenceLength(byte)
            if column + width >= longestLine {
                bytes += "=\r\n".utf8
                column = 0
            }
            if isLiteral {
                bytes.append(byte)
                column += 1
            } else {
                bytes += [0x3D, hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 0xF)]]
                column += 3
            }
            index += 1
        }
        if column > 0 || source.isEmpty { bytes += "\r\n".utf8 }
    }

    /// Bytes of the UTF-8 sequence that begins with this one; 1 within a sequence.
    private static func sequenceLength(_ lead: UInt8) -> Int {
        switch lead {
        case 0xC0...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xFF: 4
        default: 1
        }
    }
}
