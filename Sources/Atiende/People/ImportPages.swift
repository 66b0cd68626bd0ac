// What the pages show on which people are taken in from a file.

internal import Markup

struct ImportPage: Page {
    struct Column: Item {
        let names: String
        let meaning: String

        static let fields: [Field<Column>] = [.text("names") { $0.names }, .text("meaning") { $0.meaning }]
    }

    struct Row: Item {
        let number: String
        let column: String
        let text: String

        static let fields: [Field<Row>] = [
            .text("number") { $0.number },
            .text("column") { $0.column },
            .text("text") { $0.text },
        ]
    }

    let list: String
    let template: String
    let keys: FormKeys
    let fields: [FormField]
    let faults: [FormFault]
    let columns: [Column]
    /// What is wrong in the file.
    let rows: [Row]
    let summary: String

    static let template: StaticString = "people/import.html"
    static let fields: [Field<ImportPage>] = [
        .text("list") { $0.list },
        .text("template") { $0.template },
        .part("keys") { $0.keys },
        .list("fields") { $0.fields },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .list("columns") { $0.columns },
        .list("rows") { $0.rows },
        .text("summary") { $0.summary },
    ]
}

struct ImportConfirmationPage: Page {
    let back: String
    let keys: FormKeys
    let fields: [FormField]
    let count: String
    let file: String
    let sample: [ImportPage.Row]
    let encoding: String

    static let template: StaticString = "people/import-confirmation.html"
    static let fields: [Field<ImportConfirmationPage>] = [
        .text("back") { $0.back },
        .part("keys") { $0.keys },
        .list("fields") { $0.fields },
        .text("count") { $0.count },
        .text("file") { $0.file },
        .list("sample") { $0.sample },
        .text("encoding") { $0.encoding },
    ]
}
