// What a customer finds first at a provider's home: the way to report something, a search, and his open tickets.

internal import Markup
internal import SLA
internal import SQL

struct PortalTickets: Item {
    let searchAction: String
    let newHref: String
    /// Other ways to begin: a question, an improvement.
    let ways: [LayoutPage.Link]
    /// Those that need the customer first.
    let tickets: [MyTicketRow]
    let allHref: String
    let allLabel: String

    static let fields: [Field<PortalTickets>] = [
        .text("searchAction") { $0.searchAction },
        .text("newHref") { $0.newHref },
        .list("ways") { $0.ways },
        .list("tickets") { $0.tickets },
        .text("allHref") { $0.allHref },
        .text("allLabel") { $0.allLabel },
    ]

    private static let most = 6

    /// Nil for whoever is here for no organization.
    static func find(_ visit: Visit) throws(Refusal) -> PortalTickets? {
        guard let membership = visit.session?.membership else { return nil }
        let reader = try visit.ticketReader()
        let rows = try MyTicketRows(visit)
        let (tickets, total) = try visit.tenantDesk().read { connection in
            let needing = try connection.ownTickets(
                MyTicketsFilter(), of: reader, needingAnswer: true, from: 0, limit: most)
            let others = try connection.ownTickets(
                MyTicketsFilter(isOpen: true), of: reader, needingAnswer: false, from: 0, limit: most - needing.count)
            let tickets = try (needing + others).compactMap { try connection.ticket($0) }
            let all = try MyTicketsList(MyTicketsFilter(isMine: false), reader, in: connection)
            return (try tickets.map { try rows.row($0, in: connection) }, all.total)
        }
        return PortalTickets(
            searchAction: visit.link(MyTickets.path), newHref: visit.link(NewTicketForm.path), ways: ways(visit, rows),
            tickets: tickets, allHref: visit.link(MyTickets.path + "?of=organization"),
            allLabel: total == 0
                ? ""
                : visit.words.text(
                    "portal.tickets.all", ["count": .number(total), "name": .text(membership.name)]))
    }

    /// For the kinds of the contract that have a name of their own here.
    private static func ways(_ visit: Visit, _ rows: MyTicketRows) -> [LayoutPage.Link] {
        let named = [
            "question": "portal.way.question", "improvement": "portal.way.improvement",
            "suggestion": "portal.way.improvement", "complaint": "portal.way.complaint",
        ]
        return rows.rules.contract.kinds.compactMap { kind in
            named[kind.key].map { key in
                LayoutPage.Link(
                    href: visit.link(NewTicketForm.path + "?kind=\(kind.key)"), label: visit.words.text(key),
                    isCurrent: false)
            }
        }
    }
}
