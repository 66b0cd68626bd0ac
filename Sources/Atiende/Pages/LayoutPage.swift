// What stands around every page: the frame's words and links.

internal import Markup
internal import SLA

struct LayoutPage: Page {
    /// A link of the navigation.
    struct Link: Item {
        let href: String
        let label: String
        let isCurrent: Bool

        static let fields: [Field<Link>] = [
            .text("href") { $0.href },
            .text("label") { $0.label },
            .flag("isCurrent") { $0.isCurrent },
        ]
    }

    /// Who is in, and what he can do about it.
    struct Account: Item {
        let name: String
        let initials: String
        let isStaff: Bool
        /// The organization that he is here for, or his role.
        let standing: String
        let links: [Link]
        let logoutHref: String
        let keys: FormKeys

        static let fields: [Field<Account>] = [
            .text("accountName") { $0.name },
            .text("initials") { $0.initials },
            .flag("isStaff") { $0.isStaff },
            .text("standing") { $0.standing },
            .list("links") { $0.links },
            .text("logoutHref") { $0.logoutHref },
            .part("logoutKeys") { $0.keys },
        ]
    }

    /// The end of the session, told before it comes.
    struct Ending: Item {
        let stayHref: String
        let draftsHref: String
        let loginHref: String
        let keys: FormKeys

        static let fields: [Field<Ending>] = [
            .text("stayHref") { $0.stayHref },
            .text("draftsHref") { $0.draftsHref },
            .text("againHref") { $0.loginHref },
            .part("stayKeys") { $0.keys },
        ]
    }

    let title: String
    let locale: String
    /// `light`, `dark`, or nothing: as the system says.
    let theme: String
    let home: String
    let brand: String
    let brandIcon: String
    /// Empty where the tenant has no logo: then the icon stands there.
    let logo: String
    /// The tenant's colours; empty for the product's own.
    let sheet: String
    let hasTenant: Bool
    let navigation: [Link]
    /// The parts of the administration, on its pages.
    let tabs: [Link]
    let account: Account?
    /// Where one comes in; empty for whoever is in, and where there is nothing to come into.
    let loginHref: String
    /// What the form before this page did; empty for nothing.
    let said: String
    let languageHref: String
    let otherLanguage: String
    let otherLanguageName: String
    let zoneLine: String
    /// Seconds until the session ends unless it is used; empty for whoever is not in.
    let idleSeconds: String
    /// Seconds until it ends however much it is used.
    let limitSeconds: String
    let ending: Ending?

    static let template: StaticString = "layout.html"
    static let fields: [Field<LayoutPage>] = [
        .text("title") { $0.title },
        .text("locale") { $0.locale },
        .text("theme") { $0.theme },
        .text("home") { $0.home },
        .text("brand") { $0.brand },
        .text("brandIcon") { $0.brandIcon },
        .text("logo") { $0.logo },
        .text("sheet") { $0.sheet },
        .flag("hasTenant") { $0.hasTenant },
        .list("navigation") { $0.navigation },
        .list("tabs") { $0.tabs },
        .part("account") { $0.account },
        .text("loginHref") { $0.loginHref },
        .text("said") { $0.said },
        .text("languageHref") { $0.languageHref },
        .text("otherLanguage") { $0.otherLanguage },
        .text("otherLanguageName") { $0.otherLanguageName },
        .text("zoneLine") { $0.zoneLine },
        .text("idleSeconds") { $0.idleSeconds },
        .text("limitSeconds") { $0.limitSeconds },
        .part("ending") { $0.ending },
        .content,
    ]
}

extension Visit {
    /// The frame of a page of this visit.
    func layout(title: String) -> LayoutPage {
        let other: Language = language == .es ? .en : .es
        let limits = sessionLimits
        return LayoutPage(
            title: title,
            locale: language == .es ? desk?.provider.locale ?? "es" : "en",
            theme: session?.person.theme ?? "",
            home: link("/"),
            brand: desk?.provider.name ?? address.tenant?.name ?? "Atiende",
            brandIcon: desk?.provider.icon ?? "mark",
            logo: desk?.brand.logo.map { link($0.path) } ?? "",
            sheet: desk?.brand.hue.map { link($0.path) } ?? "",
            hasTenant: address.tenant != nil,
            navigation: navigation,
            tabs: tabs,
            account: account,
            loginHref: session == nil && desk != nil && !isAt("/login") ? link("/login") : "",
            said: saidWords,
            languageHref: desk?.languages.hasBoth == false || needsToken ? "" : link(to: other),
            otherLanguage: other.rawValue,
            otherLanguageName: other == .es ? "Español" : "English",
            zoneLine: (try? zone()).map { words.zoneLine($0, at: Instant(clamping: now)) } ?? "",
            idleSeconds: limits.map { String($0.idle) } ?? "",
            limitSeconds: limits.map { String($0.longest) } ?? "",
            ending: limits.map { _ in
                LayoutPage.Ending(
                    stayHref: link("/session/stay"), draftsHref: link("/drafts"), loginHref: link("/login"),
                    keys: formKeys())
            })
    }

