// What stands around every page: the frame's words and links.

internal import Markup
internal import SLA

struct LayoutPage: Page {
    let title: String
    let locale: String
    /// `light`, `dark`, or nothing: as the system says.
    let theme: String
    let home: String
    let brand: String
    let brandIcon: String
    let hasTenant: Bool
    let languageHref: String
    let otherLanguage: String
    let otherLanguageName: String
    let zoneLine: String

    static let template: StaticString = "layout.html"
    static let fields: [Field<LayoutPage>] = [
        .text("title") { $0.title },
        .text("locale") { $0.locale },
        .text("theme") { $0.theme },
        .text("home") { $0.home },
        .text("brand") { $0.brand },
        .text("brandIcon") { $0.brandIcon },
        .flag("hasTenant") { $0.hasTenant },
        .text("languageHref") { $0.languageHref },
        .text("otherLanguage") { $0.otherLanguage },
        .text("otherLanguageName") { $0.otherLanguageName },
        .text("zoneLine") { $0.zoneLine },
        .content,
    ]
}

extension Visit {
    /// The frame of a page of this visit.
    func layout(title: String) -> LayoutPage {
        let other: Language = language == .es ? .en : .es
        return LayoutPage(
            title: title,
            locale: language == .es ? desk?.provider.locale ?? "es" : "en",
            theme: "",
            home: link("/"),
            brand: desk?.provider.name ?? address.tenant?.name ?? "Atiende",
            brandIcon: desk?.provider.icon ?? "mark",
            hasTenant: address.tenant != nil,
            languageHref: link(to: other),
            otherLanguage: other.rawValue,
            otherLanguageName: other == .es ? "Español" : "English",
            zoneLine: desk.map { words.zoneLine($0.zone, at: Instant(clamping: now)) } ?? "")
    }
}
