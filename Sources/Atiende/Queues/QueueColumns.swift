// Which columns a list of tickets shows beside the time and the subject. They stand in its address, and nowhere else are they
// remembered.

internal import HTTP
internal import Markup

struct QueueColumns: Hashable, Sendable {
    /// Those that may be left out.
    static let all: [QueueSort.Column] = [.severity, .level, .assignee, .said]

    let shown: [QueueSort.Column]

    /// `severity.level`; nil for an address that says nothing of them, which shows all.
    init(_ text: String?) throws(Refusal) {
        guard let text else {
            shown = Self.all
            return
        }
        let names = text.split(separator: ".").map(String.init)
        let columns = names.compactMap(QueueSort.Column.init)
        guard columns.count == names.count, columns.allSatisfy(Self.all.contains) else { throw .notFound }
        shown = Self.all.filter(columns.contains)
    }

    /// - Parameter names: As the form has them; what is none is passed over.
    init(ticked names: [String]) { shown = Self.all.filter { names.contains($0.rawValue) } }

    /// Nil where all are shown.
    var text: String? { shown == Self.all ? nil : shown.map(\.rawValue).joined(separator: ".") }

    /// The classes of the table.
    var style: String {
        (["queue"] + Self.all.filter { !shown.contains($0) }.map { "no-" + $0.rawValue }).joined(separator: " ")
    }
}

/// The form that chooses them.
struct QueueColumnChoice: Item {
    struct Choice: Item {
        let value: String
        let label: String
        let isShown: Bool

        static let fields: [Field<Choice>] = [
            .text("choiceValue") { $0.value },
            .text("choiceLabel") { $0.label },
            .flag("isShown") { $0.isShown },
        ]
    }

    let action: String
    /// What else the address says.
    let kept: [Hidden]
    let choices: [Choice]

    static let fields: [Field<QueueColumnChoice>] = [
        .text("columnsAction") { $0.action },
        .list("keptFields") { $0.kept },
        .list("choices") { $0.choices },
    ]

    init(_ columns: QueueColumns, of view: QueueView, _ visit: Visit) {
        action = visit.link("/queue/columns")
        kept =
            [("view", view.name)].filter { !$0.1.isEmpty }.map { Hidden(name: $0.0, value: $0.1) }
            + ["q", "sort"].compactMap { name in
                visit.asked(name).map { Hidden(name: name, value: HeaderText($0).text) }
            }
        choices = QueueColumns.all.map { column in
            Choice(
                value: column.rawValue, label: visit.words.text("queue.column.\(column.rawValue)"),
                isShown: columns.shown.contains(column))
        }
    }
}

extension Visit {
    /// The address of a list.
    /// - Parameter columns: Those that the page shows on which the link stands; nil for all.
    func queueLink(
        _ path: String, _ pairs: [(name: String, value: String)] = [], columns: String?
    ) -> String {
        let pairs = pairs + (columns.map { [("columns", $0)] } ?? [])
        let query = pairs.map { $0.name + "=" + PercentCoding.encode(queryComponent: $0.value) }
        return link(path) + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }
}

extension QueueRoutes {
    /// The form of columns leads to the list with those that are ticked.
    static func columns(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let form = (try? Form.parse(urlencoded: Array((visit.query ?? "").utf8)[...])) ?? Form()
        let name = form["view"] ?? ""
        guard let view = name.isEmpty ? .all : QueueView(name) else { throw .notFound }
        let pairs = ["q", "sort"].compactMap { name in form[name].map { (name, HeaderText($0).text) } }
        let columns = QueueColumns(ticked: form.values("column")).text
        return .seeOther(visit.queueLink(view.path, pairs, columns: columns))
    }
}
