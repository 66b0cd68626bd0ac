// Taking people in from a file: the file is sent, looked at, and confirmed; and the file that tells how one looks.

internal import HTTP
internal import Markup
internal import SQL

enum ImportRoutes {
    private static let fields: [FieldSpec] = [.file("file", "people.import.file", hasHint: true)]
    static let confirmation: [FieldSpec] = [.tick("invites", "people.import.invites", hasHint: true)]
    /// Bytes; 20,000 rows of all columns are fewer.
    private static let largest = 8 * 1024 * 1024
    /// The first of them tell what is wrong with the rest.
    private static let mostFaults = 200

    static func new(_ visit: Visit, _ request: Request) throws(Refusal) -> Response { newPage(visit, FormDraft()) }

    private static let exemplified: Set<PeopleColumn> = [
        .name, .email, .role, .level, .lead, .language, .timeZone, .speaks,
    ]

    /// A table with one row as an example.
    static func template(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        var table = CSVWriter()
        let columns = PeopleColumn.allCases.filter { ![.waits, .state, .lastSeen].contains($0) }
        table.append(columns.map { $0.header(visit.language) })
        table.append(
            columns.map { exemplified.contains($0) ? visit.words.text("people.import.example." + $0.rawValue) : "" })
        return download(.bytes(table.bytes, type: "text/csv; charset=utf-8"), "atiende.csv")
    }

    static func download(_ body: Response.Body, _ name: String) -> Response {
        Response(.ok, body: body).adding("Content-Disposition", "attachment; filename=\"\(name)\"")
            .adding("Cache-Control", "no-store")
    }

