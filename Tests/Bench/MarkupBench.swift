// How long a page takes from struct to bytes: 50 rows of 8 escaped fields each in a layout, about 20 kB.

import Glibc
import Markup

private struct BenchRow: Item {
    let folio: String
    let url: String
    let subject: String
    let organization: String
    let requester: String
    let status: String
    let due: String
    let technician: String
    let isLate: Bool

    static let fields: [Field<BenchRow>] = [
        .text("folio", \.folio), .text("url", \.url), .text("subject", \.subject),
        .text("organization", \.organization), .text("requester", \.requester), .text("status", \.status),
        .text("due", \.due), .text("technician", \.technician), .flag("isLate", \.isLate),
    ]
}

private struct BenchPage: Page {
    let heading: String
    let total: Int
    let rows: [BenchRow]

    static let template: StaticString = "queue/index.html"
    static let fields: [Field<BenchPage>] = [
        .text("heading", \.heading), .number("total", \.total), .list("rows", \.rows),
    ]
}

private struct BenchLayout: Page {
    let title: String

    static let template: StaticString = "layout.html"
    static let fields: [Field<BenchLayout>] = [.text("title", \.title), .content]
}

private let benchFiles = [
    "layout.html": """
    <!doctype html>
    <html lang="{{lang}}">
    <head><meta charset="utf-8"><title>{{title}}</title><link rel="stylesheet" href="{{asset "atiende.css"}}"></head>
    <body>
    {{{content}}}
    </body>
    </html>

    """,
    "queue/index.html": """
    <main id="main"><h1>{{heading}}</h1><p>{{t "queue.total" count=total}}</p>
    <table class="queue">
    {{#each rows}}
    <tr{{#if isLate}} class="late"{{/if}}>
      <td class="due"><span class="badge" title="{{due}}">{{due}}</span></td>
      <td><a href="{{url}}">{{subject}}</a><br><span class="soft">{{folio}} · {{organization}} · {{requester}}</span></td>
      <td><span class="status">{{status}}</span></td>
      <td><span class="face" aria-hidden="true"></span>{{technician}}</td>
    </tr>
    {{else}}
    <tr><td>{{t "queue.empty"}}</td></tr>
    {{/each}}
    </table>
    </main>

    """,
    "words/es.queue.txt": """
    queue.total.one = Un ticket
    queue.total.other = {count} tickets
    queue.empty = No hay tickets
    """,
    "words/en.queue.txt": """
    queue.total.one = One ticket
    queue.total.other = {count} tickets
    queue.empty = No tickets
    """,
]

/// The best of several runs, in microseconds a page, and the page's size in bytes.
func measureRender() throws -> (microseconds: Double, bytes: Int) {
    let folder = "/tmp/atiende-bench-\(getpid())"
    for (path, text) in benchFiles { writeBenchFile("\(folder)/\(path)", text) }
    let templates = try Templates(directory: folder) { "/assets/\($0)" }
    let queue = templates.bind(BenchPage.self)
    let layout = templates.bind(BenchLayout.self)
    try templates.finish()
    let page = BenchPage(heading: "Todas", total: 50, rows: (1...50).map(benchRow))
    let frame = BenchLayout(title: "Todas (50): cola de Proware")
    var best = Double.infinity
    var size = 0
    for _ in 0..<20 {
        let rounds = 500
        let start = ContinuousClock.now
        for _ in 0..<rounds { size = queue.render(page, in: frame, by: layout, language: .es).count }
        let elapsed = ContinuousClock.now - start
        best = min(best, Double(elapsed.components.attoseconds) / 1e12 / Double(rounds))
    }
    return (best, size)
}

private func benchRow(_ number: Int) -> BenchRow {
    BenchRow(
        folio: "PRW-2026-\(4100 + number)", url: "/t/proware/desk/PRW-2026-\(4100 + number)",
        subject: "No se timbran las facturas de \"Ruiz & Cía\" desde las 9:00 (\(number))",
        organization: "Distribuidora Ruiz & Cía", requester: "Ángela Ruiz", status: "Esperando al cliente",
        due: "Vence en \(number) min", technician: "Lucía Arango", isLate: number % 7 == 0)
}

private func writeBenchFile(_ path: String, _ text: String) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
        folder += "/\(part)"
        mkdir(folder, 0o755)
    }
    guard let file = fopen(path, "w") else { return }
    fputs(text, file)
    fclose(file)
}
