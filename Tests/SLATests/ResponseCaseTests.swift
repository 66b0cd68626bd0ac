// Answers, updates, levels and steps in the cases that other systems got wrong.

import SLA
import Testing

@Suite struct ResponseCaseTests {
    @Test func `an answer that pauses is an answer first`() throws {
        var story = try Story(
            mexicanOffice(), [hours(.firstResponse, 2, pausedBy: [.waitingCustomer])], opened: "2026-03-02T09:00")
        try story.then("2026-03-02T10:00", .staffMessage(level: 1))
        try story.then("2026-03-02T10:00", .status(.waitingCustomer))
        #expect(try story.clock(.firstResponse, "2026-03-02T12:00").state == .met)
    }

    @Test func `until the first answer there is no next response`() throws {
        var story = try Story(
            mexicanOffice(), [hours(.firstResponse, 4), hours(.nextResponse, 2)], opened: "2026-03-02T10:00")
        try story.then("2026-03-02T11:00", .customerMessage)
        #expect(try story.due(.firstResponse, "2026-03-02T12:00") == story.at("2026-03-02T14:00"))
        #expect(try !story.hasClock(.nextResponse, "2026-03-02T12:00"))
    }

    @Test func `a customer who stays silent never makes staff late`() throws {
        var story = try Story(mexicanOffice(), [hours(.nextResponse, 2)], opened: "2026-03-02T10:00")
        try story.then("2026-03-02T11:00", .staffMessage(level: 1))
        try story.then("2026-03-02T12:00", .customerMessage)
        try story.then("2026-03-02T13:00", .staffMessage(level: 1))
        let read = try story.read("2026-03-20T12:00")
        #expect(read.clocks.map(\.state) == [.met])
    }

    @Test func `the next response is due from the oldest message without an answer`() throws {
        var story = try Story(mexicanOffice(), [hours(.nextResponse, 2)], opened: "2026-03-03T10:00")
        try story.then("2026-03-03T11:00", .staffMessage(level: 1))
        try story.then("2026-03-03T17:30", .customerMessage)
        try story.then("2026-03-03T17:50", .customerMessage)
        #expect(try story.due(.nextResponse, "2026-03-03T18:00") == story.at("2026-03-04T10:30"))
    }

    @Test func `each update restarts the update clock in business hours`() throws {
        var story = try Story(mexicanOffice(), [hours(.periodicUpdate, 2)], opened: "2026-03-06T15:00")
        try story.then("2026-03-06T17:30", .staffMessage(level: 1))
        #expect(try story.due(.periodicUpdate, "2026-03-07T10:00") == story.at("2026-03-09T10:30"))
        try story.then("2026-03-09T09:30", .staffMessage(level: 1))
        let states = try story.read("2026-03-09T10:00").clocks.map(\.state)
        #expect(states == [.breached, .met, .running])
    }

    @Test func `a level answers for its own time and the customer's clock does not notice`() throws {
        var story = try Story(
            mexicanOffice(),
            [hours(.levelResponse, 10, level: 1), hours(.levelResponse, 30, level: 2), hours(.resolution, 40)],
            opened: "2026-03-02T09:00")
        try story.then("2026-03-03T12:00", .level(2))
        let read = try story.read("2026-03-03T12:00")
        let first = try #require(read.clocks.first { $0.level == 1 })
        #expect(first.state == .cancelled && first.remaining == -2 * 3600 && first.breachedAt != nil)
        let second = try #require(read.clocks.first { $0.level == 2 })
        #expect(second.consumed == 0 && second.budget == 30 * 3600)
        #expect(try story.clock(.resolution, "2026-03-03T12:00").remaining == 28 * 3600)
    }

    @Test func `mail counts from its date only if that can be believed`() {
        let received = instant("2026-03-02T10:00:00Z")
        let cases: [(String, Instant)] = [
            ("2026-03-02T09:00:00Z", instant("2026-03-02T09:00:00Z")),
            ("2026-03-01T10:00:00Z", instant("2026-03-01T10:00:00Z")),
            ("2026-03-01T09:59:59Z", received), ("2026-03-02T10:00:01Z", received),
        ]
        for (sent, opened) in cases {
            #expect(MailCountsFrom.sent.opening(received: received, sent: instant(sent)) == opened)
            #expect(MailCountsFrom.received.opening(received: received, sent: instant(sent)) == received)
        }
        #expect(MailCountsFrom.sent.opening(received: received, sent: nil) == received)
    }
}