    /// How long the session lasts from this request on, by the server's clock. The use that this request makes of it is
    /// written when the one before is a little old.
    private var sessionLimits: (idle: Int, longest: Int)? {
        guard let session, session.standing == .complete, let policy = desk?.policy else { return nil }
        let usedAt = now - session.usedAt >= policy.touchSeconds ? now : session.usedAt
        return (
            max(0, usedAt + policy.idleMinutes * 60 - now), max(0, session.startedAt + policy.longestHours * 3600 - now)
        )
    }

    /// Only words that tell what was done: a cookie is the visitor's to write. A number at the end of the key counts.
    private var saidWords: String {
        guard said.contains(".said.") else { return "" }
        var key = said
        var count = 0
        if let dot = said.lastIndex(of: "."), let number = Int(said[said.index(after: dot)...]), number >= 0 {
            (key, count) = (String(said[..<dot]), number)
        }
        let text = words.text(key, ["count": .number(count)])
        return text == key ? "" : text
    }

    private func isAt(_ path: String) -> Bool { address.path.elementsEqual(path.utf8) }

    /// The link of a letter stands in no other link, and its page leads nowhere without.
    private var needsToken: Bool {
        asked("token") != nil || OneTimeLink.Purpose.allCases.contains { isAt($0.path) }
    }

    private func isBelow(_ path: String) -> Bool {
        isAt(path) || address.path.starts(with: Array((path + "/").utf8))
    }

    private func item(_ path: String, _ key: String, isCurrent: Bool) -> LayoutPage.Link {
        LayoutPage.Link(href: link(path), label: words.text(key), isCurrent: isCurrent)
    }

    /// The places of whoever is in, as his rights are.
    private var navigation: [LayoutPage.Link] {
        let places = places
        // The agreement stands below the organization: of two places the nearer one is where the visitor is.
        let current = places.filter { $0.path == "/" ? isAt("/") : isBelow($0.path) }
            .max { $0.path.utf8.count < $1.path.utf8.count }
        return places.map { item($0.path, $0.words, isCurrent: $0.path == current?.path) }
    }

    /// Where whoever is in may go, and where this tenant has something to show.
    var places: [Navigation] {
        guard let session, session.standing == .complete else { return [] }
        let rules = desk?.ticketRules
        return Navigation.main.filter { place in
            place.admission.verdict(on: session) == .admitted && place.kind.map { rules?.kind($0) != nil } ?? true
        }
    }

    private var tabs: [LayoutPage.Link] {
        guard let session, isBelow("/admin"), Admission.admin.verdict(on: session) == .admitted else { return [] }
        return Navigation.administration.map {
            item($0.path, $0.words, isCurrent: $0.path == "/admin" ? isAt("/admin") : isBelow($0.path))
        }
    }

    private var account: LayoutPage.Account? {
        // The password alone does not say whose account it is.
        guard let session, session.standing != .needsCode else { return nil }
        let person = session.person
        let links = session.standing == .complete ? Navigation.account : []
        return LayoutPage.Account(
            name: person.name, initials: person.name.initials, isStaff: person.role.isStaff,
            standing: session.membership?.name ?? words.role(person.role),
            links: links.filter { $0.admission.verdict(on: session) == .admitted }
                .filter {
                    $0.path != "/organizations/choose" || session.hasOtherOrganizations || session.hasOffers
                }
                .map { item($0.path, $0.words, isCurrent: isAt($0.path)) },
            logoutHref: link("/logout"), keys: formKeys())
    }
}

extension Words {
    func role(_ role: Person.Role) -> String {
        switch role {
        case .customer: text("layout.role.customer")
        case .technician(let level): text("layout.role.technician", ["level": .number(level)])
        case .admin: text("layout.role.admin")
        }
    }
}

extension String {
    /// The first letters of the first and the last word.
    var initials: String {
        let words = split(separator: " ")
        let letters = [words.first, words.count > 1 ? words.last : nil].compactMap { $0?.first }
        return letters.map { String($0).uppercased() }.joined()
    }
}
