// The list of organizations as a table that spreadsheet programs open, and that can be loaded again.

internal import HTTP
internal import Markup

enum OrganizationExport {
    /// What the list shows with its filters, all of its pages.
    static func file(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let today = try visit.today()
        try desk.renewTerms(today: today)
        let filter = try OrganizationList.filter(visit, today: today)
        let words = visit.words
        var table = CSVWriter()
        table.append(
            OrganizationForm.fields.map { words.text($0.words) }
                + ["plan", "contractEnd", "people", "stateHead"].map { words.text("organizations.\($0)") })
        let entries = try desk.read { connection in
            try connection.organizations(filter, from: 0, limit: CSV.Limits().rows).compactMap { entry in
                try connection.organization(entry.id).map { (entry, $0.details) }
            }
        }
        for (entry, details) in entries {
            let values = OrganizationForm.values(details)
            table.append(
                OrganizationForm.fields.map { values[$0.id] ?? "" } + [
                    entry.plan.isEmpty ? "" : visit.planName(entry.plan, desk),
                    entry.endsOn.map { "\($0)" } ?? "", String(entry.people),
                    words.text("organizations.state.\(filter.state.rawValue)"),
                ])
        }
        visit.trace(visit.entry(.exported, "organizations", after: String(entries.count)))
        let name = "\(desk.tenant.slug)-\(words.text("organizations.fileName"))-\(today).csv"
        return Response(.ok, body: .bytes(table.take(), type: "text/csv; charset=utf-8"))
            .adding("Content-Disposition", "attachment; filename=\"\(name)\"")
            .adding("Cache-Control", "no-store")
    }
}
