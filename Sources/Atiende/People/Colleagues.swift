// The people of an organization, by whoever manages it: only those of the organization that he is here for.

internal import HTTP
internal import Markup
internal import SQL

enum OwnOrganization {
    /// More names than these are for who manages them.
    private static let mostNames = 200

    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let membership = try visit.membership()
        let id = membership.organization
        let (found, people) = try visit.tenantDesk().read { connection in
            (
                try connection.organizationFacts(id),
                try connection.colleagues(in: id, from: 0, limit: mostNames + 1)
            )
        }
        guard let facts = found else { throw .notFound }
        let words = visit.words
        func fact(_ label: String, _ value: String) -> PersonPage.Fact {
            PersonPage.Fact(label: label, value: value.isEmpty ? words.text("people.nothing") : value)
        }
        let names = people.prefix(mostNames).filter { !$0.isPending && $0.state != .deactivated }
        let page = OwnOrganizationPage(
            name: facts.legalName,
            facts: [
                fact(words.text("people.org.legalName"), facts.legalName),
                fact(
                    facts.country?.taxIDName ?? words.text("people.org.taxID"),
                    TaxID.shown(facts.taxID, country: facts.country)),
                fact(words.text("people.org.address"), facts.address),
                fact(words.text("people.form.email"), facts.email),
                fact(words.text("people.form.phone"), facts.phones.map(PhoneNumber.shown).joined(separator: ", ")),
            ],
            people: names.map { OwnOrganizationPage.Name(name: $0.name, isManager: $0.isManager) },
            onboarding: try visit.onboardingCard(of: id),
            limit: people.count > mostNames
                ? words.text("people.org.more", ["count": .number(mostNames)]) : "",
            manageHref: membership.isManager ? visit.link("/organization/people") : "",
            accessesHref: visit.link("/organization/accesses"))
        return visit.show(page, visit.site.pages.ownOrganization, title: words.text("people.org.title"))
    }
}

enum Colleagues {
    private static let fields: [FieldSpec] = [
        .line("name", "people.form.name", autocomplete: "off"),
        .mail("email", "people.form.email", autocomplete: "off"),
    ]
    static let path = "/organization/people"

    static func index(_ visit: Visit, _ request: Request) throws(Refusal) -> Response { try page(visit, FormDraft()) }

    private static func page(_ visit: Visit, _ draft: FormDraft) throws(Refusal) -> Response {
        let membership = try visit.membership()
        let organization = membership.organization
        let desk = try visit.tenantDesk()
        let count = try desk.read { try $0.colleagueCount(in: organization) }
        let paging = try visit.paging(total: count)
        let (people, offers) = try desk.read {
            (
                try $0.colleagues(in: organization, from: paging.offset, limit: paging.count),
                try $0.offers(of: organization, at: visit.now)
            )
        }
        let words = visit.words
        let heading = words.text("people.org.peopleTitle", ["organization": .text(membership.name)])
        let page = ColleaguesPage(
            back: visit.link("/organization"), heading: heading, people: people.map { row($0, visit) },
            pager: visit.pager(paging), offers: try offers.map { offer throws(Refusal) in try row(offer, visit) },
            offersLead: words.text(
                "people.org.offersLead",
                [
                    "count": .number(MembershipOffer.seconds / 3600),
                    "minutes": .number(MembershipOffer.letterGap / 60),
                ]), action: visit.link(path), keys: visit.formKeys(),
            fields: draft.fields(fields, words), faults: draft.faultLines)
        return visit.showForm(page, visit.site.pages.colleagues, title: heading, draft.faults)
    }

    private static func row(_ colleague: Colleague, _ visit: Visit) -> ColleaguesPage.Row {
        let own = path + "/\(colleague.id)"
        let isPending = colleague.isPending
        return ColleaguesPage.Row(
            name: colleague.name, email: colleague.email, isSelf: colleague.id == visit.session?.person.id,
            isManager: colleague.isManager, state: visit.state(isPending ? .pending : colleague.state),
            approval: visit.action(own + "/approval", if: isPending),
            refusal: visit.action(own + "/refusal", if: isPending),
            manager: visit.action(own + "/manager", if: !isPending && colleague.state != .deactivated),
            removal: visit.action(own + "/removal", if: !isPending))
    }

