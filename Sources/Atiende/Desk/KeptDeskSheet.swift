// The sheet of a ticket's page as it was made a moment ago: good for everybody who may do the same with the ticket, as
// long as nothing that it tells has changed.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

/// What stands around the sheet of a ticket.
struct DeskFrame: Sendable {
    let ticket: Ticket
    let place: QueuePlace?
    let counts: QueueCounts
}

/// Whose sheet it is: a ticket, how it is shown, and what the reader may do with it.
struct DeskSheetKey: Hashable, Sendable {
    let ticket: Ticket.ID
    let language: Language
    let zone: String
    let base: String
    let role: String
    let level: Int?
    let hasIt: Bool
    let keepsIt: Bool

    init(_ ticket: Ticket, _ visit: Visit, _ person: Person, _ zone: TimeZoneRules) {
        self.ticket = ticket.id
        language = visit.language
        self.zone = zone.name
        base = visit.link("")
        role = person.role.name
        level = person.role.level
        hasIt = ticket.assignee == person.id
        keepsIt = ticket.keeper == person.id
    }
}

/// What changes whenever anything changes of which the sheet tells, besides the time.
struct DeskTraces: Equatable, Sendable {
    let version: Int
    let grounds: Grounds
    /// Tickets that it names, with their last events.
    let others: [QueueSpot]
    let lastView: Int
    let hasNext: Bool

    init(_ frame: DeskFrame, _ grounds: Grounds, _ connection: Connection) throws(SQLError) {
        let ticket = frame.ticket
        version = ticket.version
        self.grounds = grounds
        others = try connection.neighbours(of: ticket)
        lastView = try connection.lastView(of: ticket.subjectOfAudit)
        hasNext = frame.place?.next != nil
    }
}

struct KeptDeskSheet: Sendable {
    let traces: DeskTraces
    let markup: OpenMarkup
    /// From when until when its words are right.
    let times: Range<Int>

    /// Some fifty tickets.
    static let mostBytes = 2 << 20
}

/// The sheet that is kept, or what a new one is made of.
struct DeskSheetReading: Sendable {
    private let key: DeskSheetKey
    private let traces: DeskTraces
    private let kept: KeptDeskSheet?
    private let reading: DeskReading?
    private let desk: Desk

    init(
        _ key: DeskSheetKey, _ frame: DeskFrame, _ grounds: Grounds, _ visit: Visit, _ desk: Desk,
        _ connection: Connection
    ) throws {
        self.key = key
        self.desk = desk
        let traces = try DeskTraces(frame, grounds, connection)
        let found = desk.deskSheets.part(key)
        kept = found.flatMap { $0.traces == traces && $0.times.contains(visit.now) ? $0 : nil }
        reading = kept == nil ? try DeskReading(frame.ticket, frame.place, connection) : nil
        self.traces = traces
    }

    func markup(_ visit: Visit) throws(Refusal) -> HTMLBuffer {
        if let kept { return kept.markup.filled(by: visit) }
        guard let reading else { throw .notFound }
        let made = OpenMarkup(try DeskTicket.markup(visit.opened, reading))
        var until = SaidUntil(now: visit.now)
        for clock in try Refusal.catching({ try desk.ticketRules?.read(reading.entries.map(\.fact)).clocks }) ?? [] {
            until.clock(clock)
        }
        desk.deskSheets.keep(
            KeptDeskSheet(traces: traces, markup: made, times: visit.now..<until.instant), size: made.count, as: key)
        return made.filled(by: visit)
    }
}
