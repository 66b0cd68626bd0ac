// One line of the trail: who did what to whom, from where, and whether it was done.

internal import SQL

struct AuditEntry: Sendable, Equatable {
    let at: Int
    /// Nil for somebody who is not in.
    let actor: Person.ID?
    let act: Act
    /// What it was done to, with its number: `person:12`; empty where the act says it all.
    let subject: String
    /// The organization whose data it concerns.
    let organization: Organization.ID?
    let isDone: Bool
    let address: String
    /// What was so before and is so now, in finished words; both empty for a reading.
    let before: String
    let after: String

    enum Act: String, Sendable, CaseIterable, SQLValue {
        case loggedIn = "login"
        case loginFailed = "login.failed"
        case codeFailed = "login.code"
        case codeAccepted = "login.codeAccepted"
        case recoveryCodeUsed = "login.recoveryCode"
        case loggedOut = "logout"
        case sessionEnded = "session.end"
        case organizationChosen = "session.organization"
        case turnedAway = "access"
        case signedUp = "signup"
        case approved = "signup.approve"
        case declined = "signup.decline"
        case linkSent = "link.send"
        case passwordSet = "password.set"
        case passwordChanged = "password.change"
        case addressChanged = "email.change"
        case twoStepOn = "twoStep.on"
        case twoStepOff = "twoStep.off"
        case recoveryCodesMade = "twoStep.codes"
        case identityAsked = "identity.ask"
        case personRead = "person.read"
        case personAdded = "person.add"
        case personChanged = "person.change"
        case personDeactivated = "person.deactivate"
        case personReactivated = "person.reactivate"
        case memberAdded = "member.add"
        case memberRemoved = "member.remove"
        case memberOffered = "member.offer"
        case offerAccepted = "member.accept"
        case offerDeclined = "member.decline"
        case offerWithdrawn = "member.withdraw"
        case organizationRead = "organization.read"
        case organizationAdded = "organization.add"
        case organizationChanged = "organization.change"
        case organizationsMerged = "organization.merge"
        case accountInOperation = "organization.operate"
        case agreementSigned = "agreement.sign"
        case agreementAccepted = "agreement.accept"
        case agreementChanged = "agreement.change"
        case noteAdded = "note.add"
        case settingsChanged = "settings.change"
        case exported = "export"
        case imported = "import"
        case trailRead = "audit.read"
        case mailRead = "mail.read"
        case ticketRead = "ticket.read"
        case ticketOpened = "ticket.open"
        case ticketAnswered = "ticket.answer"
        case ticketNoted = "ticket.note"
        case ticketChanged = "ticket.change"
    }
}

extension AuditEntry {
    /// The same line once it is known what is so now.
    func with(before: String? = nil, after: String) -> AuditEntry {
        AuditEntry(
            at: at, actor: actor, act: act, subject: subject, organization: organization, isDone: isDone,
            address: address, before: before ?? self.before, after: after)
    }
}

extension Visit {
    /// What the visitor does, or tries to.
    func entry(
        _ act: AuditEntry.Act, _ subject: String = "", of organization: Organization.ID? = nil,
        by actor: Person.ID? = nil, isDone: Bool = true, before: String = "", after: String = ""
    ) -> AuditEntry {
        AuditEntry(
            at: now, actor: actor ?? session?.person.id, act: act, subject: subject, organization: organization,
            isDone: isDone,
            address: clientAddress, before: before, after: after)
    }

    /// Adds to the trail what was only looked at; the page does not wait for it.
    func trace(_ entry: AuditEntry) {
        desk?.database.write({ try $0.record(entry) }) { [site] result in
            if case .failure(let error) = result { site.installation.log.write(.error, "audit", [("why", "\(error)")]) }
        }
    }
}
