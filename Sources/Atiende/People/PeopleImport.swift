// Taking people in from a file; and the file that tells how one looks.

internal import HTTP
internal import Markup
internal import SQL

enum PeopleImport: TableImport {
    static let kind = ImportKind.people
    static let path = "/admin/people/import"
    static let words = ImportWords(
        title: "people.import.title", file: "people.import.file", none: "people.import.fault.none",
        large: "people.import.fault.large", said: "people.said.imported")
    private static let confirmation: [FieldSpec] = [.tick("invites", "people.import.invites", hasHint: true)]

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

    // MARK: Taking in

    static func reader(_ visit: Visit) throws(Refusal) -> ImportReader<ImportedPerson> {
        let file = PeopleFile(rules: try PersonForm(visit))
        return { try file.read($0, $1) }
    }

    static func filing(
        of items: [ImportedPerson], _ pending: PendingImport, _ form: Form, _ visit: Visit
    ) throws(Refusal) -> @Sendable (Connection) throws -> String {
        var letters: [LinkLetter] = []
        if SentForm(form, confirmation, visit.words).isTicked("invites") {
            for person in items {
                let language = person.draft.language.flatMap(Language.init(rawValue:)) ?? visit.language
                letters.append(try visit.invitation(to: person.draft.name, at: person.draft.email, in: language))
            }
        }
        let invitations = letters
        return { connection in
            for (index, person) in items.enumerated() {
                try connection.takeIn(person, index < invitations.count ? invitations[index] : nil, visit)
            }
            let count = visit.words.text("people.import.count", ["count": .number(items.count)])
            try connection.record(
                visit.entry(.imported, after: "\(count), \(pending.name), SHA-256 \(Hexadecimal.text(pending.sha256))"))
            return visit.link("/people")
        }
    }

    // MARK: Pages

    static func page(
        _ visit: Visit, _ draft: FormDraft, _ outcome: ImportOutcome<ImportedPerson>, _ pending: PendingImport?
    ) -> Response {
        if let pending { return confirmPage(visit, pending, outcome) }
        let page = PeopleImportPage(
            list: visit.link("/people"), template: visit.link("/admin/people/import/template"), keys: visit.formKeys(),
            fields: draft.fields(words.fields, visit.words), faults: draft.faultLines,
            columns: PeopleColumn.allCases.map { column in
                PeopleImportPage.Column(
                    names: "\(column.header(.es)), \(column.header(.en))",
                    meaning: visit.words.text("people.import.column." + column.rawValue))
            },
            wrong: ImportFaultRow.list(outcome.faults, visit.numbers),
            summary: outcome.faults.isEmpty ? "" : summary(outcome, visit))
        let isFaulty = !outcome.faults.isEmpty || !draft.faults.isEmpty
        return visit.show(
            page, visit.site.pages.peopleImport, title: title(visit, isFaulty: isFaulty),
            status: isFaulty ? .unprocessableContent : .ok)
    }

    private static func summary(_ outcome: ImportOutcome<ImportedPerson>, _ visit: Visit) -> String {
        let count = outcome.faults.count
        let shown = min(count, ImportFaultRow.most)
        var text = visit.words.text("people.import.faults", ["count": .number(count)])
        if shown < count {
            text += " " + visit.words.text("people.import.faultsShown", ["count": .number(shown)])
        }
        return text + (outcome.isWindows ? " " + visit.words.text("people.import.windows") : "")
    }

    private static func confirmPage(
        _ visit: Visit, _ pending: PendingImport, _ outcome: ImportOutcome<ImportedPerson>
    ) -> Response {
        let words = visit.words
        let page = PeopleImportConfirmationPage(
            back: visit.link(path), keys: visit.formKeys(),
            fields: FormDraft(["invites": "on"]).fields(confirmation, words),
            count: words.text("people.import.count", ["count": .number(outcome.items.count)]),
            file: pending.name,
            sample: outcome.items.prefix(mostSamples).map { person in
                PeopleImportConfirmationPage.Sample(
                    name: person.draft.name, email: person.draft.email, role: words.role(person.draft.role))
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
