// A ticket's row in a queue: made once, and kept as long as its words are right.

internal import Markup
internal import SLA
internal import SQL

struct QueueRow: Page {
    let folio: String
    let href: String
    let badge: ClockBadge?
    /// When it comes to be breached, for what keeps the badge moving; empty for nothing that moves.
    let clockLine: String
    let subject: String
    let detail: String
    /// Who looks at it just now; empty for nobody.
    let seen: String
    /// The customer has the last word.
    let isNew: Bool
    /// 1 for the gravest, to 4.
    let severityLevel: String
    let severity: String
    let level: String
    /// Empty for nobody's.
    let initials: String
    let assignee: String
    let wordBy: String
    let wordAt: String

    static let template: StaticString = "queues/row.html"
    static let fields: [Field<QueueRow>] = [
        .text("folio") { $0.folio },
        .text("href") { $0.href },
        .part("badge") { $0.badge },
        .text("clockLine") { $0.clockLine },
        .text("subject") { $0.subject },
        .text("detail") { $0.detail },
        .text("seen") { $0.seen },
        .flag("isNew") { $0.isNew },
        .text("severityLevel") { $0.severityLevel },
        .text("severity") { $0.severity },
        .text("level") { $0.level },
        .text("initials") { $0.initials },
        .text("assignee") { $0.assignee },
        .text("wordBy") { $0.wordBy },
        .text("wordAt") { $0.wordAt },
    ]
}

/// Which ticket stands at a place of a queue.
struct QueueSpot: Sendable, Equatable {
    let ticket: Ticket.ID
    /// The number of its last event.
    let version: Int
}

/// A row in one language, with times of one zone and links below one address.
struct QueueRowKey: Hashable, Sendable {
    let ticket: Ticket.ID
    let language: Language
    let zone: String
    let base: String
}

/// What a row was made of, and its markup.
struct KeptQueueRow: Sendable {
    let version: Int
    let grounds: Grounds
    let band: QueueBand
    let markup: HTMLBuffer
    /// From when until when its words are right.
    let times: Range<Int>

    /// About as much as the rows of twenty pages.
    static let mostBytes = 1 << 20
}

/// What a desk's pages tell besides tickets: who is called what, and how the desk is set.
struct Grounds: Sendable, Equatable {
    let naming: Int
    let settings: Int
}

/// The rows of a page: those that are kept, and what the others are made of.
struct QueueRows: Sendable {
    struct Made {
        let band: QueueBand
        let markup: HTMLBuffer
    }

    private let spots: [QueueSpot]
    private let kept: [KeptQueueRow?]
    /// Those of which no row is kept.
    private let entries: [Ticket.ID: QueueEntry]
    /// Who looks at which of them besides the reader: it changes at any time, so that such a row is made anew.
    private let lookers: [Ticket.ID: [String]]
    private let grounds: Grounds
    private let visit: Visit
    private let zone: String
    private let desk: Desk

    init(
        _ spots: [QueueSpot], _ grounds: Grounds, _ visit: Visit, _ zone: TimeZoneRules, _ desk: Desk,
        _ connection: Connection
    ) throws {
        let reader = visit.session?.person.id
        let lookers = desk.presence.lookers(at: spots.map(\.ticket), now: visit.now).mapValues { lookers in
            lookers.filter { $0.person != reader }.map { String($0.name.prefix { $0 != " " }) }
        }.filter { !$0.value.isEmpty }
        let kept = spots.map { spot -> KeptQueueRow? in
            guard lookers[spot.ticket] == nil,
                let row = desk.queueRows.part(Self.key(spot.ticket, visit, zone.name)), row.version == spot.version,
                row.grounds == grounds, row.times.contains(visit.now)
            else { return nil }
            return row
        }
        let lacking = zip(spots, kept).filter { $0.1 == nil }.map(\.0.ticket)
        let found = lacking.isEmpty ? [] : try connection.queueEntries(lacking)
        entries = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.spots = spots
        self.kept = kept
        self.lookers = lookers
        self.grounds = grounds
        self.visit = visit
        self.zone = zone.name
        self.desk = desk
    }

    private static func key(_ ticket: Ticket.ID, _ visit: Visit, _ zone: String) -> QueueRowKey {
        QueueRowKey(ticket: ticket, language: visit.language, zone: zone, base: visit.link(""))
    }

    func all(_ words: QueueWords) -> [Made] {
        zip(spots, kept).compactMap { spot, kept in
            if let kept { return Made(band: kept.band, markup: kept.markup) }
            return entries[spot.ticket].map { make($0, spot, words) }
        }
    }

    private func make(_ entry: QueueEntry, _ spot: QueueSpot, _ words: QueueWords) -> Made {
        let names = lookers[spot.ticket] ?? []
        var markup = HTMLBuffer(capacity: 1200)
        visit.site.pages.queues.row.render(words.row(entry, seenBy: names), language: visit.language, into: &markup)
        let made = Made(band: words.band(entry), markup: markup)
        if names.isEmpty {
            desk.queueRows.keep(
                KeptQueueRow(
                    version: spot.version, grounds: grounds, band: made.band, markup: markup,
                    times: visit.now..<words.saidUntil(entry)), size: markup.count,
                as: Self.key(spot.ticket, visit, zone))
        }
        return made
    }
}
