// ASCII on bytes: the few questions that the readers of templates and words ask.

extension UInt8 {
    /// ASCII letters in lower case, everything else unchanged.
    @inline(__always)
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    var isLetter: Bool { lowercased &- 0x61 < 26 }
    var isDigit: Bool { self &- 0x30 < 10 }
    /// White space of HTML, which is that of templates too.
    var isSpace: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D || self == 0x0C }
    /// White space that does not end a line. CR counts, so that files with CR LF read the same.
    var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }

    static let lf: UInt8 = 0x0A
}

extension Collection<UInt8> {
    var lineBreaks: Int { reduce(0) { $1 == .lf ? $0 + 1 : $0 } }
}

extension ArraySlice<UInt8> {
    func trimmed() -> ArraySlice<UInt8> {
        var rest = self
        while let first = rest.first, first.isSpace { rest.removeFirst() }
        while let last = rest.last, last.isSpace { rest.removeLast() }
        return rest
    }
}

extension String {
    init(_ bytes: some Collection<UInt8>) { self.init(decoding: bytes, as: UTF8.self) }
}

/// The line of the first byte that is not UTF-8; nil if all is well.
func lineOfBrokenUTF8(_ bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    let lines = bytes.split(separator: .lf, omittingEmptySubsequences: false)
    return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
}
