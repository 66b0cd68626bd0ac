// What a customer tells of a request (IN-1), and what of it is wrong.

internal import HTTP
internal import Markup
internal import SLA

struct NewTicketForm: Sendable {
    /// What everybody is asked.
    static let main: [FieldSpec] = [
        .line("subject", "report.subject", hasHint: true),
        .text("description", "report.description", upTo: 10_000, rows: 6, hasHint: true),
        .choice("kind", "report.kind", isShort: true),
        .choice("severity", "report.severity", hasHint: true),
        .phone("phone", "report.phone", isOptional: true, hasHint: true),
    ]
    /// What helps to find the cause.
    static let more: [FieldSpec] = [
        .select("category", "report.category", isOptional: true, hasHint: true, isShort: false),
        .line("service", "report.service", upTo: 100, isOptional: true, hasHint: true),
        .line("productVersion", "report.version", upTo: 100, isOptional: true, hasHint: true, isShort: true),
        .line("environment", "report.environment", upTo: 200, isOptional: true, hasHint: true),
        .tick("isPrivate", "report.private", hasHint: true),
    ]
    static let specs = main + more

    let visit: Visit
    let terms: ServiceTerms

    /// The ticket that is asked for; nil with the faults in the form.
    func read(_ sent: inout SentForm) throws(Refusal) -> TicketDraft? {
        let kind = terms.kinds.first { $0.key == sent["kind"] }
        if sent.isGood("kind"), kind == nil { sent.faultEmpty("kind") }
        let severity = terms.severities.first { $0.severity.rawValue == sent["severity"] }
        if sent.isGood("severity"), severity == nil { sent.faultEmpty("severity") }
        let category = terms.rules.contract.category(sent["category"])
        if sent.isGood("category"), category == nil { sent.faultEmpty("category") }
        let phone = phone(&sent)
        guard let kind, let severity, sent.faults.isEmpty else { return nil }
        let session = try visit.signedIn()
        let person = session.person
        let membership = try visit.membership()
        var properties: [TicketProperty: String] = [
            .category: category?.key ?? "", .service: sent["service"], .productVersion: sent["productVersion"],
            .environment: sent["environment"],
            .phone: phone, .isPrivate: sent.isTicked("isPrivate") ? "1" : "",
        ]
        properties = properties.filter { !$0.value.isEmpty }
        return TicketDraft(
            organization: membership.organization, requester: person.id, kind: kind.key, subject: sent["subject"],
            channel: .portal, severity: severity.severity, level: max(kind.level, category?.level ?? 1),
            plan: terms.reference,
            openedAt: visit.now, author: person.id, description: sent["description"], properties: properties,
            isAcknowledged: true, names: [person.name, person.email, membership.name])
    }

    private func phone(_ sent: inout SentForm) -> String {
        guard sent.isGood("phone") else { return "" }
        do {
            return try PhoneNumber(sent["phone"], in: terms.rules.contract.country).display
        } catch {
            sent.fault("phone", text: error.sentence(in: visit.words))
            return ""
        }
    }

    // MARK: What can be chosen

    func options() throws(Refusal) -> [String: [FieldOption]] {
        let language = visit.language
        let words = PromiseWords(
            moments: Moments(words: visit.words, zone: try visit.zone(), now: visit.now), contract: terms.rules.contract
        )
        var kinds: [FieldOption] = []
        for kind in terms.kinds {
            kinds.append(
                FieldOption(
                    value: kind.key, label: kind.name.text(in: language), detail: hint(kind),
                    due: try promise(kind, words)))
        }
        var severities: [FieldOption] = []
        for definition in terms.severities {
            severities.append(
                FieldOption(
                    value: definition.severity.rawValue, label: definition.name.text(in: language),
                    detail: definition.definition.text(in: language),
                    due: words.sentence(try terms.promises(definition.severity, at: visit.now))))
        }
        let none = FieldOption(value: "", label: visit.words.text("report.category.none"))
        let categories = terms.rules.contract.categories.map {
            FieldOption(value: $0.key, label: $0.name.text(in: language))
        }
        return ["kind": kinds, "severity": severities, "category": [none] + categories]
    }

    /// Of a kind that goes past the first level at once (FP-7), where all severities promise the same: what the severities
    /// show is promised at the first.
    private func promise(_ kind: RequestKind, _ words: PromiseWords) throws(Refusal) -> String {
        guard kind.level > 1 else { return "" }
        var sentences: Set<String> = []
        for definition in terms.severities {
            sentences.insert(words.sentence(try terms.promises(definition.severity, level: kind.level, at: visit.now)))
        }
        return sentences.count == 1 ? sentences.first ?? "" : ""
    }

    /// What to write about a request of that kind.
    private func hint(_ kind: RequestKind) -> String {
        let key = "report.kind." + kind.key
        let text = visit.words.text(key)
        let hint = text == key ? "" : text
        guard kind.mayBeCharged else { return hint }
        return [hint, visit.words.text("report.mayBeCharged")].filter { !$0.isEmpty }.joined(separator: " ")
    }

    // MARK: Unfinished forms (SE-8)

    static let path = "/tickets/new"

    /// What was typed, as drafts keep it, with what the form carries unseen; nil where it is too much.
    static func content(_ sent: SentForm, unseen: [(String, String)], _ words: Words) -> DraftContent? {
        var entries = specs.flatMap { spec in
            sent.all(spec.id).filter { !$0.isEmpty }.map { value -> JSON in
                // What was picked from a list has no words of its own.
                let isTyped = spec.kind != .choice && spec.kind != .tick && spec.kind != .select
                return .array([
                    .string("0"), .string(spec.id), .string(isTyped ? words.text(spec.words) : ""), .string(value),
                ])
            }
        }
        entries += unseen.map { .array([.string("0"), .string($0), .string(""), .string($1)]) }
        // Nothing typed yet is a draft too: its subject is empty.
        let nothing: JSON = .array([.string("0"), .string("subject"), .string(""), .string("")])
        return DraftContent(JSON.array(entries.isEmpty ? [nothing] : entries).text())
    }
}

/// The closed ticket that a new one goes on from.
struct FollowedTicket: Item {
    let folio: String
    let href: String
    /// What the new one begins with.
    let values: [String: String]

    static let fields: [Field<FollowedTicket>] = [
        .text("parentFolio") { $0.folio },
        .text("parentHref") { $0.href },
    ]

    /// Nil for no folio; not found for one that the visitor may not go on from.
    static func find(_ folio: String?, _ visit: Visit) throws(Refusal) -> FollowedTicket? {
        guard let folio, !folio.isEmpty else { return nil }
        let scope = try visit.ticketScope()
        let party = TicketParty(try visit.signedIn().person)
        let (ticket, details) = try visit.tenantDesk().read { connection in
            let ticket = try connection.ticket(folio, in: scope)
            return (ticket, try connection.details(of: ticket.id))
        }
        guard TicketAction.followUp.isAllowed(to: party, on: ticket) else { throw .notFound }
        return FollowedTicket(
            folio: folio, href: visit.link("/tickets/\(folio)"),
            values: [
                "parent": folio, "subject": ticket.subject, "kind": ticket.kind, "severity": ticket.severity.rawValue,
                "service": details.service, "productVersion": details.productVersion,
                "environment": details.environment, "isPrivate": ticket.isPrivate ? "on" : "",
            ])
    }
}

extension DraftContent {
    /// As a form is filled in with it.
    var values: [String: String] {
        Dictionary(entries.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
}
