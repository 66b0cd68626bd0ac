// What may stand at a place of a template: values, markup, the edges of sections.

extension MarkupContext {
    /// The place in words, for messages.
    var description: String {
        switch place {
        case .text: "text"
        case .tagOpen, .endTagOpen, .tagName: "a tag name"
        case .between, .edge, .attributeName, .afterName: "a tag"
        case .beforeValue, .unquoted: "an unquoted attribute"
        case .quoted: "the attribute \(String(attribute))"
        case .declarationOpen, .declaration: "a declaration"
        case .comment: "a comment"
        case .rawText, .plainText: "<\(String(tag))>"
        }
    }

    /// Why no value may stand here; nil if one may.
    var refusal: String? {
        switch place {
        case .text: return nil
        case .plainText: return pending.isEmpty ? nil : "a tag name"
        case .quoted:
            let name = String(attribute)
            let isCode = name == "style" || name == "srcdoc" || name == "srcset" || name.hasPrefix("on")
            return isCode ? "the attribute \(name)" : nil
        case .between, .edge, .attributeName, .afterName: return "an attribute name"
        default: return description
        }
    }

    /// Goes on as if a refused value had been read, so that no second fault follows from the first.
    mutating func passRefusedValue() {
        switch place {
        case .tagOpen, .endTagOpen: place = .tagName
        case .between, .edge, .afterName: place = .attributeName
        case .beforeValue: place = .unquoted
        default: break
        }
    }

    /// Only where elements may stand can markup stand.
    var takesMarkup: Bool { place == .text }

    /// This place as it is at the edge of a section or a partial; nil if none may begin or end here.
    ///
    /// A name that ends there is complete: nothing that follows can make it longer or give it a value.
    var atEdge: MarkupContext? {
        var edge = self
        switch place {
        case .text, .between, .edge, .quoted: break
        case .plainText: if !pending.isEmpty { return nil }
        case .tagName, .attributeName: edge.place = .edge
        case .afterName: edge.place = .between
        default: return nil
        }
        if edge.place == .text || edge.place == .between || edge.place == .edge { edge.attribute = [] }
        if edge.place == .text { edge.tag = [] }
        edge.isEndTag = edge.place == .text ? false : isEndTag
        edge.pending = []
        return edge
    }

    /// The place after one of two ways through a section, both at their edges; nil if they lead to different places.
    func joined(with other: MarkupContext) -> MarkupContext? {
        var joined = self
        joined.url = url.joined(with: other.url)
        if (place, other.place) == (.between, .edge) { joined.place = .edge }
        var rest = other
        if (place, other.place) == (.edge, .between) { rest.place = .edge }
        rest.url = joined.url
        return joined == rest ? joined : nil
    }
}
