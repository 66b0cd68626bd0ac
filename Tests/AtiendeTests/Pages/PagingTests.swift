// Pages of lists: which one is asked for, which links stand under it, how numbers are written.

import Foundation
import HTTP
import Markup
import Testing

@testable import Atiende

@Suite struct PagingTests {
    @Test(
        arguments: [
            (nil, 1), ("", 1), ("q=page", 1), ("page=1", 1), ("page=2", 2), ("q=a&page=77&lang=en", 77),
            ("p%61ge=3", 3),
            ("page=78", 77), ("page=999999999", 77), ("pages=9", 1), ("Page=9", 1),
        ] as [(String?, Int)])
    func `the query says which page, and past the end is the last`(_ query: String?, _ number: Int) throws {
        let paging = try Paging(query: query, total: 3812)
        #expect(paging.number == number && paging.pages == 77)
        #expect(paging.offset == (number - 1) * 50)
        #expect(paging.count == (number == 77 ? 12 : 50))
    }

    @Test(arguments: [
        "page=", "page", "page=0", "page=01", "page=-1", "page=+1", "page=%2B1", "page=1.0", "page=1e3", "page=0x1",
        "page=%D9%A1", "page=1%20", "page=1&page=1", "page=1&page=2", "page=1000000000", "page=%", "page=1%00",
        "page=9223372036854775808", "page=two", "a=%ZZ&page=2",
    ])
    func `what is no page is not found`(_ query: String) {
        do throws(Refusal) {
            _ = try Paging(query: query, total: 3812)
            Issue.record("\(query) was read")
        } catch {
            #expect(error.status == .notFound)
        }
    }

    @Test(arguments: [
        (0, 1, 0), (1, 1, 1), (49, 1, 49), (50, 1, 50), (51, 2, 50), (100, 2, 50), (101, 3, 50),
        (Int.max, Int.max / 50 + 1, 50), (-5, 1, 0),
    ])
    func `any total has its pages`(_ total: Int, _ pages: Int, _ first: Int) {
        #expect(Paging(number: 1, total: total).pages == pages)
        #expect(Paging(number: 1, total: total).count == first)
        #expect(Paging(number: 0, total: total).number == 1)
        let last = Paging(number: .max, total: total)
        #expect(last.number == pages)
        #expect(last.offset + last.count == max(0, total))
    }

    @Test(arguments: [
        (1, 1, ""), (1, 2, "[1] 2"), (2, 2, "1 [2]"), (2, 3, "1 [2] 3"), (1, 4, "[1] 2 3 4"),
        (1, 5, "[1] 2 … 5"), (3, 5, "1 2 [3] 4 5"), (4, 7, "1 2 3 [4] 5 6 7"), (4, 8, "1 2 3 [4] 5 … 8"),
        (5, 9, "1 … 4 [5] 6 … 9"), (77, 77, "1 … 76 [77]"), (2, 77, "1 [2] 3 … 77"),
        (1000, 1200, "1 … 999 [1.000] 1.001 … 1.200"),
    ])
    func `the first, the last and the neighbours are linked`(_ number: Int, _ pages: Int, _ shown: String) throws {
        let pager = try #require(
            Pager(Paging(number: number, total: pages * 50), path: "/t", query: nil, numbers: .dot))
        #expect(pager.links.map { $0.isCurrent ? "[\($0.text)]" : $0.text }.joined(separator: " ") == shown)
        #expect(pager.previous.isEmpty == (number == 1))
        #expect(pager.next.isEmpty == (number == pages))
        #expect(pager.links.allSatisfy { $0.href.isEmpty == ($0.text == "…") })
    }

    @Test(
        arguments: [
            (nil, "/t/x/list", "/t/x/list?page=3"),
            ("", "/t/x/list", "/t/x/list?page=3"),
            ("page=2", "/t/x/list", "/t/x/list?page=3"),
            ("q=a%26b&page=2&sort=due", "/t/x/list?q=a%26b&sort=due", "/t/x/list?q=a%26b&sort=due&page=3"),
            ("p%61ge=2&pages=4", "/t/x/list?pages=4", "/t/x/list?pages=4&page=3"),
            ("tag=a&tag=b&flag&&", "/t/x/list?tag=a&tag=b&flag", "/t/x/list?tag=a&tag=b&flag&page=3"),
        ] as [(String?, String, String)])
    func `links keep the other parameters`(_ query: String?, _ first: String, _ third: String) throws {
        let pager = try #require(
            Pager(Paging(number: 2, total: 200), path: "/t/x/list", query: query, numbers: .dot))
        #expect(pager.previous == first)
        #expect(pager.next == third)
        #expect(pager.links.map(\.href)[0] == first)
        // What was linked is read as that page.
        let read = pager.next.split(separator: "?", maxSplits: 1).last.map(String.init)
        #expect(try Paging(query: read, total: 200).number == 3)
    }

    @Test func `the line says which items of how many`() throws {
        let last = try #require(Pager(Paging(number: 77, total: 3812), path: "/", query: nil, numbers: .comma))
        #expect([last.from, last.to, last.total] == ["3,801", "3,812", "3,812"])
        #expect(Pager(Paging(number: 1, total: 0), path: "/", query: nil, numbers: .dot) == nil)
    }

    @Test(arguments: [
        (0, "0", "0"), (7, "7", "7"), (999, "999", "999"), (1000, "1,000", "1.000"), (3812, "3,812", "3.812"),
        (44_640, "44,640", "44.640"), (1_234_567, "1,234,567", "1.234.567"), (-1000, "−1,000", "−1.000"),
        (Int.min, "−9,223,372,036,854,775,808", "−9.223.372.036.854.775.808"),
    ])
    func `thousands are marked as the country does`(_ number: Int, _ comma: String, _ dot: String) {
        for style in [NumberStyle(.es, locale: "es-MX"), NumberStyle(.en, locale: "es-CO"), NumberStyle(.en)] {
            #expect(style.text(number) == comma)
        }
        for style in [NumberStyle(.es, locale: "es-CO"), NumberStyle(.es)] { #expect(style.text(number) == dot) }
    }
}

