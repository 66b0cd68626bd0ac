// A form that arrives when its session is over: what was typed is kept as a draft of its author's, and is there again once
// he has logged in. No script is needed for it.

internal import HTTP
internal import SQL

extension Gate {
    /// Where the author of a form goes on with it after logging in; nil where its page does not fill itself in, or nobody
    /// knows whose it is.
    func keepForm(_ visit: Visit, _ request: Request) throws(Refusal) -> Response? {
        guard let desk = visit.desk, case .form(let form) = request.body, let path = page(of: visit.address.path),
            let token = SessionCookie.token(of: desk.tenant.slug, request), let sent = form[FormSeal.field],
            try FormSeal(secret: token.text).matches(sent), let content = DraftContent(typed: form),
            let author = try desk.read({ try $0.author(ofSession: token.hash) })
        else { return nil }
        let title = form.carried("subject", upTo: 200) ?? ""
        return .later { answer in
            desk.database.write({ connection in
                try connection.keepDraft(content, of: author, path: path, title: title, at: visit.now)
            }) { result in
                let id = try? result.get()
                let next = path + (id.map { "?draft=\($0)" } ?? "")
                answer(.seeOther(visit.link("/login?next=" + PercentCoding.encode(queryComponent: next))))
            }
        }
    }

    /// The page on which the form of a path stands: the nearest one above it, where pages of tickets are.
    private func page(of path: ArraySlice<UInt8>) -> String? {
        var parts = String(decoding: path, as: UTF8.self).split(separator: "/")
        guard parts.first == "tickets" else { return nil }
        while parts.count > 1 {
            let page = "/" + parts.joined(separator: "/")
            if case .found = tenantRoutes.match(.get, Array(page.utf8)[...]) { return page }
            parts.removeLast()
        }
        return nil
    }
}

extension DraftContent {
    /// What a form brought, but for what it carries unseen. Nil where that is nothing, or too much.
    init?(typed form: Form) {
        let unseen: Set = [FormSeal.field, "key", "version"]
        let entries = form.fields.filter { !unseen.contains($0.name) && !$0.value.isEmpty }.map { field -> JSON in
            .array([.string("0"), .string(field.name), .string(""), .string(field.value)])
        }
        self.init(JSON.array(entries).text())
    }
}
