// Characters that a refusal names: visible, one at a time, never one that moves or hides the words around it.

extension Character {
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

    fileprivate var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
