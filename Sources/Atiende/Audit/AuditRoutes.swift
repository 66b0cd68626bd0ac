// The trail, for whoever administers the desk, and for a customer what concerns his organization.

internal import HTTP
internal import Markup
internal import SQL
internal import Synchronization

enum AuditRoutes {
    static func index(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let filter = try AuditFilter(visit, request)
        let faults = filter.sent.faults
        let below = try place(visit)
        try visit.traceOnce(.trailRead, "audit", within: 3600)
        let isAnswered = faults.isEmpty && !filter.isUnclear
        let found =
            isAnswered
            ? try visit.tenantDesk().read { try $0.auditPage(filter.question, below: below, limit: Paging.size) }
            : AuditPage(rows: [], older: nil)
        let words = try AuditWords(visit)
        let path = visit.link("/admin/audit")
        let page = AuditIndexPage(
            action: path,
            filters: FormDraft(filter.sent, options: options(words)).fields(AuditFilter.specs, visit.words),
            faults: FormDraft(filter.sent).faultLines, rows: found.rows.map(words.item),
            emptyTitle: visit.words.text(filter.isUnclear ? "audit.noMatch" : "audit.none"),
            emptyText: visit.words.text(filter.isUnclear ? "audit.noMatchText" : "audit.noneText"),
            candidates: filter.candidates.map { candidate in
                AuditIndexPage.Candidate(
                    label: candidate.label, href: filter.href(path, [candidate.field: candidate.value]))
            },
            export: isAnswered ? filter.href(visit.link("/admin/audit/export")) : "",
            newest: below == .end ? "" : filter.href(path),
            older: found.older.map { filter.href(path, ["below": $0.text]) } ?? "")
        return visit.showForm(page, visit.site.pages.audit, title: visit.words.text("audit.title"), faults)
    }

    /// What people of the provider did with the data of the visitor's organization.
    static func accesses(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let membership = try visit.membership()
        let question = AuditQuestion(organization: membership.organization, isDone: true, isByStaff: true)
        let below = try place(visit)
        let found = try visit.tenantDesk().read { try $0.auditPage(question, below: below, limit: Paging.size) }
        let words = try AuditWords(visit)
        let path = visit.link("/organization/accesses")
        let page = AccessesPage(
            organization: membership.name, emptyTitle: visit.words.text("audit.accesses.none"),
            emptyText: visit.words.text("audit.accesses.noneText"), rows: found.rows.map(words.item),
            newest: below == .end ? "" : path,
            older: found.older.map { path + "?below=" + $0.text } ?? "")
        return visit.show(page, visit.site.pages.accesses, title: visit.words.text("audit.accesses.title"))
    }

    private static func place(_ visit: Visit) throws(Refusal) -> AuditPlace {
        guard let text = visit.asked("below"), !text.isEmpty else { return .end }
        guard let place = AuditPlace(text) else { throw .notFound }
        return place
    }

    private static func options(_ words: AuditWords) -> [String: [FieldOption]] {
        let acts = AuditEntry.Act.allCases.map { FieldOption(value: $0.rawValue, label: words.act($0.rawValue)) }
        let any = FieldOption(value: "", label: words.words.text("audit.filter.any"))
        return [
            "act": [any] + acts.sorted { $0.label.folded < $1.label.folded },
            "outcome": [any]
                + ["done", "refused"].map { FieldOption(value: $0, label: words.words.text("audit.outcome.\($0)")) },
        ]
    }
}

extension Visit {
    /// Adds to the trail that the visitor looked at something, unless he did so a short while ago.
    func traceOnce(
        _ act: AuditEntry.Act, _ subject: String, of organization: Organization.ID? = nil, within seconds: Int
    ) throws(Refusal) {
        let desk = try tenantDesk()
        let actor = try signedIn().person.id
        let since = now - seconds
        guard try !desk.read({ try $0.wasRecorded(act, subject, by: actor, since: since) }) else { return }
        let entry = entry(act, subject, of: organization)
        desk.database.write({ connection in
            // Asked again: two pages may have been opened at once.
            guard try !connection.wasRecorded(act, subject, by: actor, since: since) else { return }
            try connection.record(entry)
        }) { [site] result in
            if case .failure(let error) = result { site.installation.log.write(.error, "audit", [("why", "\(error)")]) }
        }
    }
}
