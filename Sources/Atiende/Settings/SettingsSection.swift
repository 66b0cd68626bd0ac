// A part of the settings that is shown, changed and kept as one.

internal import HTTP
internal import Markup
internal import SQL

/// One setting in words.
struct SettingsLine: Equatable {
    let label: String
    let value: String
}

protocol SettingsSection: Sendable {
    static var part: SettingsPart { get }
    static func read(_ connection: Connection) throws -> Self
    func write(_ connection: Connection) throws
    /// All that the section holds: two that differ have different lines.
    func lines(_ words: Words) -> [SettingsLine]
}

enum SettingsPart: String, CaseIterable, Sendable {
    case general
    case brand
    case support
    case access
    case hosts

    var path: String { self == .general ? "/admin/settings" : "/admin/settings/\(rawValue)" }
    /// In the trail.
    var subject: String { "settings.\(rawValue)" }
    var title: String { "settings.\(rawValue).title" }
}

extension SettingsSection {
    /// Tells one state from another, whatever the language of the page.
    func stamp(_ site: Site) -> String {
        let text = lines(site.templates.words(in: .es)).map { $0.label + "\u{0}" + $0.value }.joined(separator: "\u{0}")
        let digest = SHA256.digest(Array(text.utf8)) ?? []
        return digest.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// What is so before and after, of what differs.
    static func change(_ before: Self, _ after: Self, _ words: Words) -> (before: String, after: String) {
        let old = before.lines(words)
        let new = after.lines(words)
        func told(_ lines: [SettingsLine], but others: [SettingsLine]) -> String {
            lines.filter { !others.contains($0) }.map { "\($0.label): \($0.value)" }.joined(separator: "; ")
        }
        return (told(old, but: new), told(new, but: old))
    }
}

extension Visit {
    /// Keeps a section, unless somebody else changed it since the form was made; every reader sees it at once.
    /// - Parameter field: Where a stale form says so.
    func keep<Section: SettingsSection>(
        _ section: Section, _ form: Form, field: String, otherwise: @escaping @Sendable (Faults) -> Response?,
        _ write: (@Sendable (Connection) throws -> Void)? = nil
    ) throws(Refusal) -> Submission {
        let desk = try tenantDesk()
        let stamp = form["version"] ?? ""
        let moments = MailWords(words: words, zone: try zone(), now: now)
        return try .file(
            form, said: "settings.said.kept", otherwise: otherwise, afterwards: { reload(desk) }
        ) { connection in
            let before = try Section.read(connection)
            guard before.stamp(site) == stamp else {
                let last = try connection.lastChange(of: Section.part.subject)
                throw Faults.one(field, stale(last, before.lines(words), moments))
            }
            let change = Section.change(before, section, words)
            if change.before != change.after {
                try write?(connection) ?? section.write(connection)
                try connection.record(
                    entry(.settingsChanged, Section.part.subject, before: change.before, after: change.after))
            }
            return link(Section.part.path)
        }
    }

    private func reload(_ desk: Desk) {
        do throws(Refusal) {
            try desk.reloadSettings()
            // The list of providers is kept by the installation, which must not say otherwise.
            let provider = desk.provider
            let slug = desk.tenant.slug
            guard let listed = try site.installation.directory.tenant(slug),
                listed.name != provider.name || listed.timeZone != provider.timeZone
            else { return }
            try site.installation.directory.describe(slug, name: provider.name, timeZone: provider.timeZone)
        } catch {
            site.installation.log.write(
                .error, "settings", [("tenant", desk.tenant.slug.rawValue), ("why", error.why)])
        }
    }

    private func stale(_ last: (name: String, at: Int)?, _ lines: [SettingsLine], _ moments: MailWords) -> String {
        let state = lines.map { "\($0.label): \($0.value)" }.joined(separator: "; ")
        guard let last else { return words.text("settings.stale", ["state": .text(state)]) }
        return words.text(
            "settings.staleBy",
            ["name": .text(last.name), "when": .text(moments.moment(last.at)), "state": .text(state)])
    }
}
