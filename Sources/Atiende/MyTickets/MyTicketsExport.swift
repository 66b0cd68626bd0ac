// The tickets of a customer's list as a table: sent while it is made, a few hundred at a time.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum MyTicketsExport {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let filter = MyTicketsFilter(visit)
        let reader = try visit.ticketReader()
        let desk = try visit.tenantDesk()
        let list = try desk.read { try MyTicketsList(filter, reader, in: $0) }
        visit.trace(visit.entry(.exported, "tickets", of: reader.organization, after: "\(list.total)"))
        let table = TicketTable(list: list, rows: try MyTicketRows(visit), desk: desk)
        let body = StreamBody(type: "text/csv; charset=utf-8") { try table.next() }
        return Response(.ok, body: .stream(body))
            .adding("Content-Disposition", "attachment; filename=\"\(desk.tenant.slug)-tickets.csv\"")
            .adding("Cache-Control", "no-store")
    }
}

/// The pieces of the table, one after the other.
private final class TicketTable: Sendable {
    private static let batch = 500
    private static let columns = ["folio", "subject", "status", "severity", "kind", "requester", "opened", "changed"]

    private let list: MyTicketsList
    private let rows: MyTicketRows
    private let desk: Desk
    /// How many rows were given out; nil before the header.
    private let done = Locked<Int?>(nil)

    init(list: MyTicketsList, rows: MyTicketRows, desk: Desk) {
        self.list = list
        self.rows = rows
        self.desk = desk
    }

    func next() throws -> [UInt8]? {
        var table = CSVWriter()
        guard let start = done.value else {
            table.append(Self.columns.map { rows.visit.words.text("myTickets.column.\($0)") })
            done.value = 0
            return table.take()
        }
        guard start < list.total else { return nil }
        let lines = try desk.read { connection in
            try list.tickets(from: start, limit: Self.batch, in: connection).map { try line($0, connection) }
        }
        _ = table.take()
        for line in lines { table.append(line) }
        done.value = start + Self.batch
        return table.take()
    }

    private func line(_ ticket: Ticket, _ connection: Connection) throws -> [String] {
        let requester = try ticket.requester.flatMap { try connection.speaker($0)?.name } ?? ""
        return [
            "\(ticket.folio)", ticket.subject, rows.terms.status(ticket.status), rows.terms.severity(ticket.severity),
            rows.terms.kind(ticket.kind), requester, written(ticket.openedAt), written(ticket.changedAt),
        ]
    }

    /// `2026-11-16 10:05` on the reader's clock.
    private func written(_ instant: Int) -> String {
        let local = rows.moments.zone.wallTime(at: Instant(clamping: instant))
        let time = rows.visit.words.time(minute: local.second / 60)
        return "\(local.date) " + (time.utf8.count < 5 ? "0" : "") + time
    }
}
