// Pages with a form on them, and what the page after one begins with.

internal import HTTP
internal import Markup

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
