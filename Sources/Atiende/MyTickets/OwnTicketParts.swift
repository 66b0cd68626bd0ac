// The forms and lists of a customer's ticket page.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

struct OwnTicketParts {
    let visit: Visit
    let seen: SeenTicket
    /// What was typed, where a form comes back with it.
    let values: [String: String]
    let faults: Faults

    static let message: [FieldSpec] = [.text("body", "myTickets.message", upTo: 20_000, rows: 5)]
    /// What may come with the word that it is solved.
    static let lastWord: [FieldSpec] = [
        .text("body", "myTickets.message", upTo: 20_000, rows: 5, isOptional: true)
    ]
    static let failing: [FieldSpec] = [
        .text("failing", "myTickets.failing", upTo: 10_000, rows: 3, hasHint: true)
    ]
    static let survey: [FieldSpec] = [
        .choice("face", "myTickets.face"),
        .text("comment", "myTickets.comment", upTo: 2_000, rows: 3, isOptional: true),
    ]

    private var words: Words { visit.words }
    private var path: String { visit.link("/tickets/\(seen.ticket.folio)") }
    private var isResolved: Bool { seen.ticket.status == .resolved }

    private func part(_ noun: String, _ specs: [FieldSpec]) -> OwnTicketPage.Part {
        var draft = FormDraft(values)
        draft.faults = faults
        return OwnTicketPage.Part(
            action: path + "/" + noun, keys: visit.formKeys(), version: String(seen.ticket.version),
            fields: draft.fields(specs, words))
    }

    // MARK: Forms

    /// While it is resolved the page asks whether it is.
    var confirmation: OwnTicketPage.Part? {
        isResolved && seen.allows(.confirm) ? part("closure", []) : nil
    }

    var reopening: OwnTicketPage.Part? {
        guard isResolved, seen.allows(.message) else { return nil }
        var part = part("reopening", Self.failing)
        part.isOpen = values["failing"] != nil
        return part
    }

    var message: OwnTicketPage.Part? {
        guard !isResolved, seen.allows(.message) else { return nil }
        var part = part("messages", Self.message)
        if seen.allows(.confirm) { part.closure = path + "/closure" }
        return part
    }

    var survey: OwnTicketPage.Survey? {
        guard seen.allows(.survey), seen.ticket.status == .closed || values["face"] != nil else { return nil }
        let icons: [SurveyFace: String] = [.good: "face-good", .acceptable: "face-fair", .bad: "face-bad"]
        var draft = FormDraft(values)
        draft.faults = faults
        return OwnTicketPage.Survey(
            action: path + "/survey", keys: visit.formKeys(),
            faces: SurveyFace.allCases.map { face in
                OwnTicketPage.Survey.Face(
                    value: face.rawValue, icon: icons[face] ?? "", label: words.text("tickets.face.\(face.rawValue)"),
                    isChosen: values["face"] == face.rawValue)
            }, fault: faults["face"], comment: draft.fields(Self.survey.filter { $0.id == "comment" }, words))
    }

    // MARK: Facts

    func facts(_ rows: MyTicketRows) -> [FactItem] {
        let ticket = seen.ticket
        func fact(_ key: String, _ value: String, _ href: String = "") -> FactItem {
            FactItem(label: words.text("myTickets.fact.\(key)"), value: value, href: href)
        }
        var facts = [fact("kind", rows.terms.kind(ticket.kind))]
        if let assignee = seen.assignee {
            facts.append(fact("assignee", assignee.name + ", " + rows.terms.standing(assignee.role)))
        }
        facts += [
            fact("service", seen.details.service), fact("version", seen.details.productVersion),
            fact("environment", seen.details.environment), fact("phone", seen.details.phone),
            fact("agreed", seen.details.agreedOn.map(words.date) ?? ""), fact("plan", rows.terms.plan(ticket.plan.key)),
            fact("opened", rows.moments.short(ticket.openedAt)),
        ]
        facts += seen.links.map { link in
            fact("link.\(link.kind.rawValue)", "\(link.folio)", visit.link("/tickets/\(link.folio)"))
        }
        return facts.filter { !$0.value.isEmpty }
    }

    // MARK: Followers

    private func form(_ noun: String, _ person: Person.ID, _ name: String) -> OwnTicketPage.FollowerForm {
        OwnTicketPage.FollowerForm(
            action: path + "/" + noun, keys: visit.formKeys(), person: "\(person)", name: name)
    }

    func followers() throws(Refusal) -> [OwnTicketPage.Follower] {
        let reader = try visit.signedIn().person.id
        let isOwn = seen.ticket.requester == reader
        return seen.followers.map { follower in
            let isSelf = follower.id == reader
            return OwnTicketPage.Follower(
                name: isSelf ? words.text("myTickets.you", ["name": .text(follower.name)]) : follower.name,
                removal: isSelf || isOwn ? form("followers/removal", follower.id, follower.name) : nil)
        }
    }

    /// Nil for whoever follows it already, and for its requester, who hears of it anyway.
    func follow() throws(Refusal) -> OwnTicketPage.FollowerForm? {
        let person = try visit.signedIn().person
        guard seen.ticket.requester != person.id, !seen.followers.contains(where: { $0.id == person.id }) else {
            return nil
        }
        return form("followers", person.id, person.name)
    }

    var add: OwnTicketPage.AddFollower? {
        let people = seen.others.filter { $0.id != seen.ticket.requester && $0.id != visit.session?.person.id }
        guard !people.isEmpty else { return nil }
        return OwnTicketPage.AddFollower(
            action: path + "/followers", keys: visit.formKeys(),
            people: people.map {
                FormField.Option(id: "", value: "\($0.id)", label: $0.name, detail: "", due: "", isChosen: false)
            })
    }
}
