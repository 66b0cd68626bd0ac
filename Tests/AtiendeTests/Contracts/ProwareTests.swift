// Proware's rules, each with a ticket. Bogotá is at UTC−5 all the year; Monday 16 November 2026 is a holiday there.

import SLA
import Testing

@testable import Atiende

@Suite struct ProwareTests {
    private let desk: ContractDesk

    init() throws { desk = try ContractDesk(.proware) }

    @Test(arguments: [
        // Friday evening before a long weekend.
        ("innovador", "critical", "2026-11-13 16:00", "2026-11-17 10:00", "2026-11-17 16:00"),
        ("innovador", "high", "2026-11-13 16:00", "2026-11-17 16:00", "2026-11-19 16:00"),
        ("innovador", "medium", "2026-11-13 16:00", "2026-11-19 16:00", "2026-11-23 16:00"),
        ("innovador", "low", "2026-11-13 16:00", "2026-11-23 16:00", "2026-11-26 16:00"),
        ("emprendedor", "critical", "2026-11-13 16:00", "2026-11-17 10:00", "2026-11-17 12:00"),
        ("emprendedor", "high", "2026-11-13 16:00", "2026-11-17 12:00", "2026-11-18 16:00"),
        ("emprendedor", "medium", "2026-11-13 16:00", "2026-11-18 16:00", "2026-11-20 16:00"),
        ("emprendedor", "low", "2026-11-13 16:00", "2026-11-19 16:00", "2026-11-24 16:00"),
        // Saturday is a business day of this plan.
        ("empresarial", "critical", "2026-11-13 20:00", "2026-11-14 10:00", "2026-11-14 14:00"),
        ("empresarial", "high", "2026-11-13 14:10", "2026-11-13 20:10", "2026-11-17 14:10"),
        ("empresarial", "medium", "2026-11-13 20:00", "2026-11-14 20:00", "2026-11-18 20:00"),
        ("empresarial", "low", "2026-11-14 10:00", "2026-11-18 10:00", "2026-11-20 10:00"),
        // Always open: nights, weekends and holidays count.
        ("premiumPlus", "critical", "2026-11-15 23:30", "2026-11-16 00:30", "2026-11-16 03:30"),
        ("premiumPlus", "high", "2026-11-15 23:30", "2026-11-16 03:30", "2026-11-17 23:30"),
        ("premiumPorDemanda", "medium", "2026-11-15 23:30", "2026-11-16 07:30", "2026-11-18 23:30"),
        ("premiumPorDemanda", "low", "2026-11-15 23:30", "2026-11-16 23:30", "2026-11-18 23:30"),
    ])
    func `PW-10 response and resolution are due by plan and severity`(
        _ plan: String, _ severity: String, _ opened: String, _ response: String, _ resolution: String
    ) throws {
        #expect(
            try desk.due(plan, Severity(rawValue: severity), opened: opened)
                == ["firstResponse": response, "resolution": resolution])
    }

    @Test func `PW-10 less than two hours: two hours exactly are too long`() throws {
        for (answered, state) in [("10:59:59", ClockState.met), ("11:00", .breached)] {
            #expect(
                try desk.state(
                    .firstResponse, "emprendedor", "critical", opened: "2026-11-17 09:00",
                    [("2026-11-17 " + answered, .staffMessage(level: 1))]) == state)
        }
    }

    @Test func `PW-10 at most five business days: the fifth at the same time is still met`() throws {
        for (solved, state) in [("16:00", ClockState.met), ("16:00:01", .breached)] {
            #expect(
                try desk.state(
                    .resolution, "innovador", "medium", opened: "2026-11-13 16:00",
                    [("2026-11-23 " + solved, .status(.resolved))]) == state)
        }
    }

    @Test func `PW-10 two calendar days of Premium are strict too`() throws {
        for (solved, state) in [("23:29:59", ClockState.met), ("23:30", .breached)] {
            #expect(
                try desk.state(
                    .resolution, "premiumPlus", "high", opened: "2026-11-15 23:30",
                    [("2026-11-17 " + solved, .status(.resolved))]) == state)
        }
    }

    @Test func `PW-10 a mail of Saturday counts for Innovador from the next business day`() throws {
        // Sunday and the holiday of Monday are closed too; three business days from Tuesday's opening.
        #expect(
            try desk.due("innovador", "medium", opened: "2026-11-14 11:00")["firstResponse"] == "2026-11-19 17:00")
    }

    @Test func `PW-10 waiting for the customer stops the solution and not the response`() throws {
        let due = try desk.due(
            "premiumPlus", "critical", opened: "2026-11-17 10:00",
            [("2026-11-17 10:10", .status(.waitingCustomer)), ("2026-11-17 12:10", .status(.open))])
        #expect(due == ["firstResponse": "2026-11-17 11:00", "resolution": "2026-11-17 16:00"])
    }

    @Test func `PW-12 third parties are force majeure, and maintenance that was announced is planned`() {
        for plan in Contract.proware.plans {
            #expect(plan.availability?.policy == AvailabilityPolicy(excludedCauses: [.thirdParty]))
        }
    }

    @Test func `PW-6 the chat has hours of its own`() throws {
        #expect(Contract.proware.channels.first { $0.channel == .chat }?.hours == "chat")
        let chat = try #require(Contract.proware.calendar("chat"))
        #expect(Set(chat.openings.map { [$0.opens, $0.closes] }) == [[480, 1080]])
    }
}
