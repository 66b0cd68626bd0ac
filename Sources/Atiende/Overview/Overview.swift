// The first page of the administration: what waits for an admin, and where everything is.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

/// Something that may wait: its words, where it is dealt with, and how many there are on a day of the
/// provider's. A feature adds its
/// own to `all`.
struct Waiting: Sendable {
    /// The key of a plural that takes `count`.
    let words: String
    let icon: String
    let path: String
    let count: @Sendable (Connection, _ today: CivilDate) throws -> Int

    static let all = [
        Waiting(words: "overview.organizations", icon: "building", path: "/organizations?state=pending") {
            connection, _ in
            try connection.organizationCount(.pending)
        },
        Waiting(words: "overview.agreements", icon: "calendar", path: "/organizations?ending=1") { connection, today in
            var filter = OrganizationFilter(search: OrganizationSearch(""))
            filter.noticeBy = today.advanced(by: OrganizationList.noticeDays)
            return try connection.organizationCount(filter)
        },
        Waiting(words: "overview.people", icon: "people", path: "/people?state=pending") { connection, _ in
            try connection.personCount(.pending)
        },
        Waiting(words: "overview.invited", icon: "send", path: "/people?state=invited") { connection, _ in
            try connection.personCount(.invited)
        },
        Waiting(words: "overview.letters", icon: "mail", path: "/admin/mail") { connection, _ in
            try connection.failedLetterCount()
        },
    ]
}

struct OverviewPage: Page {
    struct Line: Item {
        let icon: String
        let text: String
        let href: String

        static let fields: [Field<Line>] = [
            .text("icon") { $0.icon },
            .text("text") { $0.text },
            .text("href") { $0.href },
        ]
    }

    struct Part: Item {
        let icon: String
        let label: String
        let detail: String
        let href: String

        static let fields: [Field<Part>] = [
            .text("icon") { $0.icon },
            .text("label") { $0.label },
            .text("detail") { $0.detail },
            .text("href") { $0.href },
        ]
    }

    let waiting: [Line]
    let parts: [Part]

    static let template: StaticString = "overview/show.html"
    static let fields: [Field<OverviewPage>] = [
        .list("waiting") { $0.waiting },
        .list("parts") { $0.parts },
    ]
}

enum Overview {
    private static let parts: [(key: String, icon: String, path: String)] = [
        ("settings", "gear", "/admin/settings"), ("people", "people", "/people"),
        ("organizations", "building", "/organizations"), ("audit", "shield", "/admin/audit"),
        ("mail", "mail", "/admin/mail"),
    ]

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let words = visit.words
        let desk = try visit.tenantDesk()
        let today = try visit.today()
        try desk.renewTerms(today: today)
        let counts = try desk.read { connection in try Waiting.all.map { try $0.count(connection, today) } }
        let page = OverviewPage(
            waiting: zip(Waiting.all, counts).filter { $0.1 > 0 }.map { waiting, count in
                OverviewPage.Line(
                    icon: waiting.icon, text: words.text(waiting.words, ["count": .number(count)]),
                    href: visit.link(waiting.path))
            },
            parts: parts.map { part in
                OverviewPage.Part(
                    icon: part.icon, label: words.text("overview.part.\(part.key)"),
                    detail: words.text("overview.part.\(part.key).detail"), href: visit.link(part.path))
            })
        return visit.show(page, visit.site.pages.overview, title: words.text("overview.title"))
    }
}
