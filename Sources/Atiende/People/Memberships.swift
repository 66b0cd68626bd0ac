// The organizations that a person belongs to, as an admin sets them.

internal import HTTP
internal import Markup
internal import SQL

enum Memberships {
    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let record = try PersonRoutes.find(visit)
        let id = record.person.id
        var sent = SentForm(form, PersonForm.membership, visit.words)
        let found = try PersonAdmin.organization(&sent, role: record.person.role.name, visit)
        guard let organization = found, sent.faults.isEmpty else {
            return .answer(try PersonRoutes.page(visit, record, FormDraft(sent)))
        }
        let isManager = sent.isTicked("isManager")
        return try .file(form, said: "people.said.saved") { connection in
            try connection.insertMembership(of: id, in: organization.id, isManager: isManager, at: visit.now)
            try connection.record(
                visit.entry(
                    .memberAdded, "person:\(id)", of: organization.id,
                    after: organization.name + (isManager ? ", " + visit.words.text("people.manages") : "")))
            return visit.link("/people/\(id)")
        }
    }

    static func setManager(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let (id, organization) = try find(visit)
        let isManager = form["isManager"] == "on"
        return try .file(form, said: "people.said.saved") { connection in
            guard try connection.setManager(isManager, of: id, in: organization) else { throw Refusal.notFound }
            let words = ["people.member", "people.manages"].map { visit.words.text($0) }
            try connection.record(
                visit.entry(
                    .personChanged, "person:\(id)", of: organization, before: words[isManager ? 0 : 1],
                    after: words[isManager ? 1 : 0]))
            return visit.link("/people/\(id)")
        }
    }

    static func delete(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let (id, organization) = try find(visit)
        return try .file(form, said: "people.said.removed") { connection in
            let name = try connection.organizationName(organization) ?? ""
            guard try connection.removeMembership(of: id, in: organization) else { throw Refusal.notFound }
            try connection.record(visit.entry(.memberRemoved, "person:\(id)", of: organization, before: name))
            return visit.link("/people/\(id)")
        }
    }

    private static func find(_ visit: Visit) throws(Refusal) -> (Person.ID, Organization.ID) {
        guard let person = Person.ID(visit.parameters["id"]),
            let organization = Organization.ID(visit.parameters["organization"])
        else { throw .notFound }
        return (person, organization)
    }
}
