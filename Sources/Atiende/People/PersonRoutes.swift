// One person, for the staff.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum PersonRoutes {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let record = try find(visit)
        // A customer's data are somebody's: the trail says who looked (one line for each organization he belongs to).
        if record.person.role == .customer {
            let subject = "person:\(record.person.id)"
            let organizations = record.belongings.map { Optional($0.organization) }
            for organization in organizations.isEmpty ? [nil] : organizations {
                visit.trace(visit.entry(.personRead, subject, of: organization))
            }
        }
        return try page(visit, record)
    }

    static func find(_ visit: Visit) throws(Refusal) -> PersonRecord {
        guard let id = Person.ID(visit.parameters["id"]),
            let record = try visit.tenantDesk().read({ try $0.personRecord(id) })
        else { throw .notFound }
        return record
    }

    /// The page, with the form for another organization as it was sent where something is wrong with it.
    static func page(
        _ visit: Visit, _ record: PersonRecord, _ draft: FormDraft = FormDraft()
    ) throws(Refusal) -> Response {
        let person = record.person
        let isAdmin = visit.session?.person.role == .admin
        let isSelf = visit.session?.person.id == person.id
        let admin = "/admin/people/\(person.id)"
        let isGone = person.state == .deactivated
        let page = PersonPage(
            list: visit.link("/people"), name: person.name, state: visit.state(person.state),
            facts: try facts(record, visit), belongings: belongings(record, visit, isAdmin: isAdmin),
            isAdmin: isAdmin, editHref: isAdmin ? visit.link(admin) : "",
            identityHref: person.role == .customer ? visit.link("/people/\(person.id)/identity") : "",
            trailHref: isAdmin ? visit.link("/admin/audit?who=%23\(person.id)") : "",
            invitation: visit.action(admin + "/invitation", if: isAdmin && person.state == .invited),
            deactivation: visit.action(admin + "/deactivation", if: isAdmin && !isSelf && !isGone),
            reactivation: visit.action(admin + "/reactivation", if: isAdmin && isGone),
            adding: visit.action(admin + "/memberships", if: isAdmin && person.role == .customer),
            belongingFields: draft.fields(PersonForm.membership, visit.words), faults: draft.faultLines)
        return visit.showForm(page, visit.site.pages.person, title: person.name, draft.faults)
    }

    private static func facts(_ record: PersonRecord, _ visit: Visit) throws(Refusal) -> [PersonPage.Fact] {
        let form = try PersonForm(visit)
        let person = record.person
        let values = PersonForm.values(record)
        let (sessions, seen, offers) = try visit.tenantDesk().read {
            (
                try $0.sessionCount(of: person.id), try $0.lastSeen(person.id),
                try $0.receivedOffers(of: person.id, at: visit.now)
            )
        }
        var facts: [PersonPage.Fact] = []
        func add(_ key: String, _ value: String) {
            facts.append(PersonPage.Fact(label: visit.words.text(key), value: value))
        }
        add("people.form.email", person.email)
        add("people.form.phone", form.shown(values, "phone"))
        add("people.form.role", visit.words.role(person.role))
        if person.role.level != nil {
            add("people.form.lead", form.shown(values, "lead"))
            add("people.form.skills", form.shown(values, "skills"))
        }
        add("people.form.language", form.shown(values, "language"))
        add("people.form.speaks", form.shown(values, "speaks"))
        add("people.form.timeZone", form.shown(values, "timeZone"))
        add("people.twoStep", visit.words.text(record.hasTwoStep ? "people.yes" : "people.no"))
        add("people.sessions", visit.numbers.text(sessions))
        add(
            "people.lastSeen",
            try seen.map { instant throws(Refusal) in try visit.moment(instant) }
                ?? visit.words.text("people.never"))
        if !offers.isEmpty { add("people.offers", offers.map(\.organizationName).joined(separator: ", ")) }
        add("people.since", try visit.moment(record.createdAt))
        if let gone = record.deactivatedAt { add("people.deactivatedAt", try visit.moment(gone)) }
        return facts
    }

    private static func belongings(
        _ record: PersonRecord, _ visit: Visit, isAdmin: Bool
    ) -> [PersonPage.Belonging] {
        record.belongings.map { belonging in
            let own = "/admin/people/\(record.person.id)/memberships/\(belonging.organization)"
            let note = belonging.isPending ? "people.pending" : belonging.isManager ? "people.manages" : ""
            return PersonPage.Belonging(
                name: belonging.name, href: visit.link("/organizations/\(belonging.organization)"),
                note: note.isEmpty ? "" : visit.words.text(note),
                manager: visit.action(own + "/manager", if: isAdmin && !belonging.isPending),
                removal: visit.action(own + "/removal", if: isAdmin), isManager: belonging.isManager)
        }
    }
}
