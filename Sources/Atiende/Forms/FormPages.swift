// Pages with a form on them, and what the page after one begins with.

internal import HTTP
internal import Markup
internal import SQL

extension Visit {
    /// A page with a form. With faults its status says so, and its title begins with it.
    func showForm<P: Page>(
        _ page: P, _ renderer: Renderer<P>, title: String, _ faults: Faults = Faults(), status: Status? = nil
    ) -> Response {
        guard !faults.isEmpty else { return show(page, renderer, title: title) }
        return show(
            page, renderer, title: words.text("shared.errorTitle", ["title": .text(title)]),
            status: status ?? .unprocessableContent)
    }
}

extension Visit {
    /// What a form says that could not be kept though nothing is wrong with it; nil for every other refusal.
    func notKept(_ refusal: Refusal) -> Faults? {
        let key: String
        switch refusal {
        case .storage(let error): key = SQLError.Code.full ~= error ? "errors.full.form" : "errors.unavailable.form"
        case .unavailable: key = "errors.unavailable.form"
        case .notFound, .forbidden, .conflict, .elsewhere, .broken, .faults: return nil
        }
        return .one(Faults.page, words.text(key))
    }
}

extension Faults {
    /// The place of what belongs to none of a form's fields: the whole page.
    fileprivate static let page = "main"

    /// Whether nothing is wrong but that it could not be kept.
    var isNotKept: Bool { !self[Self.page].isEmpty }
}

extension Response {
    /// Has the next page say, once, what was done.
    func saying(_ key: String, _ visit: Visit, _ request: Request) -> Response {
        guard !key.isEmpty, let slug = visit.desk?.tenant.slug,
            let cookie = SessionCookie.setSaid(key, of: slug, request)
        else { return self }
        var response = self
        response.add(cookie)
        return response
    }
}
