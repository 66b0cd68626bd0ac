// SERES and Bizflow: both count around the clock.

import SLA
import Testing

@testable import Atiende

@Suite struct SeresTests {
    private let desk: ContractDesk

    init() throws { desk = try ContractDesk(.seres) }

    @Test(arguments: ["gratuito", "pago"])
    func `SE-14 requests are attended in two hours and solved in eight, on Christmas too`(_ plan: String) throws {
        for severity in ["critical", "normal"] {
            #expect(
                try desk.due(plan, Severity(rawValue: severity), opened: "2026-12-24 22:00", by: .phone)
                    == ["firstResponse": "2026-12-25 00:00", "resolution": "2026-12-25 06:00"])
        }
    }

    @Test func `SE-14 a new account is in operation within seventy-two hours`() throws {
        let kind = try #require(Contract.seres.kinds.first { $0.key == "newAccount" })
        let severity = try #require(kind.severity)
        #expect(
            try desk.due("gratuito", severity, opened: "2026-11-13 18:30") == ["resolution": "2026-11-16 18:30"])
        #expect(
            try desk.state(
                .resolution, "gratuito", severity, opened: "2026-11-13 18:30",
                [("2026-11-16 18:30", .status(.resolved))]) == .met)
    }

    @Test func `SE-11 the free plan has ten tickets a month, the paid one no limit`() {
        #expect(Contract.seres.plans.map(\.monthlyTickets) == [10, nil])
    }

    @Test func `SE-5 and SE-6 passwords last thirty days and idle sessions ten minutes`() {
        #expect(Contract.seres.policies.passwordDays == 30 && Contract.seres.policies.idleMinutes == 10)
    }

    @Test func `SE-12 telephone lines and visits have hours of their own`() throws {
        let contract = Contract.seres
        #expect(contract.channels.filter { $0.channel == .phone }.map(\.hours) == ["office", "always"])
        #expect(contract.channels.first { $0.channel == .visit }?.hours == "visits")
        let visits = try #require(contract.calendar("visits"))
        #expect(visits.openings.map(\.opens) == Array(repeating: 600, count: 5))
        #expect(visits.openings.map(\.closes) == Array(repeating: 1020, count: 5))
    }

    @Test func `SE-13 and SE-14 complaints are compared with the outages`() {
        #expect(Contract.seres.kinds.filter(\.isComplaint).map(\.key) == ["complaint"])
    }

    @Test func `SE-14 and SE-15 planned downtime and what others cause do not count`() throws {
        let promise = try #require(Contract.seres.plans[0].availability)
        #expect(!promise.policy.maintenanceCounts)
        #expect(promise.target.allowedDowntime(of: 43_200) == 302)
        #expect(promise == Contract.seres.plans[1].availability)
    }
}

@Suite struct BizflowTests {
    private let desk: ContractDesk

    init() throws { desk = try ContractDesk(.bizflow) }

    @Test(
        arguments: [
            ("critical", "2026-11-14 00:00", "2026-11-14 03:30", "2026-11-14 01:30"),
            ("high", "2026-11-14 01:30", "2026-11-14 07:30", "2026-11-14 03:30"),
            ("medium", "2026-11-14 03:30", "2026-11-14 23:30", "2026-11-14 23:30"),
            ("low", "2026-11-14 07:30", "2026-11-15 23:30", nil),
        ] as [(String, String, String, String?)])
    func `BZ-9 and BZ-6 a ticket of Friday night is due by its severity`(
        _ severity: String, _ response: String, _ resolution: String, _ update: String?
    ) throws {
        let due = try desk.due("soporte", Severity(rawValue: severity), opened: "2026-11-13 23:30")
        #expect(due["firstResponse"] == response)
        #expect(due["resolution"] == resolution)
        #expect(due["periodicUpdate"] == update)
    }

    @Test func `BZ-6 each message to the customer begins the wait for the next`() throws {
        let due = try desk.due(
            "soporte", "critical", opened: "2026-11-13 10:00", [("2026-11-13 11:15", .staffMessage(level: 1))])
        #expect(due["periodicUpdate"] == "2026-11-13 13:15")
    }

    @Test func `BZ-9 half an hour exactly is still met`() throws {
        for (second, state) in [("10:30", ClockState.met), ("10:30:01", .breached)] {
            #expect(
                try desk.state(
                    .firstResponse, "soporte", "critical", opened: "2026-11-13 10:00",
                    [("2026-11-13 " + second, .staffMessage(level: 1))]) == state)
        }
    }

    @Test func `BZ-1, BZ-2 and BZ-3 levels, kinds and severities`() {
        let contract = Contract.bizflow
        #expect(contract.levels.map(\.level) == [1, 2, 3])
        #expect(contract.kinds.map(\.key) == ["systemError", "configuration", "question", "improvement"])
        #expect(contract.severities.map(\.severity.rawValue) == ["critical", "high", "medium", "low"])
    }
}
