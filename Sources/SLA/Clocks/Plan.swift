// A plan: the matrix of targets, and the steps taken as budgets are used up.

/// What happens when a clock has used a part of its budget. What the action is, the product knows; see `id`.
public struct Step: Hashable, Sendable {
    /// What the product calls the action, or empty.
    public var id: String
    public var clock: ClockKind
    /// Percent of the budget, 1 to 1,000.
    public var percent: Int
    /// Only for tickets of these severities at that instant; nothing means all.
    public var severities: [Severity]?

    public init(_ clock: ClockKind, percent: Int, severities: [Severity]? = nil, id: String = "") {
        self.id = id
        self.clock = clock
        self.percent = percent
        self.severities = severities
    }

    func matches(_ severity: Severity) -> Bool { severities?.contains(severity) ?? true }

    /// The consumption at which it fires.
    func threshold(of budget: Int) -> Int { (budget * percent + 99) / 100 }
}

/// A fault in a plan, with the path to it.
public struct PlanError: Error, Hashable, Sendable, CustomStringConvertible {
    /// `targets[4].amount`
    public let path: String
    public let reason: String

    public var description: String { "\(path): \(reason)" }
}

/// A version of a plan, checked and ready for look-ups. It never changes.
public struct Plan: Sendable {
    public let targets: [Target]
    public let steps: [Step]
    /// For each clock the positions of its targets, as listed.
    private let targetsByClock: [[Int]]
    /// For each clock the positions of its steps, by percentage, then as listed.
    private let stepsByClock: [[Int]]

    /// The most steps that one clock may have.
    public static let mostSteps = 64

    /// Refuses amounts and percentages that are out of bounds, and more than `mostSteps` steps of a clock.
    public init(targets: [Target], steps: [Step] = []) throws(PlanError) {
        for (index, target) in targets.enumerated() {
            let allowed = target.unit.allowedAmounts
            guard allowed.contains(target.amount) else {
                let bound = target.amount < 1 ? "at least 1" : "at most \(allowed.upperBound)"
                throw PlanError(path: "targets[\(index)].amount", reason: "must be \(bound)")
            }
        }
        var counts = [Int](repeating: 0, count: ClockKind.allCases.count)
        for (index, step) in steps.enumerated() {
            guard 1...1000 ~= step.percent else {
                throw PlanError(path: "steps[\(index)].percent", reason: "must be between 1 and 1000")
            }
            counts[step.clock.position] += 1
            guard counts[step.clock.position] <= Self.mostSteps else {
                throw PlanError(path: "steps[\(index)]", reason: "a clock has at most \(Self.mostSteps) steps")
            }
        }
        self.targets = targets
        self.steps = steps
        targetsByClock = ClockKind.allCases.map { clock in targets.indices.filter { targets[$0].clock == clock } }
        stepsByClock = ClockKind.allCases.map { clock in
            steps.indices.filter { steps[$0].clock == clock }.sorted {
                (steps[$0].percent, $0) < (steps[$1].percent, $1)
            }
        }
    }

    /// The position of the target for a clock: the most specific one, and of two alike the first listed.
    func target(for clock: ClockKind, severity: Severity, channel: Channel, level: Int) -> Int? {
        var best: Int?
        var bestRank = -1
        for index in targetsByClock[clock.position] where targets[index].severity == severity {
            if let wanted = targets[index].channel, wanted != channel { continue }
            if let wanted = targets[index].level, wanted != level { continue }
            let rank = (targets[index].channel == nil ? 0 : 2) + (targets[index].level == nil ? 0 : 1)
            if rank > bestRank {
                best = index
                bestRank = rank
            }
        }
        return best
    }

    /// The positions of a clock's steps, by percentage, then as listed.
    func steps(of clock: ClockKind) -> [Int] { stepsByClock[clock.position] }
}
