// Taking organizations in from a table: it is sent, looked at, and confirmed.

internal import HTTP
internal import Markup
internal import SQL

enum OrganizationImport {
    static let fields: [FieldSpec] = [.file("file", "organizations.import.file", hasHint: true)]
    /// Bytes; 20,000 rows of all columns are fewer.
    private static let largest = 8 * 1024 * 1024
    /// The first of them tell what is wrong with the rest.
    private static let mostFaults = 200
    private static let mostSamples = 5

    static func new(_ visit: Visit, _ request: Request) throws(Refusal) -> Response { page(visit, FormDraft()) }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let owner = try visit.signedIn().person.id
        var sent = SentForm(form, fields, visit.words)
        guard let file = form.files.first(where: { $0.field == "file" }), file.size > 0 else {
            sent.fault("file", "organizations.import.none")
            return .answer(page(visit, FormDraft(sent)))
        }
        guard file.size <= largest, let content = Folder.read(file.storage.path, atMost: largest) else {
            sent.fault("file", "organizations.import.large", ["most": .number(largest / 1024 / 1024)])
            return .answer(page(visit, FormDraft(sent)))
        }
        let outcome = try read(content, visit)
        guard outcome.faults.isEmpty else { return .answer(page(visit, FormDraft(sent), outcome)) }
        let name = HeaderText(file.name).text
        return try .file(form) { connection in
            let id = try connection.keepOrganizations(content, file.sha256, name: name, of: owner, at: visit.now)
            return visit.link("/admin/organizations/imports/\(id)")
        }
    }

    // MARK: Confirming

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let pending = try find(visit)
        return page(visit, FormDraft(), try read(pending.content, visit), pending)
    }

    /// Reads the table anew. A number that somebody takes between that and the write has all of it taken back.
    static func confirm(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let pending = try find(visit)
        let outcome = try read(pending.content, visit)
        guard outcome.faults.isEmpty else { return .answer(page(visit, FormDraft(), outcome)) }
        let words = visit.words
        return try .file(
            form, said: "organizations.said.imported",
            otherwise: { _ in (try? read(pending.content, visit)).map { page(visit, FormDraft(), $0) } }
        ) { connection in
            for details in outcome.organizations {
                let id = try OrganizationForm.refusingKnownTaxID(words) {
                    try connection.insert(details, state: .active, at: visit.now)
                }
                try connection.record(
                    visit.entry(
                        .organizationAdded, OrganizationView.subject(id), of: id, after: details.inWords(words)))
            }
            try connection.removePendingOrganizations(pending.id)
            try connection.record(
                visit.entry(.imported, "organizations", after: "\(outcome.organizations.count), \(pending.name)"))
            return visit.link("/organizations")
        }
    }

    private static func find(_ visit: Visit) throws(Refusal) -> PendingOrganizations {
        let owner = try visit.signedIn().person.id
        guard let id = Identifier<PendingOrganizations>(visit.parameters["id"]),
            let pending = try visit.tenantDesk().read({
                try $0.pendingOrganizations(id, of: owner, at: visit.now)
            })
        else { throw .notFound }
        return pending
    }

    private static func read(_ content: [UInt8], _ visit: Visit) throws(Refusal) -> OrganizationFile.Outcome {
        let file = OrganizationFile(visit)
        return try visit.tenantDesk().read { try file.read(content, $0) }
    }

    // MARK: The page

    /// With a table that waits, and nothing wrong with it, the question whether to take it in.
    private static func page(
        _ visit: Visit, _ draft: FormDraft, _ outcome: OrganizationFile.Outcome = OrganizationFile.Outcome(),
        _ pending: PendingOrganizations? = nil
    ) -> Response {
        let words = visit.words
        let isFaulty = !outcome.faults.isEmpty || !draft.faults.isEmpty
        var count = ""
        if pending != nil, !isFaulty {
            count = words.text("organizations.import.count", ["count": .number(outcome.organizations.count)])
        }
        let page = OrganizationImportPage(
            list: visit.link("/organizations"), action: visit.link("/admin/organizations/import"),
            keys: visit.formKeys(), fields: draft.fields(fields, words), faults: draft.faultLines,
            columns: OrganizationForm.fields.map { spec in
                FactItem(
                    label: words.text(spec.words), value: spec.isOptional ? words.text("shared.optional") : "")
            },
            wrong: outcome.faults.prefix(mostFaults).map { fault in
                OrganizationImportPage.Row(
                    number: visit.numbers.text(fault.row), column: fault.column.isEmpty ? "—" : fault.column,
                    text: fault.text)
            },
            wrongCount: outcome.faults.count, count: count, fileName: pending?.name ?? "",
            sample: outcome.organizations.prefix(count.isEmpty ? 0 : mostSamples).map { details in
                FactItem(label: details.legalName, value: details.taxID?.display ?? "")
            }, encoding: outcome.isWindows ? words.text("organizations.import.windows") : "")
        let title = words.text("organizations.import")
        return visit.show(
            page, visit.site.pages.organizationImport,
            title: isFaulty ? words.text("shared.errorTitle", ["title": .text(title)]) : title,
            status: isFaulty ? .unprocessableContent : .ok)
    }
}

struct OrganizationImportPage: Page {
    struct Row: Item {
        let number: String
        let column: String
        let text: String

        static let fields: [Field<Row>] = [
            .text("rowNumber") { $0.number },
            .text("rowColumn") { $0.column },
            .text("rowText") { $0.text },
        ]
    }

    let list: String
    let action: String
    let keys: FormKeys
    let fields: [FormField]
    let faults: [FormFault]
    let columns: [FactItem]
    let wrong: [Row]
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
