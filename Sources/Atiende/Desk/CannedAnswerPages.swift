// The pages of canned answers.

internal import Markup

struct CannedAnswersPage: Page {
    struct Row: Item {
        let name: String
        let href: String
        let text: String
        let removal: String
        let keys: FormKeys

        static let fields: [Field<Row>] = [
            .text("answerName") { $0.name },
            .text("answerHref") { $0.href },
            .text("answerText") { $0.text },
            .text("removal") { $0.removal },
            .part("keys") { $0.keys },
        ]
    }

    let newHref: String
    let answers: [Row]
    let emptyTitle: String
    let emptyText: String

    static let template: StaticString = "desk/answers.html"
    static let fields: [Field<CannedAnswersPage>] = [
        .text("newHref") { $0.newHref },
        .list("answers") { $0.answers },
        .text("emptyTitle") { $0.emptyTitle },
        .text("emptyText") { $0.emptyText },
    ]
}

struct CannedAnswerPage: Page {
    let title: String
    let list: String
    let keys: FormKeys
    let fields: [FormField]
    let faults: [FormFault]
    let variables: [FactItem]

    static let template: StaticString = "desk/answer.html"
    static let fields: [Field<CannedAnswerPage>] = [
        .text("title") { $0.title },
        .text("list") { $0.list },
        .part("keys") { $0.keys },
        .list("fields") { $0.fields },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .list("variables") { $0.variables },
    ]
}
