// Firing the steps of a plan as its budgets are used up.

extension TicketFold {
    /// Fires what is due up to an instant and including it, as things stand.
    mutating func fireSteps(until instant: Instant) throws(SLAError) {
        for slot in slots where slot.phase == .live {
            guard let run = slot.run, let next = runs[run].nextStep, next <= instant else { continue }
            let consumed = runs[run].consumed(at: instant)
            try fire(run, upTo: consumed, notBefore: nil)
            scheduleStep(run)
        }
    }

    /// Fires what a change has put behind, at the instant of the change, and looks for the next step.
    mutating func catchUp(_ run: Int, at instant: Instant) throws(SLAError) {
        guard !plan.steps(of: runs[run].clock).isEmpty else { return }
        try fire(run, upTo: runs[run].consumed(at: instant), notBefore: instant)
        scheduleStep(run)
    }

    /// Fires the matching steps with thresholds up to a consumption, each when it was reached or at `notBefore`.
    private mutating func fire(_ run: Int, upTo consumed: Int, notBefore: Instant?) throws(SLAError) {
        for (bit, index) in plan.steps(of: runs[run].clock).enumerated() where runs[run].fired & 1 << bit == 0 {
            let step = plan.steps[index]
            let threshold = step.threshold(of: runs[run].terms.budget)
            guard threshold <= consumed else { break }
            guard step.matches(severity) else { continue }
            var at = runs[run].mark
            if let notBefore {
                at = notBefore
            } else if threshold > runs[run].consumed {
                at = try runs[run].terms.calendar.add(at, threshold - runs[run].consumed)
            }
            runs[run].fired |= 1 << bit
            fired.append(
                FiredStep(
                    step: index, clock: step.clock, at: at, percent: step.percent, run: run, plan: planNumber))
        }
    }

    /// Works out when the next step of a live run fires if nothing changes.
    mutating func scheduleStep(_ run: Int) {
        runs[run].nextStep = nil
        guard runs[run].isCounting else { return }
        for (bit, index) in plan.steps(of: runs[run].clock).enumerated() where runs[run].fired & 1 << bit == 0 {
            let threshold = plan.steps[index].threshold(of: runs[run].terms.budget)
            guard threshold > runs[run].consumed, plan.steps[index].matches(severity) else { continue }
            // A calendar that does not open in ten years can say nothing now; the consumption will tell.
            runs[run].nextStep =
                (try? runs[run].terms.calendar.add(runs[run].mark, threshold - runs[run].consumed)) ?? .earliest
            return
        }
    }

    /// Marks the steps of a new plan that are the same as steps already fired: they do not fire again.
    mutating func carryFiredSteps(to new: Plan) {
        for run in runs.indices where runs[run].fired != 0 {
            let old = plan.steps(of: runs[run].clock)
            var carried: UInt64 = 0
            for (bit, index) in new.steps(of: runs[run].clock).enumerated()
            where old.enumerated().contains(where: {
                runs[run].fired & 1 << $0.offset != 0 && plan.steps[$0.element] == new.steps[index]
            }) {
                carried |= 1 << bit
            }
            runs[run].fired = carried
        }
    }
}
