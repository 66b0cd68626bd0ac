// The hue and the logo, as an admin chooses them.

internal import HTTP
internal import Markup
internal import SQL

struct BrandSettings: SettingsSection {
    var brand: Brand

    static let part = SettingsPart.brand

    static func read(_ connection: Connection) throws -> BrandSettings { BrandSettings(brand: try connection.brand()) }

    /// The logo's bytes are written by whoever has them.
    func write(_ connection: Connection) throws { try connection.keep(brand.hue) }

    func lines(_ words: Words) -> [SettingsLine] {
        [
            SettingsLine(
                label: words.text("settings.hue"),
                value: brand.hue.map { String($0.degrees) } ?? words.text("settings.noHue")),
            SettingsLine(
                label: words.text("settings.logo"),
                value: brand.logo.map { "\($0.kind.rawValue) \($0.digest.prefix(8))" }
                    ?? words.text("settings.noLogo")),
        ]
    }
}

enum BrandRoutes {
    private static let logoSpec = FieldSpec.file("logo", "settings.logoFile", hasHint: true)

    /// `?hue=195` shows how that would look.
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let asked = visit.asked("hue")?.filter { $0 != " " }
        guard let asked, !asked.isEmpty else {
            return try page(visit, hue: visit.tenantDesk().brand.hue.map { String($0.degrees) } ?? "")
        }
        guard BrandHue(asked) != nil else { return try page(visit, hue: asked, hueFault(visit)) }
        return try page(visit, hue: asked)
    }

    /// Both themes in a hue that nobody chose yet.
    static func preview(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        guard let hue = visit.asked("hue").flatMap({ BrandHue($0) }) else { throw .notFound }
        let drawing = visit.site.pages.brandPreview.render(BrandPreviewPage(hue), language: visit.language)
        return Response(.ok, body: .bytes(drawing, type: "image/svg+xml"))
            .adding("Content-Security-Policy", "default-src 'none'; sandbox")
            .adding("Cache-Control", "private, max-age=86400")
    }

    static func updateHue(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let typed = form.carried("hue", upTo: 20) ?? ""
        let hue = BrandHue(typed)
        guard hue != nil || typed.isEmpty else {
            return .answer(try page(visit, hue: String(typed.prefix(20)), hueFault(visit)))
        }
        var settings = BrandSettings(brand: try visit.tenantDesk().brand)
        settings.brand.hue = hue
        return try visit.keep(settings, form, field: "hue", otherwise: { try? page(visit, hue: typed, $0) })
    }

    static func updateLogo(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let found: (logo: BrandLogo, bytes: [UInt8])
        do throws(Faults) { found = try logo(form, visit.words) } catch {
            return .answer(try page(visit, hue: "", error))
        }
        var settings = BrandSettings(brand: try visit.tenantDesk().brand)
        settings.brand.logo = found.logo
        return try visit.keep(settings, form, field: "logo", otherwise: { try? page(visit, hue: "", $0) }) {
            try $0.keep(found.logo, found.bytes)
        }
    }

    static func deleteLogo(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        var settings = BrandSettings(brand: try visit.tenantDesk().brand)
        settings.brand.logo = nil
        return try visit.keep(settings, form, field: "logo", otherwise: { try? page(visit, hue: "", $0) }) {
            try $0.keep(nil, [])
        }
    }

    /// The picture that was sent, or why it cannot be the logo.
    private static func logo(_ form: Form, _ words: Words) throws(Faults) -> (logo: BrandLogo, bytes: [UInt8]) {
        func fault(_ key: String, _ arguments: KeyValuePairs<String, Words.Value> = [:]) -> Faults {
            Faults.one("logo", words.text("settings.fault.logo." + key, arguments))
        }
        guard let file = form.files.first(where: { $0.field == "logo" }), file.size > 0 else { throw fault("none") }
        guard file.size <= BrandLogo.mostBytes else {
            throw fault("large", ["size": .number(file.size / 1024), "most": .number(BrandLogo.mostBytes / 1024)])
        }
        guard let bytes = Folder.read(file.storage.path, atMost: BrandLogo.mostBytes),
            let header = ImageHeader(bytes)
        else { throw fault("kind") }
        guard max(header.width, header.height) <= BrandLogo.mostPixels else {
            throw fault(
                "wide",
                [
                    "width": .number(header.width), "height": .number(header.height),
                    "most": .number(BrandLogo.mostPixels),
                ])
        }
        let digest = file.sha256.prefix(12).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return (BrandLogo(kind: header.kind, digest: digest), bytes)
    }

    private static func hueFault(_ visit: Visit) -> Faults { Faults.one("hue", visit.words.text("settings.fault.hue")) }

    private static func page(
        _ visit: Visit, hue: String, _ faults: Faults = Faults()
    ) throws(Refusal) -> Response {
        let brand = try visit.tenantDesk().brand
        let path = visit.link(SettingsPart.brand.path)
        let shown = BrandHue(hue)
        var draft = FormDraft()
        draft.faults = faults
        let page = SettingsBrandPage(
            frame: visit.settingsFrame(.brand), keys: visit.formKeys(),
            version: BrandSettings(brand: brand).stamp(visit.site), hueAction: path, hue: hue,
            hueFault: faults["hue"], previewHref: shown.map { path + "/preview?hue=\($0.degrees)" } ?? "",
            likeness: shown?.likeness.map { visit.words.text("settings.like.\($0.rawValue)") } ?? "",
            logoAction: path + "/logo", logo: brand.logo.map { visit.link($0.path) } ?? "",
            logoField: draft.fields([logoSpec], visit.words), removeAction: path + "/logo/removal",
            faults: draft.faultLines)
        return visit.showForm(
            page, visit.site.pages.settingsBrand, title: visit.words.text(SettingsPart.brand.title), faults)
    }
}

