// A ticket that the staff writes down: a call, a visit, a mail, with when it came in.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

enum LoggedTicket {
    static let path = "/desk/new"

    static let channels: [Channel] = [.phone, .visit, .chat, .mail, .portal]

    static let specs: [FieldSpec] = [
        .select("requester", "log.requester", isOptional: true, isShort: false),
        .choice("channel", "log.channel"), .date("cameOn", "log.cameOn", hasHint: true),
        .line("cameAt", "log.cameAt", upTo: 5, hasHint: true, isShort: true),
        .select("which", "log.which", isOptional: true, hasHint: true),
        .line("subject", "tickets.property.subject"), .text("description", "log.description", upTo: 20_000, rows: 6),
        .select("kind", "tickets.property.kind", isShort: false),
        .select("category", "log.category", isOptional: true, hasHint: true, isShort: false),
        .choice("severity", "desk.severity"), .select("level", "log.level", isOptional: true, hasHint: true),
        .line("productVersion", "tickets.property.productVersion", upTo: 100, isOptional: true),
        .line("environment", "tickets.property.environment", upTo: 100, isOptional: true),
        .line("service", "tickets.property.service", upTo: 100, isOptional: true),
        .line("phone", "tickets.property.phone", upTo: 40, isOptional: true, isShort: true),
    ]

    /// The same where a plan counts mail from when it was sent (IN-13).
    static let sentOn = FieldSpec.date("cameOn", "log.sentOn", hasHint: true)

    // MARK: The pages

    /// First whose it is, then what it is.
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        guard let asked = visit.asked("organization") else { return try search(visit) }
        let kept = try visit.askedDraft(of: path)?.content
        let forms = try LoggedTicketForm(visit, asked, requester: kept?["requester"] ?? visit.asked("requester") ?? "")
        if let kept { return forms.page(FormDraft(kept.values), try kept.files(visit)) }
        let zone = try visit.tenantDesk().zone
        let now = zone.wallTime(at: Instant(clamping: visit.now))
        let start = [
            "requester": visit.asked("requester") ?? "", "channel": Channel.phone.rawValue, "cameOn": "\(now.date)",
            "cameAt": visit.words.time(minute: now.second / 60), "level": "",
            "kind": forms.kinds.first?.key ?? "", "severity": "",
        ]
        return forms.page(FormDraft(start))
    }

    /// By the name of the organization, or of somebody of it.
    private static func search(_ visit: Visit) throws(Refusal) -> Response {
        let words = visit.words
        let query = HeaderText(visit.asked("q") ?? "").text
        let wanted = OrganizationSearch(query)
        let limit = DistributorChoice.mostMatches
        var matches: [OrganizationSearchPage.Match] = []
        if wanted.match != nil {
            let (organizations, people) = try visit.tenantDesk().read { connection in
                (
                    try connection.organizations(OrganizationFilter(search: wanted), from: 0, limit: limit),
                    try connection.customersNamed(query, limit: limit)
                )
            }
            matches = organizations.map { $0.match(visit, href: visit.link("/desk/new?organization=\($0.id)")) }
            matches += people.map { found in
                OrganizationSearchPage.Match(
                    name: found.name + " · " + found.company, taxID: "",
                    href: visit.link("/desk/new?organization=\(found.organization)&requester=\(found.person)"),
                    value: "", keys: visit.formKeys())
            }
        }
        let page = OrganizationSearchPage(
            back: LinkItem(label: words.text("desk.queue"), href: visit.link("/queue")),
            heading: words.text("log.title"), lead: words.text("log.whose"), action: visit.link(path),
            query: query,
            matches: matches,
            emptyText: query.isEmpty ? "" : words.text("organizations.noMatchText"), choose: words.text("log.choose"),
            none: "", keys: visit.formKeys(), faults: [])
        return visit.show(page, visit.site.pages.organizationSearch, title: page.heading)
    }

    // MARK: Writing it down

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let forms = try LoggedTicketForm(
            visit, form["organization"] ?? "", requester: form["requester"] ?? "")
        var sent = SentForm(form, specs, visit.words)
        let files = try visit.keepFiles(form)
        if files.isEditing { return .answer(forms.page(FormDraft(sent.values.compactMapValues(\.first)), files)) }
        sent.tell(files)
        let draft = forms.read(&sent)
        guard sent.faults.isEmpty, let draft else { return .answer(forms.page(FormDraft(sent), files)) }
        let filled = sent
        let rules = forms.rules
        let author = try visit.signedIn().person.id
        let news = try visit.ticketNews()
        return try .file(
            form, said: "log.said.filed",
            otherwise: { faults in
                var again = FormDraft(filled)
                again.faults = faults
                return forms.page(again, files)
            },
            { connection in
                guard let organization = try connection.organization(draft.organization), organization.state == .active
                else {
                    throw Faults.one("requester", visit.words.text("log.fault.organization"))
                }
                guard let plan = try connection.presentPlan(of: draft.organization, rules) else {
                    throw Refusal.broken("contract \(rules.contract.key) has no plan")
                }
                var ticket = draft.ticket(plan, organization.details.legalName)
                ticket.files = files.ids
                let folio = try connection.openTicket(ticket, rules, at: visit.now)
                try news.confirmReceipt(of: folio, in: connection)
                try connection.record(
                    visit.entry(.ticketOpened, "ticket:\(folio)", of: draft.organization, after: filled["subject"]))
                try connection.removeDraft(of: author, path: path)
                return visit.link("/desk/\(folio)")
            })
    }
}

