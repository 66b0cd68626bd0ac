// Cuts a template into text and tags, and takes out the lines that hold nothing but silent tags.

struct Lexeme {
    enum Content {
        case text(ArraySlice<UInt8>)
        case tag(Tag)
    }

    let content: Content
    let line: Int

    var isSilentTag: Bool {
        if case .tag(let tag) = content { tag.isSilent } else { false }
    }

    var isBlankText: Bool {
        if case .text(let text) = content { text.allSatisfy(\.isSpace) } else { false }
    }

    var endsLine: Bool {
        if case .text(let text) = content { text.last == .lf } else { false }
    }
}

struct TemplateLexer {
    private let file: String
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var lexemes: [Lexeme] = []
    private var faults: [Fault] = []

    static func lexemes(of bytes: [UInt8], file: String) -> (lexemes: [Lexeme], faults: [Fault], lastLine: Int) {
        var lexer = TemplateLexer(file: file, bytes: bytes)
        lexer.readAll()
        return (withoutLoneLines(lexer.lexemes), lexer.faults, lexer.line)
    }

    private init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
    }

    private mutating func readAll() {
        var textStart = 0
        while position < bytes.count {
            if isNext("{{") {
                add(textStart..<position)
                guard readTag() else { return }
                textStart = position
            } else if bytes[position] == .lf {
                position += 1
                add(textStart..<position)
                line += 1
                textStart = position
            } else {
                position += 1
            }
        }
        add(textStart..<position)
    }

    /// False if the tag never ends: nothing after it can be read then.
    private mutating func readTag() -> Bool {
        let start = line
        let isRaw = isNext("{{{")
        let isComment = !isRaw && isNext("{{!")
        position += isRaw ? 3 : 2
        let inside = position
        guard let end = endOfTag(closing: isRaw ? "}}}" : "}}", ignoringQuotes: isComment) else {
            note("a tag begins here and never ends", start)
            return false
        }
        position = end + (isRaw ? 3 : 2)
        line += bytes[inside..<end].lineBreaks
        do throws(TagError) {
            let tag = isRaw ? try Tag(raw: bytes[inside..<end]) : try Tag(bytes[inside..<end])
            lexemes.append(Lexeme(content: .tag(tag), line: start))
        } catch {
            note(error.message, start)
        }
        return true
    }

    private func endOfTag(closing: StaticString, ignoringQuotes: Bool) -> Int? {
        var end = position
        var isQuoted = false
        while end < bytes.count {
            if !isQuoted, starts(with: closing, at: end) { return end }
            if bytes[end] == UInt8(ascii: "\""), !ignoringQuotes { isQuoted.toggle() }
            end += 1
        }
        return nil
    }

    private func isNext(_ text: StaticString) -> Bool { starts(with: text, at: position) }

    private func starts(with text: StaticString, at index: Int) -> Bool {
        text.withUTF8Buffer { text in
            index + text.count <= bytes.count && text.indices.allSatisfy { bytes[index + $0] == text[$0] }
        }
    }

    private mutating func add(_ range: Range<Int>) {
        if !range.isEmpty { lexemes.append(Lexeme(content: .text(bytes[range]), line: line)) }
    }

    private mutating func note(_ message: String, _ line: Int) {
        faults.append(Fault(file: file, line: line, message: message))
    }

    /// Text never crosses a line break, so a line is the lexemes up to one that ends with it.
    private static func withoutLoneLines(_ lexemes: [Lexeme]) -> [Lexeme] {
        var kept: [Lexeme] = []
        var lineStart = 0
        for index in lexemes.indices where lexemes[index].endsLine || index == lexemes.count - 1 {
            let line = lexemes[lineStart...index]
            let isLone = line.contains(where: \.isSilentTag) && line.allSatisfy { $0.isSilentTag || $0.isBlankText }
            kept += isLone ? line.filter(\.isSilentTag) : Array(line)
            lineStart = index + 1
        }
        return kept
    }
}
