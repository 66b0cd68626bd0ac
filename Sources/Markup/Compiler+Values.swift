// Values: fields, words, assets, each escaped for the place where it stands.

extension Compiler {
    /// How a value is written.
    private enum Writing {
        case escaped
        /// At the beginning of an attribute that holds a URL.
        case checkedURL
    }

    /// Whether and how a value may stand here; the context is moved past it. Nil if it was refused.
    private mutating func place(_ what: String, _ line: Int) -> Writing? {
        if let refusal = context.refusal {
            note("\(what) may not stand in \(refusal)", line)
            context.passRefusedValue()
            return nil
        }
        if let refusal = context.url.refusal {
            note("\(what): \(refusal)", line)
            context.url = .settled
            return nil
        }
        guard context.url == .start else { return .escaped }
        context.url = .afterValue
        return .checkedURL
    }

    mutating func addField(_ name: String, _ line: Int) {
        let reference = resolve(name, line)
        guard let writing = place("{{\(name)}}", line) else { return }
        add(reference, writing, line)
    }

    /// A text that is known now.
    mutating func addLiteralValue(_ text: String, _ what: String, _ line: Int) {
        guard let writing = place(what, line) else { return }
        add(literalValue: text, writing)
    }

    mutating func addRaw(_ name: String, _ line: Int) {
        let reference = resolve(name, line)
        guard context.takesMarkup else {
            return note("{{{\(name)}}} may stand in text only, not in \(context.description)", line)
        }
        switch reference {
        case .value(let owner, .raw(let read), _): add(.markup(owner: owner, read))
        case .value(_, .content, _): add(.content)
        case .unknown: break
        default: note("{{{\(name)}}} is for markup: the field is not declared .raw; write {{\(name)}}", line)
        }
    }

    /// The URL comes from the server itself, so what follows it is not restricted.
    mutating func addAsset(_ name: String, _ line: Int) {
        guard let url = asset(name) else { return note("there is no asset \"\(name)\"", line) }
        let isURL = context.url == .start
        guard place("{{asset \"\(name)\"}}", line) != nil else { return }
        if isURL { context.url = .settled }
        add(literalValue: url, .escaped)
    }

    mutating func addWords(_ key: String, _ arguments: [Argument], _ line: Int) {
        usage.keys.insert(key)
        let what = "{{t \"\(key)\"}}"
        let references = resolve(arguments, line)
        guard let phrase = library.words.phrases[language.index][key] else {
            // A key that only the other language has is a fault of the words.
            let keys = library.words.phrases.flatMap(\.keys)
            if !keys.contains(key) { note("there are no words \"\(key)\"\(suggestion(for: key, among: keys))", line) }
            return
        }
        for name in phrase.arguments.sorted() where references[name] == nil {
            note("\(what) needs the argument \"\(name)\"", line)
        }
        for name in references.keys.sorted() where !phrase.arguments.contains(name) {
            note("\(what) has no place for the argument \"\(name)\"", line)
        }
        if !phrase.arguments.isEmpty, context.url == .start, context.refusal == nil {
            return note("\(what): a URL may not begin with words that take arguments", line)
        }
        guard let writing = place(what, line) else { return }
        if phrase.isPlural {
            addPlural(phrase, references, what, line)
        } else {
            add(phrase.other, references, writing, line)
        }
    }

    private mutating func addPlural(_ phrase: Phrase, _ references: [String: Reference], _ what: String, _ line: Int) {
        switch references["count"] {
        case .value(let owner, .number(let read), _):
            let choice = addGap()
            let zero = target()
            if let text = phrase.zero { add(text, references, .escaped, line) }
            let zeroEnd = addGap()
            let one = target()
            add(phrase.form(for: 1), references, .escaped, line)
            let oneEnd = addGap()
            let other = target()
            add(phrase.other, references, .escaped, line)
            let end = target()
            fill(zeroEnd, with: .skip(to: end))
            fill(oneEnd, with: .skip(to: end))
            let zeroForm = phrase.zero == nil ? other : zero
            fill(choice, with: .plural(owner: owner, read, zero: zeroForm, one: one, other: other))
        case .literal(let text):
            guard let count = Int(text) else { return note("\(what): \"count\" is not a number", line) }
            add(phrase.form(for: count), references, .escaped, line)
        case .value: note("\(what): \"count\" must be a field declared .number", line)
        case .unknown, nil: break
        }
    }

    private mutating func add(
        _ text: WordsText, _ references: [String: Reference], _ writing: Writing, _ line: Int
    ) {
        for piece in text.pieces {
            switch piece {
            case .literal(let literal): add(literalValue: literal, writing)
            case .argument(let name): add(references[name] ?? .unknown, writing, line)
            }
        }
    }

    private mutating func add(_ reference: Reference, _ writing: Writing, _ line: Int) {
        switch reference {
        case .literal(let text): add(literalValue: text, writing)
        case .value(let owner, .text(let read), _):
            add(writing == .escaped ? .text(owner: owner, read) : .url(owner: owner, read))
        case .value(let owner, .number(let read), _): add(.number(owner: owner, read))
        case .value(_, .flag, let field): note("\"\(field)\" is a flag: it has no text; write {{#if \(field)}}", line)
        case .value(_, .list, let field): note("\"\(field)\" is a list: write {{#each \(field)}}", line)
        case .value(_, .part, let field): note("\"\(field)\" is a part: write {{#with \(field)}}", line)
        case .value(_, .raw, let field), .value(_, .content, let field):
            note("\"\(field)\" is markup: write {{{\(field)}}}", line)
        case .unknown: break
        }
    }

    private mutating func add(literalValue text: String, _ writing: Writing) {
        var escaped = HTMLBuffer()
        if writing == .escaped { escaped.append(text: text) } else { escaped.append(url: text) }
        add(literal: escaped.bytes)
    }
}
