// What holds for every ticket, tried on random ones.

import SLA
import Testing

@Suite struct ClockPropertyTests {
    private struct Case {
        var plan: Plan
        var calendars: [String: CalendarHistory]
        var events: [TicketEvent]
        var at: Instant
    }

    private func forRandomTickets(
        _ seed: UInt64, steps: Bool = true, _ property: (inout SplitMix, Case) throws -> String?
    ) throws {
        var random = SplitMix(seed: seed)
        var wrong: [String] = []
        for _ in 0..<40 {
            let calendars = ["main": CalendarHistory(try random.calendar())]
            for _ in 0..<50 {
                let kinds = ClockKind.allCases + ClockKind.allCases
                let steps = (steps ? kinds : []).map { clock in
                    Step(clock, percent: random.next(in: 1...150), severities: random.chance(4) ? ["1"] : nil)
                }
                let events = random.events(random.next(in: 1...14))
                let end = Instant(clamping: (events.last?.at.seconds ?? 0) + random.next(in: 0...200_000))
                let ticket = Case(
                    plan: try Plan(targets: random.targets(), steps: steps), calendars: calendars, events: events,
                    at: end)
                if let fault = try property(&random, ticket) { wrong.append("\(events) at \(end): \(fault)") }
            }
        }
        #expect(wrong.prefix(2) == [])
    }

    @Test func `folding one at a time, asking between, is folding at once`() throws {
        try forRandomTickets(21) { random, ticket in
            let whole = try evaluate(ticket.events, plan: ticket.plan, calendars: ticket.calendars, at: ticket.at)
            var fold = TicketFold(plan: ticket.plan, calendars: ticket.calendars)
            for event in ticket.events {
                try fold.apply(event)
                _ = try fold.evaluation(at: event.at)
            }
            let parts = try fold.evaluation(at: ticket.at)
            let isSame =
                parts.clocks == whole.clocks && parts.fired == whole.fired && parts.milestones == whole.milestones
            return isSame ? nil : "\(parts) is not \(whole)"
        }
    }

    @Test func `events in any order of listing give the same as long as their seconds differ`() throws {
        try forRandomTickets(22) { random, ticket in
            guard Set(ticket.events.map(\.at)).count == ticket.events.count else { return nil }
            let shuffled = ticket.events.shuffled(using: &random)
            let one = try evaluate(ticket.events, plan: ticket.plan, calendars: ticket.calendars, at: ticket.at)
            let two = try evaluate(shuffled, plan: ticket.plan, calendars: ticket.calendars, at: ticket.at)
            return one.clocks == two.clocks && one.fired == two.fired ? nil : "the order of listing matters"
        }
    }

    @Test func `events later than the instant asked about change nothing`() throws {
        try forRandomTickets(23) { random, ticket in
            let at = ticket.events[random.next(in: 0...ticket.events.count - 1)].at
            let known = ticket.events.filter { $0.at <= at }
            let one = try evaluate(ticket.events, plan: ticket.plan, calendars: ticket.calendars, at: at)
            let two = try evaluate(known, plan: ticket.plan, calendars: ticket.calendars, at: at)
            return one.clocks == two.clocks && one.fired == two.fired ? nil : "the future shows"
        }
    }

    @Test func `a pause never makes a due instant earlier, and moves it by the open time paused`() throws {
        try forRandomTickets(24, steps: false) { random, ticket in
            let opened = ticket.events[0]
            let start = Instant(clamping: opened.at.seconds + random.next(in: 0...50_000))
            let end = Instant(clamping: start.seconds + random.next(in: 0...50_000))
            let pause = [
                TicketEvent(at: start, .status(.waitingCustomer)), TicketEvent(at: end, .status(.open)),
            ]
            let plain = try evaluate([opened], plan: ticket.plan, calendars: ticket.calendars, at: end)
            let paused = try evaluate([opened] + pause, plan: ticket.plan, calendars: ticket.calendars, at: end)
            for (before, after) in zip(plain.clocks, paused.clocks) {
                guard let due = before.dueAt, let later = after.dueAt else { return "a due instant is missing" }
                if later < due || after.consumed > before.consumed { return "\(before.clock): \(later) before \(due)" }
            }
            return nil
        }
    }

    @Test func `what is due lies where the budget is consumed, and steps fire in order`() throws {
        try forRandomTickets(25) { random, ticket in
            let read = try evaluate(ticket.events, plan: ticket.plan, calendars: ticket.calendars, at: ticket.at)
            for clock in read.clocks {
                if clock.consumed < 0 || clock.budget < 0 { return "\(clock)" }
                guard let due = clock.dueAt else { continue }
                let isOver = clock.consumed >= clock.budget
                if (due <= ticket.at) != isOver || due < clock.startedAt { return "\(clock)" }
            }
            let order = read.fired.map { [$0.at.seconds, $0.percent, $0.step] }
            let once = Set(read.fired.map { [$0.run, $0.step] })
            if once.count != read.fired.count { return "a step fired twice: \(read.fired)" }
            return zip(order, order.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) || $0 == $1 }
                ? nil : "\(read.fired)"
        }
    }

    @Test func `explanations of random tickets add up`() throws {
        try forRandomTickets(26, steps: false) { random, ticket in
            var fold = TicketFold(plan: ticket.plan, calendars: ticket.calendars)
            for event in ticket.events { try fold.apply(event) }
            for (index, clock) in try fold.evaluation(at: ticket.at).clocks.enumerated() {
                guard let told = try fold.explanation(of: index, at: ticket.at) else { return "none" }
                let isAhead = clock.state == .running && clock.consumed < clock.budget
                let total = told.stretches.last?.total ?? 0
                if total != (isAhead ? clock.budget : clock.consumed) { return "\(clock): \(told)" }
                if zip(told.stretches, told.stretches.dropFirst()).contains(where: { $0.to != $1.from }) {
                    return "\(told) has holes"
                }
            }
            return nil
        }
    }
}
