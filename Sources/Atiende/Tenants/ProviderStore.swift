// What a tenant's own database says of the provider.

internal import SQL

/// The provider that runs a desk: what its portal shows of it.
public struct Provider: Sendable {
    public let name: String
    public let contract: String
    public let timeZone: String
    /// `es-MX` or `es-CO`: how Spanish pages write numbers.
    public let locale: String
    /// The icon of the sprite that stands beside the name.
    public let icon: String
    public let openings: [Opening]
    public let channels: [Channel]

    /// Hours of attendance on one weekday, in minutes of the local day.
    public struct Opening: Sendable, Equatable {
        /// 1 is Monday.
        public let weekday: Int
        public let opens: Int
        public let closes: Int
    }

    /// A way to reach support.
    public struct Channel: Sendable, Equatable {
        public enum Kind: String, Sendable, CaseIterable {
            case portal
            case mail
            case phone
            case chat
        }

        public let kind: Kind
        /// An e-mail address or a telephone number; empty where the kind says it all.
        public let address: String
        /// When somebody answers there, as an admin wrote it; nil: as the contract says.
        var hours: String?
        /// Whether an answer through it binds the provider; nil: as the contract says.
        var isOfficial: Bool?
    }
}

extension Connection {
    func insert(_ provider: Provider) throws(SQLError) {
        try execute(
            "INSERT INTO provider (only, name, contract, time_zone, locale, icon) VALUES (1, ?, ?, ?, ?, ?)",
            provider.name, provider.contract, provider.timeZone, provider.locale, provider.icon)
        for opening in provider.openings {
            try execute(
                "INSERT INTO opening (weekday, opens, closes) VALUES (?, ?, ?)", opening.weekday, opening.opens,
                opening.closes)
        }
        for (position, channel) in provider.channels.enumerated() {
            try execute(
                "INSERT INTO channel (position, kind, address) VALUES (?, ?, ?)", position, channel.kind.rawValue,
                channel.address)
        }
    }

    func renameProvider(to name: String) throws(SQLError) {
        try execute("UPDATE provider SET name = ?", name)
    }

    func provider() throws -> Provider {
        let openings = try query("SELECT weekday, opens, closes FROM opening ORDER BY weekday, opens") { row in
            Provider.Opening(weekday: row.int(0), opens: row.int(1), closes: row.int(2))
        }
        let channels = try query(
            """
            SELECT kind, address, hours, is_official FROM channel
            LEFT JOIN channel_detail ON channel_detail.position = channel.position ORDER BY channel.position
            """
        ) { row in
            Provider.Channel.Kind(rawValue: row.text(0)).map { kind in
                Provider.Channel(
                    kind: kind, address: row.text(1), hours: row.optionalText(2).flatMap { $0.isEmpty ? nil : $0 },
                    isOfficial: row.optionalInt(3).map { $0 == 1 })
            }
        }
        let provider = try first("SELECT name, contract, time_zone, locale, icon FROM provider") { row in
            Provider(
                name: row.text(0), contract: row.text(1), timeZone: row.text(2), locale: row.text(3),
                icon: row.text(4), openings: openings, channels: channels.compactMap { $0 })
        }
        guard let provider else { throw Refusal.broken("the desk's database names no provider") }
        return provider
    }
}
