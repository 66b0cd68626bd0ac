// A table of organizations: each row is read like the form of one, and nothing is taken in while one row is wrong.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

struct OrganizationFile: Sendable {
    let words: Words
    /// Titles of columns may be in either language.
    let languages: [Words]

    typealias Outcome = ImportOutcome<OrganizationDetails>

    /// The columns that the exported table has besides: they are not read.
    static let others = ["plan", "contractEnd", "people", "stateHead"].map { "organizations." + $0 }

    init(_ visit: Visit) {
        words = visit.words
        languages = Language.allCases.map { visit.site.templates.words(in: $0) }
    }

    func read(_ content: [UInt8], _ connection: Connection) throws -> Outcome {
        let rows: [CSV.Row]
        var outcome = Outcome()
        do throws(CSVFault) {
            let table = try CSVReader.rows(of: content)
            rows = table.rows
            outcome.isWindows = table.encoding == .windows1252
        } catch {
            outcome.faults = [ImportFault(row: error.row, column: "", text: error.sentence(in: words))]
            return outcome
        }
        let columns = columns(rows[0].fields, &outcome)
        guard outcome.faults.isEmpty else { return outcome }
        var seen: [String: Int] = [:]
        for row in rows.dropFirst() {
            guard let details = details(row, columns, &outcome), let taxID = details.taxID else { continue }
            if let first = seen.updateValue(row.number, forKey: taxID.normal) {
                fault(row.number, "taxID", words.text("organizations.import.twice", ["row": .number(first)]), &outcome)
            } else if try connection.organization(taxID: taxID) != nil {
                fault(row.number, "taxID", words.text("organizations.fault.taxIDKnown"), &outcome)
            }
            outcome.items.append(details)
        }
        if outcome.items.isEmpty, outcome.faults.isEmpty {
            outcome.faults = [ImportFault(row: 1, column: "", text: words.text("organizations.import.empty"))]
        }
        return outcome
    }

    /// The field of each column; nil for one that is not read.
    private func columns(_ header: [String], _ outcome: inout Outcome) -> [FieldSpec?] {
        var columns: [FieldSpec?] = []
        for title in header {
            let field = OrganizationForm.fields.first { names(title, $0.words) }
            if field == nil, !title.isEmpty, !Self.others.contains(where: { names(title, $0) }) {
                let text = words.text("organizations.import.unknown")
                outcome.faults.append(ImportFault(row: 1, column: title, text: text))
            }
            if let field, columns.contains(where: { $0?.id == field.id }) {
                fault(1, field.id, words.text("organizations.import.columnTwice"), &outcome)
            }
            columns.append(field)
        }
        for field in OrganizationForm.fields
        where !field.isOptional && !columns.contains(where: { $0?.id == field.id }) {
            fault(1, field.id, words.text("organizations.import.missing"), &outcome)
        }
        return columns
    }

    private func names(_ title: String, _ key: String) -> Bool {
        let title = title.trimmingSpaces.folded
        return languages.contains { $0.text(key).folded == title }
    }

    private func details(_ row: CSV.Row, _ columns: [FieldSpec?], _ outcome: inout Outcome) -> OrganizationDetails? {
        var form = Form()
        for (field, value) in zip(columns, row.fields) {
            guard let field else { continue }
            form.fields.append((field.id, field.id == "country" ? country(value) : value))
        }
        var sent = SentForm(form, OrganizationForm.fields, words)
        let details = OrganizationForm.read(&sent, words)
        for wrong in sent.faults.list { fault(row.number, wrong.field, wrong.text, &outcome) }
        return details
    }

    /// `MX` for `México`, `mexico`, `mx`.
    private func country(_ value: String) -> String {
        let country = Country.allCases.first { country in
            value.trimmingSpaces.uppercased() == country.rawValue
                || names(value, "organizations.country.\(country.rawValue)")
        }
        return country?.rawValue ?? value
    }

    private func fault(_ row: Int, _ field: String, _ text: String, _ outcome: inout Outcome) {
        let title = OrganizationForm.fields.first { $0.id == field }.map { words.text($0.words) } ?? ""
        outcome.faults.append(ImportFault(row: row, column: title, text: text))
    }
}
