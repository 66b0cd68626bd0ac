// What an admin does with people: adds, changes, invites again, deactivates.

internal import HTTP
internal import Markup
internal import SQL

enum PersonAdmin {
    // MARK: A new person

    static func new(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        try newPage(visit, FormDraft(["role": "customer"], options: PersonForm(visit).options))
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let rules = try PersonForm(visit)
        var sent = SentForm(form, PersonForm.specs + PersonForm.organization, visit.words)
        let draft = rules.read(&sent)
        let organization = try organization(&sent, role: sent["role"], visit)
        guard let draft, sent.faults.isEmpty else {
            return .answer(try newPage(visit, FormDraft(sent, options: rules.options)))
        }
        let letter = try visit.invitation(
            to: draft.name, at: draft.email, in: draft.language.flatMap(Language.init(rawValue:)) ?? visit.language)
        let isManager = sent.isTicked("isManager")
        let options = rules.options
        let filled = sent
        return try .file(
            form, said: "people.said.invited",
            otherwise: { faults in
                var again = FormDraft(filled, options: options)
                again.faults = faults
                return try? newPage(visit, again)
            },
            { connection in
                let id = try connection.add(draft, visit)
                if let organization {
                    try connection.insertMembership(
                        of: id, in: organization.id, isManager: isManager, at: visit.now)
                    try connection.record(
                        visit.entry(.memberAdded, "person:\(id)", of: organization.id, after: organization.name))
                }
                try connection.send(letter, to: id, at: visit.now)
                return visit.link("/people/\(id)")
            })
    }

    /// The organization that a field names; its fault is noted where none is meant.
    static func organization(
        _ sent: inout SentForm, role: String, _ visit: Visit
    ) throws(Refusal) -> (id: Organization.ID, name: String)? {
        guard sent.isGood("organization") else { return nil }
        let text = sent["organization"]
        guard role == "customer" else {
            sent.fault("organization", "people.fault.staffOrganization")
            return nil
        }
        guard let found = try visit.tenantDesk().read({ try $0.organization(called: text) }) else {
            sent.fault("organization", "people.fault.organization")
            return nil
        }
        return found
    }

    private static func newPage(_ visit: Visit, _ draft: FormDraft) throws(Refusal) -> Response {
        let words = visit.words
        let page = PersonFormPage(
            back: visit.link("/people"), backLabel: words.text("people.title"), heading: words.text("people.new"),
            lead: words.text("people.newLead"), submit: words.text("people.newSubmit"), keys: visit.formKeys(),
            fields: draft.fields(PersonForm.specs + PersonForm.organization, words), originals: [],
            faults: draft.faultLines)
        return visit.showForm(page, visit.site.pages.personForm, title: words.text("people.new"), draft.faults)
    }

    // MARK: Changing

    static func edit(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let record = try PersonRoutes.find(visit)
        var draft = FormDraft(options: try PersonForm(visit).options)
        draft.values = PersonForm.values(record)
        return try editPage(visit, record, draft)
    }

    static func update(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let record = try PersonRoutes.find(visit)
        let rules = try PersonForm(visit)
        var sent = SentForm(form, PersonForm.specs, visit.words)
        guard let draft = rules.read(&sent) else {
            return .answer(try editPage(visit, record, FormDraft(sent, options: rules.options), form))
        }
        let letter =
            draft.email != record.person.email && record.person.state == .invited
            ? try visit.invitation(to: draft.name, at: draft.email, in: visit.language(of: record.person)) : nil
        let id = record.person.id
        let again = sent
        return try .file(
            form, said: "people.said.saved",
            otherwise: { faults in
                guard let record = try? PersonRoutes.find(visit) else { return nil }
                var draft = FormDraft(again, options: rules.options)
                draft.faults = faults
                return try? editPage(visit, record, draft)
            },
            { connection in
                guard let current = try connection.personRecord(id) else { throw Refusal.notFound }
                try rules.meanwhile(form, PersonForm.values(current)).check()
                try connection.change(current, to: draft, rules, visit)
                if let letter, current.person.state == .invited { try connection.send(letter, to: id, at: visit.now) }
                return visit.link("/people/\(id)")
            })
    }

    /// `form`: the one that was sent, whose memory of what was so before is kept until it was told what changed.
    private static func editPage(
        _ visit: Visit, _ record: PersonRecord, _ draft: FormDraft, _ form: Form? = nil
    ) throws(Refusal) -> Response {
        let words = visit.words
        let values = PersonForm.values(record)
        let page = PersonFormPage(
            back: visit.link("/people/\(record.person.id)"), backLabel: record.person.name,
            heading: words.text("people.editTitle", ["name": .text(record.person.name)]), lead: "",
            submit: words.text("people.save"), keys: visit.formKeys(), fields: draft.fields(PersonForm.specs, words),
            originals: PersonForm.specs.map { spec in
                PersonFormPage.Original(
                    name: "was-" + spec.id, value: form?.carried("was-" + spec.id) ?? PersonForm.text(values, spec.id))
            }, faults: draft.faultLines)
        return visit.showForm(page, visit.site.pages.personForm, title: page.heading, draft.faults)
    }

