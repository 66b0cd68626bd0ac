// The queues of the staff: what is open, in the order in which it is due.

internal import HTTP
internal import Markup
internal import SLA

enum QueueRoutes {
    static func index(_ visit: Visit, _ request: Request) throws(Refusal) -> Response { try show(.all, visit) }

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        guard let view = QueueView(visit.parameters["view"]) else { throw .notFound }
        return try show(view, visit)
    }

    private static func show(_ view: QueueView, _ visit: Visit) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        guard let rules = desk.ticketRules else { throw .notFound }
        let list = try QueueList(view, visit, desk)
        let frame = QueueFrame(visit, rules, list.counts, current: view)
        if case .assigned(let person) = view, !list.technicians.contains(where: { $0.id == person }) {
            throw .notFound
        }
        let words = try QueueWords(visit, desk, rules)
        let title = frame.title(of: view, list.technicians)
        let page = QueuePage(
            title: title, total: visit.numbers.text(list.total) + (list.isCapped ? "+" : ""),
            eventsHref: visit.link("/queue/events"), version: String(list.version),
            action: visit.link(view.path), query: "", views: frame.views, loads: frame.loads(list.technicians),
            columns: frame.columns(list.sort), bands: list.bands(words), pager: visit.pager(list.paging),
            limitLine: frame.limitLine(list), emptyIcon: view == .breached ? "ok" : "inbox",
            emptyTitle: frame.emptyWords(view, "title"), emptyText: frame.emptyWords(view, "text"))
        return visit.show(page, visit.site.pages.queue, title: frame.pageTitle(title, desk))
    }
}

/// What of a queue one page shows.
struct QueueList: Sendable {
    let view: QueueView
    let sort: QueueSort
    let counts: QueueCounts
    let technicians: [(id: Person.ID, name: String)]
    let version: Int
    let total: Int
    let paging: Paging
    let entries: [QueueEntry]

    init(_ view: QueueView, _ visit: Visit, _ desk: Desk) throws(Refusal) {
        let person = try visit.signedIn().person.id
        let now = visit.now
        let query = visit.query
        var sort = QueueSort()
        if let asked = visit.asked("sort") {
            guard let known = QueueSort(asked) else { throw .notFound }
            sort = known
        }
        let order = sort
        let read = try desk.read { connection in
            let counts = try connection.queueCounts(at: now)
            let total =
                try counts.count(of: view, for: person)
                ?? connection.doneCount(isResolved: false, limit: QueueCounts.mostListed)
            let listed = min(total, order.isUsual ? QueueCounts.mostListed : QueueSort.most)
            let paging = try Paging(query: query, total: listed)
            var ids: [Ticket.ID]
            if order.isUsual {
                ids = try connection.tickets(
                    in: view, of: person, at: now, from: paging.offset, limit: Paging.size)
            } else {
                let first = try connection.tickets(in: view, of: person, at: now, from: 0, limit: QueueSort.most)
                ids = Array(order.order(try connection.sortKeys(first)).dropFirst(paging.offset).prefix(Paging.size))
            }
            return (
                counts, try connection.technicians(), try connection.lastTicketEvent(), total, paging,
                try connection.queueEntries(ids)
            )
        }
        self.view = view
        self.sort = sort
        (counts, technicians, version, total, paging, entries) = read
    }

    var isCapped: Bool {
        QueueCounts.isCapped(total, of: view) || view == .closed && total >= QueueCounts.mostListed
    }

    func bands(_ words: QueueWords) -> [QueuePage.Band] {
        guard !entries.isEmpty else { return [] }
        guard view.hasBands, sort.isUsual else {
            return [QueuePage.Band(title: "", count: "", tone: "", rows: entries.map(words.row))]
        }
        return words.bands(
            entries, endsOnPage: paging.number == paging.pages && paging.total == total,
            beginsOnPage: paging.number == 1)
    }
}
