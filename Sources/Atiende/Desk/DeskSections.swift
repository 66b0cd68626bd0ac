// The panel beside a ticket's conversation: what it is, whose it is, what was found out, and what happened to it.

internal import Markup
internal import SLA

struct DeskSections {
    let forms: DeskForms
    let moments: Moments

    private var reading: DeskReading { forms.reading }
    private var ticket: Ticket { forms.ticket }
    private var words: Words { forms.words }
    private var terms: TicketWords { forms.terms }
    private var visit: Visit { forms.visit }

    func all() throws(Refusal) -> [DeskSection] {
        [
            try properties(), customer(), diagnosis(), solution(), development(), links(), followers(), history(),
        ]
    }

    private func properties() throws(Refusal) -> DeskSection {
        let details = reading.details
        let assignee = ticket.assignee.map { id in
            reading.staff.first { $0.id == id }?.name ?? forms.telling?.name(id) ?? ""
        }
        let own: [(String, String)] = [
            (words.text("desk.statusLabel"), terms.status(ticket.status)),
            (words.text("desk.severity"), terms.severity(ticket.severity)),
            (words.text("desk.levelLabel"), "\(ticket.level)"),
            (words.text("desk.assignee"), assignee ?? words.text("desk.nobody")),
            (words.text("desk.reopenings"), details.reopenings > 0 ? "\(details.reopenings)" : ""),
            (terms.property(.kind), terms.kind(ticket.kind)), (terms.property(.category), details.category),
            (terms.property(.tags), details.tags), (terms.property(.productVersion), details.productVersion),
            (terms.property(.environment), details.environment), (terms.property(.service), details.service),
            (terms.property(.phone), details.phone),
            (terms.property(.isPrivate), ticket.isPrivate ? words.text("tickets.yes") : ""),
        ]
        let actions: [DeskAction] = [.assignment, .status, .severity, .level]
        return DeskSection(
            id: "properties", title: words.text("desk.section.properties"), isOpen: true,
            facts: own.filter { !$0.1.isEmpty }.map { FactItem(label: $0.0, value: $0.1) },
            forms: actions.compactMap { forms.form($0) } + [try forms.properties()].compactMap { $0 })
    }

    private func customer() -> DeskSection {
        var facts: [FactItem] = []
        if let requester = reading.requester {
            facts.append(
                FactItem(
                    label: words.text("desk.requester"), value: requester.name,
                    href: visit.link("/people/\(requester.id)")))
            facts.append(
                FactItem(label: words.text("desk.email"), value: requester.email, href: "mailto:" + requester.email))
            let phone = PhoneNumber.shown(requester.phone)
            if !requester.phone.isEmpty { facts.append(FactItem(label: terms.property(.phone), value: phone)) }
        }
        facts.append(
            FactItem(
                label: words.text("desk.organization"), value: reading.sources.organization,
                href: visit.link("/organizations/\(ticket.organization)")))
        facts.append(FactItem(label: words.text("desk.plan"), value: plan))
        return DeskSection(
            id: "customer", title: words.text("desk.section.customer"), isOpen: true, facts: facts,
            lines: reading.others.map { other in
                DeskSection.Line(
                    label: "\(other.folio)", href: visit.link("/desk/\(other.folio)"),
                    detail: other.subject + " · " + terms.status(other.status))
            }, note: reading.others.isEmpty ? words.text("desk.noOthers") : "")
    }

    private var plan: String {
        let name = terms.plan(ticket.plan.key)
        guard let today = forms.today, case .running(let span, _)? = reading.agreement?.term.standing(on: today) else {
            return name
        }
        return words.text("desk.planUntil", ["plan": .text(name), "date": .text(words.date(span.ends))])
    }

