// All templates and words as they stood when they were read, with every fault that shows without their pages.

struct Library: Sendable {
    /// By path: `home/index.html`.
    let templates: [String: Template]
    let words: WordsTable
    let faults: [Fault]

    /// `files`: every template and every `words/….txt`, by path in the directory.
    init(files: [String: [UInt8]], faults readingFaults: [Fault] = []) {
        var faults = readingFaults
        var templates: [String: Template] = [:]
        for (path, bytes) in files where path.hasSuffix(".html") {
            let (template, found) = TemplateParser.parse(bytes, file: path)
            templates[path] = template
            faults += found
        }
        words = WordsTable(files.filter { $0.key.hasPrefix("words/") && $0.key.hasSuffix(".txt") })
        self.templates = templates
        self.faults = faults + words.faults
    }
}

/// What the bound pages took from a library: the rest is used by nobody.
struct Usage: Sendable {
    /// What one type of page or element declares, and what a template used of it.
    struct Fields: Sendable {
        let typeName: String
        /// Where it was first used: that is where a fault is shown.
        let file: String
        let line: Int
        let declared: [String]
        var used: Set<String> = []
    }

    /// Whether every template could be seen to its end. If not, nothing can be said about what nobody uses.
    var isComplete = true
    var files: Set<String> = []
    var keys: Set<String> = []
    var fields: [ObjectIdentifier: Fields] = [:]

    mutating func add(_ other: Usage) {
        isComplete = isComplete && other.isComplete
        files.formUnion(other.files)
        keys.formUnion(other.keys)
        fields.merge(other.fields) { mine, others in
            var both = mine
            both.used.formUnion(others.used)
            return both
        }
    }

    /// Fields that no template of a bound page uses.
    var faults: [Fault] {
        fields.values.flatMap { fields in
            fields.declared.filter { !fields.used.contains($0) }.map { name in
                let message = "the field \"\(name)\" of \(fields.typeName) is never used"
                return Fault(file: fields.file, line: fields.line, message: message)
            }
        }
    }
}
