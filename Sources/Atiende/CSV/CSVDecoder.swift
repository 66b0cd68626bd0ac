// The text of a field's bytes: UTF-8, or else Windows-1252 for the whole table.

struct CSVDecoder: Sendable {
    private(set) var encoding = CSV.Encoding.utf8
    /// Whether the table is known to be UTF-8: it began with the mark, or had a letter beyond ASCII that was.
    var isCertain = false

    /// Nil for what is neither, for NUL, and for Windows-1252 in a table that is UTF-8.
    mutating func text(_ bytes: ArraySlice<UInt8>) -> String? {
        let union = bytes.reduce(0) { $0 | $1 }
        if bytes.contains(0) { return nil }
        if union < 0x80 { return String(decoding: bytes, as: UTF8.self) }
        if encoding == .utf8 {
            if let text = String(validating: bytes, as: UTF8.self) {
                isCertain = true
                return text
            }
            if isCertain { return nil }
            encoding = .windows1252
        }
        var text = String.UnicodeScalarView()
        for byte in bytes {
            guard let scalar = Self.windows1252(byte) else { return nil }
            text.append(scalar)
        }
        return String(text)
    }

    /// Like Latin-1 but for 0x80 to 0x9F, of which five mean nothing.
    private static func windows1252(_ byte: UInt8) -> Unicode.Scalar? {
        guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
        return upper[Int(byte) - 0x80].flatMap { Unicode.Scalar($0) }
    }

    private static let upper: [UInt16?] = [
        0x20AC, nil, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, nil,
        0x017D, nil, nil, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, nil, 0x017E, 0x0178,
    ]
}