    // MARK: The account

    static func invite(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let person = try PersonRoutes.find(visit).person
        let letter = try visit.invitation(to: person)
        return try .file(form, said: "people.said.resent") { connection in
            guard let current = try connection.person(person.id), current.state == .invited,
                current.email == person.email
            else { throw Refusal.conflict }
            try connection.send(letter, to: person.id, at: visit.now)
            return visit.link("/people/\(person.id)")
        }
    }

    static func deactivate(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let record = try PersonRoutes.find(visit)
        let id = record.person.id
        guard id != visit.session?.person.id else { throw .conflict }
        return try .file(form, said: "people.said.deactivated", otherwise: again(visit)) { connection in
            guard let current = try connection.person(id), current.state != .deactivated else {
                throw Refusal.conflict
            }
            try connection.requireAdmin(besides: current, visit, field: "account")
            try connection.deactivate(id, at: visit.now)
            try connection.record(
                visit.entry(
                    .personDeactivated, "person:\(id)",
                    before: visit.words.text("people.state." + current.state.rawValue),
                    after: visit.words.text("people.state.deactivated")))
            return visit.link("/people/\(id)")
        }
    }

    static func reactivate(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let id = try PersonRoutes.find(visit).person.id
        return try .file(form, said: "people.said.reactivated") { connection in
            guard try connection.person(id)?.state == .deactivated else { throw Refusal.conflict }
            try connection.reactivate(id, at: visit.now)
            let state = try connection.person(id)?.state ?? .invited
            try connection.record(
                visit.entry(
                    .personReactivated, "person:\(id)", before: visit.words.text("people.state.deactivated"),
                    after: visit.words.text("people.state." + state.rawValue)))
            return visit.link("/people/\(id)")
        }
    }

    /// The person's page with what is wrong.
    static func again(_ visit: Visit) -> @Sendable (Faults) -> Response? {
        { faults in
            guard let record = try? PersonRoutes.find(visit) else { return nil }
            var draft = FormDraft()
            draft.faults = faults
            return try? PersonRoutes.page(visit, record, draft)
        }
    }
}

// MARK: Within the write

extension Connection {
    /// Adds a person with what he can do. Throws the fault of the field where his address is taken, also in a race.
    func add(_ draft: PersonDraft, _ visit: Visit) throws -> Person.ID {
        let id = try unlessTaken(visit) { try insert(draft.newPerson, at: visit.now) }
        try keepAbilities(of: id, speaks: draft.speaks, skills: draft.skills)
        try record(visit.entry(.personAdded, "person:\(id)", after: "\(draft.name) <\(draft.email)>"))
        return id
    }

    /// Addresses alone are unique among people.
    private func unlessTaken<Result>(_ visit: Visit, _ change: () throws -> Result) throws -> Result {
        do {
            return try change()
        } catch let error as SQLError {
            guard error.code == .constraintUnique else { throw error }
            throw Faults.one("email", visit.words.text("people.fault.taken"))
        }
    }

    /// Changes what differs. Whoever loses or gains rights, or an address, comes in anew.
    func change(_ current: PersonRecord, to draft: PersonDraft, _ rules: PersonForm, _ visit: Visit) throws {
        let person = current.person
        if draft.role != .admin { try requireAdmin(besides: person, visit, field: "role") }
        try unlessTaken(visit) { try update(person.id, draft, at: visit.now) }
        guard let changed = try personRecord(person.id) else { throw Refusal.notFound }
        let (before, after) = rules.changes(PersonForm.values(current), PersonForm.values(changed))
        guard !before.isEmpty else { return }
        if draft.email != person.email { try removeLinks(of: person.id) }
        let hasOtherRights = draft.role != person.role || draft.isLead != person.isLead
        if hasOtherRights || draft.email != person.email {
            let isOwn = visit.session?.person.id == person.id && !hasOtherRights
            try endSessions(of: person.id, except: isOwn ? visit.session?.hash ?? [] : [])
        }
        try record(visit.entry(.personChanged, "person:\(person.id)", before: before, after: after))
        if draft.role.isStaff { try endMemberships(of: current, visit) }
    }

    /// The staff belongs to no organization: what it may see there, it may see of all.
    private func endMemberships(of current: PersonRecord, _ visit: Visit) throws {
        for belonging in current.belongings {
            guard try removeMembership(of: current.person.id, in: belonging.organization) else { continue }
            try record(
                visit.entry(
                    .memberRemoved, "person:\(current.person.id)", of: belonging.organization, before: belonging.name))
        }
    }

    /// Throws where this is the last admin who can come in.
    func requireAdmin(besides person: Person, _ visit: Visit, field: String) throws {
        guard person.role == .admin, person.state == .active, try !hasActiveAdmin(besides: person.id) else { return }
        throw Faults.one(field, visit.words.text("people.fault.lastAdmin"))
    }
}
