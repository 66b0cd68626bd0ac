// What a reader of the trail asks for, as it stands in the address of the page.

internal import HTTP
internal import Markup
internal import SLA
internal import SQL

struct AuditFilter {
    /// Somebody, or a company, that the words of a filter may mean.
    struct Candidate {
        let label: String
        /// The field of the address, and what it says then.
        let field: String
        let value: String
    }

    let question: AuditQuestion
    let sent: SentForm
    /// Where the words of a filter mean nobody, or several: then nothing is listed.
    let candidates: [Candidate]
    let isUnclear: Bool

    static let specs: [FieldSpec] = [
        .select("act", "audit.filter.act", isOptional: true),
        .line("who", "audit.filter.who", isOptional: true, hasHint: true),
        .line("company", "audit.filter.company", isOptional: true, hasHint: true),
        .select("outcome", "audit.filter.outcome", isOptional: true),
        .date("from", "audit.filter.from", isOptional: true),
        .date("to", "audit.filter.to", isOptional: true),
    ]

    private static let mostCandidates = 10

    init(_ visit: Visit, _ request: Request) throws(Refusal) {
        let form = (try? request.queryForm()) ?? Form()
        var sent = SentForm(form, Self.specs, visit.words)
        var question = AuditQuestion()
        question.act = sent.optional("act").flatMap { AuditEntry.Act(rawValue: $0) }
        question.isDone = ["done": true, "refused": false][sent["outcome"]]
        let zone = try visit.zone()
        question.from = Self.start("from", plus: 0, in: zone, &sent)
        question.until = Self.start("to", plus: 1, in: zone, &sent)
        let (people, companies) = try visit.tenantDesk().read { connection in
            (try Self.people(sent["who"], connection), try Self.companies(sent["company"], connection))
        }
        if sent.isGood("who") { question.actor = people.count == 1 ? people[0].id : nil }
        if sent.isGood("company") { question.organization = companies.count == 1 ? companies[0].id : nil }
        isUnclear =
            sent.isGood("who") && question.actor == nil || sent.isGood("company") && question.organization == nil
        candidates =
            (people.count > 1
                ? people.map { Candidate(label: "\($0.name), \($0.email)", field: "who", value: "#\($0.id)") } : [])
            + (companies.count > 1
                ? companies.map { Candidate(label: $0.name, field: "company", value: "#\($0.id)") } : [])
        self.question = question
        self.sent = sent
    }

    /// The start of a local day; days that are none are told.
    private static func start(
        _ field: String, plus days: Int, in zone: TimeZoneRules, _ sent: inout SentForm
    ) -> Int? {
        guard sent.isGood(field) else { return nil }
        guard let date = CivilDate(sent[field])?.advanced(by: days) else {
            sent.fault(field, "audit.fault.date")
            return nil
        }
        return zone.start(of: date).seconds
    }

    /// By number (`#12`), by the whole address, or by the beginnings of words.
    private static func people(
        _ text: String, _ connection: Connection
    ) throws -> [(id: Person.ID, name: String, email: String)] {
        guard !text.isEmpty else { return [] }
        let one =
            try number(text).map { try connection.person(Person.ID(rawValue: $0)) }
            ?? connection.person(email: text.lowercased())
        if let one { return [(one.id, one.name, one.email)] }
        let words = text.unicodeScalars.split { !$0.properties.isAlphabetic && !("0"..."9" ~= $0) }.map(String.init)
        return try connection.peopleNamed(Array(words.prefix(8)), limit: mostCandidates)
    }

    private static func companies(
        _ text: String, _ connection: Connection
    ) throws -> [(id: Organization.ID, name: String)] {
        guard !text.isEmpty else { return [] }
        if let number = number(text) {
            let id = Organization.ID(rawValue: number)
            return try connection.organizationName(id).map { [(id, $0)] } ?? []
        }
        return try connection.organizationsNamed(text.folded, limit: mostCandidates)
    }

    private static func number(_ text: String) -> Int? {
        text.hasPrefix("#") ? Person.ID(text.dropFirst())?.rawValue : nil
    }

    // MARK: Addresses

    /// The address of the same question with some fields changed.
    func href(_ path: String, _ changes: [String: String] = [:]) -> String {
        let pairs = (Self.specs.map(\.id) + ["below"]).compactMap { name -> String? in
            let value = changes[name] ?? (name == "below" ? "" : sent[name])
            return value.isEmpty ? nil : name + "=" + PercentCoding.encode(queryComponent: value)
        }
        return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }

    /// The question in words, for the trail itself.
    func said(_ words: Words) -> String {
        let parts = Self.specs.compactMap { spec -> String? in
            sent[spec.id].isEmpty ? nil : words.text(spec.words) + ": " + sent[spec.id]
        }
        return parts.isEmpty ? words.text("audit.everything") : parts.joined(separator: "; ")
    }
}
