// A search in the queues' list: its filters as chips, the form that writes them, what it found.

internal import HTTP
internal import Markup
internal import SLA

/// What the page of a queue shows of a search.
struct QueueSearchPart: Item {
    struct Chip: Item {
        let label: String
        let href: String

        static let fields: [Field<Chip>] = [.text("chipLabel") { $0.label }, .text("chipHref") { $0.href }]
    }

    let filterAction: String
    let clearHref: String
    let chips: [Chip]
    let faults: [QueueNote]
    /// The finished markup of `QueueControls`.
    let controls: HTMLBuffer
    let isOpen: Bool
    /// The columns that what is found shows as well.
    let kept: [Hidden]

    static let fields: [Field<QueueSearchPart>] = [
        .list("keptFilterColumns") { $0.kept },
        .text("filterAction") { $0.filterAction },
        .text("clearHref") { $0.clearHref },
        .list("chips") { $0.chips },
        .list("searchFaults") { $0.faults },
        .raw("controls") { $0.controls },
        .flag("isOpen") { $0.isOpen },
    ]
}

/// The fields of the form that writes a search.
struct QueueControls: Page {
    /// A field of the form: options, or a line of text.
    struct Control: Item {
        struct Option: Item {
            let value: String
            let label: String
            var isChosen = false

            static let fields: [Field<Option>] = [
                .text("optionValue") { $0.value },
                .text("optionLabel") { $0.label },
                .flag("isChosen") { $0.isChosen },
            ]
        }

        let name: String
        let label: String
        var value = ""
        var type = "text"
        var options: [Option] = []

        static let fields: [Field<Control>] = [
            .text("controlName") { $0.name },
            .text("controlLabel") { $0.label },
            .text("controlValue") { $0.value },
            .text("controlType") { $0.type },
            .list("options") { $0.options },
        ]
    }

    let controls: [Control]

    static let template: StaticString = "queues/controls.html"
    static let fields: [Field<QueueControls>] = [.list("controls") { $0.controls }]
}

/// The fields of an empty search.
struct KeptQueueControls: Sendable {
    let grounds: Grounds
    let markup: HTMLBuffer

    /// For both languages, with the names of all technicians.
    static let mostBytes = 64 << 10
}

/// A sentence.
struct QueueNote: Item {
    let text: String

    static let fields: [Field<QueueNote>] = [.text("noteText") { $0.text }]
}

struct QueueSearch: Sendable {
    let search: Search
    private let words: SearchWords
    private let visit: Visit
    /// The columns that links keep.
    private let keptColumns: String?

    /// - Parameter typed: What stands in the box; empty for nothing.
    init(_ typed: String, _ visit: Visit, _ contract: Contract) {
        search = SearchReader(contract: contract).read(typed)
        words = SearchWords(words: visit.words, contract: contract)
        self.visit = visit
        keptColumns = visit.asked("columns")
    }

    /// The list of what another search finds.
    private func href(_ search: Search) -> String {
        let text = words.text(search)
        return visit.queueLink("/queue", text.isEmpty ? [] : [("q", text)], columns: keptColumns)
    }

    // MARK: The page

    func part(
        _ result: SearchResult?, _ technicians: [(id: Person.ID, name: String)], _ grounds: Grounds, _ desk: Desk
    ) -> QueueSearchPart {
        let chips = search.filters.map { filter in
            var rest = search
            rest.filters.removeAll { $0 == filter }
            return QueueSearchPart.Chip(label: words.label(filter), href: href(rest))
        }
        let faults = search.faults + (result?.faults ?? [])
        return QueueSearchPart(
            filterAction: visit.link("/queue/filter"),
            clearHref: search.isEmpty ? "" : visit.queueLink("/queue", columns: keptColumns),
            chips: chips, faults: faults.map { QueueNote(text: words.text($0)) },
            controls: controls(technicians, grounds, desk),
            isOpen: false,
            kept: keptColumns.map { [Hidden(name: "columns", value: $0)] } ?? [])
    }

    /// Those of an empty search are the same for everybody.
    private func controls(
        _ technicians: [(id: Person.ID, name: String)], _ grounds: Grounds, _ desk: Desk
    ) -> HTMLBuffer {
        let kept = search.isEmpty ? desk.queueControls.part(visit.language) : nil
        if let kept, kept.grounds == grounds { return kept.markup }
        var markup = HTMLBuffer(capacity: 4096)
        visit.site.pages.queues.controls.render(
            QueueControls(controls: controls(technicians)), language: visit.language, into: &markup)
        if search.isEmpty {
            desk.queueControls.keep(
                KeptQueueControls(grounds: grounds, markup: markup), size: markup.count, as: visit.language)
        }
        return markup
    }

    private func controls(_ technicians: [(id: Person.ID, name: String)]) -> [QueueControls.Control] {
        let contract = words.contract
        let named = technicians.map { SearchFilter.assignee(.named($0.name)) }
        return [
            QueueControls.Control(
                name: "words", label: words.words.text("search.words"),
                value: words.text(Search(words: search.words))),
            select(.state, SearchFilter.State.allCases.map { .state($0) }),
            select(.due, SearchFilter.Due.allCases.map { .due($0) }),
            select(.severity, contract.severities.map { .severity($0.severity) }),
            select(.level, contract.levels.map { .level($0.level) }),
            select(.kind, contract.kinds.map { .kind($0.key) }),
            select(.assignee, [.assignee(.me), .assignee(.nobody)] + named),
            line(.organization), line(.tag), line(.from, type: "date"), line(.upTo, type: "date"),
        ]
    }

    private func select(_ key: SearchKey, _ filters: [SearchFilter]) -> QueueControls.Control {
        let any = QueueControls.Control.Option(value: "", label: words.words.text("search.any"))
        let options = filters.map { filter in
            QueueControls.Control.Option(
                value: words.typed(filter), label: Self.valuePart(words.label(filter)),
                isChosen: search.filters.contains(filter))
        }
        return QueueControls.Control(name: key.rawValue, label: words.name(key), options: [any] + options)
    }

    private func line(_ key: SearchKey, type: String = "text") -> QueueControls.Control {
        let chosen = search.filters.first { $0.key == key }
        let value = chosen.map { String(words.typed($0).drop { $0 != ":" }.dropFirst()).filter { $0 != "\"" } } ?? ""
        return QueueControls.Control(name: key.rawValue, label: words.name(key), value: value, type: type)
    }

    /// What follows the name in a chip's words.
    private static func valuePart(_ label: String) -> String {
        label.firstRange(of: ": ").map { String(label[$0.upperBound...]) } ?? label
    }

    // MARK: The form

    /// What the form asks for, as the box has it.
    static func written(_ visit: Visit, _ contract: Contract) -> String {
        var parts: [String] = []
        for key in SearchKey.allCases {
            guard let sent = visit.asked(key.rawValue), !sent.isEmpty else { continue }
            switch key {
            case .organization, .tag, .from, .upTo:
                let value = HeaderText(sent).text.filter { $0 != "\"" }
                parts.append(key.name(in: visit.language) + ":" + (value.contains(" ") ? "\"\(value)\"" : value))
            default: parts.append(HeaderText(sent).text)
            }
        }
        if let typed = visit.asked("words"), !typed.isEmpty { parts.append(HeaderText(typed).text) }
        return parts.joined(separator: " ")
    }
}