    private static func row(_ offer: MembershipOffer, _ visit: Visit) throws(Refusal) -> ColleaguesPage.Offer {
        ColleaguesPage.Offer(
            name: offer.name, email: offer.email, state: visit.state(.invited),
            ends: visit.words.text("people.org.offerEnds", ["when": .text(try visit.moment(offer.endsAt))]),
            withdrawal: visit.action("/organization/offers/\(offer.id)/withdrawal"))
    }

    // MARK: Inviting

    /// What the one who invites is told, and sees from then on, is the same whatever is behind the address.
    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let membership = try visit.membership()
        let rules = try PersonForm(visit)
        var sent = SentForm(form, fields, visit.words)
        guard let draft = rules.customer(&sent) else { return .answer(try page(visit, FormDraft(sent))) }
        let manager = try visit.signedIn().person.id
        let known = try visit.tenantDesk().read { try $0.person(email: draft.email) }
        let letters = try ColleagueLetters(visit: visit, membership: membership).offer(to: known, as: draft)
        let filled = sent
        return try .file(
            form, said: "people.said.invited",
            otherwise: { faults in
                var again = FormDraft(filled)
                again.faults = faults
                return try? page(visit, again)
            },
            { connection in
                try connection.requireManager(visit)
                let person = try connection.person(email: draft.email)
                try connection.requireStranger(person, to: draft.email, in: membership.organization, visit)
                let id = try person?.id ?? connection.add(draft, visit)
                let offer = MembershipOffer.Draft(
                    organization: membership.organization, name: draft.name, email: draft.email, person: id,
                    manager: manager)
                try connection.make(offer, letters, visit)
                return visit.link(path)
            })
    }

    // MARK: Deciding

    static func approve(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let (colleague, membership) = try find(visit)
        let person = try person(colleague, visit)
        let letters = ColleagueLetters(visit: visit, membership: membership)
        // Without a password he needs the link for one.
        let hasPassword = try visit.tenantDesk().read { try $0.credential(colleague.id)?.password != nil }
        let invitation = hasPassword ? nil : try visit.invitation(to: person)
        let welcome = try letters.approval(person)
        return try .file(form, said: "people.said.approved") { connection in
            try connection.requireManager(visit)
            guard try connection.colleague(colleague.id, in: membership.organization)?.isPending == true else {
                throw Refusal.conflict
            }
            try connection.insertMembership(
                of: colleague.id, in: membership.organization, isManager: false, at: visit.now)
            try connection.admit(colleague.id, at: visit.now)
            try connection.record(
                visit.entry(
                    .approved, "person:\(colleague.id)", of: membership.organization, after: membership.name))
            if let invitation, try connection.person(colleague.id)?.state == .invited {
                try connection.send(invitation, to: colleague.id, at: visit.now)
            } else {
                try connection.enqueue(welcome, at: visit.now)
            }
            return visit.link(path)
        }
    }

    static func decline(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let (colleague, membership) = try find(visit)
        let letter = try ColleagueLetters(visit: visit, membership: membership).refusal(person(colleague, visit))
        return try .file(form, said: "people.said.declined") { connection in
            try connection.requireManager(visit)
            guard try connection.colleague(colleague.id, in: membership.organization)?.isPending == true else {
                throw Refusal.conflict
            }
            _ = try connection.removeMembership(of: colleague.id, in: membership.organization)
            try connection.record(
                visit.entry(
                    .declined, "person:\(colleague.id)", of: membership.organization, before: membership.name))
            try connection.enqueue(letter, at: visit.now)
            return visit.link(path)
        }
    }

    static func setManager(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let (colleague, membership) = try find(visit)
        let isManager = form["isManager"] == "on"
        let organization = membership.organization
        return try .file(form, said: "people.said.saved", otherwise: again(visit)) { connection in
            try connection.requireManager(visit)
            if !isManager { try connection.requireManager(besides: colleague, in: organization, visit) }
            guard try connection.setManager(isManager, of: colleague.id, in: organization) else {
                throw Refusal.notFound
            }
            let words = ["people.member", "people.manages"].map { visit.words.text($0) }
            try connection.record(
                visit.entry(
                    .personChanged, "person:\(colleague.id)", of: organization, before: words[isManager ? 0 : 1],
                    after: words[isManager ? 1 : 0]))
            // Whoever no longer manages does not see this page.
            return visit.link(!isManager && colleague.id == visit.session?.person.id ? "/organization" : path)
        }
    }

    static func delete(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let (colleague, membership) = try find(visit)
        return try .file(form, said: "people.said.removed", otherwise: again(visit)) { connection in
            try connection.requireManager(visit)
            try connection.requireManager(besides: colleague, in: membership.organization, visit)
            guard try connection.removeMembership(of: colleague.id, in: membership.organization) else {
                throw Refusal.notFound
            }
            try connection.record(
                visit.entry(
                    .memberRemoved, "person:\(colleague.id)", of: membership.organization, before: membership.name))
            return visit.link(colleague.id == visit.session?.person.id ? "/" : path)
        }
    }

    private static func again(_ visit: Visit) -> @Sendable (Faults) -> Response? {
        { faults in
            var draft = FormDraft()
            draft.faults = faults
            return try? page(visit, draft)
        }
    }

    private static func find(_ visit: Visit) throws(Refusal) -> (Colleague, Session.Membership) {
        let membership = try visit.membership()
        guard let id = Person.ID(visit.parameters["id"]),
            let colleague = try visit.tenantDesk().read({ try $0.colleague(id, in: membership.organization) })
        else { throw .notFound }
        return (colleague, membership)
    }

    private static func person(_ colleague: Colleague, _ visit: Visit) throws(Refusal) -> Person {
        guard let person = try visit.tenantDesk().read({ try $0.person(colleague.id) }) else { throw .notFound }
        return person
    }
}

