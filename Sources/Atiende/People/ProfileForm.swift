// The form of one's own profile: its fields, and a profile read from what was sent.

internal import HTTP
internal import Markup
internal import SLA

/// What stands for "nothing of one's own" in a list of which something has to be picked.
private let automatic = "auto"

struct ProfileForm: Sendable {
    static let about: [FieldSpec] = [
        .line("name", "profile.name", upTo: 200, autocomplete: "name"),
        .phone("phone", "profile.phone", isOptional: true),
    ]
    static let views: [FieldSpec] = [
        .select("language", "profile.language"),
        .select("zone", "profile.zone", isShort: false),
        .select("theme", "profile.theme"),
    ]
    static let notices: [FieldSpec] = [.choice("notices", "profile.notices")]
    static let work: [FieldSpec] = [
        .tick("shortcuts", "profile.shortcuts", hasHint: true),
        .choices("speaks", "profile.speaks"),
    ]
    static let hours: [FieldSpec] = (1...7).map { day in
        FieldSpec.line("presence\(day)", "profile.day\(day)", upTo: 120, isOptional: true)
    }

    static func all(isStaff: Bool) -> [FieldSpec] { about + views + notices + (isStaff ? work + hours : []) }

    private(set) var sent: SentForm
    let profile: Profile

    /// Reads over a profile what its owner may change in it.
    init(_ form: Form, over kept: Profile, _ visit: Visit) throws(Refusal) {
        let session = try visit.signedIn()
        let isStaff = session.person.role.isStaff
        let provider = try visit.tenantDesk().provider
        let words = visit.words
        var sent = SentForm(form, Self.all(isStaff: isStaff), words)
        var profile = kept
        Self.readAbout(&sent, &profile, provider, isStaff: isStaff, words)
        profile.language = Self.picked("language", of: Profile.languages, &sent)
        profile.theme = Self.picked("theme", of: Profile.themes, &sent) ?? ""
        let zone = sent["zone"]
        if zone == automatic {
            profile.timeZone = nil
        } else if sent.isGood("zone"), visit.site.installation.zones.knows(zone) {
            profile.timeZone = zone
        } else if sent.isGood("zone") {
            sent.faultEmpty("zone")
        }
        if let notices = Profile.Notices(rawValue: sent["notices"]) {
            profile.notices = notices
        } else if sent.isGood("notices") {
            sent.faultEmpty("notices")
        }
        if isStaff { Self.readWork(&sent, &profile, words) }
        self.sent = sent
        self.profile = profile
    }

    private static func readAbout(
        _ sent: inout SentForm, _ profile: inout Profile, _ provider: Provider, isStaff: Bool, _ words: Words
    ) {
        if sent.isGood("name") {
            do throws(PersonNameFault) {
                let typed = sent["name"]
                // A name that is kept already was accepted once.
                if typed != profile.name {
                    profile.name =
                        try isStaff
                        ? PersonName(typed).text : PersonName(typed, ofCustomerOf: provider.name).text
                }
            } catch { sent.fault("name", text: error.sentence(in: words)) }
        }
        if sent.isGood("phone") {
            do throws(PhoneFault) {
                profile.phone = try PhoneNumber(sent["phone"], in: provider.country).normal
            } catch { sent.fault("phone", text: error.sentence(in: words)) }
        } else if sent["phone"].isEmpty {
            profile.phone = ""
        }
    }

    private static func readWork(_ sent: inout SentForm, _ profile: inout Profile, _ words: Words) {
        profile.hasShortcuts = sent.isTicked("shortcuts")
        let speaks = sent.all("speaks")
        if speaks.allSatisfy(Profile.spoken.contains) {
            profile.speaks = Profile.spoken.filter(speaks.contains)
        } else {
            sent.faultEmpty("speaks")
        }
        for day in 1...7 {
            do throws(PresenceFault) {
                profile.presence[day - 1] = try PresenceHours(typed: sent["presence\(day)"])
            } catch { sent.fault("presence\(day)", text: error.sentence(in: words)) }
        }
    }

    private static func picked(
        _ id: String, of known: [String], _ sent: inout SentForm
    ) -> String? {
        let value = sent[id]
        guard sent.isGood(id), value != automatic else { return nil }
        if known.contains(value) { return value }
        sent.faultEmpty(id)
        return nil
    }
}

extension ProfileForm {
    static func options(_ visit: Visit, _ present: Profile) throws(Refusal) -> [String: [FieldOption]] {
        let words = visit.words
        func options(_ key: String, _ values: [String]) -> [FieldOption] {
            values.map { FieldOption(value: $0, label: words.text("\(key).\($0)")) }
        }
        return [
            "language": options("profile.language", [automatic] + Profile.languages),
            "theme": options("profile.theme", [automatic] + Profile.themes),
            "notices": options("profile.notices", Profile.Notices.allCases.map(\.rawValue)),
            "speaks": options("profile.speaks", Profile.spoken),
            "zone": try zoneOptions(visit, present.timeZone),
        ]
    }

    /// The tenant's first, then those of Mexico and Colombia with their difference from UTC, then all others.
    private static func zoneOptions(_ visit: Visit, _ own: String?) throws(Refusal) -> [FieldOption] {
        let zones = visit.site.installation.zones
        let listed = zones.listed()
        let home = Set(Country.allCases.map(\.rawValue))
        let near = listed.filter { home.contains($0.country) }.map(\.name)
        let far = Set(listed.map(\.name) + [own].compactMap { $0 }).subtracting(near).sorted()
        let tenant = try visit.tenantDesk().zone
        let words = visit.words
        func label(_ name: String) -> String {
            (try? zones.rules(name)).map { words.zoneName($0, at: Instant(clamping: visit.now)) }
                ?? words.zoneName(name)
        }
        let first = FieldOption(
            value: automatic,
            label: words.text(
                "profile.zone.tenant", ["zone": .text(words.zoneName(tenant, at: Instant(clamping: visit.now)))]))
        return [first] + near.map { FieldOption(value: $0, label: label($0)) }
            + far.map { FieldOption(value: $0, label: words.zoneName($0)) }
    }

    /// What stands in the fields of a profile that is kept.
    static func values(_ profile: Profile, _ words: Words) -> [String: [String]] {
        var values = [
            "name": [profile.name], "phone": [PhoneNumber.shown(profile.phone)],
            "language": [profile.language ?? automatic], "zone": [profile.timeZone ?? automatic],
            "theme": [profile.theme.isEmpty ? automatic : profile.theme], "notices": [profile.notices.rawValue],
            "shortcuts": [profile.hasShortcuts ? "on" : ""], "speaks": profile.speaks,
        ]
        for (index, hours) in profile.presence.enumerated() { values["presence\(index + 1)"] = [hours.text(words)] }
        return values
    }
}
