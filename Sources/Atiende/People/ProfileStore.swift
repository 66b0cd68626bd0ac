// Profiles in the tenant's database.

internal import SQL

extension Connection {
    func profile(of person: Person.ID) throws(SQLError) -> KeptProfile? {
        let hours = try query(
            "SELECT weekday, opens, closes FROM presence WHERE person = ? ORDER BY weekday, opens", person
        ) { ($0.int(0), PresenceHours.Stretch(opens: $0.int(1), closes: $0.int(2))) }
        return try first(
            """
            SELECT name, phone, language, time_zone, theme, notices, has_shortcuts, speaks, changed_at
            FROM person WHERE id = ?
            """, person
        ) { row in
            KeptProfile(
                profile: Profile(
                    name: row.text(0), phone: row.text(1), language: row.optionalText(2),
                    timeZone: row.optionalText(3), theme: row.text(4),
                    notices: Profile.Notices(rawValue: row.text(5)) ?? .all, hasShortcuts: row.bool(6),
                    speaks: row.text(7).split(separator: ",").map(String.init),
                    presence: (1...7).map { day in PresenceHours(hours.filter { $0.0 == day }.map(\.1)) }),
                changedAt: row.int(8))
        }
    }

    /// The instant of the change only grows, so that a form that was shown before is known to be older.
    func keep(_ profile: Profile, of person: Person.ID, at now: Int) throws(SQLError) {
        try execute(
            """
            UPDATE person SET name = ?, folded = ?, phone = ?, language = ?, time_zone = ?, theme = ?, notices = ?,
                has_shortcuts = ?, speaks = ?, changed_at = max(?, changed_at + 1)
            WHERE id = ?
            """, profile.name, profile.name.folded, profile.phone, profile.language, profile.timeZone, profile.theme,
            profile.notices.rawValue, profile.hasShortcuts, profile.speaks.joined(separator: ","), now, person)
        try indexPerson(person)
        try execute("DELETE FROM presence WHERE person = ?", person)
        for (index, hours) in profile.presence.enumerated() {
            for stretch in hours.stretches {
                try execute(
                    "INSERT INTO presence (person, weekday, opens, closes) VALUES (?, ?, ?, ?)", person, index + 1,
                    stretch.opens, stretch.closes)
            }
        }
    }
}
