// Every golden vector about tickets: at once, event by event, and explained.

import SLA
import Testing

@Suite struct GoldenTicketTests {
    @Test(arguments: ["tickets.jsonl", "edge.jsonl"])
    func `every vector gets its clocks and its steps`(file: String) throws {
        var wrong: [String] = []
        for vector in try Golden.cases(file) where vector["plan"] != nil {
            let plan = try vector.json("plan")
            let evaluation = try evaluate(
                vector.list("events").map { try $0.event() }, plan: plan.plan(), calendars: plan.calendars(),
                at: vector.instant("at"))
            let expected = try vector.json("expect")
            let clocks = try expected.list("clocks").map { try $0.clockLine() }.sorted()
            if evaluation.clocks.map(\.line).sorted() != clocks {
                wrong.append("\(try vector.text("id")): \(evaluation.clocks.map(\.line)), not \(clocks)")
            }
            let fired = try expected.list("fired").map { "\(try $0.number("step")) \(try $0.text("at"))" }
            if evaluation.fired.map({ "\($0.step) \($0.at)" }) != fired {
                wrong.append("\(try vector.text("id")): \(evaluation.fired), not \(fired)")
            }
        }
        #expect(wrong == [])
    }

    @Test(arguments: ["tickets.jsonl", "edge.jsonl"])
    func `folding one event at a time and asking between them changes nothing`(file: String) throws {
        for vector in try Golden.cases(file) where vector["plan"] != nil {
            let plan = try vector.json("plan")
            let events = try vector.list("events").map { try $0.event() }
            let end = try vector.instant("at")
            var fold = TicketFold(plan: try plan.plan(), calendars: try plan.calendars())
            for event in events where event.at <= end {
                try fold.apply(event)
                _ = try fold.evaluation(at: event.at)
            }
            let atOnce = try evaluate(events, plan: plan.plan(), calendars: plan.calendars(), at: end)
            let stepwise = try fold.evaluation(at: end)
            #expect(stepwise.clocks == atOnce.clocks)
            #expect(stepwise.fired == atOnce.fired)
            #expect(stepwise.milestones == atOnce.milestones)
            #expect(stepwise.nextInstant == atOnce.nextInstant)
        }
    }

    @Test func `explanations add up to what was consumed and end when it is due`() throws {
        for vector in try Golden.cases("tickets.jsonl") {
            let plan = try vector.json("plan")
            let end = try vector.instant("at")
            var fold = TicketFold(plan: try plan.plan(), calendars: try plan.calendars())
            for event in try vector.list("events").map({ try $0.event() }) where event.at <= end {
                try fold.apply(event)
            }
            for (index, clock) in try fold.evaluation(at: end).clocks.enumerated() {
                let explanation = try #require(try fold.explanation(of: index, at: end))
                check(explanation, clock, at: end)
            }
        }
    }

    private func check(_ explanation: Explanation, _ clock: ClockReading, at end: Instant) {
        #expect(explanation.isComplete)
        var at = clock.startedAt
        var total = 0
        for stretch in explanation.stretches {
            #expect(stretch.from == at && stretch.from < stretch.to)
            at = stretch.to
            if stretch.kind == .counted { total += stretch.from.distance(to: stretch.to) }
            #expect(stretch.total == total)
        }
        let isAhead = clock.isLive && clock.state == .running && clock.consumed < clock.budget
        #expect(total == (isAhead ? clock.budget : clock.consumed))
        #expect(at == (isAhead ? clock.dueAt : clock.stoppedAt ?? end))
    }
}
