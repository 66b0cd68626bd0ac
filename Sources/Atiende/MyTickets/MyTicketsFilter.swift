// What a customer's list of tickets is narrowed by; all of it stands in the address of the page.

internal import HTTP
internal import SLA
internal import SQL

/// A customer as lists of tickets know him: the organization that he is here for decides what he sees.
struct TicketReader: Sendable {
    let person: Person.ID
    let organization: Organization.ID
    fileprivate let rules: TicketRules
    fileprivate let now: Int

    fileprivate func search(_ text: String) -> Search { SearchReader(contract: rules.contract).read(text) }

    fileprivate var context: SearchContext {
        SearchContext(scope: .organization(organization, person), person: person, zone: rules.zone, now: now)
    }
}

extension Visit {
    func ticketReader() throws(Refusal) -> TicketReader {
        guard let rules = try tenantDesk().ticketRules else { throw .broken("a desk without a contract") }
        return TicketReader(
            person: try signedIn().person.id, organization: try membership().organization, rules: rules, now: now)
    }
}

struct MyTicketsFilter: Sendable, Equatable {
    /// Those that the reader asked for himself, or all that he may see of his organization.
    var isMine = true
    /// As it was typed, on one line.
    var text = ""
    var status: TicketStatus?
    /// Only those that are not done.
    var isOpen = false
    var severity: Severity?

    static let open = "open-all"
    private static let longestText = 100
    /// What a search takes into account; beyond it nobody reads.
    static let mostFound = 500

    init(isMine: Bool = true, isOpen: Bool = false) {
        self.isMine = isMine
        self.isOpen = isOpen
    }

    /// What is none of the choices narrows nothing.
    init(_ visit: Visit) {
        isMine = visit.asked("of") != "organization"
        text = HeaderText(String((visit.asked("q") ?? "").prefix(Self.longestText))).text
        let asked = visit.asked("status") ?? ""
        isOpen = asked == Self.open
        status = TicketStatus(rawValue: asked)
        let known = visit.desk?.ticketRules?.contract.severities.map(\.severity) ?? []
        severity = visit.asked("severity").flatMap { text in known.first { $0.rawValue == text } }
    }

    var isNarrowed: Bool { !text.isEmpty || status != nil || isOpen || severity != nil }

    /// The query of the address, without `?`.
    var query: String {
        var pairs: [(String, String)] = []
        if !isMine { pairs.append(("of", "organization")) }
        if !text.isEmpty { pairs.append(("q", text)) }
        if isOpen {
            pairs.append(("status", Self.open))
        } else if let status {
            pairs.append(("status", status.rawValue))
        }
        if let severity { pairs.append(("severity", severity.rawValue)) }
        return pairs.map { $0 + "=" + PercentCoding.encode(queryComponent: $1) }.joined(separator: "&")
    }

    func admits(_ ticket: Ticket, for reader: TicketReader) -> Bool {
        (!isMine || ticket.requester == reader.person) && (status == nil || ticket.status == status)
            && (!isOpen || ticket.doneAt == nil) && (severity == nil || ticket.severity == severity)
    }
}

extension Ticket {
    /// Whether it waits for its customer.
    var needsCustomer: Bool { !isMerged && (status == .waitingCustomer || status == .resolved) }
}

/// The tickets of a list, in its order: those that wait for the customer first, then what changed last.
struct MyTicketsList: Sendable {
    let total: Int
    /// Of a search that did not look at all there is.
    let isCapped: Bool
    private let needing: Int
    /// Of a search.
    private let found: [Ticket.ID]?
    private let filter: MyTicketsFilter
    private let reader: TicketReader

    init(_ filter: MyTicketsFilter, _ reader: TicketReader, in connection: Connection) throws {
        self.filter = filter
        self.reader = reader
        guard filter.text.isEmpty else {
            let found: [Ticket.ID]
            (found, isCapped) = try Self.search(filter, reader, connection)
            self.found = found
            needing = 0
            total = found.count
            return
        }
        found = nil
        isCapped = false
        needing = try connection.ownTicketCount(filter, of: reader, needingAnswer: true)
        total = needing + (try connection.ownTicketCount(filter, of: reader, needingAnswer: false))
    }

    func tickets(from offset: Int, limit: Int, in connection: Connection) throws -> [Ticket] {
        try ids(from: offset, limit: limit, in: connection).compactMap { try connection.ticket($0) }
    }

    private func ids(from offset: Int, limit: Int, in connection: Connection) throws -> [Ticket.ID] {
        if let found { return Array(found.dropFirst(offset).prefix(limit)) }
        let first = try connection.ownTickets(
            filter, of: reader, needingAnswer: true, from: offset, limit: min(limit, max(0, needing - offset)))
        let rest = try connection.ownTickets(
            filter, of: reader, needingAnswer: false, from: max(0, offset - needing), limit: limit - first.count)
        return first + rest
    }

    private static func search(
        _ filter: MyTicketsFilter, _ reader: TicketReader, _ connection: Connection
    ) throws -> ([Ticket.ID], isCapped: Bool) {
        var tickets: [Ticket] = []
        let found = try connection.search(reader.search(filter.text), reader.context)
        for id in found.tickets.prefix(MyTicketsFilter.mostFound) {
            if let ticket = try connection.ticket(id), filter.admits(ticket, for: reader) { tickets.append(ticket) }
        }
        let ordered = tickets.sorted {
            $0.needsCustomer != $1.needsCustomer
                ? $0.needsCustomer : ($0.changedAt, $0.id.rawValue) > ($1.changedAt, $1.id.rawValue)
        }
        return (ordered.map(\.id), found.isCapped || found.tickets.count > MyTicketsFilter.mostFound)
    }
}
