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
}

/// A fault in a plan, with the path to it.
public struct PlanError: Error, Hashable, Sendable, CustomStringConvertible {
    /// `targets[4].amount`
    public let path: String
    public let reason: String

    public var description: String { "\(path): \(reason)" }
}

/// A version of a plan, checked and ready for look-ups. It never changes; passing it on costs one reference.
public final class Plan: Sendable {
    public let targets: [Target]
    public let steps: [Step]
    let index: PlanIndex

    /// The most steps that one clock may have.
    public static let mostSteps = 64
    /// The most severities that the steps may name.
    public static let mostSeverities = 64

    /// Refuses amounts and percentages that are out of bounds, and more steps or severities than there may be.
    public init(targets: [Target], steps: [Step] = []) throws(PlanError) {
        for (index, target) in targets.enumerated() {
            let allowed = target.unit.allowedAmounts
            guard allowed.contains(target.amount) else {
                let bound = target.amount < 1 ? "at least 1" : "at most \(allowed.upperBound)"
                throw PlanError(path: "targets[\(index)].amount", reason: "must be \(bound)")
            }
        }
        try Self.check(steps)
        self.targets = targets
        self.steps = steps
        index = PlanIndex(targets, steps)
    }

    private static func check(_ steps: [Step]) throws(PlanError) {
        var counts = [Int](repeating: 0, count: ClockKind.allCases.count)
        var severities = Set<Severity>()
        for (index, step) in steps.enumerated() {
            guard 1...1000 ~= step.percent else {
                throw PlanError(path: "steps[\(index)].percent", reason: "must be between 1 and 1000")
            }
            counts[step.clock.position] += 1
            guard counts[step.clock.position] <= mostSteps else {
                throw PlanError(path: "steps[\(index)]", reason: "a clock has at most \(mostSteps) steps")
            }
            severities.formUnion(step.severities ?? [])
            guard severities.count <= mostSeverities else {
                throw PlanError(path: "steps[\(index)].severities", reason: "there are more than \(mostSeverities)")
            }
        }
    }
}
