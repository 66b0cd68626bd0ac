// What an admin fills in about a person, and what is wrong with it.

internal import HTTP
internal import Markup
internal import SLA

/// A person as a form or a file describes him, read and found good.
struct PersonDraft: Sendable, Equatable {
    var email: String
    var name: String
    var role: Person.Role
    var isLead: Bool
    /// In its normal form; empty for none.
    var phone: String
    var language: String?
    var timeZone: String?
    var speaks: [String]
    var skills: [String]

    var newPerson: NewPerson {
        NewPerson(
            email: email, name: name, role: role, isLead: isLead, phone: phone, language: language,
            timeZone: timeZone)
    }
}

struct PersonForm: Sendable {
    private static let details: [FieldSpec] = [
        .line("name", "people.form.name", autocomplete: "off"),
        .mail("email", "people.form.email", autocomplete: "off"),
        .phone("phone", "people.form.phone", isOptional: true, autocomplete: "off"),
    ]
    private static let place: [FieldSpec] = [
        .select("role", "people.form.role", hasHint: true),
        .select("level", "people.form.level", isOptional: true, hasHint: true),
        .tick("lead", "people.form.lead", hasHint: true),
    ]
    private static let habits: [FieldSpec] = [
        .select("language", "people.form.language", isOptional: true, hasHint: true),
        .line("timeZone", "people.form.timeZone", upTo: 64, isOptional: true, hasHint: true),
        .choices("speaks", "people.form.speaks"),
        .choices("skills", "people.form.skills", hasHint: true),
    ]
    static let organization: [FieldSpec] = [
        .line("organization", "people.form.organization", isOptional: true, hasHint: true),
        .tick("isManager", "people.form.isManager", hasHint: true),
    ]

    /// The same, where nothing else is asked.
    static let membership: [FieldSpec] = [
        .line("organization", "people.form.organization", hasHint: true),
        .tick("isManager", "people.form.isManager", hasHint: true),
    ]

    static let specs = details + place + habits
    /// The languages that people answer in.
    static let spoken = ["es", "en", "pt", "fr"]

    let visit: Visit
    let provider: Provider

    init(_ visit: Visit) throws(Refusal) {
        self.visit = visit
        provider = try visit.tenantDesk().provider
    }

    private var words: Words { visit.words }

    var kinds: [RequestKind] { Contract.named(provider.contract)?.kinds ?? [] }

    var options: [String: [FieldOption]] {
        func named(_ values: [String], _ key: String) -> [FieldOption] {
            values.map { FieldOption(value: $0, label: words.text(key + $0)) }
        }
        let none = FieldOption(value: "", label: "—")
        return [
            "role": named(PersonFilter.roles, "people.role."),
            "level": [none] + named(["1", "2", "3"], "people.level.n"),
            "language": [FieldOption(value: "", label: words.text("people.language.none"))]
                + named(["es", "en"], "people.language."),
            "speaks": named(Self.spoken, "people.language."),
            "skills": kinds.map { FieldOption(value: $0.key, label: $0.name.text(in: visit.language)) },
        ]
    }

    /// What stands in the fields for a person, by field.
    static func values(_ record: PersonRecord) -> [String: [String]] {
        let person = record.person
        return [
            "name": [person.name], "email": [person.email],
            "phone": [PhoneNumber.shown(person.phone)],
            "role": [person.role.name], "level": [person.role.level.map(String.init) ?? ""],
            "lead": person.isLead ? ["on"] : [], "language": [person.language ?? ""],
            "timeZone": [person.timeZone ?? ""], "speaks": record.speaks, "skills": record.skills,
        ]
    }

    /// Reads the fields; what is wrong is noted with them. Nil where something is.
    func read(_ sent: inout SentForm) -> PersonDraft? {
        let role = role(&sent)
        let name = name(&sent, role)
        let email = email(&sent)
        let phone = phone(&sent)
        let zone = sent.optional("timeZone")
        if let zone, sent.isGood("timeZone"), !visit.site.installation.zones.knows(zone) {
            sent.fault("timeZone", "people.fault.timeZone")
        }
        let language = sent.optional("language")
        if let language, Language(rawValue: language) == nil { sent.fault("language", "people.fault.choice") }
        let kinds = Set(kinds.map(\.key))
        guard let role, let name, let email, let phone, sent.faults.isEmpty else { return nil }
        let isTechnician = role.level != nil
        return PersonDraft(
            email: email, name: name, role: role, isLead: isTechnician && sent.isTicked("lead"), phone: phone,
            language: language, timeZone: zone, speaks: Self.spoken.filter(sent.all("speaks").contains),
            skills: isTechnician ? Set(sent.all("skills")).intersection(kinds).sorted() : [])
    }

