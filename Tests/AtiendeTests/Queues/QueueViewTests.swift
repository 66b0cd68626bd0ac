// Queues show exactly what belongs to them, in the order in which it is due.

import SLA
import SQL
import Testing

@testable import Atiende

@Suite struct QueueViewTests {
    /// A desk that never closes, with a technician, and one ticket of each sort.
    private struct Full {
        let desk: TicketDesk
        let technician: Person.ID
        let now: Int
        var names: [Folio: String] = [:]

        init() throws {
            let site = try TestSite()
            desk = try TicketDesk(site, "proware")
            technician = try site.add("oscar@proware.example", as: .technician(level: 2), name: "Óscar Benítez")
            now = site.clock.now
            try open("late", "critical", ago: 7200)
            try open("soon", "high", ago: 4 * 3600 - 1200)
            try open("far", "low", ago: 60)
            try open("paused", "critical", ago: 1800) {
                [(.staffMessage(level: 1), 60), (.status(.waitingCustomer), 120)]
            }
            // Breached on its resolution, then left to the customer.
            try open("late and paused", "critical", ago: 36_000) {
                [(.staffMessage(level: 1), 60), (.status(.waitingCustomer), 30_000)]
            }
            try open("closed", "low", ago: 50_000) {
                [(.staffMessage(level: 1), 60), (.status(.resolved), 90), (.status(.closed), 120)]
            }
            try open("resolved", "low", ago: 40_000) { [(.staffMessage(level: 1), 60), (.status(.resolved), 90)] }
            try open("merged", "low", ago: 30_000) { [(.merged, 60)] }
            // Since it was merged while it was resolved, nobody expects the customer's word on it.
            try open("merged resolved", "low", ago: 20_000) {
                [(.staffMessage(level: 1), 60), (.status(.resolved), 90), (.merged, 120)]
            }
            try open("reopened", "medium", ago: 10_000) {
                [(.staffMessage(level: 1), 60), (.status(.resolved), 90), (.status(.open), 120), (.level(2), 130)]
            }
        }

        private mutating func open(
            _ name: String, _ severity: Severity, ago: Int, _ facts: () -> [(TicketFact.Kind, Int)] = { [] }
        ) throws {
            let folio = try desk.open(severity, plan: "premiumPlus", at: now - ago)
            for (kind, after) in facts() { try desk.add(kind, to: folio, at: now - ago + after) }
            names[folio] = name
        }

        func list(_ view: QueueView) throws -> [String] {
            let entries = try desk.desk.read { connection in
                try connection.queueEntries(
                    connection.tickets(in: view, of: technician, at: now, from: 0, limit: 50).map(\.ticket))
            }
            return entries.compactMap { Folio($0.folio).flatMap { names[$0] } }
        }

        func count(_ view: QueueView) throws -> Int? {
            try desk.desk.read { try $0.queueCounts(at: now) }.count(of: view, for: technician)
        }
    }

    static let expected: [(QueueView, [String])] = [
        (.all, ["late", "soon", "far", "reopened", "late and paused", "paused"]),
        (.breached, ["late and paused", "late"]),
        (.soon, ["soon"]),
        (.waiting, ["late and paused", "paused"]),
        (.level(1), ["late", "soon", "far", "late and paused", "paused"]),
        (.level(2), ["reopened"]),
        (.level(3), []),
        (.unassigned, ["late", "soon", "far", "reopened", "late and paused", "paused"]),
        (.mine, []),
        (.resolved, ["resolved"]),
    ]

    @Test func `each view shows what belongs to it, in the order in which it is due, and counts it`() throws {
        let full = try Full()
        for (view, names) in Self.expected {
            #expect(try full.list(view) == names, "\(view)")
            #expect(try full.count(view) == names.count, "\(view)")
        }
        // The last one that was done comes first.
        #expect(try full.list(.closed) == ["merged resolved", "merged", "closed"])
    }

    @Test func `what is taken goes from what nobody has to what somebody has`() throws {
        let full = try Full()
        let folio = try #require(full.names.first { $0.value == "far" }?.key)
        try full.desk.add(.assigned(full.technician), to: folio, at: full.now)
        #expect(try full.list(.mine) == ["far"])
        #expect(try full.list(.assigned(full.technician)) == ["far"])
        #expect(try full.count(.mine) == 1)
        #expect(try full.count(.unassigned) == 5)
        let load = try full.desk.desk.read { connection in
            QueueLoad.all(
                try connection.technicians(), try connection.queueCounts(at: full.now), full.desk.rules.contract)
        }
        #expect(load.map(\.name) == ["Óscar Benítez"])
        #expect(load.first?.total == 1)
        #expect(load.first?.severities.map(\.severity) == ["low"])
    }

