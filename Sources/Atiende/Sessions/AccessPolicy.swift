// How long somebody stays in, how old a password may get, and who needs a second step: what a tenant decides.

struct AccessPolicy: Sendable, Equatable {
    /// A session that nobody uses for so long ends (SE-6).
    var idleMinutes = 480
    /// However much it is used, a session ends after so many hours.
    var longestHours = 168
    /// Nil: a password does not age (SE-5).
    var passwordDays: Int?
    /// The roles that cannot come in without a second step.
    var twoStepRoles: Set<String> = []

    static let idleRange = 5...10_080
    static let longestRange = 1...720
    static let passwordRange = 1...3650

    /// Whether a session is over at an instant. A clock that was set back does not prolong it.
    func isOver(startedAt: Int, usedAt: Int, at now: Int) -> Bool {
        now - usedAt >= idleMinutes * 60 || now - startedAt >= longestHours * 3600
    }

    /// How stale `used_at` may be before it is written again: few writes, and never a surprise for the visitor.
    var touchSeconds: Int { min(60, idleMinutes * 60 / 10) }

    func standing(needsCode: Bool, role: Person.Role, passwordAt: Int?, hasTwoStep: Bool, at now: Int)
        -> Session.Standing
    {
        if needsCode { return .needsCode }
        if let days = passwordDays, let passwordAt, now - passwordAt >= days * 86_400 { return .needsPassword }
        if !hasTwoStep, twoStepRoles.contains(role.name) { return .needsTwoStep }
        return .complete
    }
}

extension AccessPolicy {
    init(_ policies: TenantPolicies) {
        if let minutes = policies.idleMinutes { idleMinutes = minutes }
        passwordDays = policies.passwordDays
    }
}
