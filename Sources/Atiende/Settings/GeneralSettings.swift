// The provider's name, its languages, its zone, and how it writes numbers.

internal import HTTP
internal import Markup
internal import SQL

struct GeneralSettings: SettingsSection {
    var name: String
    var timeZone: String
    var locale: String
    var languages: OfferedLanguages

    static let part = SettingsPart.general
    static let locales = ["es-MX", "es-CO"]

    static func read(_ connection: Connection) throws -> GeneralSettings {
        GeneralSettings(try connection.provider(), try connection.offeredLanguages())
    }

    init(_ provider: Provider, _ languages: OfferedLanguages) {
        name = provider.name
        timeZone = provider.timeZone
        locale = provider.locale
        self.languages = languages
    }

    func write(_ connection: Connection) throws {
        try connection.keepProvider(name: name, timeZone: timeZone, locale: locale)
        try connection.keep(languages)
    }

    func lines(_ words: Words) -> [SettingsLine] {
        let offered = (languages.hasBoth ? ["es", "en"] : [languages.first.rawValue])
            .map { words.text("settings.language.\($0)") }.joined(separator: ", ")
        return [
            SettingsLine(label: words.text("settings.name"), value: name),
            SettingsLine(label: words.text("settings.languages"), value: offered),
            SettingsLine(
                label: words.text("settings.language"), value: words.text("settings.language.\(languages.first)")),
            SettingsLine(label: words.text("settings.zone"), value: timeZone),
            SettingsLine(label: words.text("settings.locale"), value: words.text("settings.locale.\(locale)")),
        ]
    }

    // MARK: The form

    private static let specs: [FieldSpec] = [
        .line("name", "settings.name", upTo: 80, hasHint: true, autocomplete: "organization"),
        .choices("languages", "settings.languages"),
        .select("language", "settings.language", hasHint: true),
        .line("zone", "settings.zone", upTo: 64, hasHint: true, isShort: true),
        .select("locale", "settings.locale", hasHint: true),
    ]

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let now = GeneralSettings(desk.provider, desk.languages)
        var draft = FormDraft(
            ["name": now.name, "language": now.languages.first.rawValue, "zone": now.timeZone, "locale": now.locale],
            options: options(visit.words))
        draft.values["languages"] = now.languages.hasBoth ? ["es", "en"] : [now.languages.first.rawValue]
        return try page(visit, draft)
    }

    static func update(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        var sent = SentForm(form, specs, visit.words)
        let settings = try read(&sent, visit)
        let draft = FormDraft(sent, options: options(visit.words))
        guard let settings, sent.faults.isEmpty else {
            return .answer(try page(visit, draft, version: form.carried("version")))
        }
        return try visit.keep(settings, form, field: "name") { faults in
            var draft = draft
            draft.faults = faults
            return try? page(visit, draft)
        }
    }

    private static func read(_ sent: inout SentForm, _ visit: Visit) throws(Refusal) -> GeneralSettings? {
        let offered = Set(sent.all("languages").compactMap(Language.init(rawValue:)))
        if offered.isEmpty { sent.fault("languages", "settings.fault.languages") }
        let first = Language(rawValue: sent["language"])
        if let first, !offered.isEmpty, !offered.contains(first) {
            sent.fault("language", "settings.fault.language")
        }
        if first == nil { sent.fault("language", "settings.fault.language") }
        if sent.isGood("zone"), !visit.site.installation.zones.knows(sent["zone"]) {
            sent.fault("zone", "settings.fault.zone")
        }
        if sent.isGood("name"), !sent["name"].unicodeScalars.contains(where: \.properties.isAlphabetic) {
            sent.fault("name", "settings.fault.name")
        }
        if !locales.contains(sent["locale"]) { sent.fault("locale", "settings.fault.locale") }
        guard sent.faults.isEmpty, let first else { return nil }
        var settings = GeneralSettings(
            try visit.tenantDesk().provider, OfferedLanguages(first: first, hasBoth: offered.count == 2))
        settings.name = sent["name"]
        settings.timeZone = sent["zone"]
        settings.locale = sent["locale"]
        return settings
    }

    /// - Parameter version: That of a form which is shown again; nil for what is so now.
    private static func page(
        _ visit: Visit, _ draft: FormDraft, version: String? = nil
    ) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        return visit.settingsForm(
            part, version: version ?? GeneralSettings(desk.provider, desk.languages).stamp(visit.site),
            [SettingsFormPage.Group(title: "", fields: draft.fields(specs, visit.words))], draft.faults)
    }

    private static func options(_ words: Words) -> [String: [FieldOption]] {
        let languages = ["es", "en"].map { FieldOption(value: $0, label: words.text("settings.language.\($0)")) }
        return [
            "languages": languages, "language": languages,
            "locale": locales.map { FieldOption(value: $0, label: words.text("settings.locale.\($0)")) },
        ]
    }
}
