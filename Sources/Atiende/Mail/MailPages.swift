// What the pages of outgoing mail show.

internal import Markup
internal import SLA

/// How far a letter got, in words.
struct OutboxStateItem: Item {
    /// The class of its badge.
    let kind: String
    let icon: String
    let label: String
    /// What was tried and why it failed; empty where there is nothing to say.
    let detail: String

    static let fields: [Field<OutboxStateItem>] = [
        .text("kind") { $0.kind },
        .text("icon") { $0.icon },
        .text("label") { $0.label },
        .text("detail") { $0.detail },
    ]
}

struct OutboxPage: Page {
    struct Row: Item {
        let href: String
        let subject: String
        let name: String
        let address: String
        /// RFC 3339.
        let at: String
        let when: String
        let state: OutboxStateItem

        static let fields: [Field<Row>] = [
            .text("href") { $0.href },
            .text("subject") { $0.subject },
            .text("name") { $0.name },
            .text("address") { $0.address },
            .text("at") { $0.at },
            .text("when") { $0.when },
            .part("state") { $0.state },
        ]
    }

    let action: String
    let query: String
    let letters: [Row]
    let emptyTitle: String
    let emptyText: String
    let pager: Pager?

    static let template: StaticString = "mail/index.html"
    static let fields: [Field<OutboxPage>] = [
        .text("action") { $0.action },
        .text("query") { $0.query },
        .list("letters") { $0.letters },
        .flag("isEmpty") { $0.letters.isEmpty },
        .text("emptyTitle") { $0.emptyTitle },
        .text("emptyText") { $0.emptyText },
        .part("pager") { $0.pager },
    ]
}

struct OutboxLetterPage: Page {
    let list: String
    let subject: String
    let state: OutboxStateItem
    let from: String
    let to: String
    let at: String
    let when: String
    /// Empty for a letter that cannot be made a message.
    let file: String
    let writtenIn: String
    let text: String

    static let template: StaticString = "mail/show.html"
    static let fields: [Field<OutboxLetterPage>] = [
        .text("list") { $0.list },
        .text("subject") { $0.subject },
        .part("state") { $0.state },
        .text("from") { $0.from },
        .text("to") { $0.to },
        .text("at") { $0.at },
        .text("when") { $0.when },
        .text("file") { $0.file },
        .text("writtenIn") { $0.writtenIn },
        .text("text") { $0.text },
    ]
}

// MARK: Words

/// What is needed to say when something is: a language, a zone and now.
struct MailWords {
    let words: Words
    let zone: TimeZoneRules
    let now: Int

    /// `hoy 16:52`, `mar 17 nov, 20:35`; the year only where it is another.
    func moment(_ instant: Int) -> String {
        let then = zone.wallTime(at: Instant(clamping: instant))
        let today = zone.wallTime(at: Instant(clamping: now)).date
        let time = words.time(minute: then.second / 60)
        if then.date == today { return (words.language == .es ? "hoy " : "today ") + time }
        let weekday = words.weekday(then.date.weekday).prefix(3)
        let year = then.date.year == today.year ? "" : " \(then.date.year)"
        return "\(weekday) \(then.date.day) \(month(then.date.month))\(year), \(time)"
    }

    private func month(_ number: Int) -> String {
        let names =
            words.language == .es
            ? ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]
            : ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return names[number - 1]
    }

    func state(_ state: OutboxState) -> OutboxStateItem {
        if let sentAt = state.sentAt {
            let detail = words.text("mail.sentAt", ["when": .text(moment(sentAt))])
            return OutboxStateItem(kind: "good", icon: "ok", label: words.text("mail.sent"), detail: detail)
        }
        guard let nextAt = state.nextAt else {
            return OutboxStateItem(
                kind: "bad", icon: "missed", label: words.text("mail.failed"), detail: attempts(state))
        }
        guard state.error != nil else {
            return OutboxStateItem(kind: "", icon: "send", label: words.text("mail.waiting"), detail: "")
        }
        let label = words.text("mail.retrying", ["when": .text(moment(nextAt))])
        return OutboxStateItem(kind: "warn", icon: "hourglass", label: label, detail: attempts(state))
    }

    private func attempts(_ state: OutboxState) -> String {
        let attempts = words.text("mail.attempts", ["count": .number(state.attempts)])
        guard let why = state.error, !why.isEmpty else { return attempts }
        return words.text("mail.reason", ["attempts": .text(attempts), "why": .text(why)])
    }

    /// A subject as a link's words, which may not be empty.
    func subject(_ subject: String) -> String { subject.isEmpty ? words.text("mail.noSubject") : subject }
}
