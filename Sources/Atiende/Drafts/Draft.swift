// What somebody had typed into a page when his session was about to end.

internal import SQL

struct Draft: Sendable {
    typealias ID = Identifier<Draft>

    let id: ID
    /// Of the page, below the tenant's base.
    let path: String
    let title: String
    let content: DraftContent
    let at: Int

    /// Where one goes on with it. Pages of tickets fill themselves in, also without a script.
    var place: String {
        guard path.hasPrefix("/tickets/") || path.hasPrefix("/desk/") else { return path }
        guard path == "/desk/new" else { return path + "?draft=\(id)" }
        // That page is of an organization.
        return content["organization"].flatMap(Organization.ID.init).map { path + "?organization=\($0)&draft=\(id)" }
            ?? path
    }

    /// Older ones are forgotten.
    static let keptSeconds = 30 * 86_400
    /// Of one person; the oldest go first.
    static let most = 50
}

/// The fields of a page's forms, as its script collects them: `[["0", "body", "Mensaje", "Hola"]]`.
struct DraftContent: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        /// Which form of the page, from 0.
        let form: String
        let name: String
        /// Of a field for text; empty for what was picked from a list, whose value is no word for people.
        let label: String
        let value: String
    }

    let entries: [Entry]

    static let longest = 64 * 1024
    private static let mostEntries = 500

    /// Nil for anything but lists of four texts, at least one.
    init?(_ text: String) {
        guard text.utf8.count <= Self.longest, case .array(let list)? = try? JSON(parsing: text, atMost: Self.longest),
            (1...Self.mostEntries).contains(list.count)
        else { return nil }
        var entries: [Entry] = []
        for item in list {
            guard case .array(let parts) = item, parts.count == 4, let form = parts[0].text, let name = parts[1].text,
                let label = parts[2].text, let value = parts[3].text
            else { return nil }
            // Read as the form itself is: a list shows it.
            entries.append(
                Entry(
                    form: form, name: name, label: SentForm.cleaned(label, isText: false),
                    value: SentForm.cleaned(value, isText: true)))
        }
        self.entries = entries
    }

    /// The first value of that name.
    subscript(_ name: String) -> String? { entries.first { $0.name == name }?.value }

    /// The files that wait with it.
    var keptFiles: [String] { entries.filter { $0.name == SentFiles.keptField }.map(\.value) }

    /// What can be read and copied.
    var typed: [Entry] { entries.filter { !$0.label.isEmpty && !$0.value.isEmpty } }

    var json: JSON {
        .array(entries.map { .array([.string($0.form), .string($0.name), .string($0.label), .string($0.value)]) })
    }
}
