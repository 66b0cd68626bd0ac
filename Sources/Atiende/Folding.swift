// Text as it is sorted and compared where accents and case do not matter.

extension String {
    /// Lower case, without the accents of Latin letters: `Ñandú` and `nandu` are the same.
    var folded: String {
        var scalars = String.UnicodeScalarView()
        for scalar in lowercased().unicodeScalars {
            switch scalar.value {
            case 0..<0x80: scalars.append(scalar)
            // Combining accents of decomposed letters.
            case 0x300...0x36F: continue
            default:
                scalars.append(
                    contentsOf: Self.plain[scalar].map { $0.unicodeScalars } ?? String(scalar).unicodeScalars)
            }
        }
        return String(scalars)
    }

    /// The letters and digits alone of what is folded, those of other alphabets as the ones of ASCII that they look like:
    /// what reads alike compares alike.
    var foldedLetters: String {
        var letters = String.UnicodeScalarView()
        for scalar in folded.unicodeScalars where scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        {
            letters.append(scalar.lookalike)
        }
        return String(letters)
    }

    private static let plain: [Unicode.Scalar: String] = {
        let rows = [
            ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ďđ"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"),
            ("i", "ìíîïĩīĭįı"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉ"), ("o", "òóôõöøōŏő"),
            ("r", "ŕŗř"), ("s", "śŝşšș"), ("t", "ţťŧț"), ("u", "ùúûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"),
            ("z", "źżž"), ("ss", "ß"), ("ae", "æ"), ("oe", "œ"),
        ]
        var plain: [Unicode.Scalar: String] = [:]
        for (letter, accented) in rows {
            for scalar in accented.unicodeScalars { plain[scalar] = letter }
        }
        return plain
    }()
}

extension Unicode.Scalar {
    /// The letter of ASCII that the name of this one ends with, accents aside: `CYRILLIC SMALL LETTER O`,
    /// `MATHEMATICAL BOLD SMALL O`, `LATIN SMALL LETTER O WITH CARON`. Others are themselves.
    fileprivate var lookalike: Unicode.Scalar {
        if isASCII { return self }
        let words = properties.name?.split(separator: " ").prefix { $0 != "WITH" } ?? []
        guard let letter = words.last?.unicodeScalars, letter.count == 1, let base = letter.first,
            words.contains("SMALL") || words.contains("CAPITAL")
        else { return self }
        return base.properties.lowercaseMapping.unicodeScalars.first ?? base
    }
}
