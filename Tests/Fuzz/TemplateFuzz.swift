// fuzz: Sources/Markup/*.swift
//
// Any bytes as a template, and as the words beside it: reading never crashes, and whatever binds never lets a hostile
// value out of its place. What comes out is read by a second, separate tokenizer that knows nothing of the first.

/// Stands in every hostile value; inputs that hold it themselves are passed over.
private let marker = Array("qZ7".utf8)

private struct FuzzRow: Item {
    let name: String
    let isLate: Bool
    let rows: [FuzzRow]

    static let fields: [Field<FuzzRow>] = [.text("n", \.name), .flag("f", \.isLate), .list("r", \.rows)]
}

private struct FuzzPage: Page {
    let text: String
    let url: String
    let count: Int
    let isLate: Bool
    let rows: [FuzzRow]
    let part: FuzzRow?

    static let template: StaticString = "page.html"
    static let fields: [Field<FuzzPage>] = [
        .text("a", \.text), .text("u", \.url), .number("c", \.count), .flag("f", \.isLate),
        .raw("m") { _ in HTMLBuffer() }, .list("r", \.rows), .part("p", \.part), .content,
    ]
}

private let hostileTexts = [
    "\"'><script>qZ7</script>", "' onload='qZ7", "\" onload=\"qZ7", "--><script>qZ7",
    "</title></textarea></script><b qZ7>",
    "`qZ7= ><!--",
]
private let hostileURLs = ["javascript:qZ7", " jAvA\tscript:qZ7", "data:qZ7", "\"><script>qZ7"]

/// The input is cut at bytes 0: template, partial, Spanish words, English words.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: data, count: size))
    if contains(input, marker) { return 0 }
    let parts = input.split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false).map(Array.init)
    let names = ["page.html", "x.html", "words/es.t.txt", "words/en.t.txt"]
    let library = Library(files: Dictionary(uniqueKeysWithValues: zip(names, parts)))
    let templates = Templates(library: library, wordsUsedByCode: ["a.*"], asset: { $0 == "s" ? "/s" : nil })
    let renderer = templates.bind(FuzzPage.self)
    do { try templates.finish() } catch { precondition(!error.faults.isEmpty && !error.description.isEmpty) }
    for language in Language.allCases {
        for key in ["a.b", "a.c"] { _ = templates.words(in: language).text(key, ["count": 1, "n": "x"]) }
    }
    guard renderer.source.current.faults.isEmpty else { return 0 }
    for (index, text) in hostileTexts.enumerated() {
        let url = hostileURLs[index % hostileURLs.count]
        let row = FuzzRow(name: text, isLate: true, rows: [FuzzRow(name: url, isLate: false, rows: [])])
        let page = FuzzPage(
            text: text, url: url, count: index, isLate: index % 2 == 0, rows: index % 3 == 0 ? [] : [row, row],
            part: index % 2 == 0 ? row : nil)
        for language in Language.allCases {
            var witness = Witness(renderer.render(page, language: language))
            witness.check()
        }
    }
    return 0
}

private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    guard let first = part.first, bytes.count >= part.count else { return false }
    for start in 0...(bytes.count - part.count) where bytes[start] == first {
        if bytes[start..<(start + part.count)].elementsEqual(part) { return true }
    }
    return false
}

/// Reads HTML as browsers do, and traps where a marker stands outside of text and of quoted attribute values, or where
/// a URL that would run holds one.
private struct Witness {
    private let html: [UInt8]
    private var at = 0
    private static let urlAttributes = ["href", "src", "action", "formaction", "poster", "cite", "xlink:href"]

    init(_ html: [UInt8]) { self.html = html }

    mutating func check() {
        while at < html.count {
            if starts("<!--") {
                refuseMarker(upTo: "-->")
            } else if starts("<!") {
                refuseMarker(upTo: ">")
            } else if starts("</"), at + 2 < html.count, isLetter(html[at + 2]) {
                at += 2
                readTag(isEnd: true)
            } else if html[at] == UInt8(ascii: "<"), at + 1 < html.count, isLetter(html[at + 1]) {
                at += 1
                readTag(isEnd: false)
            } else {
                at += 1
            }
        }
    }

    private mutating func readTag(isEnd: Bool) {
        let name = readWord(until: " \t\n\u{C}\r/>")
        while at < html.count, html[at] != UInt8(ascii: ">") {
            if isSpace(html[at]) || html[at] == UInt8(ascii: "/") {
                at += 1
            } else {
                readAttribute()
            }
        }
        at += 1
        if isEnd { return }
        if ["script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"].contains(name) {
            refuseMarker(upTo: "</" + name)
        } else if ["title", "textarea"].contains(name) {
            while at < html.count, !starts("</" + name) { at += 1 }
        }
    }

    private mutating func readAttribute() {
        let name = readWord(until: " \t\n\u{C}\r/>=")
        while at < html.count, isSpace(html[at]) { at += 1 }
        guard at < html.count, html[at] == UInt8(ascii: "=") else { return }
        at += 1
        while at < html.count, isSpace(html[at]) { at += 1 }
        guard at < html.count else { return }
        let quote = html[at]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            at += 1
            let start = at
            while at < html.count, html[at] != quote { at += 1 }
            checkValue(Array(html[start..<at]), of: name)
            at += 1
        } else if quote != UInt8(ascii: ">") {
            _ = readWord(until: " \t\n\u{C}\r>")
        }
    }

    private func checkValue(_ value: [UInt8], of name: String) {
        guard contains(value, marker) else { return }
        precondition(name != "style" && name != "srcdoc" && name != "srcset" && !name.hasPrefix("on"))
        guard Self.urlAttributes.contains(name) else { return }
        let text = value.filter { $0 > 0x20 }.prefix { ![0x2F, 0x3F, 0x23].contains($0) }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return }
        let scheme = String(decoding: text[..<colon], as: UTF8.self).lowercased()
        precondition(["http", "https", "mailto", "tel"].contains(scheme), "a value brought the scheme \(scheme)")
    }

    /// A word in lower case; one byte at least, so that reading goes on.
    private mutating func readWord(until stops: String) -> String {
        let start = at
        at += 1
        while at < html.count, !stops.utf8.contains(html[at]) { at += 1 }
        precondition(!contains(Array(html[start..<at]), marker), "a value stands in a name or an unquoted value")
        return String(decoding: html[start..<at], as: UTF8.self).lowercased()
    }

    private mutating func refuseMarker(upTo end: String) {
        let start = at
        while at < html.count, !starts(end) { at += 1 }
        precondition(!contains(Array(html[start..<min(at, html.count)]), marker), "a value stands where nothing may")
        if at < html.count, end.hasSuffix(">") { at += end.utf8.count }
    }

    private func starts(_ text: String) -> Bool {
        html[at...].prefix(text.utf8.count).elementsEqual(text.utf8) { isLetter($0) ? $0 | 0x20 == $1 : $0 == $1 }
    }

    private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    private func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(byte) }
}