    private func diagnosis() -> DeskSection {
        let known = reading.diagnosis
        let answers: [(String, Bool)] = [
            ("diagnosis.reproduction", known.reproduction != .notTried),
            ("diagnosis.errorMessages", !known.errorMessages.isEmpty),
            ("desk.expectedAndActual", !known.expected.isEmpty && !known.actual.isEmpty),
            ("diagnosis.version", !known.version.isEmpty), ("diagnosis.environment", !known.environment.isEmpty),
            ("diagnosis.knownProblem", !known.knownProblem.isEmpty),
        ]
        let done = answers.filter(\.1).count
        return DeskSection(
            id: "diagnosis", title: words.text("desk.section.diagnosis"),
            count: words.text("desk.of", ["done": .number(done), "all": .number(answers.count)]),
            lines: answers.map { key, isDone in
                DeskSection.Line(
                    label: words.text(key), detail: words.text(isDone ? "desk.done" : "desk.lacking"),
                    icon: isDone ? "ok" : "clock")
            }, forms: [forms.form(.diagnosis)].compactMap { $0 })
    }

    private func solution() -> DeskSection {
        DeskSection(
            id: "solution", title: words.text("desk.section.solution"),
            forms: [forms.form(.recovery), forms.form(.cause)].compactMap { $0 })
    }

    private func development() -> DeskSection {
        let agreed = reading.details.agreedOn
        return DeskSection(
            id: "development", title: words.text("desk.section.development"),
            count: agreed.map(moments.day) ?? "",
            facts: agreed.map { [FactItem(label: words.text("desk.agreedOn"), value: words.date($0))] } ?? [],
            forms: [
                forms.form(.agreedDate) {
                    $0.id != "handOver" || forms.allows(.develop) && ticket.status != .inDevelopment
                }
            ].compactMap { $0 })
    }

    private func links() -> DeskSection {
        DeskSection(
            id: "links", title: words.text("desk.section.links"), count: "\(reading.links.count)",
            lines: reading.links.map { link in
                DeskSection.Line(
                    label: "\(link.ticket.folio)", href: visit.link("/desk/\(link.ticket.folio)"),
                    detail: terms.link(link.kind) + " · " + link.ticket.subject,
                    form: forms.allows(.link)
                        ? forms.button(
                            .unlinking, "desk.remove",
                            [("link", link.kind.rawValue), ("linked", "\(link.ticket.folio)")]) : nil)
            }, forms: [forms.form(.links)].compactMap { $0 })
    }

    private func followers() -> DeskSection {
        DeskSection(
            id: "followers", title: words.text("desk.section.followers"), count: "\(reading.followers.count)",
            lines: reading.followers.map { follower in
                DeskSection.Line(
                    label: follower.speaker.name, href: visit.link("/people/\(follower.id)"),
                    detail: terms.standing(follower.speaker.role),
                    form: forms.allows(.follow)
                        ? forms.button(
                            .followers, "desk.remove", [("follower", follower.speaker.email), ("follows", "off")])
                        : nil)
            }, forms: [forms.form(.followers) { $0.id == "follower" }].compactMap { $0 })
    }

    /// All that happened, and who looked, each with when, the name and the e-mail (SE-9), the last first.
    private func history() -> DeskSection {
        func detail(_ text: String, _ at: String, _ email: String?) -> String {
            [text, at, email ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
        }
        var lines = reading.entries.compactMap { entry in
            forms.telling?.line(entry).map { change in
                (
                    entry.recordedAt, entry.id,
                    DeskSection.Line(
                        label: change.actor,
                        detail: detail(
                            change.text, change.when, entry.fact.actor.flatMap { reading.sources.people[$0]?.email }))
                )
            }
        }
        lines += reading.views.map { view in
            (
                view.at, 0,
                DeskSection.Line(
                    label: view.name, detail: detail(words.text("desk.viewed"), moments.short(view.at), view.email),
                    icon: "eye")
            )
        }
        lines.sort { ($0.0, $0.1) > ($1.0, $1.1) }
        return DeskSection(
            id: "history", title: words.text("desk.section.history"), count: "\(lines.count)", lines: lines.map(\.2))
    }
}
