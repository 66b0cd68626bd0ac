// fuzz: Sources/Markup/*.swift
// fuzz-options: -max_len=256 -dict=Tests/Fuzz/template.dict
//
// Any bytes as a template, and as the words beside it: reading never crashes, and whatever binds never lets a hostile
// value out of its place. What comes out is read by a second, separate tokenizer that knows nothing of the first.

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

/// Each breaks out of one place where it stands unescaped; the last one out of any.
private let hostileTexts = [
    "\"'><script>qZ7</script>", "' onload='qZ7", "\" onload=\"qZ7", "--><script>qZ7",
    "</title></textarea></script><b qZ7>", "`qZ7= ><!--", " qZ7=\"' qZ7> <qZ7></title></textarea><b qZ7>",
]
private let hostileURLs = ["javascript:qZ7", " jAvA\tscript:qZ7", "data:qZ7", "\"><script>qZ7"]

/// Pairs of pages: one in which everything is there, one in which nothing is, each with hostile texts. There are 28 of
/// them, so that every text meets every URL.
private let pages = (0..<28).map { index in
    let text = hostileTexts[index % hostileTexts.count]
    let url = hostileURLs[index % hostileURLs.count]
    let row = FuzzRow(name: text, isLate: true, rows: [FuzzRow(name: url, isLate: false, rows: [])])
    let full = FuzzPage(text: text, url: url, count: 1 + index % 2, isLate: true, rows: [row, row], part: row)
    let empty = FuzzPage(text: url, url: text, count: 0, isLate: false, rows: [], part: nil)
    return (full, empty)
}

nonisolated(unsafe) private var buffer = HTMLBuffer(capacity: 1 << 16)

/// The first byte chooses the pages, the language and whether all faults are gathered; the rest is cut at bytes 0: template,
/// partial, Spanish words, English words. Inputs that hold the marker themselves are passed over.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    guard size > 0 else { return 0 }
    let input = UnsafeBufferPointer(start: data + 1, count: size - 1)
    if holdsMarker(input) { return 0 }
    let parts = input.split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false)
    var files: [String: [UInt8]] = [:]
    for (name, part) in zip(["page.html", "x.html", "words/es.t.txt", "words/en.t.txt"], parts) {
        files[name] = Array(part)
    }
    let templates = Templates(
        library: Library(files: files), wordsUsedByCode: ["a.*"], asset: { $0 == "s" ? "/s" : nil })
    let renderer = templates.bind(FuzzPage.self)
    let choice = Int(data[0])
    if choice & 0x60 == 0 {
        do { try templates.finish() } catch { precondition(!error.faults.isEmpty && !error.description.isEmpty) }
    }
    let language = choice & 0x80 == 0 ? Language.es : .en
    if parts.count > 2 {
        for key in ["a.b", "a.c"] { _ = templates.words(in: language).text(key, ["count": 1, "n": "x"]) }
    }
    guard renderer.source.current.faults.isEmpty else { return 0 }
    let (full, empty) = pages[(choice & 0x7F) % pages.count]
    for page in [full, empty] {
        buffer.removeAll()
        renderer.render(page, language: language, into: &buffer)
        buffer.bytes.withUnsafeBufferPointer { html in
            guard holdsMarker(html) else { return }
            var witness = Witness(html)
            witness.check()
        }
    }
    return 0
}

/// Whether these bytes hold `qZ7`, which stands in every hostile value.
private func holdsMarker(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
    var rest = bytes[...]
    while let start = rest.firstIndex(of: 0x71) {
        rest = rest[start...]
        if rest.starts(with: [0x71, 0x5A, 0x37]) { return true }
        rest = rest.dropFirst()
    }
    return false
}

/// Reads HTML as browsers do, and traps where a marker stands outside of text and of quoted attribute values, or where
/// a URL that would run holds one.
private struct Witness {
    private let html: UnsafeBufferPointer<UInt8>
    private var at = 0