    // MARK: Sending

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let owner = try visit.signedIn().person.id
        var sent = SentForm(form, fields, visit.words)
        guard let file = form.files.first(where: { $0.field == "file" }), file.size > 0 else {
            sent.fault("file", "people.import.fault.none")
            return .answer(newPage(visit, FormDraft(sent)))
        }
        guard file.size <= largest, let content = Folder.read(file.storage.path, atMost: largest) else {
            sent.fault("file", "people.import.fault.large", ["most": .number(largest / 1024 / 1024)])
            return .answer(newPage(visit, FormDraft(sent)))
        }
        let rules = PeopleFile(rules: try PersonForm(visit))
        let outcome = try visit.tenantDesk().read { try rules.read(content, $0) }
        guard outcome.faults.isEmpty else { return .answer(newPage(visit, FormDraft(sent), outcome)) }
        let name = HeaderText(file.name).text
        return try .file(form) { connection in
            let id = try connection.keepImport(content, file.sha256, name: name, of: owner, at: visit.now)
            return visit.link("/admin/people/imports/\(id)")
        }
    }

    private static func newPage(
        _ visit: Visit, _ draft: FormDraft, _ outcome: PeopleFile.Outcome = PeopleFile.Outcome()
    ) -> Response {
        let words = visit.words
        let page = ImportPage(
            list: visit.link("/people"), template: visit.link("/admin/people/import/template"), keys: visit.formKeys(),
            fields: draft.fields(fields, words), faults: draft.faultLines,
            columns: PeopleColumn.allCases.map { column in
                ImportPage.Column(
                    names: "\(column.header(.es)), \(column.header(.en))",
                    meaning: words.text("people.import.column." + column.rawValue))
            },
            rows: outcome.faults.prefix(mostFaults).map { fault in
                ImportPage.Row(number: visit.numbers.text(fault.row), column: fault.column, text: fault.text)
            },
            summary: outcome.faults.isEmpty ? "" : summary(outcome, visit))
        let isFaulty = !outcome.faults.isEmpty || !draft.faults.isEmpty
        let title = words.text("people.import.title")
        return visit.show(
            page, visit.site.pages.peopleImport,
            title: isFaulty ? words.text("shared.errorTitle", ["title": .text(title)]) : title,
            status: isFaulty ? .unprocessableContent : .ok)
    }

    private static func summary(_ outcome: PeopleFile.Outcome, _ visit: Visit) -> String {
        let count = outcome.faults.count
        let shown = min(count, mostFaults)
        var text = visit.words.text("people.import.faults", ["count": .number(count)])
        if shown < count {
            text += " " + visit.words.text("people.import.faultsShown", ["count": .number(shown)])
        }
        return text + (outcome.isWindows ? " " + visit.words.text("people.import.windows") : "")
    }

    // MARK: Confirming

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let pending = try find(visit)
        let rules = PeopleFile(rules: try PersonForm(visit))
        let outcome = try visit.tenantDesk().read { try rules.read(pending.content, $0) }
        // Somebody may have taken an address since the file was sent.
        guard outcome.faults.isEmpty else { return newPage(visit, FormDraft(), outcome) }
        return confirmPage(visit, pending, outcome)
    }

    /// Reads the file anew. An address that somebody takes between that and the write has all of it taken back.
    static func confirm(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let pending = try find(visit)
        let rules = PeopleFile(rules: try PersonForm(visit))
        let sent = SentForm(form, confirmation, visit.words)
        let outcome = try visit.tenantDesk().read { try rules.read(pending.content, $0) }
        guard outcome.faults.isEmpty else { return .answer(newPage(visit, FormDraft(), outcome)) }
        var letters: [LinkLetter] = []
        if sent.isTicked("invites") {
            for person in outcome.people {
                let language = person.draft.language.flatMap(Language.init(rawValue:)) ?? visit.language
                letters.append(try visit.invitation(to: person.draft.name, at: person.draft.email, in: language))
            }
        }
        let invitations = letters
        return try .file(
            form, said: "people.said.imported",
            otherwise: { _ in
                guard let outcome = try? visit.tenantDesk().read({ try rules.read(pending.content, $0) }) else {
                    return nil
                }
                return newPage(visit, FormDraft(), outcome)
            },
            { connection in
                for (index, person) in outcome.people.enumerated() {
                    try connection.takeIn(person, index < invitations.count ? invitations[index] : nil, visit)
                }
                try connection.removeImport(pending.id)
                let count = visit.words.text("people.import.count", ["count": .number(outcome.people.count)])
                try connection.record(
                    visit.entry(
                        .imported, after: "\(count), \(pending.name), SHA-256 \(Hexadecimal.text(pending.sha256))"))
                return visit.link("/people")
            })
    }

    private static func find(_ visit: Visit) throws(Refusal) -> PendingImport {
        let owner = try visit.signedIn().person.id
        guard let id = Identifier<PendingImport>(visit.parameters["id"]),
            let pending = try visit.tenantDesk().read({ try $0.pendingImport(id, of: owner, at: visit.now) })
        else { throw .notFound }
        return pending
    }

    private static func confirmPage(
        _ visit: Visit, _ pending: PendingImport, _ outcome: PeopleFile.Outcome
    ) -> Response {
        let words = visit.words
        let page = ImportConfirmationPage(
            back: visit.link("/admin/people/import"), keys: visit.formKeys(),
            fields: FormDraft(["invites": "on"]).fields(confirmation, words),
            count: words.text("people.import.count", ["count": .number(outcome.people.count)]),
            file: pending.name,
            sample: outcome.people.prefix(5).map { person in
                ImportPage.Row(
                    number: person.draft.name, column: person.draft.email, text: words.role(person.draft.role))
            }, encoding: outcome.isWindows ? words.text("people.import.windows") : "")
        return visit.show(
            page, visit.site.pages.importConfirmation, title: words.text("people.import.confirmTitle"))
    }
}

extension Connection {
    /// One row of a file, with its invitation or without.
    fileprivate func takeIn(_ person: ImportedPerson, _ letter: LinkLetter?, _ visit: Visit) throws {
        let id = try add(person.draft, visit)
        for belonging in person.organizations {
            try insertMembership(
                of: id, in: belonging.organization, isManager: belonging.isManager, at: visit.now)
            try record(visit.entry(.memberAdded, "person:\(id)", of: belonging.organization))
        }
        if let letter { try send(letter, to: id, at: visit.now) }
    }
}
