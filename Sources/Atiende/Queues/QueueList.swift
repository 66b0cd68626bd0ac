// What of a queue, or of what a search found, one page shows.

internal import HTTP
internal import SQL

struct QueueList: Sendable {
    let view: QueueView
    let sort: QueueSort
    let board: QueueBoard.State
    let version: Int
    let total: Int
    let paging: Paging
    let grounds: Grounds
    let spots: [QueueSpot]
    let rows: QueueRows
    /// Of a search.
    let result: SearchResult?

    /// - Parameters:
    ///   - search: Empty for the queue itself.
    ///   - settings: The number of the desk's settings with which the page is made.
    init(
        _ view: QueueView, _ search: Search, _ visit: Visit, _ desk: Desk, settings: Int
    ) throws(Refusal) {
        var sort = QueueSort()
        if let asked = visit.asked("sort") {
            guard let known = QueueSort(asked) else { throw .notFound }
            sort = known
        }
        let reading = QueueReading(
            view: view, sort: sort, query: visit.query,
            context: SearchContext(
                scope: .desk, person: try visit.signedIn().person.id, zone: try visit.zone(), now: visit.now))
        let zone = try visit.zone()
        let read = try desk.read { connection in
            let version = try connection.lastTicketEvent()
            let grounds = Grounds(naming: try connection.namingEdition(), settings: settings)
            let board = try desk.queueBoard.state(connection, grounds, version: version, zone, at: visit.now)
            let found = search.isEmpty ? nil : try connection.search(search, reading.context)
            let (spots, total, paging) =
                try found.map { try reading.page(of: $0.tickets, connection) }
                ?? reading.page(board.counts, connection)
            let rows = try QueueRows(spots, grounds, visit, zone, desk, connection)
            return (board, version, total, paging, grounds, spots, rows, found)
        }
        self.view = view
        self.sort = sort
        (board, version, total, paging, grounds, spots, rows, result) = read
    }

    var isFound: Bool { result != nil }
    var counts: QueueCounts { board.counts }
    var technicians: [(id: Person.ID, name: String)] { board.technicians }
    /// What is due in the next hours; nil beside what is not all that is open.
    var dues: QueueDues? { view == .all && !isFound ? board.dues : nil }

    var isCapped: Bool {
        if let result { return result.isCapped }
        return QueueCounts.isCapped(total, of: view) || view == .closed && total >= QueueCounts.mostListed
    }

    func bands(_ words: QueueWords) -> [QueuePage.Band] {
        guard !spots.isEmpty else { return [] }
        let made = rows.all(words)
        guard view.hasBands, sort.isUsual, !isFound else {
            return [
                QueuePage.Band(title: "", count: "", tone: "", rows: made.map { QueuePage.Row(markup: $0.markup) })
            ]
        }
        return words.bands(
            made, endsOnPage: paging.number == paging.pages && paging.total == total, beginsOnPage: paging.number == 1)
    }
}

/// Which part of a list is asked for.
private struct QueueReading: Sendable {
    let view: QueueView
    let sort: QueueSort
    let query: String?
    let context: SearchContext

    /// Of what was found, the last one that was spoken of first.
    func page(of found: [Ticket.ID], _ connection: Connection) throws -> ([QueueSpot], Int, Paging) {
        let paging = try Paging(query: query, total: found.count)
        let ordered = sort.isUsual ? found : sort.order(try connection.sortKeys(found))
        let shown = Array(ordered.dropFirst(paging.offset).prefix(Paging.size))
        return (try connection.queueSpots(shown), found.count, paging)
    }

    func page(_ counts: QueueCounts, _ connection: Connection) throws -> ([QueueSpot], Int, Paging) {
        let total =
            try counts.count(of: view, for: context.person)
            ?? connection.doneCount(isResolved: false, limit: QueueCounts.mostListed)
        let paging = try Paging(query: query, total: min(total, sort.isUsual ? QueueCounts.mostListed : QueueSort.most))
        guard !sort.isUsual else {
            let spots = try connection.tickets(
                in: view, of: context.person, at: context.now, from: paging.offset, limit: Paging.size)
            return (spots, total, paging)
        }
        let first = try connection.tickets(
            in: view, of: context.person, at: context.now, from: 0, limit: QueueSort.most)
        let ordered = sort.order(try connection.sortKeys(first.map(\.ticket)))
        let shown = Array(ordered.dropFirst(paging.offset).prefix(Paging.size))
        return (try connection.queueSpots(shown), total, paging)
    }
}