    @Test func `of what is due at the same second the gravest comes first, then the oldest`() throws {
        let site = try TestSite()
        let desk = try TicketDesk(site, "proware")
        let now = site.clock.now
        // Due within 24 hours, and within 4.
        let low = try desk.open("low", plan: "premiumPlus", at: now - 20 * 3600)
        let high = try desk.open("high", plan: "premiumPlus", at: now)
        let highToo = try desk.open("high", plan: "premiumPlus", at: now)
        #expect(try desk.ticket(low).dueAt == desk.ticket(high).dueAt)
        let ids = try desk.desk.read {
            try $0.tickets(in: .all, of: Person.ID(rawValue: 1), at: now, from: 0, limit: 50).map(\.ticket)
        }
        #expect(ids == [try desk.ticket(high).id, try desk.ticket(highToo).id, try desk.ticket(low).id])
    }

    @Test(arguments: [
        ("subject", ["Acceso", "Éxito", "zeta"]), ("-subject", ["zeta", "Éxito", "Acceso"]),
        ("severity", ["Éxito", "zeta", "Acceso"]), ("-severity", ["Acceso", "zeta", "Éxito"]),
        ("said", ["Acceso", "Éxito", "zeta"]), ("level", ["zeta", "Éxito", "Acceso"]),
    ])
    func `a queue is put in the order of a column`(_ sort: String, _ subjects: [String]) throws {
        let keys = [("zeta", 1, 1, 10), ("Éxito", 0, 1, 20), ("Acceso", 2, 2, 30)].enumerated().map { index, key in
            QueueSortKey(
                id: Ticket.ID(rawValue: index), subject: key.0, severityRank: key.1, level: key.2, assignee: nil,
                wordAt: key.3)
        }
        let order = try #require(QueueSort(sort)).order(keys)
        #expect(order.map { keys[$0.rawValue].subject } == subjects)
    }

    @Test(arguments: ["nada", "", "-", "--said", "DUE"])
    func `a column that is none puts nothing in order`(_ sort: String) {
        #expect(QueueSort(sort) == nil)
    }

    @Test(arguments: ["level-0", "level-4", "level-01", "assigned-", "assigned-x", "assigned-07", "all", "Mine", ""])
    func `a view that is none is not found`(_ name: String) { #expect(QueueView(name) == nil) }
}

@Suite struct QueueTallyTests {
    /// The same numbers for the same seed.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    @Test(arguments: 1...6)
    func `tallies are what counting finds, whatever happened`(_ seed: Int) throws {
        let site = try TestSite()
        let desk = try TicketDesk(site, "proware")
        let people = try (1...3).map {
            try site.add("tecnico\($0)@proware.example", as: .technician(level: $0))
        }
        var dice = Dice(state: UInt64(seed))
        var folios: [Folio] = []
        var now = site.clock.now - 5_000_000
        for _ in 0..<120 {
            now += Int.random(in: 0...40_000, using: &dice)
            if folios.isEmpty || Int.random(in: 0...3, using: &dice) == 0 {
                let severity: Severity = ["critical", "high", "medium", "low"].randomElement(using: &dice) ?? "low"
                folios.append(try desk.open(severity, plan: "empresarial", at: now))
                continue
            }
            let folio = try #require(folios.randomElement(using: &dice))
            let kinds: [TicketFact.Kind] = [
                .staffMessage(level: 1), .customerMessage, .status(.open), .status(.waitingCustomer),
                .status(.inDevelopment), .status(.resolved), .status(.closed),
                .level(Int.random(in: 1...3, using: &dice)),
                .severity("high"), .severity("low"), .assigned(people.randomElement(using: &dice)), .assigned(nil),
                .merged,
            ]
            try desk.add(try #require(kinds.randomElement(using: &dice)), to: folio, at: now)
        }
        let kept = try desk.desk.read { try $0.ticketTallies() }
        let counted = try desk.desk.write { connection in
            try connection.recountTickets()
            return try connection.ticketTallies()
        }
        #expect(kept == counted)
        #expect(kept.values.allSatisfy { $0 > 0 })
    }
}