    init(_ html: UnsafeBufferPointer<UInt8>) { self.html = html }

    private typealias Word = Slice<UnsafeBufferPointer<UInt8>>

    private static let urlAttributes: [StaticString] = [
        "href", "src", "action", "formaction", "poster", "cite", "xlink:href",
    ]
    private static let rawElements: [StaticString] = [
        "script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext",
    ]

    mutating func check() {
        while at < html.count {
            guard html[at] == UInt8(ascii: "<") else {
                at += 1
                continue
            }
            if starts("<!--") {
                refuseMarker { $0.starts("-->") }
                at += 3
            } else if starts("<!") {
                refuseMarker { $0.starts(">") }
                at += 1
            } else if starts("</"), at + 2 < html.count, isLetter(html[at + 2]) {
                at += 2
                readTag(isEnd: true)
            } else if at + 1 < html.count, isLetter(html[at + 1]) {
                at += 1
                readTag(isEnd: false)
            } else {
                at += 1
            }
        }
    }

    private mutating func readTag(isEnd: Bool) {
        let name = readWord { isSpace($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ">") }
        while at < html.count, html[at] != UInt8(ascii: ">") {
            if isSpace(html[at]) || html[at] == UInt8(ascii: "/") {
                at += 1
            } else {
                readAttribute()
            }
        }
        at += 1
        if isEnd { return }
        if Self.rawElements.contains(where: { equals(name, $0) }) {
            refuseMarker { $0.startsEndTag(name) }
        } else if equals(name, "title") || equals(name, "textarea") {
            while at < html.count, !startsEndTag(name) { at += 1 }
        }
    }

    private mutating func readAttribute() {
        let name = readWord {
            isSpace($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "=")
        }
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
            checkValue(html[start..<at], of: name)
            at += 1
        } else if quote != UInt8(ascii: ">") {
            _ = readWord { isSpace($0) || $0 == UInt8(ascii: ">") }
        }
    }

    private func checkValue(_ value: Word, of name: Word) {
        guard holdsMarker(value) else { return }
        precondition(!equals(name, "style") && !equals(name, "srcdoc") && !equals(name, "srcset"))
        precondition(!equals(name.prefix(2), "on"))
        guard Self.urlAttributes.contains(where: { equals(name, $0) }) else { return }
        let text = value.filter { $0 > 0x20 }.prefix { ![0x2F, 0x3F, 0x23].contains($0) }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return }
        let scheme = String(decoding: text[..<colon], as: UTF8.self).lowercased()
        precondition(["http", "https", "mailto", "tel"].contains(scheme), "a value brought its scheme")
    }

    /// A word; one byte at least, so that reading goes on.
    private mutating func readWord(until stops: (UInt8) -> Bool) -> Word {
        let start = at
        at += 1
        while at < html.count, !stops(html[at]) { at += 1 }
        precondition(!holdsMarker(html[start..<at]), "a value stands in a name or an unquoted value")
        return html[start..<at]
    }

    private mutating func refuseMarker(upTo isEnd: (Witness) -> Bool) {
        let start = at
        while at < html.count, !isEnd(self) { at += 1 }
        precondition(!holdsMarker(html[start..<at]), "a value stands where nothing may")
    }

    private func starts(_ text: StaticString) -> Bool { equals(html[at...].prefix(text.utf8CodeUnitCount), text) }

    private func startsEndTag(_ name: Word) -> Bool {
        guard starts("</") else { return false }
        return html[(at + 2)...].prefix(name.count).elementsEqual(name) { lowercased($0) == lowercased($1) }
    }

    private func equals(_ bytes: Word, _ text: StaticString) -> Bool {
        text.withUTF8Buffer { text in bytes.elementsEqual(text) { lowercased($0) == $1 } }
    }
}

private func lowercased(_ byte: UInt8) -> UInt8 { isLetter(byte) ? byte | 0x20 : byte }
private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
}
