// What of a queue, or of what a search found, one page shows.

internal import HTTP
internal import SQL

struct QueueList: Sendable {
    let view: QueueView
    let sort: QueueSort
    let counts: QueueCounts
    let technicians: [(id: Person.ID, name: String)]
    let version: Int
    let total: Int
    let paging: Paging
    let entries: [QueueEntry]
    /// What is due in the next hours; nil beside what is not all that is open.
    let dues: QueueDues?
    /// Of a search.
    let result: SearchResult?

    /// - Parameter search: Empty for the queue itself.
    init(_ view: QueueView, _ search: Search, _ visit: Visit, _ desk: Desk) throws(Refusal) {
        var sort = QueueSort()
        if let asked = visit.asked("sort") {
            guard let known = QueueSort(asked) else { throw .notFound }
            sort = known
        }
        let reading = QueueReading(
            view: view, sort: sort, query: visit.query,
            context: SearchContext(
                scope: .desk, person: try visit.signedIn().person.id, zone: try visit.zone(), now: visit.now))
        let read = try desk.read { connection in
            let version = try connection.lastTicketEvent()
            let counts = try desk.queueBoard.counts(connection, version: version, at: visit.now)
            let found = search.isEmpty ? nil : try connection.search(search, reading.context)
            let (ids, total, paging) =
                try found.map { try reading.page(of: $0.tickets, connection) }
                ?? reading.page(counts, connection)
            let dues = view == .all && found == nil ? try connection.queueDues(counts, reading.context) : nil
            return (
                counts, try connection.technicians(), version, total, paging,
                try connection.queueEntries(ids), dues, found
            )
        }
        self.view = view
        self.sort = sort
        (counts, technicians, version, total, paging, entries, dues, result) = read
    }

    var isFound: Bool { result != nil }

    var isCapped: Bool {
        if let result { return result.isCapped }
        return QueueCounts.isCapped(total, of: view) || view == .closed && total >= QueueCounts.mostListed
    }

    func bands(_ words: QueueWords) -> [QueuePage.Band] {
        guard !entries.isEmpty else { return [] }
        guard view.hasBands, sort.isUsual, !isFound else {
            return [QueuePage.Band(title: "", count: "", tone: "", rows: entries.map(words.row))]
        }
        return words.bands(
            entries, endsOnPage: paging.number == paging.pages && paging.total == total,
            beginsOnPage: paging.number == 1)
    }
}

/// Which part of a list is asked for.
private struct QueueReading: Sendable {
    let view: QueueView
    let sort: QueueSort
    let query: String?
    let context: SearchContext

    /// Of what was found, the last one that was spoken of first.
    func page(of found: [Ticket.ID], _ connection: Connection) throws -> ([Ticket.ID], Int, Paging) {
        let paging = try Paging(query: query, total: found.count)
        let ordered = sort.isUsual ? found : sort.order(try connection.sortKeys(found))
        return (Array(ordered.dropFirst(paging.offset).prefix(Paging.size)), found.count, paging)
    }

    func page(_ counts: QueueCounts, _ connection: Connection) throws -> ([Ticket.ID], Int, Paging) {
        let total =
            try counts.count(of: view, for: context.person)
            ?? connection.doneCount(isResolved: false, limit: QueueCounts.mostListed)
        let paging = try Paging(query: query, total: min(total, sort.isUsual ? QueueCounts.mostListed : QueueSort.most))
        guard !sort.isUsual else {
            let ids = try connection.tickets(
                in: view, of: context.person, at: context.now, from: paging.offset, limit: Paging.size)
            return (ids, total, paging)
        }
        let first = try connection.tickets(
            in: view, of: context.person, at: context.now, from: 0, limit: QueueSort.most)
        let ordered = sort.order(try connection.sortKeys(first))
        return (Array(ordered.dropFirst(paging.offset).prefix(Paging.size)), total, paging)
    }
}
