// What people wrote, as pages show it: plain text in which addresses of the web lead there.

internal import Markup

/// A stretch of text; with an address where it is a link.
struct TextPiece: Item, Equatable {
    let text: String
    var href = ""

    static let fields: [Field<TextPiece>] = [
        .text("pieceText") { $0.text },
        .text("pieceHref") { $0.href },
    ]

    /// The whole text, in order. An address begins with `http://` or `https://`; what ends a sentence does not belong to
    /// it, nor does a bracket that was opened before it.
    static func pieces(of text: String) -> [TextPiece] {
        guard text.utf8.count <= longest, text.contains("://") else {
            return text.isEmpty ? [] : [TextPiece(text: text)]
        }
        var pieces: [TextPiece] = []
        var plain = text.startIndex
        var place = text.startIndex
        while let start = nextAddress(in: text, from: place) {
            let end = addressEnd(in: text, from: start)
            let address = text[start..<end]
            guard hasHost(address) else {
                place = end
                continue
            }
            if plain < start { pieces.append(TextPiece(text: String(text[plain..<start]))) }
            pieces.append(TextPiece(text: String(address), href: String(address)))
            (plain, place) = (end, end)
        }
        if plain < text.endIndex { pieces.append(TextPiece(text: String(text[plain...]))) }
        return pieces
    }

    /// Longer texts stay plain: nobody follows links in a log of a megabyte.
    private static let longest = 200_000

    private static func nextAddress(in text: String, from place: String.Index) -> String.Index? {
        var rest = text[place...]
        while let letter = rest.firstIndex(where: { $0 == "h" || $0 == "H" }) {
            let isWordStart = letter == text.startIndex || !text[text.index(before: letter)].isLetterOrDigit
            let tail = text[letter...]
            if isWordStart, schemes.contains(where: { tail.prefix($0.count).lowercased() == $0 }) { return letter }
            rest = text[text.index(after: letter)...]
        }
        return nil
    }

    private static let schemes = ["http://", "https://"]

    private static func addressEnd(in text: String, from start: String.Index) -> String.Index {
        var end = text[start...].firstIndex { $0.isWhitespace || stops.contains($0) } ?? text.endIndex
        // Counted once: what somebody wrote may be nothing but brackets.
        var loose = pairs.map { pair in
            text[start..<end].reduce(0) { $0 + ($1 == pair.close ? 1 : $1 == pair.open ? -1 : 0) }
        }
        while end > start {
            let last = text.index(before: end)
            if let pair = pairs.firstIndex(where: { $0.close == text[last] }), loose[pair] > 0 {
                loose[pair] -= 1
            } else if !trailing.contains(text[last]) {
                break
            }
            end = last
        }
        return end
    }

    private static let stops: Set<Character> = ["<", ">", "\"", "“", "”", "«", "»", "`", "\\"]
    private static let trailing: Set<Character> = [".", ",", ";", ":", "!", "?", "'", "’", "…", "*", "_"]
    private static let pairs: [(open: Character, close: Character)] = [("(", ")"), ("[", "]"), ("{", "}")]

    private static func hasHost(_ address: Substring) -> Bool {
        guard let colon = address.firstIndex(of: ":") else { return false }
        let rest = address[colon...].dropFirst(3)
        return rest.first?.isLetterOrDigit == true || rest.first == "["
    }
}

extension Character {
    fileprivate var isLetterOrDigit: Bool { isLetter || isNumber }
}
