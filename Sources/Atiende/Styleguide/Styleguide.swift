// Every component on one page, for whoever builds pages. Only a server for development has it.

internal import HTTP
internal import Markup

struct StyleguidePage: Page {
    static let template: StaticString = "styleguide/index.html"
    static let fields: [Field<StyleguidePage>] = []
}

enum Styleguide {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let title = visit.words.text("styleguide.title")
        return visit.show(StyleguidePage(), visit.site.pages.styleguide, title: title)
    }
}
