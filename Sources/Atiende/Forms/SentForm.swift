// What a form brought, read by its description: bounded, without control characters, and kept to be shown again.

internal import HTTP
internal import Markup

struct SentForm: Sendable {
    let specs: [FieldSpec]
    /// As it was typed, by field; several where several were chosen.
    private(set) var values: [String: [String]] = [:]
    private(set) var faults = Faults()
    let files: [UploadedFile]
    private let words: Words

    /// Fields that the description does not name are not looked at.
    init(_ form: Form, _ specs: [FieldSpec], _ words: Words) {
        self.specs = specs
        self.words = words
        files = form.files
        for spec in specs where spec.kind != .file { read(spec, form) }
    }

    /// The first value, trimmed unless it is a secret; empty where none came.
    subscript(_ id: String) -> String { values[id]?.first ?? "" }

    func all(_ id: String) -> [String] { values[id] ?? [] }

    func isTicked(_ id: String) -> Bool { !self[id].isEmpty }

    /// Nil where the field is empty.
    func optional(_ id: String) -> String? { self[id].isEmpty ? nil : self[id] }

    mutating func fault(_ id: String, _ key: String, _ arguments: KeyValuePairs<String, Words.Value> = [:]) {
        faults.add(id, words.text(key, arguments))
    }

    mutating func fault(_ id: String, text: String) { faults.add(id, text) }

    /// A field was left empty, or what came is none of what it offers.
    mutating func faultEmpty(_ id: String) {
        guard let spec = specs.first(where: { $0.id == id }) else { return }
        fault(id, spec.isPicked ? "shared.fault.unpicked" : "shared.fault.empty", ["field": .text(name(of: spec))])
    }

    private func name(of spec: FieldSpec) -> String { words.text(spec.words + ".named") }

    /// Whether a field is filled in and nothing was found wrong with it so far.
    func isGood(_ id: String) -> Bool { !self[id].isEmpty && faults[id].isEmpty }

    // MARK: Reading

    private mutating func read(_ spec: FieldSpec, _ form: Form) {
        var sent = form.values(spec.id)
        if spec.kind != .secret { sent = sent.map { Self.cleaned($0, isText: spec.isText) } }
        if spec.kind != .choices { sent = Array(sent.prefix(1)) }
        // Bounded before anything else looks at it. No page offers such a tick: none came.
        let longest = spec.longest
        if spec.kind == .tick { sent.removeAll { $0.unicodeScalars.count > longest } }
        if let long = sent.first(where: { $0.unicodeScalars.count > longest }) {
            // The field begins the sentence.
            faults.add(
                spec.id,
                words.text(
                    "shared.fault.long",
                    [
                        "field": .text(name(of: spec)), "most": .number(longest),
                        "count": .number(long.unicodeScalars.count),
                    ]
                ).capitalizedFirst)
        } else if !spec.isOptional, sent.allSatisfy(\.isEmpty) {
            faultEmpty(spec.id)
        }
        values[spec.id] = sent
    }

    /// Without what no keyboard writes: controls, and characters that turn the direction of the text that follows.
    /// Line breaks of a text become `\n`; a line has none.
    static func cleaned(_ text: String, isText: Bool) -> String {
        var scalars = String.UnicodeScalarView()
        var followsReturn = false
        for scalar in text.unicodeScalars {
            defer { followsReturn = scalar == "\r" }
            switch scalar.value {
            case 0x0A where followsReturn: continue
            case 0x0A, 0x0D: scalars.append(isText ? "\n" : " ")
            case 0x09: scalars.append(isText ? "\t" : " ")
            case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: continue
            default: scalars.append(scalar)
            }
        }
        var view = Substring(scalars)
        while let first = view.unicodeScalars.first, first.isSpace { view.unicodeScalars.removeFirst() }
        while let last = view.unicodeScalars.last, last.isSpace { view.unicodeScalars.removeLast() }
        return String(view)
    }
}

extension Substring {
    fileprivate init(_ scalars: String.UnicodeScalarView) { self = String(scalars)[...] }
}

extension Unicode.Scalar {
    fileprivate var isSpace: Bool { self == " " || self == "\n" || self == "\t" || self == "\u{A0}" }
}

extension FieldSpec {
    fileprivate var isText: Bool {
        if case .text = kind { true } else { false }
    }

    fileprivate var isPicked: Bool { kind == .select || kind == .choice || kind == .choices }
}

extension Form {
    /// What a field without a description carries from one page to the next: cut, and cleaned as a line is. Nil where it
    /// is absent.
    func carried(_ name: String, upTo longest: Int = 1000) -> String? {
        self[name].map {
            SentForm.cleaned(String(String.UnicodeScalarView($0.unicodeScalars.prefix(longest))), isText: false)
        }
    }
}