/// The files that every page of a tenant asks for.
enum BrandFiles {
    static func sheet(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        guard let hue = try visit.tenantDesk().brand.hue else { throw .notFound }
        return Response(.ok, body: .bytes(Array(BrandSheet(hue).text.utf8), type: "text/css; charset=utf-8"))
            .adding("ETag", "\"\(hue.degrees)\"")
            .adding("Cache-Control", keeping(visit, String(hue.degrees)))
    }

    static func logo(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        guard let (logo, bytes) = try visit.tenantDesk().read({ try $0.logoBytes() }) else { throw .notFound }
        return Response(.ok, body: .bytes(bytes, type: logo.kind.mediaType))
            .adding("ETag", logo.etag)
            .adding("Cache-Control", keeping(visit, logo.digest))
            // Whatever else a picture's bytes could be read as, they are in nobody's origin and run nothing.
            .adding("Content-Security-Policy", "sandbox; default-src 'none'")
    }

    /// For ever under the address that names this state; else only after asking.
    private static func keeping(_ visit: Visit, _ fingerprint: String) -> String {
        visit.asked("v") == fingerprint ? "public, max-age=31536000, immutable" : "no-cache"
    }
}

/// The names under which the desk is reached. An admin sees them; mapping one is the operator's: a name that is mapped
/// takes every visitor of that name, also another tenant's, and nothing here can prove whose a name is.
enum HostRoutes {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let slug = try visit.tenantDesk().tenant.slug
        let hosts = try visit.site.installation.directory.hosts().filter { $0.tenant == slug }
        let page = SettingsHostsPage(
            frame: visit.settingsFrame(.hosts), hosts: hosts.map { SettingsHostsPage.Host(name: $0.name) },
            command: "atiende tenant host \(slug) soporte.empresa.example --data DIR")
        return visit.show(
            page, visit.site.pages.settingsHosts, title: visit.words.text(SettingsPart.hosts.title))
    }
}
