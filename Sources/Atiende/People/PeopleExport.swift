// The people of a list as a table: sent while it is made, a few hundred at a time.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum PeopleExport {
    private static let most = 1_000_000

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let filter = PersonFilter((try? request.queryForm()) ?? Form())
        let ids = try desk.read { try $0.everybody(filter, limit: most) }
        let count = visit.words.text("people.import.count", ["count": .number(ids.count)])
        visit.trace(visit.entry(.exported, "people", after: filter.query.isEmpty ? count : "\(count), \(filter.query)"))
        let table = ExportedTable(ids: ids, desk: desk, rules: try PersonForm(visit))
        let body = StreamBody(type: "text/csv; charset=utf-8") { try table.next() }
        return PeopleImport.download(.stream(body), "\(desk.tenant.slug).csv")
    }
}

/// The pieces of the table, one after the other.
private final class ExportedTable: Sendable {
    private static let batch = 500

    private let ids: [Person.ID]
    private let desk: Desk
    private let rules: PersonForm
    /// How many rows were given out; nil before the header.
    private let done = Locked<Int?>(nil)

    init(ids: [Person.ID], desk: Desk, rules: PersonForm) {
        self.ids = ids
        self.desk = desk
        self.rules = rules
    }

    func next() throws -> [UInt8]? {
        var table = CSVWriter()
        guard let start = done.value else {
            table.append(PeopleColumn.allCases.map { $0.header(rules.visit.language) })
            done.value = 0
            return table.take()
        }
        guard start < ids.count else { return nil }
        let end = min(ids.count, start + Self.batch)
        let people = try desk.read { connection in
            try ids[start..<end].compactMap { try connection.exportedPerson($0) }
        }
        _ = table.take()
        for person in people { table.append(PeopleColumn.allCases.map { field($0, person) }) }
        done.value = end
        return table.take()
    }

    private func field(_ column: PeopleColumn, _ exported: ExportedPerson) -> String {
        let record = exported.record
        let person = record.person
        let words = rules.visit.words
        func joined(_ values: [String]) -> String { PeopleFile.joined(values) }
        func names(_ isMeant: (PersonRecord.Belonging) -> Bool) -> String {
            joined(record.belongings.filter(isMeant).map(\.name))
        }
        switch column {
        case .name: return person.name
        case .email: return person.email
        case .role: return words.text("people.role." + person.role.name)
        case .level: return person.role.level.map(String.init) ?? ""
        case .lead: return person.isLead ? words.text("people.yes") : ""
        case .organizations: return names { !$0.isPending && !$0.isManager }
        case .manages: return names { !$0.isPending && $0.isManager }
        case .phone: return person.phone
        case .language: return person.language ?? ""
        case .timeZone: return person.timeZone ?? ""
        case .speaks: return joined(record.speaks)
        case .skills: return joined(record.skills)
        case .waits: return names(\.isPending)
        case .state: return words.text("people.state." + person.state.rawValue)
        case .lastSeen: return exported.lastSeen.map { "\(Instant(clamping: $0))" } ?? ""
        }
    }
}
