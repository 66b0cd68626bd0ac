// A customer's area: the tickets that he asked for, and those of his organization (PW-3).

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

struct MyTicketsPage: Page {
    let tabs: [LayoutPage.Link]
    let action: String
    /// Of the tab, for the form of the filters; empty for the first one.
    let of: String
    let query: String
    let statuses: [FormField.Option]
    let severities: [FormField.Option]
    let tickets: [MyTicketRow]
    let emptyTitle: String
    let emptyText: String
    let pager: Pager?
    /// That a search did not look at all there is; empty where it did.
    let limitLine: String
    let newHref: String
    let exportHref: String
    /// Where nothing narrows the list; empty where nothing does.
    let clearHref: String

    static let template: StaticString = "mytickets/index.html"
    static let fields: [Field<MyTicketsPage>] = [
        .list("tabs") { $0.tabs },
        .text("action") { $0.action },
        .text("of") { $0.of },
        .text("query") { $0.query },
        .list("statuses") { $0.statuses },
        .list("severities") { $0.severities },
        .list("tickets") { $0.tickets },
        .text("emptyTitle") { $0.emptyTitle },
        .text("emptyText") { $0.emptyText },
        .part("pager") { $0.pager },
        .text("limitLine") { $0.limitLine },
        .text("newHref") { $0.newHref },
        .text("exportHref") { $0.exportHref },
        .text("clearHref") { $0.clearHref },
    ]
}

enum MyTickets {
    static let path = "/tickets"
    private static let size = 20

    static func index(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let filter = MyTicketsFilter(visit)
        let reader = try visit.ticketReader()
        let desk = try visit.tenantDesk()
        let rows = try MyTicketRows(visit)
        let list = try desk.read { try MyTicketsList(filter, reader, in: $0) }
        let paging = try visit.paging(total: list.total, size: size)
        let tickets = try desk.read { connection in
            try list.tickets(from: paging.offset, limit: paging.count, in: connection).map {
                try rows.row($0, in: connection)
            }
        }
        let words = visit.words
        let empty = filter.isNarrowed ? "myTickets.found" : filter.isMine ? "myTickets.empty" : "myTickets.emptyAll"
        let page = MyTicketsPage(
            tabs: try tabs(filter, visit), action: visit.link(path), of: filter.isMine ? "" : "organization",
            query: filter.text, statuses: statuses(filter, rows), severities: severities(filter, rows),
            tickets: tickets, emptyTitle: words.text(empty + ".none"), emptyText: words.text(empty + ".text"),
            pager: visit.pager(paging), limitLine: list.isCapped ? words.text("search.capped") : "",
            newHref: visit.link(NewTicketForm.path),
            exportHref: href("/tickets/export", filter, visit),
            clearHref: filter.isNarrowed ? href(path, MyTicketsFilter(isMine: filter.isMine), visit) : "")
        return visit.show(page, visit.site.pages.myTickets, title: words.text("myTickets.title"))
    }

    private static func href(_ path: String, _ filter: MyTicketsFilter, _ visit: Visit) -> String {
        visit.link(path) + (filter.query.isEmpty ? "" : "?" + filter.query)
    }

    private static func tabs(_ filter: MyTicketsFilter, _ visit: Visit) throws(Refusal) -> [LayoutPage.Link] {
        let name = try visit.membership().name
        return [true, false].map { isMine in
            var tab = filter
            tab.isMine = isMine
            let label =
                isMine
                ? visit.words.text("myTickets.mine")
                : visit.words.text("myTickets.organization", ["name": .text(name)])
            return LayoutPage.Link(href: href(path, tab, visit), label: label, isCurrent: isMine == filter.isMine)
        }
    }

    private static func statuses(_ filter: MyTicketsFilter, _ rows: MyTicketRows) -> [FormField.Option] {
        let words = rows.visit.words
        let chosen = filter.isOpen ? MyTicketsFilter.open : filter.status?.rawValue ?? ""
        let all: [TicketStatus] = [
            .new, .open, .waitingCustomer, .waitingThirdParty, .inDevelopment, .resolved, .closed,
        ]
        let choices =
            [("", words.text("myTickets.everyStatus")), (MyTicketsFilter.open, words.text("myTickets.openOnes"))]
            + all.map { ($0.rawValue, rows.terms.status($0)) }
        return options(choices, chosen)
    }

    private static func severities(_ filter: MyTicketsFilter, _ rows: MyTicketRows) -> [FormField.Option] {
        let every = [("", rows.visit.words.text("myTickets.everySeverity"))]
        let known = rows.rules.contract.severities.map { ($0.severity.rawValue, rows.terms.severity($0.severity)) }
        return options(every + known, filter.severity?.rawValue ?? "")
    }

    private static func options(_ choices: [(String, String)], _ chosen: String) -> [FormField.Option] {
        choices.map { value, label in
            FormField.Option(id: "", value: value, label: label, detail: "", due: "", isChosen: value == chosen)
        }
    }
}
