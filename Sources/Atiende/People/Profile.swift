// What somebody says of himself and how he wants to see things: all of it his own to change.

internal import Markup
internal import SLA

struct Profile: Sendable, Equatable {
    enum Notices: String, Sendable, CaseIterable {
        case all
        /// Of his own tickets.
        case own
        case none
    }

    var name: String
    /// As it is kept; empty for none.
    var phone: String
    /// Nil: as the browser prefers.
    var language: String?
    /// Nil: the tenant's.
    var timeZone: String?
    /// `light`, `dark`, or empty: as the system says.
    var theme: String
    var notices: Notices
    /// The rest is of the staff.
    var hasShortcuts: Bool
    var speaks: [String]
    /// By weekday from Monday; seven.
    var presence: [PresenceHours]

    static let languages = ["es", "en"]
    static let themes = ["light", "dark"]
    /// Those in which staff may attend (ISO 639-1).
    static let spoken = ["es", "en", "pt", "fr"]

    /// A fact of the profile in finished words.
    struct Line: Sendable, Equatable {
        let label: String
        let value: String
    }

    func lines(_ words: Words, isStaff: Bool) -> [Line] {
        func line(_ label: String, _ value: String) -> Line {
            Line(label: words.text(label), value: value.isEmpty ? words.text("profile.nothing") : value)
        }
        let own = [
            line("profile.name", name), line("profile.phone", PhoneNumber.shown(phone)),
            line("profile.language", words.text("profile.language.\(language ?? "auto")")),
            line("profile.zone", timeZone.map(words.zoneName) ?? words.text("profile.zone.auto")),
            line("profile.theme", words.text("profile.theme.\(theme.isEmpty ? "auto" : theme)")),
            line("profile.notices", words.text("profile.notices.\(notices.rawValue)")),
        ]
        guard isStaff else { return own }
        let hours = presence.enumerated().map { index, hours in
            Line(
                label: Weekday(rawValue: index).map { words.weekday($0).capitalizedFirst } ?? "",
                value: hours.stretches.isEmpty ? words.text("profile.nothing") : hours.text(words))
        }
        return own + [
            line("profile.shortcuts", words.text(hasShortcuts ? "profile.yes" : "profile.no")),
            line("profile.speaks", speaks.map { words.text("profile.speaks.\($0)") }.joined(separator: ", ")),
        ] + hours
    }
}

/// A profile with the instant of its last change, by which a form that is older is known.
struct KeptProfile: Sendable {
    let profile: Profile
    let changedAt: Int
}
