// A ticket as the staff works on it.

internal import HTTP
internal import Markup
internal import SLA

enum DeskTicket {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let scope = try visit.ticketScope()
        let (ticket, entries) = try visit.tenantDesk().read { connection in
            let ticket = try connection.ticket(visit.parameters["folio"], in: scope)
            return (ticket, try connection.story(of: ticket.id))
        }
        let page = DeskTicketPage(
            folio: "\(ticket.folio)", subject: ticket.subject,
            conversation: try visit.conversation(of: ticket, entries, isForStaff: true))
        return visit.show(page, visit.site.pages.deskTicket, title: "\(ticket.folio): \(ticket.subject)")
    }
}
