// A ticket's page as a file of its own: it is read far from here, so it asks nothing of any server.

internal import Markup

struct TicketFilePage: Page {
    struct Turn: Item {
        let head: String
        let when: String
        let text: String
        let isInternal: Bool
        let facts: [FactItem]
        let files: [File]

        static let fields: [Field<Turn>] = [
            .text("turnHead") { $0.head },
            .text("turnWhen") { $0.when },
            .text("turnText") { $0.text },
            .flag("isInternal") { $0.isInternal },
            .list("turnFacts") { $0.facts },
            .list("turnFiles") { $0.files },
        ]
    }

    struct File: Item {
        let name: String
        let href: String

        static let fields: [Field<File>] = [
            .text("fileName") { $0.name },
            .text("fileHref") { $0.href },
        ]
    }

    let title: String
    let facts: [FactItem]
    let turns: [Turn]
    let made: String

    static let template: StaticString = "tickets/file.html"
    static let fields: [Field<TicketFilePage>] = [
        .text("title") { $0.title },
        .list("facts") { $0.facts },
        .list("turns") { $0.turns },
        .text("made") { $0.made },
    ]

    init(_ ticket: Ticket, _ conversation: Conversation, _ names: TicketFileNames, _ visit: Visit) throws(Refusal) {
        let words = visit.words
        let terms = visit.ticketWords(isForStaff: try visit.signedIn().person.role.isStaff)
        let moments = Moments(words: words, zone: try visit.zone(), now: visit.now)
        title = "\(ticket.folio): \(ticket.subject)"
        facts = [
            FactItem(label: words.text("ticketfile.status"), value: terms.status(ticket.status)),
            FactItem(label: words.text("ticketfile.severity"), value: terms.severity(ticket.severity)),
            FactItem(label: words.text("ticketfile.kind"), value: terms.kind(ticket.kind)),
            FactItem(label: words.text("ticketfile.opened"), value: moments.on(ticket.openedAt)),
        ]
        turns = conversation.turns.flatMap { Self.lines(of: $0, names) }
        made = words.text(
            "ticketfile.made",
            ["provider": .text(visit.desk?.provider.name ?? ""), "when": .text(moments.on(visit.now))])
    }

    private static func lines(of turn: Conversation.Turn, _ names: TicketFileNames) -> [Turn] {
        if let message = turn.message {
            let head = [message.author, message.standing, message.deed].filter { !$0.isEmpty }.joined(separator: ", ")
            return [
                Turn(
                    head: head, when: message.when, text: message.body.map(\.text).joined(),
                    isInternal: message.isInternal, facts: message.facts,
                    files: message.files.map { File(name: $0.name, href: names.href(of: $0.href)) })
            ]
        }
        return (turn.changes?.changes ?? []).map { change in
            Turn(
                head: "\(change.actor) \(change.text)", when: change.when, text: change.reason.map(\.text).joined(),
                isInternal: false, facts: [], files: [])
        }
    }
}
