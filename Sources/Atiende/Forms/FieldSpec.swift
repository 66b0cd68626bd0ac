// What a form asks for, described once: its words, its kind, its bounds. The page is drawn from it and what was sent is
// read by it.

struct FieldSpec: Sendable {
    enum Kind: Sendable, Equatable {
        case line
        case mail
        case phone
        case number
        case date
        /// Never shown again once it was sent.
        case secret
        /// Several lines of text.
        case text(rows: Int)
        /// One of a few, in a list that opens.
        case select
        /// One of a few, each with its consequence in view.
        case choice
        /// Any of a few.
        case choices
        case tick
        case file
    }

    /// Its name in the form, and its id on the page.
    let id: String
    /// The key of its label; its hint, if it has one, is the same with `.hint`, and its name as it stands in a sentence
    /// (`la razón social`) with `.named`. A tick needs none.
    let words: String
    let kind: Kind
    /// The most characters.
    var longest = 200
    var isOptional = false
    var hasHint = false
    /// What a browser may fill in by itself (HTML §4.10.18.7.1).
    var autocomplete = ""
    /// Half the width of the form.
    var isShort = false

    static func line(
        _ id: String, _ words: String, upTo longest: Int = 200, isOptional: Bool = false, hasHint: Bool = false,
        autocomplete: String = "", isShort: Bool = false
    ) -> FieldSpec {
        FieldSpec(
            id: id, words: words, kind: .line, longest: longest, isOptional: isOptional, hasHint: hasHint,
            autocomplete: autocomplete, isShort: isShort)
    }

    static func mail(
        _ id: String, _ words: String, isOptional: Bool = false, hasHint: Bool = false, autocomplete: String = "email"
    ) -> FieldSpec {
        FieldSpec(
            id: id, words: words, kind: .mail, longest: 254, isOptional: isOptional, hasHint: hasHint,
            autocomplete: autocomplete)
    }

    static func phone(
        _ id: String, _ words: String, isOptional: Bool = false, hasHint: Bool = false, autocomplete: String = "tel"
    ) -> FieldSpec {
        FieldSpec(
            id: id, words: words, kind: .phone, longest: 40, isOptional: isOptional, hasHint: hasHint,
            autocomplete: autocomplete, isShort: true)
    }

    static func number(_ id: String, _ words: String, isOptional: Bool = false, hasHint: Bool = false) -> FieldSpec {
        FieldSpec(
            id: id, words: words, kind: .number, longest: 12, isOptional: isOptional, hasHint: hasHint, isShort: true)
    }

    static func date(_ id: String, _ words: String, isOptional: Bool = false, hasHint: Bool = false) -> FieldSpec {
        FieldSpec(
            id: id, words: words, kind: .date, longest: 10, isOptional: isOptional, hasHint: hasHint, isShort: true)
    }

    /// A password or an answer; its length is the business of what takes it.
    static func secret(_ id: String, _ words: String, hasHint: Bool = false, autocomplete: String) -> FieldSpec {
        FieldSpec(
            id: id, words: words, kind: .secret, longest: 1024, hasHint: hasHint, autocomplete: autocomplete)
    }

    static func text(
        _ id: String, _ words: String, upTo longest: Int, rows: Int = 4, isOptional: Bool = false, hasHint: Bool = false
    ) -> FieldSpec {
        FieldSpec(
            id: id, words: words, kind: .text(rows: rows), longest: longest, isOptional: isOptional, hasHint: hasHint)
    }

    static func select(
        _ id: String, _ words: String, isOptional: Bool = false, hasHint: Bool = false, isShort: Bool = true
    ) -> FieldSpec {
        FieldSpec(id: id, words: words, kind: .select, isOptional: isOptional, hasHint: hasHint, isShort: isShort)
    }

    /// - Parameter isShort: In two columns.
    static func choice(
        _ id: String, _ words: String, isOptional: Bool = false, hasHint: Bool = false, isShort: Bool = false
    ) -> FieldSpec {
        FieldSpec(id: id, words: words, kind: .choice, isOptional: isOptional, hasHint: hasHint, isShort: isShort)
    }

    static func choices(_ id: String, _ words: String, hasHint: Bool = false) -> FieldSpec {
        FieldSpec(id: id, words: words, kind: .choices, isOptional: true, hasHint: hasHint)
    }

    static func tick(_ id: String, _ words: String, hasHint: Bool = false) -> FieldSpec {
        FieldSpec(id: id, words: words, kind: .tick, isOptional: true, hasHint: hasHint)
    }

    static func file(_ id: String, _ words: String, isOptional: Bool = false, hasHint: Bool = false) -> FieldSpec {
        FieldSpec(id: id, words: words, kind: .file, isOptional: isOptional, hasHint: hasHint)
    }
}

/// One of the answers that a select or a choice offers.
struct FieldOption: Sendable {
    let value: String
    let label: String
    /// What follows from choosing it; empty where the label says it all.
    var detail = ""
    /// By when something would happen if it were chosen; empty where there is nothing to promise.
    var due = ""
}