@Suite struct StepCaseTests {
    @Test func `steps fire at business instants, before and after the due one`() throws {
        let percents = [50, 75, 125]
        let story = try Story(
            mexicanOffice(), [hours(.resolution, 4)], steps: percents.map { Step(.resolution, percent: $0) },
            opened: "2026-03-02T17:00")
        let read = try story.read("2026-03-04T09:00")
        #expect(
            try read.fired.map(\.at) == [
                story.at("2026-03-03T10:00"), story.at("2026-03-03T11:00"), story.at("2026-03-03T13:00"),
            ])
        #expect(try read.clocks[0].dueAt == story.at("2026-03-03T12:00"))
    }

    @Test func `nothing fires over the weekend, and each run fires its own`() throws {
        var story = try Story(
            mexicanOffice(), [hours(.periodicUpdate, 1)],
            steps: [100, 200].map { Step(.periodicUpdate, percent: $0) }, opened: "2026-03-06T16:00")
        try story.then("2026-03-09T09:30", .staffMessage(level: 1))
        let fired = try story.read("2026-03-09T12:00").fired
        #expect(
            try fired.map(\.at) == [
                story.at("2026-03-06T17:00"), story.at("2026-03-06T18:00"), story.at("2026-03-09T10:30"),
                story.at("2026-03-09T11:30"),
            ])
        #expect(fired.map(\.run) == [0, 0, 1, 1])
    }

    @Test func `asking late finds every step once and in order`() throws {
        let story = try Story(
            mexicanOffice(), [hours(.firstResponse, 2)],
            steps: [150, 100, 50].map { Step(.firstResponse, percent: $0) }, opened: "2026-03-02T09:00")
        let fired = try story.read("2026-03-02T15:00").fired
        #expect(fired.map(\.percent) == [50, 100, 150])
        #expect(
            try story.read("2026-03-02T09:30").nextInstant == story.at("2026-03-02T10:00"))
    }

    @Test func `asking at every next instant finds the same steps as asking once`() throws {
        let story = try Story(
            mexicanOffice(), [hours(.firstResponse, 2), hours(.resolution, 7)],
            steps: [33, 90, 100, 140].flatMap { [Step(.firstResponse, percent: $0), Step(.resolution, percent: $0)] },
            opened: "2026-03-02T09:00")
        var seen: [FiredStep] = []
        var next = try story.fold.evaluation(at: story.at("2026-03-02T09:00")).nextInstant
        while let at = next {
            let read = try story.fold.evaluation(at: at)
            seen = read.fired
            next = read.nextInstant
        }
        #expect(try seen == story.read("2026-03-12T09:00").fired)
    }

    @Test func `the explanation of a due instant names the holiday`() throws {
        let story = try Story(mexicanOffice(), [hours(.resolution, 6)], opened: "2026-03-13T17:00")
        let now = try story.at("2026-03-13T17:00")
        #expect(try story.due(.resolution, "2026-03-13T17:00") == story.at("2026-03-17T14:00"))
        let told = try #require(try story.fold.explanation(of: 0, at: now))
        #expect(
            told.stretches.map(\.kind) == [
                .counted, .closed, .holiday("Natalicio de Benito Juárez"), .closed, .counted,
            ])
    }
}

@Suite struct RefusalTests {
    @Test func `amounts and percentages out of bounds are refused with their path`() throws {
        for (amount, reason) in [(0, "at least 1"), (-5, "at least 1"), (900_000, "at most 876600")] {
            let error = #expect(throws: PlanError.self) {
                try Plan(targets: [hours(.resolution, 1), hours(.resolution, amount)])
            }
            #expect(error?.description == "targets[1].amount: must be \(reason)")
        }
        #expect(throws: PlanError.self) { try Plan(targets: [], steps: [Step(.resolution, percent: 0)]) }
        #expect(throws: PlanError.self) {
            try Plan(targets: [], steps: (1...65).map { Step(.resolution, percent: $0) })
        }
    }

    @Test func `events without an opening, opened twice or out of order are refused`() throws {
        let plan = try Plan(targets: [])
        let opening = TicketEvent.Kind.opened(severity: "1", channel: "web", level: 1)
        let now = instant("2026-03-02T10:00:00Z")
        let earlier = instant("2026-03-02T09:00:00Z")
        var fold = TicketFold(plan: plan, calendars: [:])
        #expect(throws: SLAError.notOpened) { try fold.apply(TicketEvent(at: now, .merged)) }
        fold = TicketFold(plan: plan, calendars: [:])
        try fold.apply(TicketEvent(at: now, opening))
        #expect(throws: SLAError.openedTwice(now)) { try fold.apply(TicketEvent(at: now, opening)) }
        #expect(throws: SLAError.outOfOrder(earlier)) { try fold.apply(TicketEvent(at: earlier, .merged)) }
        #expect(try evaluate([], plan: plan, calendars: [:], at: now).clocks.isEmpty)
    }

    @Test func `a target on a calendar that nobody gave fails the whole case with its name`() throws {
        let plan = try Plan(targets: [hours(.resolution, 1)])
        let event = TicketEvent(at: .earliest, .opened(severity: "3", channel: "web", level: 1))
        #expect(throws: SLAError.unknownCalendar("main")) {
            try evaluate([event], plan: plan, calendars: [:], at: .latest)
        }
    }

    @Test func `a ticket from the beginning to the end of time is evaluated without a trap`() throws {
        let targets = ClockKind.allCases.map { Target($0, severity: "1", amount: 876_600, unit: .hours, calendar: "") }
        let plan = try Plan(targets: targets, steps: ClockKind.allCases.map { Step($0, percent: 1000) })
        let events = [
            TicketEvent(at: .earliest, .opened(severity: "1", channel: "", level: .min)),
            TicketEvent(at: .earliest, .staffMessage(level: .max)), TicketEvent(at: .latest, .customerMessage),
        ]
        let read = try evaluate(events, plan: plan, calendars: [:], at: events[1].at)
        #expect(read.clocks.contains { $0.state == .running })
        #expect(throws: SLAError.self) { try evaluate(events, plan: plan, calendars: [:], at: .latest) }
    }
}
