// Text as a guesser reads it: lower case, no accents.

enum PlainLetters {
    static func of(_ text: String) -> [Unicode.Scalar] { Array(text.folded.unicodeScalars) }

    /// The letter that a digit or sign stands for in words like p4ssw0rd.
    static func substituted(_ scalar: Unicode.Scalar, one: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "0": "o"
        case "1", "!", "|": one
        case "3": "e"
        case "4", "@": "a"
        case "5", "$": "s"
        case "7": "t"
        case "8": "b"
        default: scalar
        }
    }
}
