// A text as the data codewords of a QR code: byte mode (§7.4.5), in the smallest version that holds it.

enum QRData {
    private static let byteMode = (value: 0b0100, bits: 4)
    /// Extended channel interpretation 26: what follows is UTF-8. Without it bytes are Latin-1, and readers guess.
    private static let utf8 = (value: 0b0111_0001_1010, bits: 12)

    static func encode(_ text: String) -> (version: QRVersion, codewords: [UInt8])? {
        let bytes = Array(text.utf8)
        let isASCII = bytes.allSatisfy { $0 < 0x80 }
        let header = byteMode.bits + (isASCII ? 0 : utf8.bits)
        let fitting = QRVersion.all.first { header + $0.countBits + 8 * bytes.count <= 8 * $0.dataCount }
        guard let version = fitting else { return nil }
        var bits = Bits()
        if !isASCII { bits.append(utf8.value, utf8.bits) }
        bits.append(byteMode.value, byteMode.bits)
        bits.append(bytes.count, version.countBits)
        for byte in bytes { bits.append(Int(byte), 8) }
        // The terminator is four zero bits, or as many as fit; then zeros up to a whole byte.
        bits.append(0, min(4, 8 * version.dataCount - bits.count))
        bits.append(0, (8 - bits.count % 8) % 8)
        var codewords = bits.bytes
        for index in 0..<version.dataCount - codewords.count {
            codewords.append(index.isMultiple(of: 2) ? 0b1110_1100 : 0b0001_0001)
        }
        return (version, codewords)
    }

    private struct Bits {
        private(set) var bytes: [UInt8] = []
        private(set) var count = 0

        /// The lowest bits of a value, the highest of them first.
        mutating func append(_ value: Int, _ size: Int) {
            for shift in (0..<size).reversed() {
                if count.isMultiple(of: 8) { bytes.append(0) }
                if value >> shift & 1 == 1 { bytes[count / 8] |= 0x80 >> (count % 8) }
                count += 1
            }
        }
    }
}
