// A site with a ticket, the people on both sides of it, and those who have no business with it.

import SLA
import SQL
import Testing

@testable import Atiende
@testable import HTTP

struct WorkSite {
    let site: TestSite
    let tickets: TicketDesk
    let ana: Person.ID
    let lucia: Person.ID
    let oscar: Person.ID

    init(in folder: TemporaryFolder = TemporaryFolder()) throws {
        site = try TestSite(in: folder)
        tickets = try TicketDesk(site, "proware")
        let other = try site.addOrganization("Hotel Sol de Abril")
        ana = try site.add("ana@ceiba.example", name: "Ana Ríos", of: tickets.organization)
        try site.add("beto@ceiba.example", name: "Beto Luna", of: tickets.organization)
        try site.add("otto@sol.example", name: "Otto Sol", of: other)
        lucia = try site.add("lucia@proware.example", as: .technician(level: 1), name: "Lucía Arango")
        oscar = try site.add("oscar@proware.example", as: .technician(level: 2), name: "Óscar Benítez")
        try site.add("natalia@proware.example", as: .admin, name: "Natalia Forero")
    }

    func browser(_ name: String) throws -> Browser {
        let domain = ["ana": "ceiba", "beto": "ceiba", "otto": "sol"][name] ?? "proware"
        return try Browser(site, "proware", as: "\(name)@\(domain).example")
    }

    /// A ticket of Ana's that was answered, in a status.
    func ticket(_ status: TicketStatus = .open, isAnswered: Bool = true) throws -> Folio {
        var draft = try tickets.draft("high", plan: "empresarial", openedAt: site.clock.now, kind: kind)
        draft.requester = ana
        draft.author = ana
        draft.description = "No carga el tablero."
        let (ready, rules, now, lucia) = (draft, tickets.rules, site.clock.now, lucia)
        return try tickets.desk.write { connection in
            let folio = try connection.openTicket(ready, rules, at: now)
            let ticket = try #require(try connection.ticket(folio))
            var facts: [TicketFact] = []
            if isAnswered {
                facts.append(TicketFact(at: now, actor: lucia, kind: .staffMessage(level: 1), body: "Lo vemos."))
            }
            if status != .new { facts.append(TicketFact(at: now, actor: lucia, kind: .status(status))) }
            if !facts.isEmpty { try connection.append(facts, to: ticket.id, rules, recordedAt: now) }
            return folio
        }
    }

    /// One that people choose.
    var kind: String { tickets.rules.contract.kinds.first { $0.severity == nil }?.key ?? "" }

    func read(_ folio: Folio) throws -> Ticket { try tickets.ticket(folio) }

    func facts(_ folio: Folio) throws -> [TicketFact] {
        try tickets.desk.read { connection in
            try connection.story(of: try #require(try connection.ticket(folio)).id).map(\.fact)
        }
    }
}

extension Answer {
    /// Of the hidden fields named so, the first.
    var version: String { text.firstMatch(of: /name="version" value="(\d+)"/).map { String($0.1) } ?? "" }
}
