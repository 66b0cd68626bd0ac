// Writes a table that spreadsheet programs open with its accents and without running any of it, and that the reader
// reads as it was.

struct CSVWriter: Sendable {
    /// So far, the mark that says UTF-8 first.
    private(set) var bytes = CSV.byteOrderMark

    /// The header, or a record with as many fields. A field that a spreadsheet would take for a formula gets an
    /// apostrophe in front, which makes it text there; the reader takes that off again.
    mutating func append(_ fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(CSV.Separator.comma.rawValue) }
            // A record of one empty field would be an empty line.
            append(field, isAlone: fields.count == 1)
        }
        bytes += [0x0D, 0x0A]
    }

    /// Takes what was written out, for a table that is sent while it is made.
    mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private mutating func append(_ field: String, isAlone: Bool) {
        let text = field.utf8
        let apostrophe = CSV.isFormula(text) ? [UInt8(ascii: "'")] : []
        guard isAlone && text.isEmpty || text.contains(where: Self.needsQuotes) else {
            bytes += apostrophe + text
            return
        }
        bytes.append(UInt8(ascii: "\""))
        bytes += apostrophe
        for byte in text {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Any separator, since programs differ in which one they take, quotes and line ends.
    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == 0x0D || byte == 0x0A || CSV.Separator(rawValue: byte) != nil
    }
}
