// Characters that a refusal names: visible, one at a time, never one that moves or hides the words around it.

internal import Markup

extension Character {
    /// The same in words where nothing would be seen and people know what it is: `un espacio`.
    func shown(in words: Words) -> String {
        unicodeScalars.first?.unseenName.map { words.text("shared.character.\($0)") } ?? shown
    }

    /// The character itself with one accent at most, or its code point (`U+202E`) where nothing would be seen.
    var shown: String {
        guard let scalar = unicodeScalars.first else { return "" }
        guard scalar.isInk else { return scalar.codePoint }
        let isPlain = unicodeScalars.count <= 2 && unicodeScalars.allSatisfy { !$0.isHidden }
        return isPlain ? String(self) : String(scalar)
    }
}

extension Unicode.Scalar {
    /// Whether something is seen where it stands: no control, format or private character, no mark, no blank.
    var isInk: Bool {
        if isHidden { return false }
        return switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark, .spaceSeparator: false
        default: true
        }
    }

    /// Whether it shows nothing, or nothing that is known: controls, overrides of direction, joiners, fillers.
    var isHidden: Bool {
        // The blank Braille cell is a symbol by its category.
        if properties.isDefaultIgnorableCodePoint || value == 0x2800 { return true }
        return switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// What is called by a name of what people type or paste unseen.
    fileprivate var unseenName: String? {
        switch value {
        case 0x09: "tab"
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: "line"
        case 0xA0, 0x202F: "joinedSpace"
        case 0xAD: "softHyphen"
        case 0x200B, 0x2060, 0xFEFF: "noWidth"
        case 0x200C, 0x200D: "joiner"
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: "direction"
        default: properties.generalCategory == .spaceSeparator ? "space" : nil
        }
    }

    fileprivate var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
