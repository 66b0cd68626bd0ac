// Every component on one page, for whoever builds pages. Only a server for development has it.

internal import HTTP
internal import Markup

struct StyleguidePage: Page {
    let pager: Pager?

    static let template: StaticString = "styleguide/index.html"
    static let fields: [Field<StyleguidePage>] = [
        .part("pager") { $0.pager }
    ]
}

enum Styleguide {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let title = visit.words.text("styleguide.title")
        let page = StyleguidePage(pager: visit.pager(Paging(number: 2, total: 3812)))
        return visit.show(page, visit.site.pages.styleguide, title: title)
    }
}