/// The partial by itself, with the words of the repository.
private struct PagerProbe: Page {
    let pager: Pager?

    static let template: StaticString = "index.html"
    static let fields: [Field<PagerProbe>] = [.part("pager") { $0.pager }]
}

@Suite struct PagerPartialTests {
    private func render(_ pager: Pager?, _ language: Language) throws -> String {
        let folder = TemporaryFolder()
        let files = FileManager.default
        for name in ["shared", "words"] {
            try files.createDirectory(atPath: folder / name, withIntermediateDirectories: true)
        }
        for name in ["shared/pager.html", "words/es.shared.txt", "words/en.shared.txt"] {
            try files.copyItem(atPath: TestSite.resources + "/Templates/" + name, toPath: folder / name)
        }
        try "{{#with pager}}{{> shared/pager}}{{/with}}".write(
            toFile: folder / "index.html", atomically: true, encoding: .utf8)
        let templates = try Templates(directory: folder.path, wordsUsedByCode: ["shared.*"], asset: { $0 })
        let renderer = templates.bind(PagerProbe.self)
        try templates.finish()
        return String(decoding: renderer.render(PagerProbe(pager: pager), language: language), as: UTF8.self)
    }

    @Test func `the partial shows the range, the links and where one is`() throws {
        let pager = Pager(Paging(number: 2, total: 3812), path: "/t/x/list", query: "q=\"<&page=2", numbers: .dot)
        let page = try render(pager, .es)
        #expect(page.contains("<nav class=\"pager\" aria-label=\"Páginas\">"))
        #expect(page.contains("<p>51 a 100 de 3.812</p>"))
        #expect(page.contains("rel=\"prev\">Anterior</a>"))
        #expect(page.contains("rel=\"next\">Siguiente</a>"))
        #expect(page.contains(" aria-current=\"page\"><span class=\"sr\">Página </span>2</a>"))
        #expect(page.components(separatedBy: "aria-current").count == 2)
        #expect(page.contains("<li><span aria-hidden=\"true\">…</span></li>"))
        #expect(page.contains("&amp;page=3") && !page.contains("\"<"))
    }

    @Test func `it speaks English`() throws {
        let pager = Pager(Paging(number: 1, total: 3812), path: "/", query: nil, numbers: .comma)
        let page = try render(pager, .en)
        #expect(page.contains("<p>1 to 50 of 3,812</p>"))
        #expect(page.contains("aria-label=\"Pages\"") && page.contains(">Next</a>"))
        #expect(!page.contains("Previous"))
    }

    @Test func `one page has no links, and none has no pager`() throws {
        let one = try render(Pager(Paging(number: 1, total: 12), path: "/", query: nil, numbers: .dot), .es)
        #expect(one.contains("<p>1 a 12 de 12</p>") && !one.contains("<ul") && !one.contains("<a"))
        #expect(try render(nil, .es).trimmingCharacters(in: .whitespacesAndNewlines).isEmpty)
    }

    @Test func `the page of components shows it, bound like any page`() throws {
        let site = try TestSite(tenants: [], isForDevelopment: true)
        let page = try site.get("/styleguide").text
        #expect(page.contains("<p>51 a 100 de 3.812</p>"))
        #expect(page.contains("<a href=\"/styleguide?page=3\" rel=\"next\">Siguiente</a>"))
        #expect(try site.get("/styleguide?lang=en").text.contains("<p>51 to 100 of 3,812</p>"))
    }

    @Test func `a visit's numbers and links are those of its provider and its path`() throws {
        let probe: Route.Handler = { visit, _ throws(Refusal) in
            let pager = visit.pager(try visit.paging(total: 3812))
            return .text(.ok, "\(pager?.total ?? "") \(pager?.next ?? "")")
        }
        let site = try TestSite(tenants: ["proware", "seres"], tenantRoutes: [.get("/probe", for: .anyone, probe)])
        for name in ["proware", "seres"] {
            let locale = try site.desk(name).provider.locale
            let total = locale == "es-MX" ? "3,812" : "3.812"
            #expect(try site.get("/t/\(name)/probe?q=a&page=2").text == "\(total) /t/\(name)/probe?q=a&page=3")
            #expect(try site.get("/t/\(name)/probe?page=x").status == 404)
        }
    }
}
