// What the pages of the trail show.

internal import Markup
internal import SLA

struct AuditRowItem: Item {
    /// RFC 3339.
    let at: String
    let when: String
    let who: String
    let email: String
    let what: String
    /// On whom or what; empty where the act says it all.
    let subject: String
    let organization: String
    let isDone: Bool
    let outcome: String
    let address: String
    let before: String
    let after: String

    static let fields: [Field<AuditRowItem>] = [
        .text("at") { $0.at },
        .text("when") { $0.when },
        .text("who") { $0.who },
        .text("email") { $0.email },
        .text("what") { $0.what },
        .text("subject") { $0.subject },
        .text("organization") { $0.organization == $0.subject ? "" : $0.organization },
        .flag("isDone") { $0.isDone },
        .text("outcome") { $0.outcome },
        .text("address") { $0.address },
        .text("before") { $0.before },
        .text("after") { $0.after },
        .flag("hasChange") { !$0.before.isEmpty || !$0.after.isEmpty },
    ]
}

struct AuditIndexPage: Page {
    struct Candidate: Item {
        let label: String
        let href: String

        static let fields: [Field<Candidate>] = [
            .text("candidateLabel") { $0.label },
            .text("candidateHref") { $0.href },
        ]
    }

    let action: String
    let filters: [FormField]
    let faults: [FormFault]
    let rows: [AuditRowItem]
    let emptyTitle: String
    let emptyText: String
    let candidates: [Candidate]
    let export: String
    /// Empty on the first page.
    let newest: String
    /// Empty on the last page.
    let older: String

    static let template: StaticString = "audit/index.html"
    static let fields: [Field<AuditIndexPage>] = [
        .text("action") { $0.action },
        .list("filters") { $0.filters },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .list("rows") { $0.rows },
        .flag("isEmpty") { $0.rows.isEmpty },
        .text("emptyTitle") { $0.emptyTitle },
        .text("emptyText") { $0.emptyText },
        .list("candidates") { $0.candidates },
        .text("export") { $0.export },
        .text("newest") { $0.newest },
        .text("older") { $0.older },
    ]
}

/// Who of the provider looked at, or changed, what belongs to an organization.
struct AccessesPage: Page {
    let organization: String
    let emptyTitle: String
    let emptyText: String
    let rows: [AuditRowItem]
    let newest: String
    let older: String

    static let template: StaticString = "audit/accesses.html"
    static let fields: [Field<AccessesPage>] = [
        .text("organization") { $0.organization },
        .text("emptyTitle") { $0.emptyTitle },
        .text("emptyText") { $0.emptyText },
        .list("rows") { $0.rows },
        .flag("isEmpty") { $0.rows.isEmpty },
        .text("newest") { $0.newest },
        .text("older") { $0.older },
    ]
}

// MARK: Words

/// A row in the words of its reader.
struct AuditWords {
    let words: Words
    let moments: MailWords

    init(_ visit: Visit) throws(Refusal) {
        words = visit.words
        moments = MailWords(words: visit.words, zone: try visit.zone(), now: visit.now)
    }

    func item(_ row: AuditRow) -> AuditRowItem {
        AuditRowItem(
            at: "\(Instant(clamping: row.place.at))", when: moments.moment(row.place.at),
            who: row.actorName.isEmpty ? words.text("audit.nobody") : row.actorName, email: row.actorEmail,
            what: act(row.act), subject: subject(row), organization: row.organization, isDone: row.isDone,
            outcome: words.text(row.isDone ? "audit.outcome.done" : "audit.outcome.refused"), address: row.address,
            before: row.before, after: row.after)
    }

    /// An act that a later version wrote is shown as it is.
    func act(_ act: String) -> String {
        AuditEntry.Act(rawValue: act) == nil ? act : words.text("audit.act." + act)
    }

    private func subject(_ row: AuditRow) -> String {
        if !row.subjectName.isEmpty { return row.subjectName }
        // Of many of a kind it says which: `letter:3`.
        let parts = row.subject.split(separator: ":", maxSplits: 1)
        let key = "audit.subject." + (parts.first ?? "")
        let known = words.text(key, ["number": .text(String(parts.last ?? ""))])
        return known == key ? row.subject : known
    }
}
