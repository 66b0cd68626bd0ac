// What a browser would make of a page: its tags with their attributes. Whatever somebody wrote must be neither.

import Testing

struct PageLook {
    let place: String
    private let tags: [Tag]
    private let text: String

    /// Tags as HTML §13.2.5 begins them; what is quoted within one belongs to it.
    init(_ html: String, _ place: String) {
        self.place = place
        text = html
        let pattern = /<([A-Za-z][^\s\/>]*)((?:\s+|\/|"[^"]*"|'[^']*'|[^>"'\s\/])*)>/
        tags = html.matches(of: pattern).map { Tag(name: $0.1.lowercased(), attributes: Self.attributes($0.2)) }
    }

    private struct Tag {
        let name: String
        let attributes: [(name: String, value: String)]
    }

    private static func attributes(_ text: Substring) -> [(name: String, value: String)] {
        text.matches(of: /([^\s=\/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"']+))?/).map { found in
            let value: String = found.2.map(String.init) ?? ""
            return (name: found.1.lowercased(), value: value.filter { $0 != "\"" && $0 != "'" })
        }
    }

    private static let known: Set = [
        "html", "head", "meta", "title", "link", "script", "body", "a", "header", "nav", "ul", "ol", "li", "main",
        "div",
        "h1", "h2", "h3", "p", "form", "input", "button", "label", "select", "option", "textarea", "fieldset", "legend",
        "section", "aside", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "caption", "dl", "dt",
        "dd", "span", "b", "small", "time", "svg", "use", "img", "footer", "dialog", "article", "br", "optgroup",
        "rect", "line", "path", "circle", "g", "text", "desc", "kbd", "em", "strong", "output", "noscript", "template",
        "progress", "meter", "polygon", "polyline", "ellipse", "defs", "pattern", "clippath",
        "datalist", "hr", "colgroup", "col", "figure", "figcaption", "code", "pre", "search", "menu", "sup", "wbr",
        "abbr", "h4", "math", "mn", "mo", "mrow", "mfrac", "mi", "nobr",
    ]

    func expectNothingWritten() {
        for tag in tags {
            #expect(Self.known.contains(tag.name), "\(place): <\(tag.name)>")
            for (name, value) in tag.attributes {
                #expect(
                    !name.hasPrefix("on") && name != "srcdoc" && name != "style" || isLetter,
                    "\(place): \(name)=\(value)")
                guard ["href", "src", "action", "formaction", "data", "content"].contains(name) else { continue }
                let target = value.lowercased().filter { !$0.isWhitespace }
                #expect(!target.hasPrefix("javascript:") && !target.hasPrefix("data:text"), "\(place): \(value)")
                #expect(!target.hasPrefix("//") || name == "content", "\(place): \(value)")
            }
            if tag.name == "script" {
                #expect(tag.attributes.contains { $0.name == "src" }, "\(place): a script inside")
            }
            if tag.name == "img" {
                let source = tag.attributes.first { $0.name == "src" }?.value ?? ""
                #expect(source.hasPrefix("/"), "\(place): a picture from \(source)")
            }
        }
        for wrong in ["</title><", "</textarea><", "</option><i", "\u{202E}", "\0", "\u{FEFF}"] {
            #expect(!text.contains(wrong), "\(place): \(wrong)")
        }
    }

    /// Letters carry their own looks.
    private var isLetter: Bool { place.hasPrefix("letter") }
}
