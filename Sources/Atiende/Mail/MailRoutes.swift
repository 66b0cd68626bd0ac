// The mail that a desk sends, for whoever administers it: the list, a letter, and the letter as a file.

internal import HTTP
internal import Markup
internal import SLA

enum MailRoutes {
    static func index(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let form = (try? request.queryForm()) ?? Form()
        let query = HeaderText(form["q"] ?? "").text
        // A number that is none asks for the first page.
        let asked = form["page"].flatMap { Int($0) } ?? 1
        let count = try desk.read { try $0.letterCount(to: query) }
        let paging = Paging(number: asked, total: count)
        let entries = try desk.read {
            try $0.outboxPage(to: query, from: paging.offset, limit: Paging.size)
        }
        let mail = MailWords(words: visit.words, zone: desk.zone, now: visit.now)
        let shown = OutboxPage(
            action: visit.link("/admin/mail"), query: query,
            letters: entries.map { row($0, visit, mail) },
            emptyTitle: visit.words.text(query.isEmpty ? "mail.none" : "mail.noMatch"),
            emptyText: visit.words.text(query.isEmpty ? "mail.noneText" : "mail.noMatchText"),
            pager: visit.pager(paging))
        return visit.show(shown, visit.site.pages.outbox, title: visit.words.text("mail.title"))
    }

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let (desk, letter) = try find(visit)
        try visit.traceOnce(.mailRead, "letter:\(letter.id)", within: 3600)
        let message = MIMEMessage(letter, of: desk.provider)
        let mail = MailWords(words: visit.words, zone: desk.zone, now: visit.now)
        let page = OutboxLetterPage(
            list: visit.link("/admin/mail"), subject: mail.subject(letter.subject.text),
            state: mail.state(letter.state),
            from: message.map { shown($0.from.name.text, $0.from.address.text) } ?? "",
            to: shown(letter.name, letter.address), at: "\(Instant(clamping: letter.createdAt))",
            when: mail.moment(letter.createdAt),
            file: message == nil ? "" : visit.link("/admin/mail/\(letter.id)/file"),
            writtenIn: letter.language.rawValue, text: letter.text)
        return visit.show(page, visit.site.pages.outboxLetter, title: page.subject)
    }

    /// The letter as it goes to the transport, whether it went or not.
    static func file(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let (desk, letter) = try find(visit)
        guard let message = MIMEMessage(letter, of: desk.provider) else { throw .notFound }
        return Response(.ok, body: .bytes(message.bytes, type: "message/rfc822"))
            .adding("Content-Disposition", "attachment; filename=\"\(desk.tenant.slug)-\(letter.id).eml\"")
            .adding("Content-Security-Policy", "sandbox; default-src 'none'")
            .adding("Cache-Control", "no-store")
    }

    private static func find(_ visit: Visit) throws(Refusal) -> (Desk, OutboxLetter) {
        let desk = try visit.tenantDesk()
        let text = visit.parameters["id"]
        // One address for each letter: `+1` and `01` are none.
        guard let id = Int(text), String(id) == text, let letter = try desk.read({ try $0.letter(id) }) else {
            throw .notFound
        }
        return (desk, letter)
    }

    private static func row(_ entry: OutboxEntry, _ visit: Visit, _ mail: MailWords) -> OutboxPage.Row {
        OutboxPage.Row(
            href: visit.link("/admin/mail/\(entry.id)"), subject: mail.subject(entry.subject), name: entry.name,
            address: entry.address, at: "\(Instant(clamping: entry.createdAt))", when: mail.moment(entry.createdAt),
            state: mail.state(entry.state))
    }

    private static func shown(_ name: String, _ address: String) -> String {
        name.isEmpty ? address : "\(name) <\(address)>"
    }
}
