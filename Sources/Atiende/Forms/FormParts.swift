// A form on a page: its fields, and what is wrong with them, in finished words.

internal import Markup

/// One field as `shared/form-field.html` draws it.
struct FormField: Item {
    struct Option: Item {
        let id: String
        let value: String
        let label: String
        let detail: String
        let due: String
        let isChosen: Bool

        static let fields: [Field<Option>] = [
            .text("optionID") { $0.id },
            .text("optionValue") { $0.value },
            .text("optionLabel") { $0.label },
            .text("optionDetail") { $0.detail },
            .text("optionDue") { $0.due },
            .flag("isChosen") { $0.isChosen },
        ]
    }

    let spec: FieldSpec
    let label: String
    let hint: String
    let value: String
    let fault: String
    let options: [Option]

    static let fields: [Field<FormField>] = [
        .text("fieldID") { $0.spec.id },
        .text("fieldLabel") { $0.label },
        .text("fieldHint") { $0.hint },
        .text("fieldValue") { $0.value },
        .text("fieldFault") { $0.fault },
        .text("fieldType") { $0.spec.type },
        .text("autocomplete") { $0.spec.autocomplete },
        .text("described") { $0.described },
        .text("rows") { $0.spec.rows },
        .number("longest") { $0.spec.longest },
        .flag("isOptional") { $0.spec.isOptional && $0.spec.kind != .tick && $0.spec.kind != .choices },
        .flag("isShort") { $0.spec.isShort },
        .flag("isLine") { $0.spec.isLine },
        .flag("isText") { !$0.spec.rows.isEmpty },
        .flag("isSelect") { $0.spec.kind == .select },
        .flag("isChoice") { $0.spec.kind == .choice },
        .flag("isChoices") { $0.spec.kind == .choices },
        .flag("isTick") { $0.spec.kind == .tick },
        .flag("isTicked") { !$0.value.isEmpty },
        .flag("isFile") { $0.spec.kind == .file },
        .list("options") { $0.options },
    ]

    /// The ids of what explains the field.
    private var described: String {
        [hint.isEmpty ? nil : "\(spec.id)-hint", fault.isEmpty ? nil : "\(spec.id)-error"].compactMap { $0 }
            .joined(separator: " ")
    }
}

/// One line of the summary of faults, which leads to its field.
struct FormFault: Item {
    let field: String
    let text: String

    static let fields: [Field<FormFault>] = [
        .text("faultField") { $0.field },
        .text("faultText") { $0.text },
    ]
}

/// What every form carries unseen.
struct FormKeys: Item {
    let csrf: String
    /// Sending twice does the work once.
    let key: String

    static let fields: [Field<FormKeys>] = [
        .text("csrf") { $0.csrf },
        .text("submissionKey") { $0.key },
    ]
}

extension FieldSpec {
    fileprivate var type: String {
        switch kind {
        case .mail: "email"
        case .phone: "tel"
        case .number, .line: "text"
        case .date: "date"
        case .secret: "password"
        case .file: "file"
        case .text, .select, .choice, .choices, .tick: ""
        }
    }

    fileprivate var isLine: Bool { !type.isEmpty && kind != .file }

    fileprivate var rows: String {
        if case .text(let rows) = kind { String(rows) } else { "" }
    }
}

/// The fields of a form with what stands in them.
struct FormDraft: Sendable {
    var values: [String: [String]] = [:]
    var options: [String: [FieldOption]] = [:]
    var faults = Faults()

    init(_ values: [String: String] = [:], options: [String: [FieldOption]] = [:]) {
        self.values = values.mapValues { [$0] }
        self.options = options
    }

    /// What was sent, to be shown again with what is wrong with it.
    init(_ sent: SentForm, options: [String: [FieldOption]] = [:]) {
        values = sent.values
        faults = sent.faults.ordered(by: sent.specs.map(\.id))
        self.options = options
    }

    /// What stands in a field; empty for nothing.
    subscript(_ id: String) -> String { values[id]?.first ?? "" }

    func fields(_ specs: [FieldSpec], _ words: Words) -> [FormField] { specs.map { field($0, words) } }

    private func field(_ spec: FieldSpec, _ words: Words) -> FormField {
        let chosen = values[spec.id] ?? []
        return FormField(
            spec: spec, label: words.text(spec.words), hint: spec.hasHint ? words.text(spec.words + ".hint") : "",
            value: spec.kind == .secret ? "" : chosen.first ?? "", fault: faults[spec.id],
            options: (options[spec.id] ?? []).enumerated().map { index, option in
                FormField.Option(
                    id: index == 0 ? spec.id : "\(spec.id)-\(index)", value: option.value, label: option.label,
                    detail: option.detail, due: option.due, isChosen: chosen.contains(option.value))
            })
    }

    var faultLines: [FormFault] { faults.list.map { FormFault(field: $0.field, text: $0.text) } }
}
