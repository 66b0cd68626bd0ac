// The box in which the staff answers, or writes what the customer does not see.

internal import HTTP
internal import Markup
internal import SLA

/// What was sent from it, to be shown again.
struct ComposerReply: Sendable {
    var body = ""
    var isInternal = false
    var status = ""
    var channel = ""
    var faults = Faults()
    var seen = 0
    var files = SentFiles()
}

extension DeskForms {
    /// How something can be said to a customer: through the portal, or in a talk that is written down.
    static let channels: [Channel] = [.portal, .phone, .visit, .chat, .mail]

    /// Where an answer may leave the ticket, besides as it is.
    var statusesAfterAnswer: [TicketStatus] { statuses.filter { $0 != .closed } }

    func composer(_ reply: ComposerReply?) throws(Refusal) -> DeskComposer? {
        guard allows(.note) else { return nil }
        let canAnswer = allows(.message)
        let isStale = reply.map { !$0.faults[DeskReply.stale].isEmpty } ?? false
        let between =
            reply.map { reply in
                reading.entries.filter {
                    $0.id > reply.seen && $0.fact.actor != visit.session?.person.id
                        && MessageRoutes.collides($0.fact.kind)
                }
            } ?? []
        var conversation =
            isStale && !between.isEmpty
            ? try visit.conversation(of: ticket, between, reading.sources, isForStaff: true) : nil
        conversation?.isAgain = true
        return DeskComposer(
            path: visit.link("/tickets/\(ticket.folio)/messages"), keys: visit.formKeys(), version: ticket.version,
            fault: reply?.faults["body"] ?? "", statusFault: reply?.faults["status"] ?? "", body: reply?.body ?? "",
            placeholder: placeholder, isNoteOnly: !canAnswer, isInternal: reply?.isInternal ?? false,
            statuses: canAnswer ? statusOptions(reply?.status ?? "") : [],
            channels: canAnswer ? channelOptions(reply?.channel ?? "") : [],
            answers: canAnswer ? answerOptions() : [], answersHref: visit.link("/desk/\(ticket.folio)/answers/"),
            ticketHref: visit.link("/desk/\(ticket.folio)"),
            next: reading.place?.next == nil ? "" : words.text("desk.sendAndNext"),
            stale: isStale ? wrote(between) : nil, between: conversation,
            files: (reply?.files ?? SentFiles()).part(visit))
    }

    private var placeholder: String {
        let name = reading.requester?.name ?? reading.sources.organization
        let others = reading.followers.count { !$0.speaker.role.isStaff && $0.id != ticket.requester }
        return others == 0
            ? words.text("desk.writeTo", ["name": .text(name)])
            : words.text("desk.writeToOthers", ["name": .text(name), "count": .number(others)])
    }

    private func statusOptions(_ chosen: String) -> [FormField.Option] {
        let asItIs = FormField.Option(
            id: "", value: "", label: words.text("desk.asItIs", ["status": .text(terms.status(ticket.status))]),
            detail: "", due: "", isChosen: chosen.isEmpty)
        return [asItIs]
            + statusesAfterAnswer.map {
                FormField.Option(
                    id: "", value: $0.rawValue, label: terms.status($0), detail: "", due: "",
                    isChosen: chosen == $0.rawValue)
            }
    }

    private func channelOptions(_ chosen: String) -> [FormField.Option] {
        Self.channels.map {
            FormField.Option(
                id: "", value: $0.rawValue, label: words.text("desk.by.\($0.rawValue)"), detail: "", due: "",
                isChosen: chosen == $0.rawValue)
        }
    }

    private func answerOptions() -> [FormField.Option] {
        reading.answers.map {
            FormField.Option(id: "", value: "\($0.id)", label: $0.name, detail: "", due: "", isChosen: false)
        }
    }

    /// What the variables of canned answers stand for here.
    var answerValues: [AnswerVariable: String] {
        [
            .customer: reading.requester?.name ?? reading.sources.organization, .folio: "\(ticket.folio)",
            .organization: reading.sources.organization, .technician: visit.session?.person.name ?? "",
            .subject: ticket.subject, .status: terms.status(ticket.status), .provider: visit.desk?.provider.name ?? "",
        ]
    }
}
