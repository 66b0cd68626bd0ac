// Binds one template to the fields of its page, in one language: every name becomes an address or a fault.

struct Compiler {
    /// Beyond this many nodes, partials included, a page is a mistake (partials can multiply each other).
    private static let mostNodes = 200_000
    private static let deepestPartial = 16

    let library: Library
    let language: Language
    let asset: @Sendable (String) -> String?
    var program = Program()
    var faults: [Fault] = []
    var usage = Usage()
    var context = MarkupContext()
    var scopes: [Scope] = []
    /// The file being compiled, and the partials that lead to it.
    var file = ""
    private var files: [String] = []
    private var nodes = 0
    /// Literals are joined only after this operation: a jump leads here.
    private var lastTarget = 0

    init(library: Library, language: Language, asset: @escaping @Sendable (String) -> String?) {
        self.library = library
        self.language = language
        self.asset = asset
    }

    mutating func compile(_ page: Shape, template path: String) {
        guard let template = library.templates[path] else {
            usage.isComplete = false
            if library.faults.contains(where: { $0.file == path }) { return }
            let hint = suggestion(for: path, among: library.templates.keys)
            return note("\(page.typeName) has no such template\(hint)", 0, in: path)
        }
        guard !template.isBroken else {
            usage.isComplete = false
            usage.files.insert(path)
            return
        }
        enter(page, template.file, line: 1)
        include(template)
        if context.place != .text { note("the template ends in \(context.description)", template.lastLine, in: path) }
    }

    /// Compiles a whole file where the context stands now.
    mutating func include(_ template: Template) {
        usage.files.insert(template.file)
        let outer = file
        file = template.file
        files.append(template.file)
        compile(template.nodes)
        files.removeLast()
        file = outer
    }

    mutating func compile(_ list: [Node]) {
        for node in list {
            nodes += 1
            if nodes == Self.mostNodes { note("the page is too big: its partials multiply each other", 0) }
            if nodes >= Self.mostNodes { return usage.isComplete = false }
            compile(node)
        }
    }

    private mutating func compile(_ node: Node) {
        switch node {
        case .text(let bytes, let line): addTemplateText(bytes, line)
        case .field(let name, let line): addField(name, line)
        case .raw(let name, let line): addRaw(name, line)
        case .section(let section): addSection(section)
        case .partial(let name, let arguments, let line): addPartial(name, arguments, line)
        case .words(let key, let arguments, let line): addWords(key, arguments, line)
        case .asset(let name, let line): addAsset(name, line)
        case .language(let line): addLiteralValue(language.rawValue, "{{lang}}", line)
        }
    }

    private mutating func addTemplateText(_ bytes: [UInt8], _ line: Int) {
        var problem: String?
        for byte in bytes {
            let found = context.feed(byte)
            problem = problem ?? found
        }
        if let problem { note(problem, line) }
        add(literal: bytes)
    }

    private mutating func addPartial(_ name: String, _ arguments: [Argument], _ line: Int) {
        let path = name + ".html"
        guard let template = library.templates[path] else {
            usage.isComplete = false
            let names = library.templates.keys.map { String($0.dropLast(".html".utf8.count)) }
            return note("there is no partial \"\(name)\"\(suggestion(for: name, among: names))", line)
        }
        if files.contains(path) { return note("the partial \"\(name)\" includes itself", line) }
        if files.count > Self.deepestPartial { return note("partials are nested too deep", line) }
        guard let entry = context.atEdge else {
            return note("a partial may not stand in \(context.description)", line)
        }
        context = entry
        scopes.append(.arguments(resolve(arguments, line), used: []))
        if template.isBroken { usage.isComplete = false }
        include(template)
        if case .arguments(let given, let used)? = scopes.popLast(), !template.isBroken {
            for argument in given.keys.sorted() where !used.contains(argument) {
                note("the partial \"\(name)\" does not use the argument \"\(argument)\"", line)
            }
        }
        guard let exit = context.atEdge, let joined = entry.joined(with: exit) else {
            note(
                "the partial begins in \(entry.description) and ends in \(context.description)", template.lastLine,
                in: path)
            return context = entry
        }
        // Unlike a section, a partial is always there: what follows it sees its end, not its beginning.
        context = joined
        context.url = exit.url
        context.place = exit.place
    }

    mutating func note(_ message: String, _ line: Int, in file: String? = nil) {
        faults.append(Fault(file: file ?? self.file, line: line, message: message))
    }

    // MARK: - Operations

    mutating func add(literal bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        let start = program.bytes.count
        program.bytes += bytes
        let end = program.bytes.count
        if program.operations.count > lastTarget, case .literal(let range)? = program.operations.last,
            range.upperBound == start
        {
            program.operations[program.operations.count - 1] = .literal(range.lowerBound..<end)
        } else {
            program.operations.append(.literal(start..<end))
        }
    }

    mutating func add(_ operation: Operation) { program.operations.append(operation) }

    /// Adds an operation whose targets are not known yet, and gives its place.
    mutating func addGap() -> Int {
        add(.skip(to: 0))
        return program.operations.count - 1
    }

    mutating func fill(_ gap: Int, with operation: Operation) { program.operations[gap] = operation }

    /// The place of the next operation, to jump to.
    mutating func target() -> Int {
        lastTarget = program.operations.count
        return lastTarget
    }
}