    /// A customer of whom nothing but name and address is asked. Nil where something is wrong with them.
    func customer(_ sent: inout SentForm) -> PersonDraft? {
        let name = name(&sent, .customer)
        let email = email(&sent)
        guard let name, let email, sent.faults.isEmpty else { return nil }
        return PersonDraft(
            email: email, name: name, role: .customer, isLead: false, phone: "", language: nil, timeZone: nil,
            speaks: [], skills: [])
    }

    private func role(_ sent: inout SentForm) -> Person.Role? {
        guard sent.isGood("role") else { return nil }
        let isTechnician = sent["role"] == "technician"
        guard PersonFilter.roles.contains(sent["role"]) else {
            sent.fault("role", "people.fault.choice")
            return nil
        }
        let role = Person.Role(sent["role"], level: isTechnician ? Int(sent["level"]) : nil)
        if role == nil { sent.fault("level", "people.fault.level") }
        return role
    }

    private func name(_ sent: inout SentForm, _ role: Person.Role?) -> String? {
        guard sent.isGood("name") else { return nil }
        switch self.name(sent["name"], role) {
        case .success(let name): return name
        case .failure(let fault):
            sent.fault("name", text: fault.sentence(in: words))
            return nil
        }
    }

    /// A name of the staff is no customer's.
    func name(_ text: String, _ role: Person.Role?) -> Result<String, PersonNameFault> {
        Result { () throws(PersonNameFault) in
            guard role == .customer else { return try PersonName(text).text }
            return try PersonName(text, ofCustomerOf: provider.name).text
        }
    }

    private func email(_ sent: inout SentForm) -> String? {
        guard sent.isGood("email") else { return nil }
        do throws(EmailFault) {
            return try EmailAddress(reading: sent["email"]).text
        } catch {
            sent.fault("email", text: error.sentence(in: words))
            return nil
        }
    }

    private func phone(_ sent: inout SentForm) -> String? {
        guard sent.isGood("phone") else { return "" }
        switch self.phone(sent["phone"]) {
        case .success(let phone): return phone
        case .failure(let fault):
            sent.fault("phone", text: fault.sentence(in: words))
            return nil
        }
    }

    /// In its normal form.
    func phone(_ text: String) -> Result<String, PhoneFault> {
        Result { () throws(PhoneFault) in try PhoneNumber(text, in: country).normal }
    }

    /// Of a telephone number without its country's code.
    var country: Country { Contract.named(provider.contract)?.country ?? .mexico }

    // MARK: What was so before

    /// What stands in each field, in the reader's words.
    func shown(_ values: [String: [String]], _ field: String) -> String {
        let options = options[field] ?? []
        let shown = (values[field] ?? []).filter { !$0.isEmpty }.map { value in
            options.first { $0.value == value }?.label ?? value
        }
        if field == "lead" { return words.text(shown.isEmpty ? "people.no" : "people.yes") }
        return shown.isEmpty ? words.text("people.nothing") : shown.joined(separator: ", ")
    }

    /// Each field that differs, named, as it was and as it is.
    func changes(_ old: [String: [String]], _ new: [String: [String]]) -> (before: String, after: String) {
        let changed = Self.specs.filter { Self.text(old, $0.id) != Self.text(new, $0.id) }
        func line(_ values: [String: [String]]) -> String {
            changed.map { words.text($0.words) + ": " + shown(values, $0.id) }.joined(separator: "; ")
        }
        return (line(old), line(new))
    }

    /// A field's values as one text, to be compared and carried unseen.
    static func text(_ values: [String: [String]], _ field: String) -> String {
        (values[field] ?? []).filter { !$0.isEmpty }.sorted().joined(separator: ",")
    }

    /// What somebody else changed since the form was shown, each beside its field.
    func meanwhile(_ form: Form, _ now: [String: [String]]) -> Faults {
        var faults = Faults()
        for spec in Self.specs {
            guard let was = form["was-" + spec.id], was != Self.text(now, spec.id) else { continue }
            faults.add(
                spec.id,
                words.text(
                    "people.fault.meanwhile",
                    ["label": .text(words.text(spec.words)), "value": .text(shown(now, spec.id))]))
        }
        return faults
    }
}
