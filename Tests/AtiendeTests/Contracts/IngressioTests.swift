// Ingressio's rules, each with a ticket. The office is open Mon–Fri 9–18 but on Mexico's holidays.

import SLA
import Testing

@testable import Atiende

@Suite struct IngressioTests {
    private let desk: ContractDesk

    init() throws { desk = try ContractDesk(.ingressio) }

    @Test func `IN-2 receipt is confirmed within fifteen minutes at any hour`() throws {
        // Sunday night.
        #expect(
            try desk.due("servicio", "severity3", opened: "2026-11-15 23:50")["acknowledge"] == "2026-11-16 00:05")
        #expect(
            try desk.state(
                .acknowledge, "servicio", "severity3", opened: "2026-11-15 23:50",
                [("2026-11-16 00:05", .acknowledged)]) == .met)
    }

    @Test(arguments: [
        ("severity1", "2026-03-06 16:00", "2026-03-09 13:00"), ("severity2", "2026-03-05 16:00", "2026-03-09 10:00"),
        ("severity3", "2026-03-06 13:00", "2026-03-11 10:00"), ("severity4", "2026-03-06 13:00", "2026-03-12 13:00"),
    ])
    func `IN-14 the response counts in business hours by severity`(
        _ severity: String, _ opened: String, _ due: String
    ) throws {
        #expect(
            try desk.due("servicio", Severity(rawValue: severity), opened: opened)["firstResponse"] == due)
    }

    @Test func `IN-13 a critical report is recovered in one business day, at the same time of day`() throws {
        // Friday 13 March 2026; Monday is a holiday.
        let due = try desk.due("servicio", "severity1", opened: "2026-03-13 16:20")
        #expect(due["recovery"] == "2026-03-17 16:20")
        #expect(due["resolution"] == nil)
        #expect(
            try desk.state(
                .recovery, "servicio", "severity1", opened: "2026-03-13 16:20", [("2026-03-17 16:20", .recovered)])
                == .met)
    }

    @Test func `IN-13 other reports are solved in ten business days, their root cause in thirty`() throws {
        let due = try desk.due("servicio", "severity2", opened: "2026-12-22 12:00")
        // Christmas and New Year are not counted.
        #expect(due["resolution"] == "2027-01-07 12:00")
        #expect(due["recovery"] == nil)
        // 1 February 2027 is a holiday too.
        #expect(due["rootCause"] == "2027-02-05 12:00")
    }

    @Test func `IN-13 a mail counts from when it was sent, also on a Saturday`() throws {
        let plan = try desk.plan("servicio")
        #expect(plan.mailCountsFrom == .sent)
        let sent = try desk.at("2026-03-07 11:00")
        let received = try desk.at("2026-03-07 11:40")
        let opening = plan.mailCountsFrom.opening(received: received, sent: sent)
        #expect(opening == sent)
        // Counted from Monday's opening: one business day is over with Monday's hours, and until Tuesday's opening
        // nothing more is consumed.
        #expect(
            try desk.due("servicio", "severity1", opened: desk.text(opening))
                == [
                    "acknowledge": "2026-03-07 11:15", "firstResponse": "2026-03-09 15:00",
                    "recovery": "2026-03-09 18:00", "rootCause": "2026-04-20 18:00",
                ])
        for (recovered, state) in [("09:00", ClockState.met), ("09:00:01", .breached)] {
            #expect(
                try desk.state(
                    .recovery, "servicio", "severity1", opened: desk.text(opening),
                    [("2026-03-10 " + recovered, .recovered)]) == state)
        }
        // A sender's clock that is a day and more behind, or ahead, is not believed.
        #expect(plan.mailCountsFrom.opening(received: received, sent: try desk.at("2026-03-06 11:39")) == received)
        #expect(plan.mailCountsFrom.opening(received: received, sent: try desk.at("2026-03-07 11:41")) == received)
    }

    @Test func `IN-6 research and development keeps the maximum times`() throws {
        let due = try desk.due(
            "servicio", "severity2", opened: "2026-03-02 10:00", [("2026-03-02 11:00", .status(.inDevelopment))])
        #expect(due["resolution"] == "2026-03-17 10:00")
        #expect(
            Contract.ingressio.stages.map(\.fact) == [.acknowledged, .diagnosed, .inDevelopment, .answered, .closed])
    }

    @Test func `IN-18 the severity that the analysis finds counts from the opening`() throws {
        let due = try desk.due(
            "servicio", "severity4", opened: "2026-03-02 10:00", [("2026-03-02 12:00", .severity("severity1"))])
        #expect(due["firstResponse"] == "2026-03-02 16:00")
        #expect(due["recovery"] == "2026-03-03 10:00")
        #expect(due["resolution"] == nil)
    }

    @Test func `IN-13 the root cause goes on after the ticket is closed`() throws {
        let events: [(String, TicketEvent.Kind)] = [
            ("2026-03-02 12:00", .staffMessage(level: 1)), ("2026-03-02 13:00", .recovered),
            ("2026-03-02 14:00", .status(.closed)),
        ]
        #expect(
            try desk.state(
                .rootCause, "servicio", "severity1", opened: "2026-03-02 10:00", events, readAt: "2026-03-20 10:00")
                == .running)
    }

    @Test func `IN-17 work for what the customer caused has its price`() throws {
        let charge = try #require(Contract.ingressio.charge)
        #expect(charge.currency == "USD" && charge.firstHour == 6500 && charge.furtherHour == 4500)
        #expect(charge.causes.count == 4)
    }

    @Test func `IN-5 and IN-9 mail is official, and nobody attends at night`() throws {
        let contract = Contract.ingressio
        #expect(contract.channels.filter { !$0.isOfficial }.map(\.channel) == [.phone, .chat])
        #expect(contract.plans[0].answersBy == [.mail])
        let office = try #require(contract.calendar("office"))
        let calendar = Calendar(office.definition(in: desk.zone))
        #expect(try !calendar.isOpen(desk.at("2026-03-02 18:00")))
        #expect(try calendar.isOpen(desk.at("2026-03-02 17:59:59")))
    }
}
