// Taking something in from a file: it is sent, looked at, and confirmed, and taken in as a whole or not at all. What its
// rows are, and how the pages show them, is each feature's own.

internal import HTTP
internal import Markup
internal import SQL

protocol TableImport: SendableMetatype {
    associatedtype Item: Sendable

    static var kind: ImportKind { get }
    /// The form of the file; what waits is below it with an `s`.
    static var path: String { get }
    static var words: ImportWords { get }

    /// How a file is read, against what the desk has.
    static func reader(_ visit: Visit) throws(Refusal) -> ImportReader<Item>
    /// - Parameter pending: The file that waits, with nothing wrong in it.
    static func page(
        _ visit: Visit, _ draft: FormDraft, _ outcome: ImportOutcome<Item>, _ pending: PendingImport?
    ) -> Response
    /// Made ready outside the database's writer: what takes the rows in, and returns where they are.
    static func filing(
        of items: [Item], _ pending: PendingImport, _ form: Form, _ visit: Visit
    ) throws(Refusal) -> @Sendable (Connection) throws -> String
}

typealias ImportReader<Item: Sendable> = @Sendable ([UInt8], Connection) throws -> ImportOutcome<Item>

/// The words that a feature has for it.
struct ImportWords {
    let title: String
    /// The label of the file.
    let file: String
    /// That no file was sent.
    let none: String
    /// That it is too large.
    let large: String
    let said: String

    var fields: [FieldSpec] { [.file("file", file, hasHint: true)] }
}

private enum ImportLimit {
    /// Bytes; 20,000 rows of all columns are fewer.
    static let file = 8 * 1024 * 1024
}

extension TableImport {
    /// Rows of a good file that its page shows.
    static var mostSamples: Int { 5 }

    static func new(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        page(visit, FormDraft(), ImportOutcome(), nil)
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let owner = try visit.signedIn().person.id
        var sent = SentForm(form, words.fields, visit.words)
        guard let file = form.files.first(where: { $0.field == "file" }), file.size > 0 else {
            sent.fault("file", words.none)
            return .answer(page(visit, FormDraft(sent), ImportOutcome(), nil))
        }
        guard file.size <= ImportLimit.file, let content = Folder.read(file.storage.path, atMost: ImportLimit.file)
        else {
            sent.fault("file", words.large, ["most": .number(ImportLimit.file / 1024 / 1024)])
            return .answer(page(visit, FormDraft(sent), ImportOutcome(), nil))
        }
        let outcome = try read(content, visit)
        guard outcome.faults.isEmpty else { return .answer(page(visit, FormDraft(sent), outcome, nil)) }
        let name = HeaderText(file.name).text
        let (kind, path) = (kind, path)
        return try .file(form) { connection in
            let id = try connection.keepImport(
                of: kind, content, file.sha256, name: name, by: owner, at: visit.now)
            return visit.link("\(path)s/\(id)")
        }
    }

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let pending = try find(visit)
        let outcome = try read(pending.content, visit)
        // Somebody may have taken what has to be one's own since the file was sent.
        return page(visit, FormDraft(), outcome, outcome.faults.isEmpty ? pending : nil)
    }

    /// Reads the file anew. What somebody takes between that and the write has all of it taken back.
    static func confirm(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let pending = try find(visit)
        let outcome = try read(pending.content, visit)
        guard outcome.faults.isEmpty else { return .answer(page(visit, FormDraft(), outcome, nil)) }
        let takeIn = try filing(of: outcome.items, pending, form, visit)
        return try .file(
            form, said: words.said,
            otherwise: {
                $0.isNotKept ? nil : (try? read(pending.content, visit)).map { page(visit, FormDraft(), $0, nil) }
            }
        ) { connection in
            let location = try takeIn(connection)
            try connection.removeImport(pending.id)
            return location
        }
    }

    // MARK: What the features' pages need

    static func title(_ visit: Visit, isFaulty: Bool) -> String {
        let title = visit.words.text(words.title)
        return isFaulty ? visit.words.text("shared.errorTitle", ["title": .text(title)]) : title
    }

    private static func find(_ visit: Visit) throws(Refusal) -> PendingImport {
        let owner = try visit.signedIn().person.id
        let kind = kind
        guard let id = Identifier<PendingImport>(visit.parameters["id"]),
            let pending = try visit.tenantDesk().read({
                try $0.pendingImport(id, of: kind, by: owner, at: visit.now)
            })
        else { throw .notFound }
        return pending
    }

    private static func read(_ content: [UInt8], _ visit: Visit) throws(Refusal) -> ImportOutcome<Item> {
        let reader = try reader(visit)
        return try visit.tenantDesk().read { try reader(content, $0) }
    }
}