/// The form for a ticket of one organization.
struct LoggedTicketForm: Sendable {
    let visit: Visit
    let rules: TicketRules
    let organization: OrganizationRecord
    let members: [MemberEntry]

    private static let mostMembers = 200

    /// - Parameter requester: Who is among those to choose from though the list be long.
    init(_ visit: Visit, _ text: String, requester: String) throws(Refusal) {
        guard let rules = try visit.tenantDesk().ticketRules else { throw .notFound }
        guard let id = Organization.ID(text) else { throw .notFound }
        let found = try visit.tenantDesk().read { connection in
            (
                try connection.organization(id), try connection.members(of: id, limit: Self.mostMembers),
                try Person.ID(requester).flatMap { try connection.member($0, of: id) }
            )
        }
        guard let organization = found.0, organization.state == .active else { throw .notFound }
        self.visit = visit
        self.rules = rules
        self.organization = organization
        var members = found.1.filter { !$0.isPending }
        if let asked = found.2, !members.contains(where: { $0.person == asked.person }) { members.append(asked) }
        self.members = members
    }

    private var words: Words { visit.words }
    private var contract: Contract { rules.contract }
    private var terms: TicketWords { visit.ticketWords(isForStaff: true) }

    /// Those that people ask for: the others the program opens by itself.
    var kinds: [RequestKind] { contract.kinds.filter { $0.severity == nil } }

    private var severities: [SeverityDefinition] {
        let own = Set(contract.kinds.compactMap(\.severity))
        return contract.severities.filter { !own.contains($0.severity) }
    }

    // MARK: Its page

    func page(_ draft: FormDraft, _ files: SentFiles = SentFiles()) -> Response {
        var draft = draft
        draft.options = options
        let page = LoggedTicketPage(
            back: visit.link("/desk/new"), organization: organization.details.legalName, id: "\(organization.id)",
            path: visit.link(LoggedTicket.path), keys: visit.formKeys(), fields: draft.fields(specs(draft), words),
            files: files.part(visit), faults: draft.faultLines)
        return visit.showForm(page, visit.site.pages.loggedTicket, title: words.text("log.title"), draft.faults)
    }

    /// Which of two equal times is asked only where the clock showed one twice, a category where the contract has some.
    private func specs(_ draft: FormDraft) -> [FieldSpec] {
        let isAsked = !draft.faults["which"].isEmpty || draft.values["which"]?.first.map { !$0.isEmpty } == true
        return LoggedTicket.specs.filter {
            ($0.id != "which" || isAsked) && ($0.id != "category" || !contract.categories.isEmpty)
        }.map { $0.id == "cameOn" && countsFromSending ? LoggedTicket.sentOn : $0 }
    }

    private var countsFromSending: Bool { contract.plans.contains { $0.mailCountsFrom == .sent } }

    private var options: [String: [FieldOption]] {
        let nobody = FieldOption(value: "", label: words.text("log.nobody"))
        let noCategory = FieldOption(value: "", label: words.text("report.category.none"))
        let byKind = FieldOption(value: "", label: words.text("log.levelOfKind"))
        return [
            "requester": [nobody]
                + members.map { FieldOption(value: "\($0.person)", label: "\($0.name) · \($0.email)") },
            "channel": LoggedTicket.channels.map {
                FieldOption(value: $0.rawValue, label: words.text("log.channel.\($0.rawValue)"))
            },
            "which": [
                FieldOption(value: "first", label: words.text("log.first")),
                FieldOption(value: "last", label: words.text("log.last")),
            ],
            "kind": kinds.map { FieldOption(value: $0.key, label: $0.name.text(in: visit.language)) },
            "category": [noCategory]
                + contract.categories.map { FieldOption(value: $0.key, label: $0.name.text(in: visit.language)) },
            "severity": severities.map {
                FieldOption(
                    value: $0.severity.rawValue, label: $0.name.text(in: visit.language),
                    detail: $0.definition.text(in: visit.language))
            },
            "level": [byKind]
                + contract.levels.map { level in
                    FieldOption(value: "\(level.level)", label: label(level))
                },
        ]
    }

    private func label(_ level: SupportLevel) -> String {
        let number = words.text("desk.levelBadge", ["level": .number(level.level)])
        let name = level.name.text(in: visit.language)
        return name == number ? number : number + " · " + name
    }

    // MARK: What was sent

