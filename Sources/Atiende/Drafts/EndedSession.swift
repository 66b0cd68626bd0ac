// A form that arrives when its session is over: what was typed and sent is kept as a draft of its author's, and is there again
// once he has logged in. No script is needed for it.

internal import HTTP
internal import SQL

extension Gate {
    /// Where the author of a form goes on with it after logging in; nil where its page does not fill itself in, or nobody
    /// knows whose it is.
    func keepForm(_ visit: Visit, _ request: Request) throws(Refusal) -> Response? {
        guard let desk = visit.desk, case .form(let form) = request.body,
            let token = SessionCookie.token(of: desk.tenant.slug, request), let sent = form[FormSeal.field],
            try FormSeal(secret: token.text).matches(sent),
            let author = try desk.read({ connection in
                try connection.author(ofSession: token.hash).flatMap { try connection.person($0) }
            }), let place = place(of: visit.address.path, isOfStaff: author.role.isStaff)
        else { return nil }
        let files = try visit.keepFiles(form, of: author.id)
        guard let content = DraftContent(typed: form, in: place.form, with: files) else { return nil }
        let title = form.carried("subject", upTo: 200) ?? ""
        return .later { answer in
            desk.database.write({ connection in
                try connection.keepDraft(content, of: author.id, path: place.page, title: title, at: visit.now)
            }) { result in
                let id = try? result.get()
                let next = place.page + (id.map { "?draft=\($0)" } ?? "")
                answer(.seeOther(visit.link("/login?next=" + PercentCoding.encode(queryComponent: next))))
            }
        }
    }

    /// The page on which the form of a path stands, and which of its forms it is: the nearest page above it, where pages
    /// fill themselves in. The staff reads and answers a ticket on one page.
    private func place(of path: ArraySlice<UInt8>, isOfStaff: Bool) -> (page: String, form: String)? {
        var parts = String(decoding: path, as: UTF8.self).split(separator: "/").map(String.init)
        if isOfStaff, parts.count > 2, parts[0] == "tickets" || parts[0] == "desk" {
            let form = parts[2] == "messages" ? "message" : parts[2...].joined(separator: "-")
            return ("/desk/" + parts[1], "form-" + form)
        }
        guard parts.first == "tickets" else { return nil }
        while parts.count > 1 {
            let page = "/" + parts.joined(separator: "/")
            if case .found = tenantRoutes.match(.get, Array(page.utf8)[...]) { return (page, "0") }
            parts.removeLast()
        }
        return nil
    }
}

extension DraftContent {
    /// What a form brought, but for what it carries unseen; its files wait. Nil where that is nothing, or too much.
    init?(typed form: Form, in place: String, with files: SentFiles) {
        let unseen: Set = [FormSeal.field, "key", "version", SentFiles.keptField]
        var typed = form.fields.filter { !unseen.contains($0.name) && !$0.value.isEmpty }
        typed += files.kept.map { (SentFiles.keptField, $0.token) }
        let entries = typed.map { field -> JSON in
            .array([.string(place), .string(field.name), .string(""), .string(field.value)])
        }
        self.init(JSON.array(entries).text())
    }
}
