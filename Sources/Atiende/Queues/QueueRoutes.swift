// The queues of the staff: what is open, in the order in which it is due; and what a search finds among all tickets.

internal import HTTP
internal import Markup
internal import SLA

enum QueueRoutes {
    /// With words or filters in the box, what they find among all tickets.
    static func index(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let typed = HeaderText(visit.asked("q") ?? "").text
        return try show(.all, visit, typed: typed)
    }

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        guard let view = QueueView(visit.parameters["view"]) else { throw .notFound }
        return try show(view, visit, typed: "")
    }

    private static func show(_ view: QueueView, _ visit: Visit, typed: String) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let settings = desk.settingsNumber
        guard let rules = desk.ticketRules else { throw .notFound }
        let search = QueueSearch(typed, visit, rules.contract)
        let columns = try QueueColumns(visit.asked("columns"))
        let list = try QueueList(view, search.search, visit, desk, settings: settings)
        let frame = QueueFrame(visit, rules, list.counts, current: list.isFound ? nil : view)
        if case .assigned(let person) = view, !list.technicians.contains(where: { $0.id == person }) {
            throw .notFound
        }
        let words = try QueueWords(visit, desk, rules)
        let title = list.isFound ? visit.words.text("search.title") : frame.title(of: view, list.technicians)
        let empty = list.isFound ? "search.none" : frame.emptyWords(view)
        let page = QueuePage(
            title: title, total: visit.numbers.text(list.total) + (list.isCapped ? "+" : ""),
            eventsHref: visit.link("/queue/events"), version: String(list.version), action: visit.link("/queue"),
            query: typed, search: search.part(list.result, list.technicians, list.grounds, desk),
            oneChange: visit.words.text("queue.changes", ["count": 1, "number": "#"]),
            changes: visit.words.text("queue.changes", ["count": 2, "number": "#"]),
            onePicked: visit.words.text("queue.picked", ["count": 1, "number": "#"]),
            picked: visit.words.text("queue.picked", ["count": 2, "number": "#"]),
            views: frame.views, loads: frame.loads(list.technicians), line: list.dues.flatMap(words.line),
            columns: frame.columns(list.sort), tableStyle: columns.style, keptColumns: columns.text.map { [$0] } ?? [],
            choice: QueueColumnChoice(columns, of: list.isFound ? .all : view, visit),
            bands: list.bands(words), pager: visit.pager(list.paging), limitLine: frame.limitLine(list),
            emptyIcon: list.isFound ? "search" : view == .breached ? "ok" : "inbox",
            emptyTitle: visit.words.text(empty + ".title"), emptyText: visit.words.text(empty + ".text"))
        return visit.show(page, visit.site.pages.queues.list, title: frame.pageTitle(title, desk))
    }

    /// The form of filters leads to the search that it describes.
    static func filter(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        guard let rules = try visit.tenantDesk().ticketRules else { throw .notFound }
        let text = QueueSearch.written(visit, rules.contract)
        return .seeOther(visit.queueLink("/queue", text.isEmpty ? [] : [("q", text)], columns: visit.asked("columns")))
    }
}
