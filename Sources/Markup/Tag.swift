// What stands between `{{` and `}}`: the whole language of templates.
//
//     {{subject}}                                   a field of the innermost element, else of those around it; escaped
//     {{{chart}}}                                   a field declared .raw, in text only
//     {{#each rows}} … {{else}} … {{/each}}         each element of a list; if there is none, the rest
//     {{#with person}} … {{else}} … {{/with}}       the element, if it is there
//     {{#if isLate}} … {{else}} … {{/if}}           holds if there is something to show: true, not empty, not zero
//     {{#unless isLate}} … {{/unless}}
//     {{> shared/icon name="clock" label=subject}}  the file shared/icon.html, with arguments as its fields
//     {{t "tickets.open" count=open}}               words by key, with arguments; count chooses the plural
//     {{asset "atiende.css"}}  {{lang}}             the URL of a public file; es or en
//     {{! for whoever reads the template }}

enum Tag: Sendable {
    case field(String)
    case raw(String)
    case open(Section.Kind, String)
    case otherwise
    case close(Section.Kind)
    case partial(String, [Argument])
    case words(String, [Argument])
    case asset(String)
    case language
    case comment

    /// Names that a field or an argument may not have, because a tag has them.
    static let reservedNames: Set<String> = ["else", "lang", "t", "asset"]

    /// Tags that show nothing: a line that holds only such tags leaves no line.
    var isSilent: Bool {
        switch self {
        case .open, .otherwise, .close, .comment: true
        default: false
        }
    }

    /// Reads the inside of `{{…}}`.
    init(_ inside: ArraySlice<UInt8>) throws(TagError) {
        var reader = TagReader(inside.trimmed())
        switch reader.peek {
        case UInt8(ascii: "!"):
            self = .comment
            return
        case UInt8(ascii: "#"):
            reader.skip()
            let kind = try reader.sectionKind()
            self = .open(kind, try reader.name("a field"))
        case UInt8(ascii: "/"):
            reader.skip()
            self = .close(try reader.sectionKind())
        case UInt8(ascii: ">"):
            reader.skip()
            let name = try reader.path()
            self = .partial(name, try reader.arguments())
        default:
            self = try Tag.word(&reader)
        }
        try reader.end()
    }

    /// Reads the inside of `{{{…}}}`.
    init(raw inside: ArraySlice<UInt8>) throws(TagError) {
        var reader = TagReader(inside.trimmed())
        self = .raw(try reader.name("a field"))
        try reader.end()
    }

    private static func word(_ reader: inout TagReader) throws(TagError) -> Tag {
        let name = try reader.name("a field")
        switch name {
        case "else": return .otherwise
        case "lang": return .language
        case "asset": return .asset(try reader.quoted())
        case "t":
            let key = try reader.quoted()
            return .words(key, try reader.arguments())
        default: return .field(name)
        }
    }
}

struct TagError: Error {
    let message: String
}

/// Reads the words of a tag from left to right.
struct TagReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var peek: UInt8? { rest.first }

    mutating func skip() { rest = rest.dropFirst() }

    /// Nothing more may follow.
    mutating func end() throws(TagError) {
        skipSpace()
        if !rest.isEmpty { throw TagError(message: "unexpected \"\(String(rest.prefix(40)))\" in a tag") }
    }

    mutating func sectionKind() throws(TagError) -> Section.Kind {
        let word = try name("each, if, unless or with")
        guard let kind = Section.Kind(rawValue: word) else {
            throw TagError(message: "there is no section \"\(word)\": it is each, if, unless or with")
        }
        return kind
    }

    /// A letter, then letters, digits and `_`.
    mutating func name(_ expected: StaticString) throws(TagError) -> String {
        skipSpace()
        let found = rest.prefix { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
        guard let first = found.first, first.isLetter else {
            throw TagError(message: "here should stand the name of \(expected)")
        }
        rest = rest.dropFirst(found.count)
        return String(found)
    }

    /// A partial's name: its path without `.html`.
    mutating func path() throws(TagError) -> String {
        skipSpace()
        let found = rest.prefix {
            $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
        }
        if found.isEmpty { throw TagError(message: "here should stand the name of a partial, such as shared/icon") }
        rest = rest.dropFirst(found.count)
        return String(found)
    }

    /// Text between double quotes; it cannot hold one.
    mutating func quoted() throws(TagError) -> String {
        skipSpace()
        guard rest.first == UInt8(ascii: "\"") else { throw TagError(message: "here should stand a text in quotes") }
        skip()
        let text = rest.prefix { $0 != UInt8(ascii: "\"") }
        guard text.endIndex < rest.endIndex else { throw TagError(message: "a text in quotes is not closed") }
        rest = rest[(text.endIndex + 1)...]
        return String(text)
    }

    mutating func arguments() throws(TagError) -> [Argument] {
        var arguments: [Argument] = []
        skipSpace()
        while !rest.isEmpty {
            let name = try name("an argument")
            guard rest.first == UInt8(ascii: "=") else {
                throw TagError(message: "the argument \"\(name)\" needs a value: \(name)=field or \(name)=\"text\"")
            }
            skip()
            if arguments.contains(where: { $0.name == name }) {
                throw TagError(message: "the argument \"\(name)\" is given twice")
            }
            let isLiteral = rest.first == UInt8(ascii: "\"")
            arguments.append(
                Argument(name: name, value: isLiteral ? .literal(try quoted()) : .field(try self.name("a field"))))
            skipSpace()
        }
        return arguments
    }

    private mutating func skipSpace() {
        while let first = rest.first, first.isSpace { skip() }
    }
}