    struct Draft: Sendable {
        let organization: Organization.ID
        let requester: MemberEntry?
        let kind: RequestKind
        let severity: Severity
        let level: Int
        let channel: Channel
        let openedAt: Int
        let author: Person.ID
        let subject: String
        let description: String
        let properties: [TicketProperty: String]

        func ticket(_ plan: PlanReference, _ name: String) -> TicketDraft {
            var ticket = TicketDraft(
                organization: organization, kind: kind.key, subject: subject, channel: channel, severity: severity,
                plan: plan, openedAt: openedAt)
            ticket.requester = requester?.person
            ticket.level = level
            ticket.author = author
            ticket.description = description
            ticket.properties = properties
            // Whoever took the call confirmed by it that it was received.
            ticket.isAcknowledged = channel == .phone || channel == .visit || channel == .chat
            ticket.names = [requester?.name, requester?.email, name].compactMap { $0 }
            return ticket
        }
    }

    func read(_ sent: inout SentForm) -> Draft? {
        let requester = members.first { "\($0.person)" == sent["requester"] }
        if !sent["requester"].isEmpty, requester == nil { sent.fault("requester", "desk.fault.choice") }
        let channel = LoggedTicket.channels.first { $0.rawValue == sent["channel"] }
        if sent.isGood("channel"), channel == nil { sent.fault("channel", "desk.fault.choice") }
        let kind = kinds.first { $0.key == sent["kind"] }
        if sent.isGood("kind"), kind == nil { sent.fault("kind", "desk.fault.choice") }
        let severity = severities.first { $0.severity.rawValue == sent["severity"] }?.severity
        if sent.isGood("severity"), severity == nil { sent.fault("severity", "desk.fault.choice") }
        let level = Int(sent["level"])
        if !sent["level"].isEmpty, !contract.levels.contains(where: { $0.level == level }) {
            sent.fault("level", "desk.fault.choice")
        }
        let category = contract.category(sent["category"])
        if !sent["category"].isEmpty, category == nil { sent.fault("category", "desk.fault.choice") }
        let openedAt = readTime(&sent)
        guard sent.faults.isEmpty, let channel, let kind, let severity, let openedAt,
            let author = visit.session?.person.id
        else { return nil }
        let given: [TicketProperty] = [.category, .productVersion, .environment, .service, .phone]
        let properties = given.map { ($0, sent[$0.rawValue]) }.filter { !$0.1.isEmpty }
        return Draft(
            organization: organization.id, requester: requester, kind: kind, severity: severity,
            level: level ?? max(kind.level, category?.level ?? 1), channel: channel, openedAt: openedAt, author: author,
            subject: sent["subject"],
            description: sent["description"], properties: Dictionary(uniqueKeysWithValues: properties))
    }

    /// When it came in, on the provider's clock.
    private func readTime(_ sent: inout SentForm) -> Int? {
        guard sent.isGood("cameOn"), sent.isGood("cameAt") else { return nil }
        guard let date = CivilDate(sent["cameOn"]) else {
            sent.fault("cameOn", "desk.fault.date")
            return nil
        }
        let parts = sent["cameAt"].split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), let wall = WallTime(date: date, hour: hour, minute: minute)
        else {
            sent.fault("cameAt", "log.fault.time")
            return nil
        }
        guard let instant = instant(wall, &sent) else { return nil }
        if instant > visit.now {
            sent.fault("cameAt", "log.fault.future")
            return nil
        }
        // A slip of the year would promise what was due long ago.
        if instant < visit.now - Self.oldest {
            sent.fault("cameOn", "log.fault.old")
            return nil
        }
        return instant
    }

    private static let oldest = 366 * 86_400

    private func instant(_ wall: WallTime, _ sent: inout SentForm) -> Int? {
        switch rules.zone.resolve(wall) {
        case .once(let instant): return instant.seconds
        case .skipped:
            sent.fault(
                "cameAt", "log.fault.skipped",
                ["date": .text(words.date(wall.date)), "time": .text(words.time(minute: wall.second / 60))])
            return nil
        case .repeated(let first, let last):
            if sent["which"] == "first" { return first.seconds }
            if sent["which"] == "last" { return last.seconds }
            sent.fault(
                "which", "log.fault.repeated",
                ["date": .text(words.date(wall.date)), "time": .text(words.time(minute: wall.second / 60))])
            return nil
        }
    }
}

struct LoggedTicketPage: Page {
    let back: String
    let organization: String
    let id: String
    let path: String
    let keys: FormKeys
    let fields: [FormField]
    let files: AttachmentField
    let faults: [FormFault]

    static let template: StaticString = "desk/log.html"
    static let fields: [Field<LoggedTicketPage>] = [
        .text("back") { $0.back },
        .text("organization") { $0.organization },
        .text("organizationID") { $0.id },
        .text("path") { $0.path },
        .part("keys") { $0.keys },
        .list("fields") { $0.fields },
        .part("files") { $0.files },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
    ]
}
