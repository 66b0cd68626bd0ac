// The page of a ticket for the staff.

internal import Markup

struct DeskTicketPage: Page {
    let folio: String
    let subject: String
    let conversation: Conversation

    static let template: StaticString = "desk/ticket.html"
    static let fields: [Field<DeskTicketPage>] = [
        .text("folio") { $0.folio },
        .text("subject") { $0.subject },
        .part("conversation") { $0.conversation },
    ]
}
