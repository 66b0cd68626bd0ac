// Taking organizations in from a file.

internal import HTTP
internal import Markup
internal import SQL

enum OrganizationImport: TableImport {
    static let kind = ImportKind.organizations
    static let path = "/admin/organizations/import"
    static let words = ImportWords(
        title: "organizations.import", file: "organizations.import.file", none: "organizations.import.none",
        large: "organizations.import.large", said: "organizations.said.imported")

    static func reader(_ visit: Visit) throws(Refusal) -> ImportReader<OrganizationDetails> {
        let file = OrganizationFile(visit)
        return { try file.read($0, $1) }
    }

    static func filing(
        of items: [OrganizationDetails], _ pending: PendingImport, _ form: Form, _ visit: Visit
    ) throws(Refusal) -> @Sendable (Connection) throws -> String {
        let words = visit.words
        return { connection in
            for details in items {
                let id = try OrganizationForm.refusingKnownTaxID(words) {
                    try connection.insert(details, state: .active, at: visit.now)
                }
                try connection.record(
                    visit.entry(
                        .organizationAdded, OrganizationView.subject(id), of: id, after: details.inWords(words)))
            }
            try connection.record(visit.entry(.imported, "organizations", after: "\(items.count), \(pending.name)"))
            return visit.link("/organizations")
        }
    }

    /// With a table that waits, and nothing wrong with it, the question whether to take it in.
    static func page(
        _ visit: Visit, _ draft: FormDraft, _ outcome: ImportOutcome<OrganizationDetails>, _ pending: PendingImport?
    ) -> Response {
        let words = visit.words
        let count = outcome.items.count
        let page = OrganizationImportPage(
            list: visit.link("/organizations"), action: visit.link(path), keys: visit.formKeys(),
            fields: draft.fields(Self.words.fields, words), faults: draft.faultLines,
            columns: OrganizationForm.fields.map { spec in
                FactItem(
                    label: words.text(spec.words), value: spec.isOptional ? words.text("shared.optional") : "")
            },
            wrong: ImportFaultRow.list(outcome.faults, visit.numbers), wrongCount: outcome.faults.count,
            count: pending == nil ? "" : words.text("organizations.import.count", ["count": .number(count)]),
            fileName: pending?.name ?? "",
            sample: outcome.items.prefix(pending == nil ? 0 : mostSamples).map { details in
                FactItem(label: details.legalName, value: details.taxID?.display ?? "")
            }, encoding: outcome.isWindows ? words.text("organizations.import.windows") : "")
        let isFaulty = !outcome.faults.isEmpty || !draft.faults.isEmpty
        return visit.show(
            page, visit.site.pages.organizationImport, title: title(visit, isFaulty: isFaulty),
            status: isFaulty ? .unprocessableContent : .ok)
    }
}

struct OrganizationImportPage: Page {
    let list: String
    let action: String
    let keys: FormKeys
    let fields: [FormField]
    let faults: [FormFault]
    let columns: [FactItem]
    let wrong: [ImportFaultRow]
    let wrongCount: Int
    /// How many would be taken in; empty while there is nothing to confirm.
    let count: String
    let fileName: String
    let sample: [FactItem]
    let encoding: String

    static let template: StaticString = "organizations/import.html"
    static let fields: [Field<OrganizationImportPage>] = [
        .text("list") { $0.list },
        .text("action") { $0.action },
        .part("keys") { $0.keys },
        .list("fields") { $0.fields },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .list("columns") { $0.columns },
        .list("wrong") { $0.wrong },
        .number("wrongCount") { $0.wrongCount },
        .text("count") { $0.count },
        .text("fileName") { $0.fileName },
        .list("sample") { $0.sample },
        .text("encoding") { $0.encoding },
    ]
}