// MARK: Within the write

extension Connection {
    /// Throws where the visitor no longer manages the organization: somebody may just have changed that.
    func requireManager(_ visit: Visit) throws {
        guard let session = visit.session, let membership = session.membership,
            try activeMemberships(of: session.person.id)
                .contains(where: { $0.organization == membership.organization && $0.isManager })
        else { throw Refusal.notFound }
    }

    /// Throws where nobody else manages the organization.
    fileprivate func requireManager(
        besides colleague: Colleague, in organization: Organization.ID, _ visit: Visit
    ) throws {
        guard try self.colleague(colleague.id, in: organization)?.isManager == true,
            try !hasManager(organization, besides: colleague.id)
        else { return }
        throw Faults.one("people", visit.words.text("people.org.fault.lastManager"))
    }

    /// Throws where an address is in the list already, or the list is full: both are to be seen there.
    fileprivate func requireStranger(
        _ person: Person?, to email: String, in organization: Organization.ID, _ visit: Visit
    ) throws {
        if let person, try colleague(person.id, in: organization) != nil {
            throw Faults.one("email", visit.words.text("people.org.fault.member"))
        }
        guard try mayOffer(organization, to: email, at: visit.now) else {
            throw Faults.one("email", visit.words.text("people.org.fault.offers"))
        }
    }

    /// Keeps an offer, a line of the trail, and the letter where one is due. Whoever cannot come in, or not as a customer,
    /// could do nothing with one.
    fileprivate func make(_ draft: MembershipOffer.Draft, _ letters: ColleagueLetters.Offer, _ visit: Visit) throws {
        let (id, isDue) = try offer(draft, at: visit.now)
        try record(
            visit.entry(
                .memberOffered, "person:\(draft.person)", of: draft.organization,
                after: "\(draft.name) <\(draft.email)>"))
        guard isDue, let person = try person(draft.person), person.role == .customer else { return }
        switch person.state {
        case .invited:
            try send(letters.link, to: person.id, at: visit.now)
            try keep(letters.link, of: id)
        case .active: if let notice = letters.notice { try enqueue(notice, at: visit.now) }
        case .pending, .deactivated: break
        }
    }
}
