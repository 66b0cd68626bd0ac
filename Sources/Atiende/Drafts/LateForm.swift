// A form of a ticket's that came without a session that may send it: what it brought, and where one goes on with it.

internal import HTTP
internal import SQL

struct LateForm: Sendable {
    /// Where it was sent, below the tenant's base.
    private let path: String
    private let fields: [(name: String, value: String)]

    /// The field of the log-in in which it goes along.
    static let field = "carried"
    private static let unseen: Set = [FormSeal.field, "key", "version", SentFiles.lostField]

    /// Nil for a form of which no page shows what was typed, and for one that brought nothing, or too much.
    init?(_ path: String, _ form: Form) {
        self.init(path: path, fields: form.fields.filter { !Self.unseen.contains($0.name) && !$0.value.isEmpty })
    }

    /// As the log-in carried it.
    init?(carried: String?) {
        guard let carried, case .array(let parts)? = try? JSON(parsing: carried, atMost: 2 * DraftContent.longest),
            parts.count == 2, let path = parts[0].text, case .array(let list) = parts[1]
        else { return nil }
        var fields: [(name: String, value: String)] = []
        for field in list {
            guard case .array(let pair) = field, pair.count == 2, let name = pair[0].text, let value = pair[1].text
            else {
                return nil
            }
            fields.append((name, value))
        }
        self.init(path: path, fields: fields)
    }

    private init?(path: String, fields: [(name: String, value: String)]) {
        guard WayBack.path(path) == path, Self.parts(path) != nil, Self.content(fields, of: "0") != nil else {
            return nil
        }
        self.path = path
        self.fields = fields
    }

    /// The same with files: tokens of those that are kept, names of those that are not.
    func adding(kept: [String] = [], lost: [String] = []) -> LateForm {
        let files = kept.map { (name: SentFiles.keptField, value: $0) } + lost.map { (SentFiles.lostField, $0) }
        return LateForm(path: path, fields: fields + files) ?? self
    }

    var carried: String {
        JSON.array([.string(path), .array(fields.map { .array([.string($0.name), .string($0.value)]) })]).text()
    }

    // MARK: Where one goes on

    private enum Place {
        case newTicket, loggedTicket
        /// A ticket, and the form of the staff's page; nil for a customer's and for messages.
        case ticket(Folio, form: String?)
    }

    private static func parts(_ path: String) -> Place? {
        let parts = path.split(separator: "/").map(String.init)
        guard parts.count >= 2 else { return nil }
        switch (parts[0], parts[1]) {
        case ("tickets", "new") where parts.count == 2: return .newTicket
        case ("desk", "new") where parts.count == 2: return .loggedTicket
        case ("tickets", _), ("desk", _):
            guard parts.count > 2, let folio = Folio(parts[1]) else { return nil }
            return .ticket(folio, form: parts[0] == "desk" ? parts[2...].joined(separator: "/") : nil)
        default: return nil
        }
    }

    /// The page that shows it, and its form there; nil for who has no such page.
    private func page(for role: Person.Role) -> (path: String, form: String)? {
        switch Self.parts(path) {
        case .newTicket: role.isStaff ? nil : ("/tickets/new", "0")
        case .loggedTicket: role.isStaff ? ("/desk/new", "0") : nil
        case .ticket(let folio, let name?): role.isStaff ? ("/desk/\(folio)", DeskDraft.form(name)) : nil
        case .ticket(let folio, nil): role.isStaff ? ("/desk/\(folio)", DeskDraft.message) : ("/tickets/\(folio)", "0")
        case nil: nil
        }
    }

    private static func content(_ fields: [(name: String, value: String)], of form: String) -> DraftContent? {
        let entries = fields.map { field -> JSON in
            .array([.string(form), .string(field.name), .string(""), .string(field.value)])
        }
        return DraftContent(JSON.array(entries).text())
    }

    /// Keeps it as a draft of its author's. Returns where he goes on with it; nil where he has no such page.
    func keep(for person: Person.ID, _ role: Person.Role, in connection: Connection, at now: Int) throws -> String? {
        guard let page = page(for: role), let content = Self.content(fields, of: page.form) else { return nil }
        let title = fields.first { $0.name == "subject" }?.value ?? ""
        let id = try connection.keepDraft(
            content, of: person, path: page.path, title: String(title.prefix(200)), at: now)
        return Draft(id: id, path: page.path, title: title, content: content, at: now).place
    }
}
