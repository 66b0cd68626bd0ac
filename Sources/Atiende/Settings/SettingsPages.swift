// What the pages of the settings show.

internal import HTTP
internal import Markup

/// What stands above every form: the parts, and something to be known first.
struct SettingsFrame: Item {
    struct Notice: Item {
        let kind: String
        let icon: String
        let title: String
        let text: String

        static let fields: [Field<Notice>] = [
            .text("kind") { $0.kind },
            .text("icon") { $0.icon },
            .text("title") { $0.title },
            .text("text") { $0.text },
        ]
    }

    let title: String
    let lead: String
    let parts: [LayoutPage.Link]
    let notices: [Notice]

    static let fields: [Field<SettingsFrame>] = [
        .text("heading") { $0.title },
        .text("lead") { $0.lead },
        .list("parts") { $0.parts },
        .list("notices") { $0.notices },
    ]
}

struct SettingsFormPage: Page {
    struct Group: Item {
        let title: String
        let fields: [FormField]
        var lead = ""
        /// What a part that opens holds, for whoever does not open it; nil for one that is always in view.
        var folded: String?
        /// Short fields stand beside each other.
        var isGrid = false

        static let fields: [Field<Group>] = [
            .text("groupTitle") { $0.title },
            .text("groupLead") { $0.lead },
            .list("fields") { $0.fields },
            .flag("isGrid") { $0.isGrid },
            .flag("isFolded") { $0.folded != nil },
            .text("folded") { $0.folded ?? "" },
            .flag("isOpen") { $0.fields.contains { !$0.fault.isEmpty } },
        ]
    }

    let frame: SettingsFrame
    let keys: FormKeys
    /// Tells what the form was made from.
    let version: String
    let groups: [Group]
    let faults: [FormFault]

    static let template: StaticString = "settings/form.html"
    static let fields: [Field<SettingsFormPage>] = [
        .part("frame") { $0.frame },
        .part("keys") { $0.keys },
        .text("version") { $0.version },
        .list("groups") { $0.groups },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
    ]
}

struct SettingsBrandPage: Page {
    let frame: SettingsFrame
    let keys: FormKeys
    let version: String
    let hueAction: String
    /// In a field that takes any text.
    let hue: String
    let hueFault: String
    let previewHref: String
    let likeness: String
    let logoAction: String
    /// Empty where there is none.
    let logo: String
    let logoField: [FormField]
    let removeAction: String
    let faults: [FormFault]

    static let template: StaticString = "settings/brand.html"
    static let fields: [Field<SettingsBrandPage>] = [
        .part("frame") { $0.frame },
        .part("keys") { $0.keys },
        .text("version") { $0.version },
        .text("hueAction") { $0.hueAction },
        .text("hue") { $0.hue },
        .text("hueFault") { $0.hueFault },
        .text("previewHref") { $0.previewHref },
        .text("likeness") { $0.likeness },
        .text("logoAction") { $0.logoAction },
        .text("logo") { $0.logo },
        .list("logoField") { $0.logoField },
        .text("removeAction") { $0.removeAction },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
    ]
}

/// Both themes in a hue, as a drawing.
struct BrandPreviewPage: Page {
    struct Theme: Item {
        let x: String
        let page: String
        let surface: String
        let line: String
        let ink: String
        let onAccent: String
        let colors: BrandColors

        static let fields: [Field<Theme>] = [
            .text("x") { $0.x },
            .text("page") { $0.page },
            .text("surface") { $0.surface },
            .text("line") { $0.line },
            .text("ink") { $0.ink },
            .text("onAccent") { $0.onAccent },
            .text("accent") { $0.colors.accent },
            .text("strong") { $0.colors.strong },
            .text("soft") { $0.colors.soft },
            .text("accentLine") { $0.colors.line },
        ]
    }

    let themes: [Theme]

    static let template: StaticString = "settings/preview.html"
    static let fields: [Field<BrandPreviewPage>] = [.list("themes") { $0.themes }]

    /// The grounds of `atiende.css` on which a brand's colours stand.
    init(_ hue: BrandHue) {
        themes = [
            Theme(
                x: "0", page: "#f8f7f4", surface: "#ffffff", line: "#dbdad6", ink: "#19202f", onAccent: "#ffffff",
                colors: .light(hue)),
            Theme(
                x: "300", page: "#0f1217", surface: "#171b22", line: "#30343d", ink: "#e7eaef", onAccent: "#0a111f",
                colors: .dark(hue)),
        ]
    }
}

struct SettingsHostsPage: Page {
    struct Host: Item {
        let name: String

        static let fields: [Field<Host>] = [.text("hostName") { $0.name }]
    }

    let frame: SettingsFrame
    let hosts: [Host]
    /// What the operator runs.
    let command: String

    static let template: StaticString = "settings/hosts.html"
    static let fields: [Field<SettingsHostsPage>] = [
        .part("frame") { $0.frame },
        .list("hosts") { $0.hosts },
        .text("command") { $0.command },
    ]
}

extension Visit {
    func settingsFrame(_ part: SettingsPart, _ notices: [SettingsFrame.Notice] = []) -> SettingsFrame {
        SettingsFrame(
            title: words.text(part.title), lead: words.text("settings.\(part.rawValue).lead"),
            parts: SettingsPart.allCases.map { other in
                LayoutPage.Link(
                    href: link(other.path), label: words.text(other.title), isCurrent: other == part)
            }, notices: notices)
    }

    func settingsForm(
        _ part: SettingsPart, version: String, _ groups: [SettingsFormPage.Group], _ faults: Faults,
        _ notices: [SettingsFrame.Notice] = []
    ) -> Response {
        let page = SettingsFormPage(
            frame: settingsFrame(part, notices), keys: formKeys(), version: version, groups: groups,
            faults: faults.list.map { FormFault(field: $0.field, text: $0.text) })
        return showForm(page, site.pages.settingsForm, title: words.text(part.title), faults)
    }
}
