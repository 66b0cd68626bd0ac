// What stands around a queue: the column of queues with their counts, the work of each, the heads of the columns.

internal import Markup
internal import SLA

struct QueueFrame: Sendable {
    private let visit: Visit
    private let rules: TicketRules
    private let counts: QueueCounts
    private let current: QueueView?
    private let person: Person.ID
    /// Those that links keep.
    private let keptColumns: String?

    /// - Parameter current: Nil for a search, which is no queue.
    init(_ visit: Visit, _ rules: TicketRules, _ counts: QueueCounts, current: QueueView?) {
        self.visit = visit
        self.rules = rules
        self.counts = counts
        self.current = current
        keptColumns = visit.asked("columns")
        person = visit.session?.person.id ?? Person.ID(rawValue: 0)
    }

    private var words: Words { visit.words }

    // MARK: Queues

    /// Those of every desk, with the levels that its contract has.
    static func views(_ contract: Contract) -> [QueueView] {
        [.all, .mine, .unassigned, .breached, .soon, .waiting]
            + contract.levels.map { .level($0.level) } + [.resolved, .closed]
    }

    var views: [QueuePage.View] {
        Self.views(rules.contract).map { view in
            let count = counts.count(of: view, for: person)
            return QueuePage.View(
                href: visit.queueLink(view.path, columns: keptColumns), icon: Self.icon(view), label: label(view),
                count: count.map { Self.countText($0, of: view, visit.numbers) } ?? "", name: view.key,
                tone: Self.tone(view, count ?? 0), isCurrent: view == current)
        }
    }

    /// `999+` for what is not counted any further.
    static func countText(_ count: Int, of view: QueueView, _ numbers: NumberStyle) -> String {
        QueueCounts.isCapped(count, of: view) ? "\(QueueCounts.most - 1)+" : numbers.text(count)
    }

    private func label(_ view: QueueView) -> String {
        if case .level(let level) = view { return words.text("queue.view.level", ["level": .number(level)]) }
        return words.text("queue.view." + (view == .all ? "all" : view.name))
    }

    static func tone(_ view: QueueView, _ count: Int) -> String {
        guard count > 0 else { return "" }
        return view == .breached ? "late" : view == .soon ? "soon" : ""
    }

    private static func icon(_ view: QueueView) -> String {
        switch view {
        case .all: "inbox"
        case .mine, .assigned: "person"
        case .unassigned: "people"
        case .breached: "late"
        case .soon: "hourglass"
        case .waiting: "pause"
        case .level(let level): "level-\(level)"
        case .resolved: "met"
        case .closed: "lock"
        }
    }

    func title(of view: QueueView, _ technicians: [(id: Person.ID, name: String)]) -> String {
        guard case .assigned(let person) = view else { return label(view) }
        return technicians.first { $0.id == person }?.name ?? ""
    }

    func pageTitle(_ title: String, _ desk: Desk) -> String {
        words.text("queue.pageTitle", ["view": .text(title), "name": .text(desk.provider.name)])
    }

    // MARK: Work

    func loads(_ technicians: [(id: Person.ID, name: String)]) -> [QueuePage.Load] {
        QueueLoad.all(technicians, counts, rules.contract).map { load in
            QueuePage.Load(
                href: visit.queueLink(QueueView.assigned(load.person).path, columns: keptColumns), name: load.name,
                total: visit.numbers.text(load.total),
                shares: load.severities.map { share in
                    QueuePage.Load.Share(
                        icon: "sev-\(min(4, share.rank + 1))",
                        label: rules.contract.severity(share.severity)?.name.text(in: visit.language)
                            ?? share.severity.rawValue, count: visit.numbers.text(share.count))
                })
        }
    }

    // MARK: Columns

    func columns(_ sort: QueueSort) -> [QueuePage.Column] {
        QueueSort.Column.allCases.map { column in
            var next = QueueSort()
            next.column = column
            // What was found stands in no column's order, unless one was asked for.
            let isCurrent = sort.column == column && (current != nil || !sort.isUsual)
            next.isReversed = isCurrent && !sort.isReversed && column != .due
            let isDescending = isCurrent && sort.isReversed != (column == .said)
            return QueuePage.Column(
                label: words.text("queue.column.\(column.rawValue)"), href: href(next), style: Self.style(column),
                order: isCurrent ? (isDescending ? "descending" : "ascending") : "",
                arrow: isCurrent ? (isDescending ? "↓" : "↑") : "")
        }
    }

    /// The class of its cells.
    private static func style(_ column: QueueSort.Column) -> String {
        switch column {
        case .due, .subject: ""
        case .severity: "sv"
        case .level: "lv"
        case .assignee: "own"
        case .said: "said"
        }
    }

    /// The first page in another order; nothing else changes.
    private func href(_ sort: QueueSort) -> String {
        let kept = (visit.query ?? "").split(separator: "&").filter { !$0.hasPrefix("sort=") && !$0.hasPrefix("page=") }
        let pairs = kept.map(String.init) + (sort.isUsual ? [] : ["sort=" + sort.text])
        return visit.link((current ?? .all).path) + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
    }

    // MARK: Ends

    func limitLine(_ list: QueueList) -> String {
        if list.isFound { return list.isCapped ? words.text("search.capped") : "" }
        guard list.total > list.paging.total else { return "" }
        return words.text(
            list.sort.isUsual ? "queue.listed" : "queue.sorted",
            ["number": .text(visit.numbers.text(list.paging.total))])
    }

    /// Under which the words of an empty queue begin.
    func emptyWords(_ view: QueueView) -> String {
        let name =
            switch view {
            case .breached, .soon, .mine, .unassigned, .resolved, .closed: view.name
            default: "any"
            }
        return "queue.empty.\(name)"
    }
}
