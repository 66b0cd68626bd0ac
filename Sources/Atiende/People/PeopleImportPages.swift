// What the pages show on which people are taken in from a file.

internal import Markup

struct PeopleImportPage: Page {
    struct Column: Item {
        let names: String
        let meaning: String

        static let fields: [Field<Column>] = [.text("names") { $0.names }, .text("meaning") { $0.meaning }]
    }

    let list: String
    let template: String
    let keys: FormKeys
    let fields: [FormField]
    let faults: [FormFault]
    let columns: [Column]
    /// What is wrong in the file.
    let wrong: [ImportFaultRow]
    let summary: String

    static let template: StaticString = "people/import.html"
    static let fields: [Field<PeopleImportPage>] = [
        .text("list") { $0.list },
        .text("template") { $0.template },
        .part("keys") { $0.keys },
        .list("fields") { $0.fields },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .list("columns") { $0.columns },
        .list("wrong") { $0.wrong },
        .text("summary") { $0.summary },
    ]
}

struct PeopleImportConfirmationPage: Page {
    struct Sample: Item {
        let name: String
        let email: String
        let role: String

        static let fields: [Field<Sample>] = [
            .text("name") { $0.name },
            .text("email") { $0.email },
            .text("role") { $0.role },
        ]
    }

    let back: String
    let keys: FormKeys
    let fields: [FormField]
    let count: String
    let file: String
    let sample: [Sample]
    let encoding: String

    static let template: StaticString = "people/import-confirmation.html"
    static let fields: [Field<PeopleImportConfirmationPage>] = [
        .text("back") { $0.back },
        .part("keys") { $0.keys },
        .list("fields") { $0.fields },
        .text("count") { $0.count },
        .text("file") { $0.file },
        .list("sample") { $0.sample },
        .text("encoding") { $0.encoding },
    ]
}
