// An agreement as one HTML page that needs nothing else and prints well.

internal import Markup

extension Agreement {
    var html: String {
        var page = HTMLBuffer()
        page.append(markup: "<!DOCTYPE html>\n<html lang=\"")
        page.append(text: locale)
        page.append(markup: "\">\n<head>\n<meta charset=\"utf-8\">\n")
        page.append(markup: "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        page.append(text: title)
        page.append(markup: "</title>\n<style>\n")
        page.append(markup: Self.style)
        page.append(markup: "</style>\n</head>\n<body>\n<h1>")
        page.append(text: title)
        page.append(markup: "</h1>\n")
        for block in blocks { page.append(block) }
        page.append(markup: "</body>\n</html>\n")
        return String(decoding: page.bytes, as: UTF8.self)
    }

    private static let style: StaticString = """
        body { font: 11pt/1.45 system-ui, sans-serif; color: #16202b; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
        h1 { font-size: 1.6em } h2 { font-size: 1.2em; margin-top: 2em } h3 { font-size: 1em; margin-top: 1.5em }
        table { border-collapse: collapse; width: 100%; margin: .5em 0 1em }
        th, td { border-bottom: 1px solid #c5ccd4; padding: .3em .6em .3em 0; text-align: left; vertical-align: top }
        .formula { font-family: ui-monospace, monospace; font-size: 1.1em }
        .whole { white-space: nowrap }
        @page { margin: 18mm }
        @media print {
            body { margin: 0; max-width: none; font-size: 9.5pt }
            h2, h3 { break-after: avoid }
            tr { break-inside: avoid }
            thead { display: table-header-group }
        }

        """
}

extension HTMLBuffer {
    fileprivate mutating func append(_ block: Agreement.Block) {
        switch block {
        case .heading(let text): append("<h2>", text, "</h2>\n")
        case .subheading(let text): append("<h3>", text, "</h3>\n")
        case .paragraph(let text): append("<p>", text, "</p>\n")
        case .formula(let text): append("<p class=\"formula\">", text, "</p>\n")
        case .list(let items):
            append(markup: "<ul>\n")
            for item in items { append("<li>", item, "</li>\n") }
            append(markup: "</ul>\n")
        case .table(let table): append(table)
        }
    }

    private mutating func append(_ start: StaticString, _ text: String, _ end: StaticString) {
        append(markup: start)
        append(text: text)
        append(markup: end)
    }

    private mutating func append(_ table: Agreement.Table) {
        append(markup: "<table>\n<thead><tr>")
        for cell in table.header { append("<th scope=\"col\">", cell, "</th>") }
        append(markup: "</tr></thead>\n<tbody>\n")
        for row in table.rows {
            append(markup: "<tr>")
            for (column, cell) in row.enumerated() {
                append(table.unbroken.contains(column) ? "<td class=\"whole\">" : "<td>", cell, "</td>")
            }
            append(markup: "</tr>\n")
        }
        append(markup: "</tbody>\n</table>\n")
    }
}
