// The list of one's drafts.

internal import Markup

struct DraftsPage: Page {
    struct Entry: Item {
        let label: String
        let value: String

        static let fields: [Field<Entry>] = [
            .text("entryLabel") { $0.label },
            .text("entryValue") { $0.value },
        ]
    }

    struct Row: Item {
        let id: String
        let title: String
        let href: String
        let when: String
        let entries: [Entry]
        let discardHref: String
        let keys: FormKeys

        static let fields: [Field<Row>] = [
            .text("draftID") { $0.id },
            .text("draftTitle") { $0.title },
            .text("href") { $0.href },
            .text("when") { $0.when },
            .list("entries") { $0.entries },
            .text("discardHref") { $0.discardHref },
            .part("keys") { $0.keys },
        ]
    }

    let drafts: [Row]
    let emptyTitle: String
    let emptyText: String

    static let template: StaticString = "drafts/index.html"
    static let fields: [Field<DraftsPage>] = [
        .list("drafts") { $0.drafts },
        .text("emptyTitle") { $0.emptyTitle },
        .text("emptyText") { $0.emptyText },
    ]
}
