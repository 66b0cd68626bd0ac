// Where in HTML a place of a template stands: a small tokenizer (HTML §13.2.5) fed with the template's own text.
//
// It is stricter than a browser on purpose: what a browser would repair in its own way is refused here, so that this
// tokenizer and the browser never disagree about where a field stands.

struct MarkupContext: Equatable {
    enum Place: Equatable {
        case text
        /// After `<`.
        case tagOpen
        /// After `</`.
        case endTagOpen
        case tagName
        /// In a tag, after white space: an attribute may begin.
        case between
        /// In a tag, where only white space, `/` or `>` may come.
        case edge
        case attributeName
        /// After an attribute's name and white space: `=` may come.
        case afterName
        case beforeValue
        case quoted(by: UInt8)
        case unquoted
        /// After `<!`, before it is known what it is.
        case declarationOpen
        case declaration
        case comment
        /// In an element whose content is not markup: nothing of it is for fields.
        case rawText
        /// In `<title>` or `<textarea>`: text without tags.
        case plainText
    }

    var place = Place.text
    /// The name of the tag or of the element with special content, in lower case.
    var tag: [UInt8] = []
    var isEndTag = false
    var attribute: [UInt8] = []
    var url = URLPlace.none
    /// What was read of something that is recognised by several bytes: `<!--`, `-->`, `</script`.
    var pending: [UInt8] = []

    private static let rawElements: Set<String> = [
        "script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext",
    ]
    private static let plainElements: Set<String> = ["title", "textarea"]

    /// Takes one byte of the template's text; says what is wrong with it, if anything is.
    mutating func feed(_ byte: UInt8) -> String? {
        switch place {
        case .text: if byte == UInt8(ascii: "<") { place = .tagOpen }
        case .tagOpen: return feedTagOpen(byte)
        case .endTagOpen:
            guard byte.isLetter else { return "\"</\" is not followed by a name" }
            beginTag(byte, isEnd: true)
        case .tagName:
            if !feedTagEnd(byte) { tag.append(byte.lowercased) }
        case .between, .edge, .attributeName, .afterName, .beforeValue, .unquoted: return feedInTag(byte)
        case .quoted(let quote):
            guard byte == quote else { return url.feed(byte) }
            place = .edge
            url = .none
        case .declarationOpen: return feedDeclarationOpen(byte)
        case .declaration: if byte == UInt8(ascii: ">") { place = .text }
        case .comment: feedComment(byte)
        case .rawText, .plainText: return feedSpecialText(byte)
        }
        return nil
    }

    private mutating func feedTagOpen(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "/"): place = .endTagOpen
        case UInt8(ascii: "!"):
            place = .declarationOpen
            pending = []
        case UInt8(ascii: "?"):
            place = .text
            return "\"<?\" is not HTML"
        case UInt8(ascii: "<"): break
        case _ where byte.isLetter: beginTag(byte, isEnd: false)
        default: place = .text
        }
        return nil
    }

    private mutating func beginTag(_ byte: UInt8, isEnd: Bool) {
        place = .tagName
        tag = [byte.lowercased]
        isEndTag = isEnd
    }

    /// White space, `/` and `>` end a name wherever one stands in a tag.
    private mutating func feedTagEnd(_ byte: UInt8) -> Bool {
        switch byte {
        case _ where byte.isSpace: place = place == .attributeName || place == .afterName ? .afterName : .between
        case UInt8(ascii: "/"): place = .between
        case UInt8(ascii: ">"): closeTag()
        default: return false
        }
        return true
    }

    private mutating func closeTag() {
        let name = String(tag)
        pending = []
        if !isEndTag, Self.rawElements.contains(name) {
            place = .rawText
        } else if !isEndTag, Self.plainElements.contains(name) {
            place = .plainText
        } else {
            place = .text
        }
    }

    private mutating func feedInTag(_ byte: UInt8) -> String? {
        switch place {
        case .beforeValue, .unquoted: return feedValue(byte)
        case .attributeName, .afterName:
            if byte == UInt8(ascii: "=") {
                place = .beforeValue
                return nil
            }
        default: break
        }
        if feedTagEnd(byte) { return nil }
        if [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: "=")].contains(byte) {
            return "\(String([byte])) may not stand here in a tag"
        }
        defer { place = .attributeName }
        if place == .attributeName {
            attribute.append(byte.lowercased)
            return nil
        }
        attribute = [byte.lowercased]
        return place == .edge ? "a space is missing before the next attribute" : nil
    }

    private mutating func feedValue(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            if place == .unquoted { return "a quote may not stand in an unquoted attribute" }
            place = .quoted(by: byte)
            url = URLPlace(attribute: attribute)
        case UInt8(ascii: ">"):
            defer { closeTag() }
            if place == .beforeValue { return "an attribute has \"=\" and no value" }
        case UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: "`"):
            return "\(String([byte])) may not stand in an unquoted attribute"
        case _ where byte.isSpace: if place == .unquoted { place = .between }
        default: place = .unquoted
        }
        return nil
    }

    private mutating func feedDeclarationOpen(_ byte: UInt8) -> String? {
        pending.append(byte.lowercased)
        if pending == Array("--".utf8) {
            place = .comment
            pending = []
        } else if pending == Array("doctype".utf8) {
            place = .declaration
        } else if !"--".utf8.starts(with: pending), !"doctype".utf8.starts(with: pending) {
            place = byte == UInt8(ascii: ">") ? .text : .declaration
            return "\"<!\" begins neither a comment nor <!doctype"
        }
        return nil
    }

    private mutating func feedComment(_ byte: UInt8) {
        pending.append(byte)
        if pending.suffix(3) == Array("-->".utf8)[...] {
            place = .text
            pending = []
        } else if pending.count > 2 {
            pending.removeFirst()
        }
    }

    /// Looks for the end tag. Anything else that begins with `<` stands there at risk: browsers have rules of their
    /// own for `<!--` in scripts and for tags in plain text.
    private mutating func feedSpecialText(_ byte: UInt8) -> String? {
        let endCount = 2 + tag.count
        if pending.isEmpty {
            if byte == UInt8(ascii: "<") { pending = [byte] }
        } else if pending.count == 1 && byte == UInt8(ascii: "/")
            || 2..<endCount ~= pending.count && byte.lowercased == tag[pending.count - 2]
        {
            pending.append(byte.lowercased)
        } else if pending.count == endCount, byte.isSpace || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") {
            isEndTag = true
            if byte == UInt8(ascii: ">") { closeTag() } else { place = .between }
        } else {
            let isTagLike = pending.count > 1 || byte == UInt8(ascii: "!") || byte.isLetter
            pending = byte == UInt8(ascii: "<") ? [byte] : []
            if isTagLike { return "only its end tag may follow \"<\" inside <\(String(tag))>" }
        }
        return nil
    }
}
