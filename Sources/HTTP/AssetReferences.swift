// Where stylesheets and JavaScript modules refer to other files of ours. Not parsers of these languages: they know
// comments and strings, so that nothing there is taken for a reference. What they miss stays as it is written and still
// works, since every file has its plain URL as well.

enum AssetReferences {
    /// The ranges of paths in `url(…)` and `@import "…"`, without query and fragment. Other hosts, data and fragments
    /// are no files of ours.
    static func inStylesheet(_ bytes: [UInt8]) -> [Range<Int>] {
        var scanner = Scanner(bytes: bytes)
        var found: [Range<Int>] = []
        var isImport = false
        while let byte = scanner.current {
            if scanner.skip("/*") {
                scanner.skipPast("*/")
            } else if byte == .quote || byte == 0x27 {
                let string = scanner.string()
                if isImport { found.append(string) }
                isImport = false
            } else if byte == .backslash {
                scanner.index += 2
            } else if byte == 0x40 {
                scanner.index += 1
                isImport = bytes[scanner.word()].matches("import")
            } else if byte.isNameByte {
                let word = bytes[scanner.word()]
                guard word.matches("url"), scanner.skip("(") else { continue }
                found.append(scanner.url())
                isImport = false
            } else {
                if byte == .semicolon { isImport = false }
                scanner.index += 1
            }
        }
        return found.compactMap { range in
            let path = bytes[range].prefix { $0 != 0x3F && $0 != 0x23 }
            let isElsewhere = path.contains(.colon) || path.first == .slash && !path.starts(with: Assets.prefix.utf8)
            return path.isEmpty || isElsewhere ? nil : path.startIndex..<path.endIndex
        }
    }

    /// The ranges of the paths in `import … from "…"`, `export … from "…"`, `import "…"` and `import("…")` that begin with
    /// `./`, `../` or the prefix of static files; bare names are no files.
    static func inModule(_ bytes: [UInt8]) -> [Range<Int>] {
        var scanner = Scanner(bytes: bytes)
        var found: [Range<Int>] = []
        /// Whether a string that comes next names a module.
        var isExpected = false
        while let byte = scanner.current {
            if scanner.skip("//") {
                scanner.skipPast("\n")
            } else if scanner.skip("/*") {
                scanner.skipPast("*/")
            } else if byte == .quote || byte == 0x27 || byte == 0x60 {
                let string = scanner.string()
                let path = bytes[string]
                let isOurs = ["./", "../", Assets.prefix].contains { path.starts(with: $0.utf8) }
                if isExpected && byte != 0x60 && isOurs { found.append(string) }
                isExpected = false
            } else if byte.isNameByte {
                let isMember = scanner.index > 0 && bytes[scanner.index - 1] == 0x2E
                let word = bytes[scanner.word()]
                let isImport = word.elementsEqual("import".utf8)
                isExpected = !isMember && (isImport || word.elementsEqual("from".utf8))
                if isImport { _ = scanner.skip("(") }
            } else {
                if !byte.isBlank && byte != .cr && byte != .lf { isExpected = false }
                scanner.index += 1
            }
        }
        return found
    }
}

private struct Scanner {
    let bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func skip(_ text: StaticString) -> Bool {
        guard index <= bytes.count, text.withUTF8Buffer({ bytes[index...].starts(with: $0) }) else { return false }
        index += text.utf8CodeUnitCount
        return true
    }

    mutating func skipPast(_ text: StaticString) {
        while index < bytes.count {
            if skip(text) { return }
            index += 1
        }
    }

    mutating func word() -> Range<Int> {
        let start = index
        while let byte = current, byte.isNameByte { index += 1 }
        return start..<index
    }

    /// The content of the string whose opening quote is here. It ends at its quote, or, except for a template, with its
    /// line: what looked like a string there was none.
    mutating func string() -> Range<Int> {
        let quote = bytes[index]
        index += 1
        let start = index
        while let byte = current, byte != quote, byte != .lf || quote == 0x60 {
            index += byte == .backslash ? 2 : 1
        }
        let end = min(index, bytes.count)
        index = end + 1
        return start..<end
    }

    /// What stands within `url(` and `)`, with or without quotes.
    mutating func url() -> Range<Int> {
        while let byte = current, byte.isBlank || byte == .cr || byte == .lf { index += 1 }
        if current == .quote || current == 0x27 { return string() }
        let start = index
        while let byte = current, byte != 0x29, byte > 0x20 { index += 1 }
        return start..<index
    }
}

extension UInt8 {
    /// A byte of a name in CSS or JavaScript.
    fileprivate var isNameByte: Bool {
        isDigit || lowercased &- 0x61 < 26 || self == 0x5F || self == .minus || self == 0x24 || self >= 0x80
    }
}
