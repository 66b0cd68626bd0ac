// The words of every file, by key and language, and the checks that they are complete.

/// What a key says in one language.
struct Phrase: Sendable {
    /// Without plurals only `other` is there.
    let zero: WordsText?
    let one: WordsText?
    let other: WordsText
    let file: String
    let line: Int

    var isPlural: Bool { one != nil }

    /// The arguments of all forms; a plural always takes `count`.
    var arguments: Set<String> {
        var names = other.arguments.union(one?.arguments ?? []).union(zero?.arguments ?? [])
        if isPlural { names.insert("count") }
        return names
    }

    /// The form for a number. Spanish and English agree: one thing is singular, everything else plural.
    func form(for count: Int) -> WordsText {
        if count == 0, let zero { return zero }
        if count == 1, let one { return one }
        return other
    }
}

struct WordsTable: Sendable {
    /// By `Language.index`.
    private(set) var phrases: [[String: Phrase]] = [[:], [:]]
    private(set) var faults: [Fault] = []

    private static let forms = ["zero", "one", "other"]

    /// `files`: paths such as `words/es.home.txt` with their bytes.
    init(_ files: [String: [UInt8]]) {
        var entries: [[WordsFile.Entry]] = [[], []]
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            let name = path.split(separator: "/").last ?? ""
            guard let language = Language.allCases.first(where: { name.hasPrefix("\($0.rawValue).") }) else {
                note("the name of a file of words begins with es. or en.", path, 0)
                continue
            }
            let file = WordsFile(bytes, file: path)
            entries[language.index] += file.entries
            faults += file.faults
        }
        for language in Language.allCases { gather(entries[language.index], language) }
        compareLanguages()
    }

    private mutating func gather(_ entries: [WordsFile.Entry], _ language: Language) {
        var found: [String: WordsFile.Entry] = [:]
        for entry in entries {
            if let first = found[entry.key] {
                note("\"\(entry.key)\" stands already in \(first.file):\(first.line)", entry.file, entry.line)
            } else {
                found[entry.key] = entry
            }
        }
        var stems: Set<String> = []
        for entry in found.values {
            let stem = Self.stem(of: entry.key)
            if let stem { stems.insert(stem) }
            if stem == nil { phrases[language.index][entry.key] = plain(entry) }
        }
        for stem in stems { gatherPlural(stem, found, language) }
    }

    private func plain(_ entry: WordsFile.Entry) -> Phrase {
        Phrase(zero: nil, one: nil, other: entry.text, file: entry.file, line: entry.line)
    }

    private mutating func gatherPlural(_ stem: String, _ found: [String: WordsFile.Entry], _ language: Language) {
        let forms = Self.forms.map { found["\(stem).\($0)"] }
        guard let place = forms.compactMap(\.self).min(by: { ($0.file, $0.line) < ($1.file, $1.line) }) else { return }
        if let same = found[stem] {
            note("\"\(stem)\" has plural forms in \(place.file):\(place.line)", same.file, same.line)
        }
        if forms[1] == nil { note("\"\(stem)\" has no form .one", place.file, place.line) }
        if forms[2] == nil { note("\"\(stem)\" has no form .other", place.file, place.line) }
        // With a form missing the other one stands in, so that no second fault follows from the first.
        let one = forms[1] ?? forms[2] ?? place
        let other = forms[2] ?? one
        phrases[language.index][stem] = Phrase(
            zero: forms[0]?.text, one: one.text, other: other.text, file: place.file, line: place.line)
    }

    private mutating func compareLanguages() {
        for (language, opposite) in [(Language.es, Language.en), (.en, .es)] {
            for (key, phrase) in phrases[language.index] {
                guard let twin = phrases[opposite.index][key] else {
                    note("\"\(key)\" is missing in \(opposite.rawValue)", phrase.file, phrase.line)
                    continue
                }
                if phrase.isPlural, !twin.isPlural {
                    note("\"\(key)\" has plural forms, but not in \(opposite.rawValue)", phrase.file, phrase.line)
                    continue
                }
                for name in phrase.arguments.subtracting(twin.arguments) where phrase.isPlural == twin.isPlural {
                    note("\"\(key)\" has {\(name)}, which \(opposite.rawValue) has not", phrase.file, phrase.line)
                }
            }
        }
    }

    /// `tickets.open` for `tickets.open.one`; nil if the key is not a plural's form.
    private static func stem(of key: String) -> String? {
        for form in forms where key.hasSuffix(".\(form)") {
            let stem = key.dropLast(form.utf8.count + 1)
            return stem.contains(".") ? String(stem) : nil
        }
        return nil
    }

    private mutating func note(_ message: String, _ file: String, _ line: Int) {
        faults.append(Fault(file: file, line: line, message: message))
    }

    /// Keys that nothing uses, and keys that the code uses and no file has.
    ///
    /// A key of the code that ends with `.*` stands for every key that begins so.
    func faults(usedByTemplates used: Set<String>, usedByCode: [String]) -> [Fault] {
        let exact = Set(usedByCode.filter { !$0.hasSuffix(".*") })
        let prefixes = usedByCode.filter { $0.hasSuffix(".*") }.map { $0.dropLast() }
        var faults: [Fault] = []
        var known: Set<String> = []
        for phrases in phrases {
            for (key, phrase) in phrases {
                known.insert(key)
                let isUsed = used.contains(key) || exact.contains(key) || prefixes.contains { key.hasPrefix($0) }
                if isUsed { continue }
                faults.append(Fault(file: phrase.file, line: phrase.line, message: "\"\(key)\" is used nowhere"))
            }
        }
        for key in exact where !known.contains(key) {
            let hint = suggestion(for: key, among: known)
            faults.append(Fault(file: "words", line: 0, message: "the code uses \"\(key)\", which is missing\(hint)"))
        }
        for prefix in prefixes where !known.contains(where: { $0.hasPrefix(prefix) }) {
            faults.append(Fault(file: "words", line: 0, message: "the code uses \"\(prefix)*\", which is missing"))
        }
        return faults
    }
}
