// The home of the installation: its providers.

internal import HTTP
internal import Markup
internal import SLA

struct SiteHomePage: Page {
    struct Door: Item {
        let name: String
        let href: String
        let icon: String
        let contractLine: String
        let zoneLine: String

        static let fields: [Field<Door>] = [
            .text("name") { $0.name },
            .text("href") { $0.href },
            .text("icon") { $0.icon },
            .text("contractLine") { $0.contractLine },
            .text("zoneLine") { $0.zoneLine },
        ]
    }

    let tenants: [Door]
    /// The command that makes a provider, for an installation without any.
    let command: String

    static let template: StaticString = "site/index.html"
    static let fields: [Field<SiteHomePage>] = [
        .list("tenants") { $0.tenants },
        .text("command") { $0.command },
    ]
}

enum SiteHome {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let words = visit.words
        let now = Instant(clamping: visit.now)
        let doors = try visit.site.installation.tenants().map { tenant in
            let contract = Contract.named(tenant.contract)
            let zone = try? visit.site.installation.zones.rules(tenant.timeZone)
            return SiteHomePage.Door(
                name: tenant.name,
                href: "/t/\(tenant.slug)/",
                icon: contract?.icon ?? "mark",
                contractLine: contract.map { words.hours($0.openings).capitalizedFirst } ?? "",
                zoneLine: zone.map { words.zoneLine($0, at: now) } ?? "")
        }
        let page = SiteHomePage(
            tenants: doors, command: "atiende tenant create proware --contract proware --data DIR")
        return visit.show(page, visit.site.pages.siteHome, title: words.text("site.title"))
    }
}
