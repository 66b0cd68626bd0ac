// The trail as a table, made while it is sent.

internal import HTTP
internal import Markup
internal import SQL
internal import Synchronization

final class AuditExport: Sendable {
    /// More belongs into several files, by dates.
    static let mostRows = 50_000
    private static let rowsAtOnce = 500

    private struct State {
        var place = AuditPlace.end
        var left = AuditExport.mostRows
        var hasHead = false
    }

    private let desk: Desk
    private let question: AuditQuestion
    private let words: AuditWords
    /// The body asks for one piece at a time, on whichever worker is free.
    private let state = Mutex(State())

    private init(_ desk: Desk, _ question: AuditQuestion, _ words: AuditWords) {
        self.desk = desk
        self.question = question
        self.words = words
    }

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let filter = try AuditFilter(visit, request)
        guard filter.sent.faults.isEmpty, !filter.isUnclear else { throw .notFound }
        let desk = try visit.tenantDesk()
        let entry = visit.entry(.exported, "audit", after: filter.said(visit.words))
        // Nothing leaves that the trail does not know of.
        try desk.write { try $0.record(entry) }
        let export = AuditExport(desk, filter.question, try AuditWords(visit))
        let body = StreamBody(type: "text/csv; charset=utf-8") { try export.next() }
        return Response(.ok, body: .stream(body))
            .adding("Content-Disposition", "attachment; filename=\"\(desk.tenant.slug)-auditoria.csv\"")
            .adding("Cache-Control", "no-store")
    }

    private func next() throws -> [UInt8]? {
        try state.withLock { state in
            var table = CSVWriter()
            if !state.hasHead {
                state.hasHead = true
                table.append(Self.columns.map { words.words.text("audit.column." + $0) })
                return table.take()
            }
            // A window without a row that fits is no end.
            while state.left > 0 {
                let place = state.place
                let limit = min(Self.rowsAtOnce, state.left)
                let page = try desk.read { try $0.auditPage(question, below: place, limit: limit) }
                state.left = page.older == nil ? 0 : state.left - page.rows.count
                state.place = page.older ?? place
                guard !page.rows.isEmpty else { continue }
                _ = table.take()
                for row in page.rows { table.append(fields(row)) }
                return table.take()
            }
            return nil
        }
    }

    private static let columns = [
        "at", "who", "email", "what", "subject", "organization", "outcome", "address", "before", "after",
    ]

    private func fields(_ row: AuditRow) -> [String] {
        let item = words.item(row)
        return [
            item.at, item.who, item.email, item.what, item.subject, item.organization, item.outcome, item.address,
            item.before, item.after,
        ]
    }
}
