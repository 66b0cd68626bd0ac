// A ticket's conversation as both sides see it, in finished words: `tickets/conversation.html` draws it.

internal import HTTP
internal import Markup
internal import SLA

/// Messages in order, and between them what changed.
struct Conversation: Item {
    /// One of the two.
    struct Turn: Item {
        var message: Message?
        var changes: Changes?

        static let fields: [Field<Turn>] = [
            .part("message") { $0.message },
            .part("changes") { $0.changes },
        ]
    }

    struct Message: Item {
        /// `staff`, `note`, or empty for a customer's.
        let side: String
        let isOfStaff: Bool
        let isInternal: Bool
        let id: String
        let author: String
        let standing: String
        /// What it is besides a message: a call that was written down, a diagnosis; empty for nothing.
        let deed: String
        /// For readers who do not see it.
        let label: String
        let at: String
        let when: String
        let body: [TextPiece]
        let facts: [FactItem]
        let files: [File]

        static let fields: [Field<Message>] = [
            .text("side") { $0.side },
            .flag("isOfStaff") { $0.isOfStaff },
            .flag("isInternal") { $0.isInternal },
            .text("messageID") { $0.id },
            .text("initials") { $0.author.initials },
            .text("author") { $0.author },
            .text("standing") { $0.standing },
            .text("deed") { $0.deed },
            .text("messageLabel") { $0.label },
            .text("at") { $0.at },
            .text("when") { $0.when },
            .list("body") { $0.body },
            .list("facts") { $0.facts },
            .list("files") { $0.files },
        ]
    }

    struct File: Item {
        let name: String
        let href: String
        let size: String
        /// Nil for what is no picture.
        let dimensions: Attachment.Dimensions?

        static let fields: [Field<File>] = [
            .text("fileName") { $0.name },
            .text("fileHref") { $0.href },
            .text("fileSize") { $0.size },
            .flag("isPicture") { $0.dimensions != nil },
            .number("width") { $0.dimensions?.width ?? 0 },
            .number("height") { $0.dimensions?.height ?? 0 },
        ]
    }

    /// What changed between two messages; several fold into one line.
    struct Changes: Item {
        /// `3 cambios: diagnóstico, estado`; empty for a single one.
        let summary: String
        let changes: [Change]

        static let fields: [Field<Changes>] = [
            .text("summary") { $0.summary },
            .list("changeList") { $0.changes },
        ]
    }

    struct Change: Item {
        let actor: String
        let text: String
        let reason: [TextPiece]
        let at: String
        let when: String

        static let fields: [Field<Change>] = [
            .text("actor") { $0.actor },
            .text("changeText") { $0.text },
            .list("reason") { $0.reason },
            .text("changeAt") { $0.at },
            .text("changeWhen") { $0.when },
        ]
    }

    let turns: [Turn]
    /// A part of it that stands in the page a second time.
    var isAgain = false

    static let fields: [Field<Conversation>] = [
        .list("turns") { $0.turns },
        .flag("isAgain") { $0.isAgain },
    ]
}

extension Visit {
    /// The whole conversation for staff; for customers what they may hear of.
    func conversation(
        of ticket: Ticket, _ entries: [TicketEntry], isForStaff: Bool
    ) throws(Refusal) -> Conversation {
        try conversation(
            of: ticket, entries, try tenantDesk().read { try $0.sources(for: entries, of: ticket) },
            isForStaff: isForStaff)
    }

    /// The same where what it needs was read already.
    func conversation(
        of ticket: Ticket, _ entries: [TicketEntry], _ sources: ConversationSources, isForStaff: Bool
    ) throws(Refusal) -> Conversation {
        let told = ConversationTelling(
            sources: sources, terms: ticketWords(isForStaff: isForStaff),
            moments: Moments(words: words, zone: try zone(), now: now), numbers: numbers, base: link(""),
            requester: ticket.requester)
        return isForStaff ? told.conversation(entries) : told.conversation(entries.compactMap(PublicFact.init))
    }

    /// Where a file is served.
    func link(to file: Attachment) -> String { file.path(below: link("")) }
}

extension Attachment {
    func path(below base: String) -> String {
        base + "/attachments/\(token)/" + PercentCoding.encode(segment: name)
    }
}
