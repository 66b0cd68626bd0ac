// Firing the steps of a plan as its budgets are used up.

extension TicketFold {
    /// Fires what is due up to an instant and including it, as things stand.
    mutating func fireSteps(until instant: Instant) throws(SLAError) {
        for position in slots.indices where slots[position].phase == .live {
            guard let run = slots[position].run, let next = runs[run].nextStep, next <= instant else { continue }
            let consumed = runs[run].consumed(at: instant)
            try fire(run, upTo: consumed, notBefore: nil)
            scheduleStep(run)
        }
    }

    /// Fires what a change has put behind, at the instant of the change, and looks for the next step.
    mutating func catchUp(_ run: Int, at instant: Instant) throws(SLAError) {
        guard !plan.index.steps(of: runs[run].clock).isEmpty else { return }
        try fire(run, upTo: runs[run].consumed(at: instant), notBefore: instant)
        scheduleStep(run)
    }

    /// Fires the matching steps with thresholds up to a consumption, each when it was reached or at `notBefore`.
    private mutating func fire(_ run: Int, upTo consumed: Int, notBefore: Instant?) throws(SLAError) {
        for (bit, step) in plan.index.steps(of: runs[run].clock).enumerated() where runs[run].fired & 1 << bit == 0 {
            let threshold = step.threshold(of: runs[run].terms.budget)
            guard threshold <= consumed else { break }
            guard step.matches(severityNumber) else { continue }
            var at = runs[run].mark
            if let notBefore {
                at = notBefore
            } else if threshold > runs[run].consumed {
                at = try runs[run].terms.calendar.add(at, threshold - runs[run].consumed)
            }
            runs[run].fired |= 1 << bit
            fired.append(
                FiredStep(
                    step: step.index, clock: runs[run].clock, at: at, percent: step.percent, run: run, plan: planNumber)
            )
        }
    }

    /// Works out when the next step of a live run fires if nothing changes.
    mutating func scheduleStep(_ run: Int) {
        runs[run].nextStep = nil
        guard runs[run].isCounting else { return }
        for (bit, step) in plan.index.steps(of: runs[run].clock).enumerated() where runs[run].fired & 1 << bit == 0 {
            let threshold = step.threshold(of: runs[run].terms.budget)
            guard threshold > runs[run].consumed, step.matches(severityNumber) else { continue }
            // A calendar that does not open in ten years can say nothing now; the consumption will tell.
            runs[run].nextStep =
                (try? runs[run].terms.calendar.add(runs[run].mark, threshold - runs[run].consumed)) ?? .earliest
            return
        }
    }

    /// Marks the steps of a new plan that are the same as steps already fired: they do not fire again.
    mutating func carryFiredSteps(to new: Plan) {
        for run in runs.indices where runs[run].fired != 0 {
            let clock = runs[run].clock
            let done = plan.index.steps(of: clock).enumerated().filter { runs[run].fired & 1 << $0.offset != 0 }
            let doneSteps = done.map { plan.steps[$0.element.index] }
            runs[run].fired = 0
            for (bit, step) in new.index.steps(of: clock).enumerated() where doneSteps.contains(new.steps[step.index]) {
                runs[run].fired |= 1 << bit
            }
        }
    }
}
