// Who may use a route. Each route says so; the gate asks here and nowhere else.

public enum Admission: Sendable, CaseIterable {
    /// Also without an account.
    case anyone
    /// Whoever gave the right password and not yet the code of the second step.
    case code
    /// A new password: also for whoever must choose one before anything else.
    case password
    /// Setting up a second step: also for whoever must do so before anything else.
    case twoStep
    /// Whoever is in, however far.
    case leaving
    case signedIn
    /// A customer who is here for an organization.
    case customer
    /// A customer who invites and removes the people of the organization that he is here for.
    case manager
    /// Technicians and admins.
    case staff
    /// Technicians who lead, and admins.
    case lead
    case admin

    enum Verdict: Equatable {
        case admitted
        /// Something else comes first, there.
        case elsewhere(String)
        /// There is nothing here for this person.
        case nothing
    }

    func verdict(on session: Session) -> Verdict {
        switch (self, session.standing) {
        case (.anyone, _), (.leaving, _), (.code, .needsCode), (.password, .needsPassword), (.twoStep, .needsTwoStep):
            .admitted
        case (_, .needsCode), (_, .needsPassword), (_, .needsTwoStep), (.code, .complete):
            .elsewhere(session.standing.path)
        case (_, .complete):
            admits(session) ? .admitted : .nothing
        }
    }

    private func admits(_ session: Session) -> Bool {
        let person = session.person
        return switch self {
        case .anyone, .code, .password, .twoStep, .leaving, .signedIn: true
        case .customer: person.role == .customer && session.membership != nil
        case .manager: person.role == .customer && session.membership?.isManager == true
        case .staff: person.role.isStaff
        case .lead: person.role == .admin || person.role.isStaff && person.isLead
        case .admin: person.role == .admin
        }
    }
}
