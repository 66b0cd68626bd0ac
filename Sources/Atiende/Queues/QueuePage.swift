// What the page of a queue shows.

internal import Markup

struct QueuePage: Page {
    /// A queue in the column beside the list.
    struct View: Item {
        let href: String
        let icon: String
        let label: String
        /// Empty where it is not counted.
        let count: String
        /// Under which the count is told anew.
        let name: String
        /// `late`, `soon` or nothing.
        let tone: String
        let isCurrent: Bool

        static let fields: [Field<View>] = [
            .text("viewHref") { $0.href },
            .text("viewIcon") { $0.icon },
            .text("viewLabel") { $0.label },
            .text("viewCount") { $0.count },
            .text("viewName") { $0.name },
            .text("tone") { $0.tone },
            .flag("isCurrent") { $0.isCurrent },
        ]
    }

    /// The work of somebody.
    struct Load: Item {
        struct Share: Item {
            let icon: String
            let label: String
            let count: String

            static let fields: [Field<Share>] = [
                .text("shareIcon") { $0.icon },
                .text("shareLabel") { $0.label },
                .text("shareCount") { $0.count },
            ]
        }

        let href: String
        let name: String
        let total: String
        let shares: [Share]

        static let fields: [Field<Load>] = [
            .text("loadHref") { $0.href },
            .text("loadName") { $0.name },
            .text("loadTotal") { $0.total },
            .list("shares") { $0.shares },
        ]
    }

    /// The head of a column, with the link that puts the list in its order.
    struct Column: Item {
        let label: String
        let href: String
        let style: String
        /// `ascending`, `descending` or nothing.
        let order: String
        let arrow: String

        static let fields: [Field<Column>] = [
            .text("columnLabel") { $0.label },
            .text("columnHref") { $0.href },
            .text("columnStyle") { $0.style },
            .text("order") { $0.order },
            .text("arrow") { $0.arrow },
        ]
    }

    /// The finished markup of a `QueueRow`.
    struct Row: Item {
        let markup: HTMLBuffer

        static let fields: [Field<Row>] = [.raw("row") { $0.markup }]
    }

    /// Rows that are due at about the same time; without a title where another order cuts nothing.
    struct Band: Item {
        let title: String
        /// Empty where not all of them are on this page.
        let count: String
        /// `late`, `soon` or nothing.
        let tone: String
        let rows: [Row]

        static let fields: [Field<Band>] = [
            .text("bandTitle") { $0.title },
            .text("bandCount") { $0.count },
            .text("bandTone") { $0.tone },
            .list("rows") { $0.rows },
        ]
    }

    let title: String
    let total: String
    let eventsHref: String
    /// The number of the last event that the page knows of.
    let version: String
    let action: String
    let query: String
    let search: QueueSearchPart
    /// What tells of changes, with `#` for how many.
    let oneChange: String
    let changes: String
    /// How many rows are ticked, likewise.
    let onePicked: String
    let picked: String
    let views: [View]
    let loads: [Load]
    let line: QueueLine?
    let columns: [Column]
    let tableStyle: String
    /// The columns that other addresses show as well; empty for all.
    let keptColumns: [String]
    let choice: QueueColumnChoice
    let bands: [Band]
    let pager: Pager?
    /// That only a part was put in order, or is listed; empty for all.
    let limitLine: String
    let emptyIcon: String
    let emptyTitle: String
    let emptyText: String

    static let template: StaticString = "queues/index.html"
    static let fields: [Field<QueuePage>] = [
        .text("title") { $0.title },
        .text("total") { $0.total },
        .text("eventsHref") { $0.eventsHref },
        .text("version") { $0.version },
        .text("action") { $0.action },
        .text("query") { $0.query },
        .part("search") { $0.search },
        .text("oneChange") { $0.oneChange },
        .text("changes") { $0.changes },
        .text("pickedOne") { $0.onePicked },
        .text("pickedOther") { $0.picked },
        .list("views") { $0.views },
        .list("loads") { $0.loads },
        .part("line") { $0.line },
        .list("columns") { $0.columns },
        .text("tableStyle") { $0.tableStyle },
        .list("keptColumns") { $0.keptColumns.map { Hidden(name: "columns", value: $0) } },
        .part("choice") { $0.choice },
        .list("bands") { $0.bands },
        .part("pager") { $0.pager },
        .text("limitLine") { $0.limitLine },
        .text("emptyIcon") { $0.emptyIcon },
        .text("emptyTitle") { $0.emptyTitle },
        .text("emptyText") { $0.emptyText },
    ]
}
