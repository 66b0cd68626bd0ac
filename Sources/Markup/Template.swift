// A template file as it was read: text and tags, not yet bound to any page.

struct Template: Sendable {
    /// Its path in the directory of templates.
    let file: String
    let nodes: [Node]
    let lastLine: Int
    /// Whether reading it found faults: its use of fields and words is then not judged, since parts are missing.
    let isBroken: Bool
}

enum Node: Sendable {
    /// Never more than one line, its line break included.
    case text([UInt8], line: Int)
    case field(String, line: Int)
    case raw(String, line: Int)
    case section(Section)
    case partial(String, [Argument], line: Int)
    case words(String, [Argument], line: Int)
    case asset(String, line: Int)
    case language(line: Int)
}

struct Section: Sendable {
    enum Kind: String, Sendable {
        case each
        case `if`
        case unless
        case with
    }

    let kind: Kind
    let field: String
    let line: Int
    var body: [Node] = []
    var elseLine: Int?
    var otherwise: [Node] = []
    var endLine: Int

    init(kind: Kind, field: String, line: Int) {
        self.kind = kind
        self.field = field
        self.line = line
        endLine = line
    }

    /// The tag as written, for messages.
    var opening: String { "{{#\(kind.rawValue) \(field)}} of line \(line)" }
}

/// `name="text"` or `name=field`, given to a partial or to words.
struct Argument: Sendable {
    enum Value: Sendable {
        case literal(String)
        case field(String)
    }

    let name: String
    let value: Value
}
