// A page with a field of every kind, and templates read from texts instead of files.

@testable import Markup

struct Comment: Item {
    var author = "Lucía Arango"
    var body = "Ya quedó"
    var replies: [Comment] = []

    static let fields: [Field<Comment>] = [
        .text("author", \.author), .text("body", \.body), .list("replies", \.replies),
    ]
}

struct Person: Item {
    var name = "Óscar Benítez"

    static let fields: [Field<Person>] = [.text("name", \.name)]
}

struct TicketPage: Page {
    var subject = "No timbra"
    var link = "/t/proware/tickets/7"
    var open = 3
    var isLate = false
    var chart = HTMLBuffer()
    var comments: [Comment] = []
    var person: Person?

    static let template: StaticString = "ticket.html"
    static let fields: [Field<TicketPage>] = [
        .text("subject", \.subject), .text("link", \.link), .number("open", \.open), .flag("isLate", \.isLate),
        .raw("chart", \.chart), .list("comments", \.comments), .part("person", \.person),
    ]
}

struct Frame: Page {
    var title = "Mesa"

    static let template: StaticString = "layout.html"
    static let fields: [Field<Frame>] = [.text("title", \.title), .content]
}

func library(_ files: [String: String]) -> Library { Library(files: files.mapValues { Array($0.utf8) }) }

/// `ticket.html`, which is the template and the line break at its end, shown for a page; its faults, one a line, if it has any.
func show(
    _ template: String, _ page: TicketPage = TicketPage(), _ language: Language = .es,
    with others: [String: String] = [:]
) -> String {
    let files = others.merging(["ticket.html": template + "\n"]) { $1 }
    let templates = Templates(library: library(files), asset: { $0 == "icons.svg" ? "/a/icons-7f.svg" : nil })
    let renderer = templates.bind(TicketPage.self)
    let faults = renderer.source.current.faults
    if !faults.isEmpty { return inOrder(faults).map(\.description).joined(separator: "\n") }
    return String(decoding: renderer.render(page, language: language), as: UTF8.self)
}

/// Every fault of a whole set of files to which `TicketPage` and, if there is one, `Frame` are bound.
func faults(_ files: [String: String], wordsUsedByCode: [String] = []) -> [String] {
    let templates = Templates(library: library(files), wordsUsedByCode: wordsUsedByCode, asset: { _ in nil })
    _ = templates.bind(TicketPage.self)
    if files["layout.html"] != nil { _ = templates.bind(Frame.self) }
    do {
        try templates.finish()
        return []
    } catch {
        return error.faults.map(\.description)
    }
}

/// A template that uses every field of `TicketPage`, so that only what a test adds is a fault.
let everyField = """
    {{subject}}{{link}}{{open}}{{#if isLate}}{{/if}}{{{chart}}}{{#with person}}{{name}}{{/with}}
    {{#each comments}}{{author}}{{body}}{{#each replies}}{{/each}}{{/each}}

    """
