// The page that says that there is no page: what it means and what to do, in the reader's language.

internal import HTTP
internal import Markup

struct ErrorPage: Page {
    let heading: String
    let advice: String
    /// More that helps, where there is more; else empty.
    let details: String
    let home: String
    let homeLabel: String
    /// The number under which the log knows this request.
    let requestLine: String

    static let template: StaticString = "errors/show.html"
    static let fields: [Field<ErrorPage>] = [
        .text("heading") { $0.heading },
        .text("advice") { $0.advice },
        .text("details") { $0.details },
        .text("home") { $0.home },
        .text("homeLabel") { $0.homeLabel },
        .text("requestLine") { $0.requestLine },
    ]

    static func response(to refusal: Refusal, _ visit: Visit) -> Response {
        var response = response(refusal.status, visit)
        if case .unavailable(let seconds, _) = refusal { response.add("Retry-After", String(seconds)) }
        if case .storage = refusal { response.add("Retry-After", "30") }
        return response
    }

    static func response(_ status: Status, _ visit: Visit) -> Response {
        let words = visit.words
        let key = key(status)
        let heading = words.text("errors.\(key).heading")
        let page = ErrorPage(
            heading: heading,
            advice: words.text("errors.\(key).advice"),
            details: "",
            home: visit.link("/"),
            homeLabel: words.text("errors.home"),
            requestLine: words.text("errors.reference", ["id": .text(hexadecimal(visit.requestNumber))]))
        let name = visit.desk?.provider.name ?? visit.address.tenant?.name ?? "Atiende"
        return visit.show(
            page, visit.site.pages.error,
            title: words.text("errors.title", ["heading": .text(heading), "name": .text(name)]),
            status: status)
    }

    static func key(_ status: Status) -> String {
        switch status {
        case .notFound: "notFound"
        case .forbidden: "forbidden"
        case .conflict: "conflict"
        case .methodNotAllowed: "wrongMethod"
        case .serviceUnavailable: "unavailable"
        default: "broken"
        }
    }
}
