// One file of words: lines of `key = text`, comments after `#`, and texts that run on over lines with white space
// before them.

/// A text with places for arguments: `Quedan {count} tickets`.
struct WordsText: Sendable, Equatable {
    enum Piece: Sendable, Equatable {
        case literal(String)
        case argument(String)
    }

    let pieces: [Piece]

    var arguments: Set<String> {
        Set(
            pieces.compactMap { piece in
                if case .argument(let name) = piece { name } else { nil }
            })
    }

    /// Nil if a `{` does not begin the name of an argument, or a `}` ends none.
    init?(_ text: String) {
        var pieces: [Piece] = []
        var rest = Array(text.utf8)[...]
        while let brace = rest.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) {
            if brace > rest.startIndex { pieces.append(.literal(String(rest[..<brace]))) }
            rest = rest[brace...]
            guard rest.popFirst() == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
                return nil
            }
            let name = rest[..<end]
            guard let first = name.first, first.isLetter, name.allSatisfy({ $0.isLetter || $0.isDigit }) else {
                return nil
            }
            pieces.append(.argument(String(name)))
            rest = rest[(end + 1)...]
        }
        if !rest.isEmpty { pieces.append(.literal(String(rest))) }
        self.pieces = pieces
    }
}

struct WordsFile {
    /// A key and its text, where they stand.
    struct Entry: Sendable {
        let key: String
        let text: WordsText
        let file: String
        let line: Int
    }

    private(set) var entries: [Entry] = []
    private(set) var faults: [Fault] = []
    private let file: String
    private var key = ""
    private var keyLine = 0
    private var text: [UInt8] = []

    init(_ bytes: [UInt8], file: String) {
        self.file = file
        if let line = lineOfBrokenUTF8(bytes) {
            note("the text is not UTF-8", line)
            return
        }
        var number = 0
        for line in bytes.split(separator: .lf, omittingEmptySubsequences: false) {
            number += 1
            read(line, number)
        }
        finishEntry()
    }

    private mutating func read(_ line: ArraySlice<UInt8>, _ number: Int) {
        let content = line.trimmed()
        if content.isEmpty || line.first == UInt8(ascii: "#") { return finishEntry() }
        if line.first?.isBlank == true {
            if keyLine == 0 { return note("a text runs on here that never began", number) }
            if !text.isEmpty { text.append(UInt8(ascii: " ")) }
            text += content
            return
        }
        finishEntry()
        guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
            return note("a line is key = text, a comment after #, or begins with white space", number)
        }
        let name = line[..<equals].trimmed()
        guard Self.isKey(name) else {
            return note("\"\(String(name))\" is not a key: it is feature.name, in letters, digits and -", number)
        }
        key = String(name)
        keyLine = number
        text = Array(line[(equals + 1)...].trimmed())
    }

    private mutating func finishEntry() {
        guard keyLine > 0 else { return }
        if text.isEmpty {
            note("\"\(key)\" has no text", keyLine)
        } else if let text = WordsText(String(text)) {
            entries.append(Entry(key: key, text: text, file: file, line: keyLine))
        } else {
            note("a brace in \"\(key)\" is not that of a {name}", keyLine)
        }
        keyLine = 0
    }

    private mutating func note(_ message: String, _ line: Int) {
        faults.append(Fault(file: file, line: line, message: message))
    }

    private static func isKey(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count > 1
            && parts.allSatisfy { part in
                guard let first = part.first else { return false }
                return first.isLetter && part.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
            }
    }
}
