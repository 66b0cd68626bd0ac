// FactuPronto's rules, each with a ticket. Mexico City is at UTC−6 all the year.

import SLA
import Testing

@testable import Atiende

@Suite struct FactuProntoTests {
    private let desk: ContractDesk

    init() throws { desk = try ContractDesk(.factupronto) }

    @Test func `FP-6 level 1 answers a ticket within two hours and a call within twenty minutes`() throws {
        // Monday 9 November 2026.
        #expect(
            try desk.due("basico", "normal", opened: "2026-11-09 10:00", by: .portal)
                == ["firstResponse": "2026-11-09 12:00", "levelResponse1": "2026-11-09 12:00"])
        #expect(
            try desk.due("basico", "normal", opened: "2026-11-09 10:00", by: .phone)
                == ["firstResponse": "2026-11-09 10:20", "levelResponse1": "2026-11-09 10:20"])
    }

    @Test func `FP-6 two hours exactly are still met, a second more is not`() throws {
        for (answered, state) in [("12:00", ClockState.met), ("12:00:01", .breached)] {
            #expect(
                try desk.state(
                    .firstResponse, "premium", "critical", opened: "2026-11-09 10:00",
                    [("2026-11-09 " + answered, .staffMessage(level: 1))]) == state)
        }
    }

    @Test func `FP-6 levels 2 and 3 have four and eight hours from when the ticket reaches them`() throws {
        let up: [(String, TicketEvent.Kind)] = [
            ("2026-11-09 10:30", .staffMessage(level: 1)), ("2026-11-09 11:00", .level(2)),
        ]
        #expect(
            try desk.due("basico", "normal", opened: "2026-11-09 10:00", up)["levelResponse2"] == "2026-11-09 15:00")
        let further = up + [("2026-11-09 14:00", .diagnosis(level: 2)), ("2026-11-09 18:00", .level(3))]
        // Three hours until 21:00, five the next morning.
        #expect(
            try desk.due("basico", "normal", opened: "2026-11-09 10:00", further)["levelResponse3"]
                == "2026-11-10 14:00")
    }

    @Test func `FP-7 infrastructure goes to level 3 at once and may come back to level 1`() throws {
        let kind = try #require(Contract.factupronto.kinds.first { $0.key == "infrastructure" })
        #expect(kind.level == 3)
        #expect(
            try desk.due("basico", "critical", opened: "2026-11-09 09:00", by: .portal, level: kind.level)
                == ["levelResponse3": "2026-11-09 17:00"])
        let back: [(String, TicketEvent.Kind)] = [("2026-11-09 10:00", .level(1))]
        #expect(
            try desk.due("basico", "critical", opened: "2026-11-09 09:00", by: .portal, level: 3, back)[
                "levelResponse1"]
                == "2026-11-09 12:00")
        #expect(Contract.factupronto.kinds.filter { $0.level != 1 }.map(\.key) == ["infrastructure"])
    }

    @Test func `FP-9 a ticket counts until nine in the evening, a call until six`() throws {
        // Friday 13 November 2026, 17:50: ten minutes of calls are left, then Saturday from nine.
        #expect(
            try desk.due("basico", "normal", opened: "2026-11-13 17:50", by: .phone)["firstResponse"]
                == "2026-11-14 09:10")
        #expect(
            try desk.due("basico", "normal", opened: "2026-11-13 17:50", by: .chat)["firstResponse"]
                == "2026-11-13 19:50")
    }

    @Test func `FP-9 Saturday ends at two, and Monday 16 November 2026 is a holiday`() throws {
        #expect(
            try desk.due("basico", "normal", opened: "2026-11-14 13:00", by: .mail)["firstResponse"]
                == "2026-11-17 10:00")
        #expect(
            try desk.due("basico", "normal", opened: "2026-11-15 08:00", by: .phone)["firstResponse"]
                == "2026-11-17 09:20")
    }

    @Test func `FP-5 maintenance counts against the 0.7 per cent`() throws {
        let promise = try #require(Contract.factupronto.plans.first?.availability)
        #expect(promise.policy.maintenanceCounts)
        #expect(promise.target.allowedDowntime(of: 43_200) == 302)
        #expect(promise.clause == "FP-5")
    }

    @Test func `FP-10 basic and premium differ in nothing but their names`() {
        var premium = Contract.factupronto.plans[1]
        premium.key = "basico"
        premium.name = Contract.factupronto.plans[0].name
        #expect(premium == Contract.factupronto.plans[0])
    }

    @Test func `FP-1, FP-3 and FP-4 channels and kinds`() {
        let contract = Contract.factupronto
        #expect(contract.channels.map(\.channel) == [.portal, .mail, .phone, .chat])
        #expect(contract.kinds.filter(\.mayBeCharged).map(\.clause) == ["FP-4"])
        #expect(contract.kinds.filter { $0.clause == "FP-3" }.count == 4)
    }

    @Test func `FP-7 work sent to development goes on counting`() throws {
        let evaluation = try desk.evaluate(
            "basico", "normal", opened: "2026-11-09 09:00", level: 3,
            [("2026-11-09 09:30", .status(.inDevelopment))], readAt: "2026-11-09 17:00:01")
        #expect(evaluation.clocks.map(\.state) == [.breached])
    }
}
