// What comes of a sign-up: a new organization, somebody who waits to join one, or only a letter. It is decided within
// one write, so that of two who come at once the second one finds what the first one left.

internal import Markup
internal import SQL

struct SignUpFiling: Sendable {
    let visit: Visit
    let desk: Desk
    let signUp: SignUpRequest
    /// To those who decide, made ready before it is known whether they are sent: an address that is known is as much work
    /// as one that is not, and the database's writer waits for neither.
    private let notices: [Person.ID: (what: SignUpLetters.Waiting, letter: WrittenLetter)]

    init(visit: Visit, desk: Desk, signUp: SignUpRequest) throws(Refusal) {
        self.visit = visit
        self.desk = desk
        self.signUp = signUp
        let (isKnown, readers) = try desk.read { connection in
            let organization = try connection.organization(taxID: signUp.taxID)
            let readers = try connection.whoDecides(onJoining: organization)
            return (organization != nil, try readers.compactMap { try connection.person($0) })
        }
        let letters = SignUpLetters(visit: visit, desk: desk)
        let what: SignUpLetters.Waiting = isKnown ? .person : .organization
        var notices: [Person.ID: (what: SignUpLetters.Waiting, letter: WrittenLetter)] = [:]
        for reader in readers { notices[reader.id] = (what, try letters.waiting(what, reader)) }
        self.notices = notices
    }

    private var now: Int { visit.now }
    private var letters: SignUpLetters { SignUpLetters(visit: visit, desk: desk) }

    func file(in connection: Connection) throws {
        try connection.forgetSignUps(before: now - SignUpLimits.memorySeconds)
        let sent = try connection.signUpLetters(to: signUp.email, since: now - SignUpLimits.letterSeconds)
        guard sent < SignUpLimits.letters else { return }
        let known = try connection.organization(taxID: signUp.taxID)
        if known == nil, case .known = signUp.company {
            return try answer(letters.unknown(signUp.email, signUp.language), to: nil, connection)
        }
        if let person = try connection.person(email: signUp.email.text),
            try !makeWay(person, joining: known, connection)
        {
            return try remind(person, connection)
        }
        // The organization may have gone with the sign-up that made way.
        switch (try connection.organization(taxID: signUp.taxID), signUp.company) {
        case (let organization?, _): try join(organization, connection)
        case (nil, .new(let details)): try found(details, connection)
        case (nil, .known): try answer(letters.unknown(signUp.email, signUp.language), to: nil, connection)
        }
    }

    // MARK: The address is known

    /// Whether the address is free: whoever typed something wrong and signs up again before he followed the link begins
    /// anew. Those who only ask again keep what they have.
    private func makeWay(
        _ person: Person, joining organization: OrganizationRecord?, _ connection: Connection
    ) throws -> Bool {
        if case .known = signUp.company, let organization, try connection.isMember(person.id, of: organization.id) {
            return false
        }
        return try connection.forgetSignUp(of: person.id)
    }

    /// The owner of the address hears that somebody, perhaps he himself, tried.
    private func remind(_ person: Person, _ connection: Connection) throws {
        switch person.state {
        case .invited:
            let link = try letters.invitation(signUp.email, visit.language(of: person))
            try connection.send(link, to: person.id, at: now)
            try record(person.id, isDone: false, connection)
        case .active:
            try answer(letters.known(signUp.email, visit.language(of: person)), to: person.id, connection)
        case .pending, .deactivated:
            try answer(letters.closed(signUp.email, visit.language(of: person)), to: person.id, connection)
        }
    }

    private func answer(_ letter: WrittenLetter, to person: Person.ID?, _ connection: Connection) throws {
        try connection.enqueue(letter, at: now)
        try record(person, isDone: false, connection)
    }

    // MARK: Somebody new

    /// The one place where an organization comes in by itself. Who signed it up manages it; the provider has not taken
    /// it on yet.
    private func found(_ details: OrganizationDetails, _ connection: Connection) throws {
        let organization = try connection.insert(details, state: .pending, at: now)
        let person = try insertPerson(connection)
        try connection.insertMembership(of: person, in: organization, isManager: true, at: now)
        // The clock of the new account runs from here (SE-14), where the contract promises one.
        try connection.openOnboarding(
            of: organization, by: person, for: person, desk.ticketRules, at: now)
        try invite(person, "signup.letter.reason.founds", connection)
        let wasTold = try connection.othersWait(besides: organization, since: now - SignUpLimits.noticeSeconds)
        if !wasTold { try tell(try connection.admins(), .organization, connection) }
        try record(person, organization, connection)
    }

    /// Waits for whoever manages the organization. One that the provider has not taken on, or no more, has nobody who
    /// could vouch for others: anybody may have signed it up.
    private func join(_ organization: OrganizationRecord, _ connection: Connection) throws {
        let person = try insertPerson(connection)
        try connection.insertMembership(
            of: person, in: organization.id, isManager: false, isPending: true, at: now)
        try invite(person, "signup.letter.reason.joins", connection)
        let since = now - SignUpLimits.noticeSeconds
        if try !connection.othersWait(for: organization.id, besides: person, since: since) {
            try tell(try connection.whoDecides(onJoining: organization), .person, connection)
        }
        try record(person, organization.id, connection)
    }

    private func insertPerson(_ connection: Connection) throws -> Person.ID {
        let person = try connection.insert(
            NewPerson(
                email: signUp.email.text, name: signUp.name.text, role: .customer, state: .invited,
                phone: signUp.phone, language: signUp.language.rawValue), at: now)
        try connection.rememberSignUp(of: person, at: now)
        return person
    }

    private func invite(_ person: Person.ID, _ reason: String, _ connection: Connection) throws {
        let link = try letters.invitation(signUp.email, signUp.language, reason: reason)
        try connection.send(link, to: person, at: now)
    }

    private func tell(_ readers: [Person.ID], _ what: SignUpLetters.Waiting, _ connection: Connection) throws {
        for reader in readers {
            if let notice = notices[reader], notice.what == what {
                try connection.enqueue(notice.letter, at: now)
            } else if let person = try connection.person(reader) {
                // Somebody changed something since: rare, and told nobody.
                try connection.enqueue(try letters.waiting(what, person), at: now)
            }
        }
    }

    // MARK: The trail

    /// Names the rows in words alone: a reference would keep for ever what may be forgotten.
    private func record(
        _ person: Person.ID?, _ organization: Organization.ID? = nil, isDone: Bool = true, _ connection: Connection
    ) throws {
        try connection.record(
            visit.entry(
                .signedUp, person.map { "person:\($0)" } ?? "", isDone: isDone,
                after: organization.map { "organization:\($0)" } ?? ""))
    }
}
