// Drafts: pages keep them by script, and whoever comes back finds them there or in a list.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum DraftRoutes {
    /// The list; or, for the script of a page, what is kept of that page.
    static func index(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        if let path = visit.asked("path") { return try offer(visit, path) }
        let person = try visit.signedIn().person.id
        let drafts = try visit.tenantDesk().read { try $0.drafts(of: person, at: visit.now) }
        let moments = MailWords(words: visit.words, zone: try visit.zone(), now: visit.now)
        let page = DraftsPage(
            drafts: drafts.map { draft in
                DraftsPage.Row(
                    id: "\(draft.id)", title: draft.title.isEmpty ? draft.path : draft.title,
                    href: visit.link(draft.place), when: moments.moment(draft.at),
                    entries: draft.content.typed.map { DraftsPage.Entry(label: $0.label, value: $0.value) },
                    discardHref: visit.link("/drafts/\(draft.id)/discard"), keys: visit.formKeys())
            }, emptyTitle: visit.words.text("drafts.none"), emptyText: visit.words.text("drafts.noneText"))
        return visit.show(page, visit.site.pages.drafts, title: visit.words.text("drafts.title"))
    }

    private static func offer(_ visit: Visit, _ sent: String) throws(Refusal) -> Response {
        let person = try visit.signedIn().person.id
        guard let path = visit.pathBelowBase(sent) else { throw .notFound }
        guard let draft = try visit.tenantDesk().read({ try $0.draft(of: person, path: path, at: visit.now) }) else {
            return json(["draft": .null])
        }
        return json([
            "draft": [
                "id": .int(draft.id.rawValue), "fields": draft.content.json,
                "offer": .string(try offerWords(visit, draft.at)),
                "discard": .string(visit.words.text("drafts.discard")),
            ]
        ])
    }

    /// `Recuperar lo que escribió a las 17:39`; of another day with its date.
    private static func offerWords(_ visit: Visit, _ instant: Int) throws(Refusal) -> String {
        let zone = try visit.zone()
        let then = zone.wallTime(at: .init(clamping: instant))
        guard then.date == zone.wallTime(at: .init(clamping: visit.now)).date else {
            let when = MailWords(words: visit.words, zone: zone, now: visit.now).moment(instant)
            return visit.words.text("drafts.offer", ["when": .text(when)])
        }
        return visit.words.text("drafts.offerToday", ["time": .text(visit.words.clock(then.second / 60))])
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body, let path = form["path"].flatMap(visit.pathBelowBase) else {
            throw .forbidden
        }
        let sent = form["fields"] ?? ""
        guard sent.utf8.count <= DraftContent.longest else {
            return .answer(Response.text(.contentTooLarge, visit.words.text("drafts.tooLarge")))
        }
        guard let content = DraftContent(sent) else {
            return .answer(Response.text(.unprocessableContent, visit.words.text("drafts.unreadable")))
        }
        let title = form.carried("title", upTo: 200) ?? ""
        let desk = try visit.tenantDesk()
        let session = try visit.signedIn()
        let time = try visit.zone().wallTime(at: .init(clamping: visit.now)).second / 60
        let told = visit.words.text("drafts.keptAt", ["time": .text(visit.words.clock(time))])
        return .answer(
            .later { answer in
                desk.database.write({ connection in
                    try connection.takeBackUse(of: session.hash, to: session.usedAt, from: visit.now)
                    return try connection.keepDraft(
                        content, of: session.person.id, path: path, title: title, at: visit.now)
                }) { result in
                    switch result {
                    case .success(let id): answer(json(["id": .int(id.rawValue), "kept": .string(told)]))
                    case .failure(let error): answer(ErrorPage.response(to: Refusal(error), visit))
                    }
                }
            })
    }

    static func delete(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        guard let id = Draft.ID(visit.parameters["id"]) else { throw .notFound }
        let person = try visit.signedIn().person.id
        let location = visit.link("/drafts")
        return try .file(form, said: "drafts.said.discarded") { connection in
            guard try connection.removeDraft(id, of: person, at: visit.now) else { throw Refusal.notFound }
            return location
        }
    }

    private static func json(_ value: JSON) -> Response {
        Response(.ok, body: .bytes(value.bytes(), type: "application/json"))
            .adding("Cache-Control", "no-store")
    }
}

extension Visit {
    /// The draft of a page that its reader asks to go on with.
    func askedDraft(of path: String) throws(Refusal) -> Draft? {
        guard let asked = asked("draft") else { return nil }
        let person = try signedIn().person.id
        let kept = try tenantDesk().read { try $0.draft(of: person, path: path, at: now) }
        return kept.flatMap { asked == "\($0.id)" ? $0 : nil }
    }

    /// A path of this tenant's pages as a script knows it, without the tenant's base; nil for anything else.
    func pathBelowBase(_ sent: String) -> String? {
        let base = link("")
        guard sent.hasPrefix(base) else { return nil }
        let path = String(sent.dropFirst(base.count))
        return WayBack.path(path) == path ? path : nil
    }
}
