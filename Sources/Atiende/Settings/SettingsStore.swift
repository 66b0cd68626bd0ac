// What an admin decided, in the tenant's database.

internal import Markup
internal import SQL

extension Connection {
    func offeredLanguages() throws(SQLError) -> OfferedLanguages {
        try first("SELECT first_language, has_both_languages FROM preference WHERE only = 1") { row in
            OfferedLanguages(first: Language(rawValue: row.text(0)) ?? .es, hasBoth: row.bool(1))
        } ?? .both
    }

    func keep(_ languages: OfferedLanguages) throws(SQLError) {
        try execute(
            "UPDATE preference SET first_language = ?, has_both_languages = ? WHERE only = 1",
            languages.first.rawValue, languages.hasBoth)
    }

    func keepProvider(name: String, timeZone: String, locale: String) throws(SQLError) {
        try execute(
            "UPDATE provider SET name = ?, time_zone = ?, locale = ? WHERE only = 1", name, timeZone, locale)
    }

    // MARK: Support

    func keep(_ channels: [Provider.Channel]) throws(SQLError) {
        // Their details go with them.
        try execute("DELETE FROM channel")
        for (position, channel) in channels.enumerated() {
            try execute(
                "INSERT INTO channel (position, kind, address) VALUES (?, ?, ?)", position, channel.kind.rawValue,
                channel.address)
            guard channel.hours != nil || channel.isOfficial != nil else { continue }
            try execute(
                "INSERT INTO channel_detail (position, hours, is_official) VALUES (?, ?, ?)", position,
                channel.hours ?? "", channel.isOfficial ?? true)
        }
    }

    func keep(_ openings: [Provider.Opening]) throws(SQLError) {
        try execute("DELETE FROM opening")
        for opening in openings {
            try execute(
                "INSERT INTO opening (weekday, opens, closes) VALUES (?, ?, ?)", opening.weekday, opening.opens,
                opening.closes)
        }
    }

    // MARK: Brand

    func brand() throws(SQLError) -> Brand {
        try first("SELECT hue, logo_kind, logo_digest FROM brand WHERE only = 1") { row in
            Brand(
                hue: row.optionalInt(0).flatMap { BrandHue($0) },
                logo: row.optionalText(1).flatMap(ImageKind.init(rawValue:)).map { kind in
                    BrandLogo(kind: kind, digest: row.text(2))
                })
        } ?? Brand()
    }

    func logoBytes() throws(SQLError) -> (logo: BrandLogo, bytes: [UInt8])? {
        let found = try first(
            "SELECT logo_kind, logo_digest, logo FROM brand WHERE only = 1 AND logo IS NOT NULL"
        ) { row in
            ImageKind(rawValue: row.text(0)).map { (BrandLogo(kind: $0, digest: row.text(1)), row.blob(2)) }
        }
        return found ?? nil
    }

    func keep(_ hue: BrandHue?) throws(SQLError) {
        try execute("UPDATE brand SET hue = ? WHERE only = 1", hue?.degrees)
    }

    func keep(_ logo: BrandLogo?, _ bytes: [UInt8]) throws(SQLError) {
        try execute(
            "UPDATE brand SET logo_kind = ?, logo_digest = ?, logo = ? WHERE only = 1", logo?.kind.rawValue,
            logo?.digest, logo == nil ? nil : bytes)
    }

    // MARK: Whom a policy would send away

    /// When a password was set, and whether there is a second step.
    func accessState(of person: Person.ID) throws(SQLError) -> (passwordAt: Int?, hasTwoStep: Bool)? {
        try first("SELECT password_at, two_step_at IS NOT NULL FROM person WHERE id = ?", person) { row in
            (row.optionalInt(0), row.bool(1))
        }
    }
}
