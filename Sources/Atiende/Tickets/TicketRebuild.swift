// `atiende check --rebuild`: what was derived of tickets, derived again from what happened, and every difference told.

internal import SQL

struct TicketRebuild {
    let desk: Desk
    /// Tickets of one transaction: pages that write wait for it.
    private static let batch = 50
    /// Lines of one tenant; of what is wrong everywhere, the first are enough.
    private static let mostLines = 200

    /// A line for each thing that was otherwise before. What was wrong is right afterwards.
    func run() throws(Refusal) -> [String] {
        guard let rules = desk.ticketRules else { return ["the contract is not known: nothing was derived again"] }
        var findings: [String] = []
        var last = 0
        while true {
            let from = last
            let (lines, next) = try desk.write { try Self.rebuild(after: from, rules, $0) }
            findings += lines
            guard let next else { break }
            last = next
        }
        let more = findings.count - Self.mostLines
        return more > 0 ? findings.prefix(Self.mostLines) + ["and \(more) more"] : findings
    }

    private static func rebuild(
        after id: Int, _ rules: TicketRules, _ connection: Connection
    ) throws -> (lines: [String], last: Int?) {
        let tickets = try connection.ticketIDs(after: id, limit: batch)
        guard let last = tickets.last else { return (try recount(connection), nil) }
        var lines: [String] = []
        for ticket in tickets {
            let before = try connection.derived(of: ticket)
            do {
                try connection.savepoint { try connection.refold(ticket, rules) }
            } catch {
                lines.append("ticket \(before["folio"] ?? "\(ticket)"): \((error as? Refusal)?.why ?? "\(error)")")
                continue
            }
            let after = try connection.derived(of: ticket)
            lines += differences(before, after).map { "ticket \(before["folio"] ?? "\(ticket)"): \($0)" }
        }
        return (lines, last.rawValue)
    }

    private static func recount(_ connection: Connection) throws -> [String] {
        func counts() throws -> [String: String] { try connection.tallies(beginning: "").mapValues { String($0) } }
        let before = try counts()
        try connection.recountTickets()
        return differences(before, try counts()).map { "tally \($0)" }
    }

    private static func differences(_ before: [String: String], _ after: [String: String]) -> [String] {
        Set(before.keys).union(after.keys).sorted().filter { before[$0] != after[$0] }.map { name in
            "\(name) was \(before[name] ?? "nothing"), is \(after[name] ?? "nothing")"
        }
    }
}
