// Builds the tree of a template: sections hold what stands between their tags.

struct TemplateParser {
    /// Deeper nesting is a mistake, and every later step walks the tree by recursion.
    private static let deepest = 32

    private let file: String
    private var top: [Node] = []
    private var open: [Section] = []
    private var faults: [Fault] = []

    static func parse(_ bytes: [UInt8], file: String) -> (template: Template, faults: [Fault]) {
        if let line = lineOfBrokenUTF8(bytes) {
            let fault = Fault(file: file, line: line, message: "the text is not UTF-8")
            return (Template(file: file, nodes: [], lastLine: 1, isBroken: true), [fault])
        }
        let (lexemes, tagFaults, lastLine) = TemplateLexer.lexemes(of: withoutLastLineBreak(bytes), file: file)
        var parser = TemplateParser(file: file)
        for lexeme in lexemes { parser.take(lexeme) }
        parser.closeAll()
        // A tag that could not be read may have been an opening one: what the parser says then is noise.
        let faults = tagFaults.isEmpty ? parser.faults : tagFaults
        let template = Template(file: file, nodes: parser.top, lastLine: lastLine, isBroken: !faults.isEmpty)
        return (template, faults)
    }

    /// A file ends with a line break because editors want it, not because the page does: a partial in the middle of
    /// a line would break that line.
    private static func withoutLastLineBreak(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        if bytes.last == .lf { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return bytes
    }

    private init(file: String) { self.file = file }

    private mutating func take(_ lexeme: Lexeme) {
        let line = lexeme.line
        switch lexeme.content {
        case .text(let text): add(.text(Array(text), line: line))
        case .tag(.field(let name)): add(.field(name, line: line))
        case .tag(.raw(let name)): add(.raw(name, line: line))
        case .tag(.partial(let name, let arguments)): add(.partial(name, arguments, line: line))
        case .tag(.words(let key, let arguments)): add(.words(key, arguments, line: line))
        case .tag(.asset(let name)): add(.asset(name, line: line))
        case .tag(.language): add(.language(line: line))
        case .tag(.comment): break
        case .tag(.open(let kind, let field)): begin(kind, field, line)
        case .tag(.otherwise): turn(line)
        case .tag(.close(let kind)): end(kind, line)
        }
    }

    private mutating func add(_ node: Node) {
        guard let last = open.indices.last else { return top.append(node) }
        if open[last].elseLine == nil {
            open[last].body.append(node)
        } else {
            open[last].otherwise.append(node)
        }
    }

    private mutating func begin(_ kind: Section.Kind, _ field: String, _ line: Int) {
        if open.count == Self.deepest { note("sections are nested more than \(Self.deepest) deep", line) }
        open.append(Section(kind: kind, field: field, line: line))
    }

    private mutating func turn(_ line: Int) {
        guard let last = open.indices.last else { return note("{{else}} stands in no section", line) }
        if let first = open[last].elseLine {
            return note("{{#\(open[last].kind.rawValue) \(open[last].field)}} has its {{else}} on line \(first)", line)
        }
        open[last].elseLine = line
    }

    private mutating func end(_ kind: Section.Kind, _ line: Int) {
        guard var section = open.popLast() else { return note("{{/\(kind.rawValue)}} closes nothing", line) }
        if section.kind != kind { note("{{/\(kind.rawValue)}} cannot close \(section.opening)", line) }
        section.endLine = line
        if open.count < Self.deepest { add(.section(section)) }
    }

    private mutating func closeAll() {
        for section in open { note("{{#\(section.kind.rawValue) \(section.field)}} is never closed", section.line) }
    }

    private mutating func note(_ message: String, _ line: Int) {
        faults.append(Fault(file: file, line: line, message: message))
    }
}
